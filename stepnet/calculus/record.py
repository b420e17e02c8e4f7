"""Writing a tape: the machine is stepped, and what its statements compute is written down."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from itertools import takewhile

import numpy as np

from stepnet.calculus.gaps import Gap, is_unchanged
from stepnet.calculus.placing import place_now
from stepnet.calculus.reader import Reader, qualified
from stepnet.calculus.tape import NUMBERS, Tape, Variable, is_plain
from stepnet.calculus.unrolled import Comprehension, TooMuchError, elements
from stepnet.calculus.unseen import Unseen
from stepnet.machine.event import Event, latest
from stepnet.machine.frame import Frame, Names
from stepnet.machine.machine import Machine
from stepnet.source.by_name import read_by_name, stored_by_name
from stepnet.source.effects import loaded
from stepnet.source.instruction import Begin, Call, Instruction, Next, Return, Run
from stepnet.source.place import item_of
from stepnet.source.statements import targets_of


def recorded(machine: Machine, tape: Tape) -> Iterator[Event]:
    """Step the machine, writing down what each instruction computes; yields what happened."""
    loops: Loops = {}
    unseen = Unseen(tape, machine)
    while machine.upcoming is not None:
        upcoming, frame = machine.upcoming, machine.frame
        before = _Before(tape, machine, upcoming, frame, loops)
        with unseen.watching():
            if not machine.step():
                return
        event = latest(machine)
        assert event is not None
        before.bind(event)
        yield event


Loops = dict[tuple[Frame, int], tuple[Variable, ...]]
"""What the loops that are under way run over, by their frames and slots."""


class _Before:
    """One instruction, evaluated on the tape before the machine executes it."""

    def __init__(
        self, tape: Tape, machine: Machine, upcoming: Instruction, frame: Frame, loops: Loops
    ) -> None:
        self.tape = tape
        self.loops = loops
        self.machine = machine
        self.frame = frame
        self.upcoming = upcoming
        self.statement = upcoming.statement
        self.value: Variable | None = None
        self.parts: list[Variable | None] = []
        self.reader = Reader(tape, frame, self.statement, machine.tick)
        self.stored: list[tuple[object, str, Variable]] = []
        """Arrays that are stored into, with their name and the variable they become."""
        self.touched = list(self._touched())
        self.read: tuple[Variable, ...] = ()
        """What it reads, where it is not followed how its value comes about."""
        self._evaluate()
        self._look_around()

    def _evaluate(self) -> None:
        node = getattr(self.upcoming, "value", None)
        if isinstance(self.upcoming, Call):
            for name, kept in self.upcoming.kept:
                self.reader.kept[name] = self.reader.of(kept)
            if isinstance(node, ast.Call):
                plain = takewhile(lambda part: not isinstance(part, ast.Starred), node.args)
                self.parts = [self.reader.of(argument) for argument in plain]
                self.keywords = {part.arg: self.reader.of(part.value) for part in node.keywords}
                self.value = None if self.upcoming.unit else self.reader.called(node)
            return
        if isinstance(self.upcoming, Run) and self.upcoming.completes:
            self._run(node)
        elif isinstance(self.upcoming, Run | Return) and node is not None:
            self._value(node)

    def _touched(self) -> Iterator[np.ndarray]:
        """Arrays that may change in place."""
        for touch in self.upcoming.effects.touches:
            try:
                found = eval(touch.code, self.frame.scope)
            except Exception:  # the script will raise it again
                continue
            found = found[0] if touch.item else getattr(found, touch.attribute or ".", found)
            if isinstance(found, np.ndarray):
                yield found

    def _look_around(self) -> None:
        node = getattr(self.upcoming, "value", None)
        if isinstance(self.upcoming, Next):
            self.read = self.loops.get((self.frame, self.upcoming.slot), ())
        elif node is not None and (self.value is None or self.touched):
            self.read = self.reader.sources(node)
        if isinstance(self.upcoming, Begin):
            self.loops[self.frame, self.upcoming.slot] = self.read

    def _run(self, node: ast.expr | None) -> None:
        statement = self.statement.node
        if isinstance(statement, ast.AugAssign) and node is not None:
            self._augmented(statement, node)
        elif node is not None:
            named = stored_by_name(ast.Expr(node))
            self._value(node if named is None else named[1])
            if isinstance(statement, ast.Assign):
                for target in statement.targets:
                    if isinstance(target, ast.Subscript):
                        self._store(target, node)

    def _value(self, node: ast.expr) -> None:
        appended = _appended(node)
        if isinstance(node, ast.Tuple | ast.List):
            self.parts = [self.reader.of(part) for part in node.elts]
        elif isinstance(node, ast.Dict):
            self.parts = [self.reader.of(part) for part in node.values]
        elif isinstance(node, Comprehension):
            self.parts = self._elements(node)
        elif appended is not None:
            self.value = self.reader.of(appended[1])
        else:
            self.value = self.reader.of(node)

    def _elements(self, node: Comprehension) -> list[Variable | None]:
        try:
            return elements(node, self.reader)
        except TooMuchError:
            return []

    def _augmented(self, statement: ast.AugAssign, value: ast.expr) -> None:
        read = loaded(statement.target)
        node = ast.copy_location(ast.BinOp(read, statement.op, value), value)
        target = statement.target
        if isinstance(target, ast.Subscript) and isinstance(
            self.reader.look(target.value), np.ndarray
        ):
            self._store(target, node)
        else:
            self.value = self.reader.of(node)

    def _store(self, target: ast.Subscript, value: ast.expr) -> None:
        """``a[key] = value``: the array becomes another variable."""
        container = self.reader.look(target.value)
        if not isinstance(container, np.ndarray):
            return
        array = self.tape.variable(container, self.machine.tick)
        stored = self.reader.of(value)
        if array is None or stored is None:
            return
        made = self.tape.add_store(array, stored, self._look_key(target), self.statement)
        if made is None:
            return
        self.stored.append((container, place_now(target.value, self.reader.look), made))

    def _look_key(self, target: ast.Subscript) -> object:
        key = ast.Subscript(ast.Name(".key", ast.Load()), target.slice, ast.Load())
        return copy.copy(self.reader.look(ast.copy_location(key, target)))

    def bind(self, event: Event) -> None:
        """Say which objects the variables have become."""
        tape, tick = self.tape, self.machine.tick
        instruction = event.instruction
        for container, place, variable in self.stored:
            tape.bind(container, variable, qualified(event.frame, place) or ".", tick, place)
        if isinstance(instruction, Call):
            self._bind_call(instruction, event)
        elif isinstance(instruction, Return):
            caller = event.frame.caller
            if caller is not None:
                self._bind_thing(caller.names.get(event.frame.result), event.frame.result, caller)
        else:
            self._bind_unpacked(event)
            for name in _bound(instruction):
                self._bind_thing(event.frame.names.get(name), name, event.frame)
            if isinstance(instruction, Run) and instruction.completes:
                self._bind_places(event)
            self._bind_copies(event)
        for array in self.touched:
            self._notice(array)

    @property
    def _given(self) -> tuple[Variable, ...]:
        """What comes of the instruction without being followed may depend on these."""
        return self.read or ((self.value,) if self.value is not None else ())

    def _notice(self, array: np.ndarray) -> None:
        """See what was written into an array, and into those that share its memory, unseen."""
        tape = self.tape
        before = {id(part): tape.known[id(part)] for part in tape.sharing(array)}
        for part in tape.sharing(array):
            old = before[id(part)]
            if part.dtype.kind == "f" and not is_unchanged(old.value, part):
                given = (*before.values(), *self.read)
                tape.gaps[tape.changed(part, self.machine.tick)] = Gap(given, self.statement)

    def _bind_call(self, instruction: Call, event: Event) -> None:
        for name, variable in self.reader.kept.items():
            if variable is not None:
                thing = event.frame.names.get(name)
                self.tape.bind(thing, variable, name, self.machine.tick)
        if event.entered is None:
            thing = event.frame.names.get(instruction.result)
            if self.value is not None:
                self.tape.bind(thing, self.value, instruction.result, self.machine.tick)
            else:
                self.reader.gap(thing, self._given)
            return
        names = list(_arguments(self.machine.frame.names))
        if names and self._is_method(self.machine.frame, names[0]):
            names = names[1:]
        for name, variable in zip(names, self.parts, strict=False):
            if variable is not None:
                called = qualified(self.machine.frame, name)
                thing = self.machine.frame.names[name]
                self.tape.bind(thing, variable, called, self.machine.tick)

    def _is_method(self, frame: Frame, first: str) -> bool:
        """Is the first parameter the object whose method is called?"""
        node = getattr(self.upcoming, "value", None)
        if frame.unit.name.rpartition(".")[2].startswith("__"):
            return True  # Layer(x), layer(x), super().__init__(x)
        if isinstance(node, ast.Call) and read_by_name(node.func) is not None:
            return getattr(self.reader.look(node.func), "__self__", None) is frame.names[first]
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            return False
        return self.reader.look(node.func.value) is frame.names[first]

    def _bind_unpacked(self, event: Event) -> None:
        """``Q, K = X @ Wq, X @ Wk``: each target is what stands in its place."""
        if not isinstance(event.instruction, Run) or not isinstance(
            self.statement.node, ast.Assign
        ):
            return
        for target in self.statement.node.targets:
            if not isinstance(target, ast.Tuple | ast.List) or len(target.elts) != len(self.parts):
                continue
            for element, variable in zip(target.elts, self.parts, strict=True):
                place, thing = (
                    place_now(element, self.reader.look),
                    self.reader.look(loaded(element)),
                )
                if place and variable is not None and _same(variable, thing):
                    called = qualified(event.frame, place)
                    self.tape.bind(thing, variable, called, self.machine.tick, place)

    def _bind_places(self, event: Event) -> None:
        """Items and attributes that were assigned, and what was appended to a list."""
        for target in targets_of(self.statement.node):
            if isinstance(target, ast.Attribute | ast.Subscript | ast.Call):
                place = place_now(target, self.reader.look)
                if place:
                    self._bind_thing(self.reader.look(target), place, event.frame)
                if place and isinstance(target, ast.Attribute) and self.value is not None:
                    holder, thing = self.reader.look(target.value), self.reader.look(target)
                    if not is_plain(thing):
                        continue
                    self.tape.put(holder, target.attr, thing, self.value, self.statement)
        appended = _appended(getattr(self.upcoming, "value", None))
        held = self.reader.look(appended[0]) if appended is not None else None
        if isinstance(held, list) and held and appended is not None:
            place = item_of(place_now(appended[0], self.reader.look), len(held) - 1)
            self._bind_thing(held[-1], place, event.frame)

    def _bind_thing(self, thing: object, place: str, frame: Frame) -> None:
        tape, tick, called = self.tape, self.machine.tick, qualified(frame, place)
        held = list(thing.values()) if isinstance(thing, dict) else thing
        if isinstance(held, tuple | list) and len(held) == len(self.parts):
            for part, variable in zip(held, self.parts, strict=True):
                if variable is not None:
                    tape.bind(part, variable, ".", tick)
        variable = self.value if _same(self.value, thing) else None
        if variable is None:
            self.reader.gap(thing, self._given)
        variable = variable or tape.variable(thing, tick, called, place)
        if variable is not None:
            tape.bind(thing, variable, called, tick, place)

    def _bind_copies(self, event: Event) -> None:
        """``copy.deepcopy(weights)``: what was copied is the same variable."""
        node = getattr(event.instruction, "value", None)
        if not (isinstance(node, ast.Call) and len(node.args) == 1 and _copies(node.func)):
            return
        source = self.reader.look(node.args[0])
        for name in event.instruction.effects.binds:
            self._pair(source, event.frame.names.get(name))

    def _pair(self, source: object, made: object) -> None:
        if isinstance(source, np.ndarray) and isinstance(made, np.ndarray):
            variable = self.tape.variable(source, self.machine.tick)
            if variable is not None:
                self.tape.bind(made, variable, ".", self.machine.tick)
        elif isinstance(source, list | tuple) and isinstance(made, list | tuple):
            for left, right in zip(source, made, strict=False):
                self._pair(left, right)
        elif isinstance(source, dict) and isinstance(made, dict):
            for key in source:
                self._pair(source[key], made.get(key))


def _arguments(names: Names) -> Iterator[str]:
    return (name for name in names if not name.startswith((".", "__")))


def _bound(instruction: Instruction) -> tuple[str, ...]:
    """The names that an instruction binds, those of a loop among them."""
    names = instruction.effects.binds
    if isinstance(instruction, Begin | Next):
        store = instruction.store
        names += store.effects.binds if store.name is None else (store.name,)
    return names


def _appended(node: ast.expr | None) -> tuple[ast.expr, ast.expr] | None:
    """List and element of ``activations.append(a)``."""
    match node:
        case ast.Call(ast.Attribute(held, "append"), [element], []):
            return held, element
    return None


def _copies(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in ("deepcopy", "copy")


def _same(variable: Variable | None, thing: object) -> bool:
    """Did the statement really bind what was evaluated?"""
    if variable is None or not isinstance(thing, NUMBERS):
        return False
    return np.shape(thing) == variable.shape
