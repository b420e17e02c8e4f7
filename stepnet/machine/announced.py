"""What native code tells the machine before it changes an object.

While one instruction is executed, what is told belongs to its record, so that it can be taken back;
code that is run through tells only those who keep checkpoints.
"""

from __future__ import annotations

from types import FunctionType
from typing import TYPE_CHECKING, Any

import numpy as np

from stepnet.machine.callee import read_property
from stepnet.machine.caught import FUNCTIONS
from stepnet.machine.contexts import enter_context, exit_context
from stepnet.machine.frame import MISSING, Names
from stepnet.machine.generator import Sent, Suspended
from stepnet.machine.iterated import iterator_maker, read_on
from stepnet.machine.matched import MATCHING
from stepnet.machine.objects import NUMBER, class_maker, class_of, own_object
from stepnet.machine.record import keep, keep_attribute, keep_length, record_everything
from stepnet.machine.reflection import attributes_of, format_of
from stepnet.machine.resume import received, returned, run_on, suspended
from stepnet.machine.surroundings.states import state_setter
from stepnet.machine.undo import Change, rebind
from stepnet.machine.unforeseen import Caller
from stepnet.source.announce import BIND, EVERYTHING, GENERATOR, GROW, INSIDE, STORE, TOUCH
from stepnet.source.guard import FORMAT_OF, HELD_BY, OWN_CLASS, OWN_OBJECT, STATE_SETTER
from stepnet.source.guards import ENTER, EXIT
from stepnet.source.hoist import GIVEN, ITERATED, PROPERTY, RETURNED
from stepnet.source.kept import ITERATE
from stepnet.source.unforeseen import CALL

if TYPE_CHECKING:
    from stepnet.machine.machine import Machine


class Announced:
    """Listens to native code; one for each machine."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.cow = machine.cow
        self.changes: list[Change] | None = None
        """The changes of the instruction that is being executed; None while code is run through."""
        self.caller = Caller(machine)

    def functions(self) -> dict[str, object]:
        """What announcing code calls, by name."""
        iterate = iterator_maker(self.store, self.machine.world.clock)
        return {
            TOUCH: self.touch,
            GROW: self.grow,
            INSIDE: self.inside,
            STORE: self.store,
            BIND: self.bind,
            EVERYTHING: self.everything,
            CALL: self.caller.call,
            PROPERTY: read_property,
            OWN_OBJECT: own_object,
            OWN_CLASS: class_of,
            HELD_BY: attributes_of,
            FORMAT_OF: format_of,
            STATE_SETTER: state_setter,
            ENTER: enter_context,
            EXIT: exit_context,
            **FUNCTIONS,
            **MATCHING,
            GENERATOR: self.generator,
            ITERATE: iterate,
            "iter": iterate,
            "next": read_on,
            ".map": map,
            ".filter": filter,
            ITERATED: iterated,
            RETURNED: returned,
            GIVEN: received,
            "__build_class__": class_maker(self.number),
        }

    def touch(self, thing: object) -> None:
        """An object is about to change in place."""
        if self.changes is None:
            self.cow.touch(thing)
        else:
            keep(thing, self.cow, self.changes)

    def grow(self, thing: object) -> None:
        """An object, perhaps a list, is about to get longer."""
        if self.changes is None:
            self.cow.grow(thing)
        elif isinstance(thing, list):
            keep_length(thing, self.cow, self.changes)
        else:
            keep(thing, self.cow, self.changes)

    def inside(self, container: Any, key: object) -> None:
        """An item of a container is about to change in place."""
        if not isinstance(container, np.ndarray) or container.dtype.hasobject:
            self.touch(container[key])

    def store(self, thing: object, name: str, inside: bool) -> None:
        """An attribute is about to be stored; with `inside` what it holds may change too."""
        if self.changes is not None:
            keep_attribute(thing, name, inside, self.cow, self.changes)
            return
        self.cow.touch(thing)
        if inside:
            self.cow.touch(getattr(thing, name, None))

    def bind(self, name: str) -> None:
        """A function that runs natively is about to bind a name of the module."""
        if self.changes is not None:
            names = self.machine.world.names
            self.changes.append((rebind, names, name, names.get(name, MISSING)))

    def everything(self) -> None:
        """Anything may change."""
        changes: list[Change] = [] if self.changes is None else self.changes
        record_everything(self.machine.registers.frame, self.cow, changes)

    def generator(self, mark: int, names: Names, beside: FunctionType) -> Suspended:
        """A generator that begins with these names; finds the others where `beside` does."""
        return suspended(self.machine.program.units[mark], names, beside, self.machine)

    def advance(self, generator: Suspended, sent: Sent) -> object:
        """The next value of a generator, for native code."""
        return run_on(generator, sent, self.machine)

    def number(self, thing: object) -> int:
        """The next number to hash an object by; the object is about to keep it."""
        numbers = self.machine.world.numbers
        self.store(thing, NUMBER, False)
        self.touch(numbers)
        numbers[0] += 1
        return numbers[0]


def iterated(source: object) -> object:
    """What ``yield from`` reads.

    Raises TypeError, in Python's words, for what cannot be looped over.
    """
    if not hasattr(type(source), "__iter__") and not hasattr(type(source), "__getitem__"):
        iter(source)  # type: ignore[call-overload]  # raises
    return source
