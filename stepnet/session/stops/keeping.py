"""The commands that set, change, list and take away breakpoints."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from typing import TYPE_CHECKING

from stepnet.machine.travel import travel
from stepnet.session.address import Tick, current_address, parsed
from stepnet.session.asking import question
from stepnet.session.errors import CommandError
from stepnet.session.seek import seek
from stepnet.session.stops.effects import home_of
from stepnet.session.stops.places import Place, place
from stepnet.session.stops.record import Stopper
from stepnet.session.stops.tensors import Condition, condition
from stepnet.session.stops.value import Value
from stepnet.session.stops.writing import Written, taken_apart

if TYPE_CHECKING:
    from stepnet.session.session import Session
    from stepnet.source.instruction import Program

Done = Generator[None, None, tuple[str, str]]


def set_breakpoint(session: Session, argument: str) -> Done:
    """Stop at a line, a name, an address or a phase; here where none is written."""
    written = taken_apart(argument, session.vocabulary)
    target = written.target
    if target.startswith("@"):
        target = yield from _named(session, target)
    found = place(target, session.sites, session.machine)
    return _added(session, _stopper(session, found, written))


def set_data_breakpoint(session: Session, argument: str) -> Done:
    """Stop where the value of an expression changes."""
    yield
    written = taken_apart(argument, session.vocabulary)
    asked = question(written.target, session.vocabulary, argument, written.column)
    if not asked.names:
        raise CommandError("this never changes: it reads no name of the script", argument, 0)
    home = home_of(asked.names, session.sites, session.machine)
    return _added(session, _stopper(session, Value(asked, home), written))


def set_condition(session: Session, argument: str) -> Done:
    """Stop where a condition on tensors comes to hold."""
    yield
    from stepnet.session.stops.vigil import require

    written = taken_apart(argument, session.vocabulary)
    found = condition(written.target, session.vocabulary.known)
    require(found, session)
    return _added(session, _stopper(session, found, written))


def _named(session: Session, text: str) -> Generator[None, None, str]:
    """The address of a tick, as a person would write it."""
    machine, origin = session.machine, session.machine.tick
    yield from seek(machine, parsed(text))
    found = current_address(machine)
    yield from travel(machine, origin)
    if isinstance(parsed(found), Tick):
        raise CommandError(
            f"{text} is in the middle of a statement",
            text,
            0,
            "Write the statement's line or name.",
        )
    return found


def _stopper(session: Session, target: Place | Value | Condition, written: Written) -> Stopper:
    number = max((part.number for part in session.stoppers), default=0) + 1
    return Stopper(number, target, written.when, written.hits, written.every, written.log)


def _added(session: Session, stopper: Stopper) -> tuple[str, str]:
    session.stoppers = (*session.stoppers, stopper)
    return session.stop.reason, described(stopper, session.program)


def described(stopper: Stopper, program: Program) -> str:
    """``2 break loss when loss < 0.4 (line 24)``, and whether it is disabled."""
    text = f"{stopper.number} {stopper.written}"
    lines = [program.spot(line) for line in stopper.lines]
    if lines and lines != [stopper.argument]:
        text += f" (line{'s' if len(lines) > 1 else ''} {', '.join(lines)})"
    return text if stopper.enabled else f"{text}, disabled"


def listed(session: Session, argument: str) -> Done:
    """Tell of every breakpoint."""
    yield
    lines = [described(stopper, session.program) for stopper in session.stoppers]
    return session.stop.reason, "\n".join(lines) or "there are no breakpoints"


def removed(session: Session, argument: str) -> Done:
    """Take breakpoints away."""
    yield
    chosen = _chosen(session, argument)
    session.stoppers = tuple(part for part in session.stoppers if part not in chosen)
    return session.stop.reason, _told("removed", chosen)


def enabled(session: Session, argument: str) -> Done:
    """Let disabled breakpoints stop the run again."""
    return (yield from _switched(session, argument, True))


def disabled(session: Session, argument: str) -> Done:
    """Keep breakpoints without stopping at them."""
    return (yield from _switched(session, argument, False))


def _switched(session: Session, argument: str, on: bool) -> Done:
    yield
    chosen = _chosen(session, argument)
    session.stoppers = tuple(
        replace(part, enabled=on) if part in chosen else part for part in session.stoppers
    )
    return session.stop.reason, _told("enabled" if on else "disabled", chosen)


def _told(what: str, chosen: tuple[Stopper, ...]) -> str:
    return f"{what} " + ", ".join(f"{part.number} {part.written}" for part in chosen)


def _chosen(session: Session, argument: str) -> tuple[Stopper, ...]:
    """The breakpoints that are meant: numbers, a place or an expression as written, or ``all``.

    Raises CommandError for one that does not exist.
    """
    if not session.stoppers:
        raise CommandError("there are no breakpoints")
    if argument == "all":
        return session.stoppers
    ways: tuple[Callable[[Stopper], bool], ...] = (
        lambda part: argument in (part.argument, part.target.text, part.written),
        lambda part: argument.isdigit() and int(argument) in part.lines,
    )
    words = argument.replace(",", " ").split()
    known = {str(part.number): part for part in session.stoppers}
    if words and all(word in known for word in words):
        return tuple(known[word] for word in words)
    for way in ways:
        if found := tuple(filter(way, session.stoppers)):
            return found
    numbers = ", ".join(known)
    raise CommandError(f"no breakpoint {argument}", argument, 0, f"There are {numbers}.")


def changed(session: Session, argument: str) -> Done:
    """Write a breakpoint anew: its number, then what stands behind its command."""
    number, _, rest = argument.partition(" ")
    old = next((part for part in session.stoppers if str(part.number) == number), None)
    if old is None:
        raise CommandError(f"no breakpoint {number}", argument, 0, "breakpoints lists them.")
    makers = {"break": set_breakpoint, "on-change": set_data_breakpoint, "stop-on": set_condition}
    before = session.stoppers
    word, _, behind = rest.strip().partition(" ")
    maker, text = (makers[word], behind) if word in makers else (makers[old.command], rest)
    yield from maker(session, text.strip())
    new = replace(session.stoppers[-1], number=old.number, enabled=old.enabled)
    session.stoppers = tuple(new if part is old else part for part in before)
    return session.stop.reason, described(new, session.program)
