"""The whole state of a machine as one value: equal if and only if every bit is.

Objects are numbered in the order in which they are met, so that who is whose alias, and which
array looks into which memory, is part of it, and where in memory they happen to lie is not.
"""

import struct
from collections import deque
from collections.abc import Iterable
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType

import numpy as np

from stepnet.machine.checkpoint import stack
from stepnet.machine.contents import owner
from stepnet.machine.cursor import Remembered
from stepnet.machine.frame import Frame, LocalNames, is_hidden
from stepnet.machine.generator import Suspended
from stepnet.machine.machine import Machine
from stepnet.machine.objects import is_instance, is_own_class

Print = tuple[object, ...]
"A fingerprint, or a part of one."


def fingerprint(machine: Machine, *, hidden: bool = False) -> Print:
    """The names of every frame, loop positions, generators, output and counters.

    Pieces of expressions that the machine keeps in `hidden` names are compared only where the
    same instructions have run on both sides: fused code does without them.
    """
    walk = _Walk(hidden)
    moment = machine.registers.moment
    tallies = tuple(tuple(sorted(tally.items())) for tally in moment.tallies)
    return (
        machine.tick,
        moment.iteration,
        moment.turns,
        tallies,
        machine.output,
        walk.of(machine.world.random),
        walk.of(machine.world.options),
        tuple(walk.frame(frame) for frame in stack(machine.frame)),
    )


def first_difference(was: object, now: object) -> str:
    """Where two fingerprints differ first; ``""`` where they do not."""
    if was == now:
        return ""
    if isinstance(was, tuple) and isinstance(now, tuple) and len(was) == len(now):
        return next(filter(None, map(first_difference, was, now)))
    return f"{str(was)[:200]} became {str(now)[:200]}"


def _order(member: object) -> str:
    """Members of a set in an order of their own: of the script's objects by their numbers."""
    return str(hash(member)) if is_instance(member) else repr(member)


class _Walk:
    def __init__(self, hidden: bool) -> None:
        self.hidden = hidden
        self.met: dict[int, int] = {}
        self.kept: list[object] = []
        "Everything met stays alive, so that no two of them have one identity."

    def frame(self, frame: Frame) -> Print:
        loops = tuple((slot, self.of(place)) for slot, place in sorted(frame.loops.items()))
        names = self._names(frame.names)
        return frame.unit.name, frame.place, frame.iteration, names, loops

    def _names(self, names: dict[str, object]) -> Print:
        return tuple(
            (name, self.of(names[name]))
            for name in sorted(names)
            if not name.startswith(("__", ".owner")) and (self.hidden or not is_hidden(name))
        )

    def of(self, value: object) -> Print:
        kind = type(value).__name__
        if isinstance(value, bool | int | str | bytes | range | slice | type(None) | ModuleType):
            return kind, repr(value)
        if isinstance(value, float):
            return kind, struct.pack("d", value)
        if isinstance(value, complex):
            return kind, struct.pack("dd", value.real, value.imag)
        if isinstance(value, np.generic):
            return kind, value.dtype.str, value.tobytes()
        if isinstance(value, type) and is_own_class(value) and id(value) not in self.met:
            self.met[id(value)] = len(self.met)
            self.kept.append(value)
            held = {name: part for name, part in vars(value).items() if name[0] not in "_."}
            return kind, value.__name__, self._names(held)
        if isinstance(value, type):
            return kind, value.__name__
        if isinstance(value, tuple) and not isinstance(value, Remembered):
            return kind, self._each(value)
        number = self.met.get(id(value))
        if number is not None:
            return "met", number
        self.met[id(value)] = len(self.met)
        self.kept.append(value)
        return kind, self._inside(value)

    def _each(self, values: Iterable[object]) -> Print:
        return tuple(map(self.of, values))

    def _inside(self, value: object) -> Print:
        if isinstance(value, np.ndarray):
            return self._array(value)
        if isinstance(value, dict):
            return self._each(value), self._each(value.values())
        if isinstance(value, list | deque):
            return self._each(value)
        if isinstance(value, set | frozenset):
            return self._each(sorted(value, key=_order))
        if isinstance(value, np.random.RandomState):
            return self.of(value.get_state(legacy=False))
        if isinstance(value, np.random.Generator):
            return self.of(value.bit_generator.state)
        if isinstance(value, Remembered):
            return (value.at,)
        if isinstance(value, FunctionType):
            return self._function(value)
        if isinstance(value, BuiltinFunctionType | MethodType):
            return value.__name__, self.of(value.__self__)
        if isinstance(value, Suspended):
            frame = value.__frame__
            loops = tuple((slot, self.of(place)) for slot, place in sorted(frame.loops.items()))
            return frame.unit.name, frame.place, self._names(frame.names), loops
        if is_instance(value):
            return (self.of(vars(value)),)
        return (repr(value).partition(" at 0x")[0],)

    def _array(self, array: np.ndarray) -> Print:
        memory = owner(array)
        number = self.met.setdefault(id(memory), len(self.met))
        self.kept.append(memory)
        offset = array.ctypes.data - memory.ctypes.data
        parts = self._each(array.ravel().tolist()) if array.dtype.hasobject else ()
        content = b"" if array.dtype.hasobject else array.tobytes()
        about = (array.dtype.str, array.shape, array.strides, array.flags.writeable)
        return (number, offset, about, content, parts)

    def _function(self, function: FunctionType) -> Print:
        around = function.__globals__
        inside: Print = ()
        if isinstance(around, LocalNames) and id(around) not in self.met:
            self.met[id(around)] = len(self.met)
            self.kept.append(around)
            inside = self._names(around)
        cells = [cell.cell_contents for cell in function.__closure__ or ()]
        defaults = self._each(function.__defaults__ or ())
        line, number = function.__code__.co_firstlineno, self.met.get(id(around))
        return function.__name__, line, defaults, self._each(cells), inside, number
