"""Errors that the script itself deals with."""

from __future__ import annotations

from dataclasses import dataclass

from stepnet.machine.clock import Stopping
from stepnet.machine.copy_on_write import CopyOnWrite
from stepnet.machine.frame import MISSING, Frame
from stepnet.machine.registers import Moment, Registers
from stepnet.machine.undo import Change, rebind
from stepnet.source.guards import ERROR, MATCHES
from stepnet.source.instruction import Handler, Statement
from stepnet.source.twin import ANYTHING

ERRORS = (Exception, SystemExit)
"""What a script can raise, and what its ``except:`` deals with."""
RAISED = (*ERRORS, Stopping)
"""How a statement may end before it is done."""


@dataclass(frozen=True, slots=True)
class Caught:
    """An error between the statement that raised it and whoever deals with it."""

    error: BaseException
    statement: Statement


def handler_for(frame: Frame, place: int) -> tuple[Frame, Handler] | None:
    """Where an error raised at a place of a frame goes; None where nobody catches any."""
    around: Frame | None = frame
    while around is not None:
        for handler in around.unit.handlers:
            if handler.begin <= place < handler.end:
                return around, handler
        place, around = around.called, around.caller
    return None


def go_on(
    registers: Registers, found: tuple[Frame, Handler], caught: Caught, changes: list[Change]
) -> None:
    """Take the run to where the error is dealt with."""
    frame, handler = found
    caught.error.__traceback__ = caught.error.__context__ = None
    names, name = frame.names, handler.name
    changes.append((rebind, names, name, names.get(name, MISSING)))
    names[name] = caught
    changes.append((stand, frame, None, frame.place))
    frame.place = handler.place
    registers.frame = frame
    moment = registers.moment
    depth = len(frame.iteration) if handler.level is None else handler.level
    if len(moment.iteration) > depth:
        registers.moment = Moment(
            moment.iteration[:depth], moment.turns, moment.tallies[: depth + 1]
        )


def stand(_cow: CopyOnWrite, frame: Frame, _: None, place: int) -> None:
    """A frame went on elsewhere: let it stand where it stood."""
    frame.place = place


def matches(caught: Caught, kinds: object) -> bool:
    """Is this error one of these classes?

    Raises TypeError, in Python's words, for what are no classes of errors.
    """
    for kind in kinds if isinstance(kinds, tuple) else (kinds,):
        if not (isinstance(kind, type) and issubclass(kind, BaseException)):
            raise TypeError(
                "catching classes that do not inherit from BaseException is not allowed"
            )
        if isinstance(caught.error, kind):
            return True
    return False


FUNCTIONS: dict[str, object] = {
    MATCHES: matches,
    ERROR: lambda caught: caught.error,
    ANYTHING: ERRORS,
}
"""What lowered code asks of a caught error, by name."""
