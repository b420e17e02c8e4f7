"""Comparing two branches: the values at one address, where they part, how the loss went on.

A and main at 5/E
  w      3 of 3 entries differ, most at [0,0]: 9.0185 and 1.3021
  E      0.122003 and 0.319258
they part at 4/s, line 33: s = X @ w
E in iteration 4: 0.158822 and 0.361918
"""

from __future__ import annotations

import copy
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stepnet.machine.branch import Branch, parted
from stepnet.machine.event import latest
from stepnet.machine.frame import is_hidden
from stepnet.machine.objects import is_instance
from stepnet.machine.travel import SLICE, finish, travel
from stepnet.session.address import current_address, parsed
from stepnet.session.branching import switched
from stepnet.session.errors import CommandError
from stepnet.session.excursion import excursion
from stepnet.session.seek import seek
from stepnet.session.step_pane import changed_names
from stepnet.session.stops.frozen import frozen, short

if TYPE_CHECKING:
    from stepnet.session.session import Session

Done = Generator[None, None, tuple[str, str]]
LONGEST = 50
"""Entries of a list that is looked into."""
FURTHEST = 5000
"""Ticks after the fork that are looked through for the first statement that differs."""


@dataclass(frozen=True, eq=False)
class Made:
    """What one statement has made, for comparison."""

    tick: int
    line: int
    statement: str
    values: object


def compare(session: Session, argument: str) -> Done:
    """Compare this branch with another one at an address, or here."""
    name, _, written = argument.partition(" ")
    here, other = session.branches.current, session.branches.named(name)
    if other is here:
        raise CommandError(f"this is branch {name}", advice="Name another one to compare with.")
    machine = session.machine
    origin, broken = machine.tick, machine.fault is not None
    address = written.strip() or session.position.address
    when = parsed(address)
    since = parted(here, other)
    try:
        yield from seek(machine, when)
        ours = _values(session)
        our_steps = yield from _steps(session, since)
        yield from switched(session, other, other.tick)
        yield from seek(machine, when)
        theirs = _values(session)
        their_steps = yield from _steps(session, since)
    except CommandError as error:
        which = session.branches.current.name
        raise CommandError(f"in branch {which}: {error.message}", advice=error.advice) from None
    finally:
        finish(switched(session, here, origin))
        if machine.tick != origin:
            finish(travel(machine, origin))
        if broken:
            machine.step()  # which raises again, and changes nothing
    told = [f"{here.name} and {other.name} at {address}"]
    told += [f"  {line}" for line in differences(ours, theirs)] or ["  every value is the same"]
    told.append(_parting(session, our_steps, their_steps))
    told += _losses(session, here, other)
    return session.stop.reason, "\n".join(told)


def _values(session: Session) -> dict[str, object]:
    """The names in reach with their values, which cannot change any more."""
    found: dict[str, object] = {}
    for name, value in session.machine.names.items():
        if not is_hidden(name):
            found.update(_parts(name, value))
    return {name: _kept(value) for name, value in found.items() if _is_value(value)}


def _parts(name: str, value: object, depth: int = 4) -> Iterator[tuple[str, object]]:
    """A value, or what an object of the script, a dictionary or a short list is made of."""
    inner: Iterable[tuple[str, object]] = ()
    if depth and is_instance(value):
        inner = ((f"{name}.{attribute}", part) for attribute, part in vars(value).items())
    elif depth and isinstance(value, dict):
        inner = ((f"{name}[{key!r}]", part) for key, part in value.items())
    elif depth and isinstance(value, list | tuple) and _is_made_of_more(value):
        inner = ((f"{name}[{place}]", part) for place, part in enumerate(value))
    else:
        yield name, value
    for label, part in inner:
        yield from _parts(label, part, depth - 1)


def _is_made_of_more(value: list[object] | tuple[object, ...]) -> bool:
    """Layers or arrays, and not a list of numbers."""
    return len(value) <= LONGEST and any(
        is_instance(part) or isinstance(part, np.ndarray | dict) for part in value
    )


def _is_value(value: object) -> bool:
    return not callable(value) and type(value).__name__ != "module"


def _kept(value: object) -> object:
    try:
        return copy.deepcopy(value)
    except Exception:  # what cannot be copied is told as it is
        return short(value)


def differences(ours: dict[str, object], theirs: dict[str, object]) -> Iterator[str]:
    """A line for each name whose values differ."""
    width = max(map(len, {**ours, **theirs}), default=0)
    for name in dict.fromkeys((*ours, *theirs)):
        if name not in ours or name not in theirs:
            which = "the first" if name in ours else "the other"
            yield f"{name:{width}}  has a value only in {which}"
        elif frozen(ours[name]) != frozen(theirs[name]):
            yield f"{name:{width}}  {_difference(ours[name], theirs[name])}"


def _difference(first: object, second: object) -> str:
    if isinstance(first, list) and isinstance(second, list):
        if len(first) != len(second):
            return f"{len(first)} and {len(second)} entries"
        first, second = _as_array(first), _as_array(second)
    if isinstance(first, np.ndarray) and isinstance(second, np.ndarray) and first.ndim:
        if first.shape != second.shape:
            return f"shapes {first.shape} and {second.shape}"
        if first.dtype.kind in "fiub" and second.dtype.kind in "fiub":
            return _entries(first, second)
    return f"{short(first)} and {short(second)}"


def _as_array(value: list[object]) -> object:
    """A list of numbers as an array; any other list as it is."""
    numbers = all(isinstance(part, int | float | np.number) for part in value)
    return np.asarray(value, dtype=float) if numbers else value


def _entries(first: np.ndarray, second: np.ndarray) -> str:
    with np.errstate(all="ignore"):
        apart = np.abs(first.astype(float) - second.astype(float))
    apart = np.where(np.isnan(apart), np.inf, apart) * (first != second)
    place = tuple(int(part) for part in np.unravel_index(int(np.nanargmax(apart)), apart.shape))
    where = ",".join(map(str, place))
    count = np.count_nonzero(first != second)
    return (
        f"{count} of {first.size} entries differ, most at [{where}]: "
        f"{short(first[place])} and {short(second[place])}"
    )


def _steps(session: Session, since: int) -> Generator[None, None, list[Made]]:
    """What each statement made from a tick on, edits left out."""
    machine = session.machine
    yield from travel(machine, since)
    made: list[Made] = []
    while machine.tick < since + FURTHEST and machine.step():
        event = latest(machine)
        if event is not None and event.instruction.completes and event.label is not None:
            values = tuple(
                (each.text, frozen(each.value)) for each in changed_names(machine, event)
            )
            statement = event.statement
            made.append(
                Made(machine.tick, statement.line, statement.text, (event.iteration, values))
            )
        if machine.tick % SLICE == 0:
            yield
    return made


def _parting(session: Session, ours: list[Made], theirs: list[Made]) -> str:
    """The first statement that made something else in one branch than in the other."""
    for first, second in zip(ours, theirs, strict=False):
        if (first.line, first.values) != (second.line, second.values):
            with excursion(session.machine) as go:
                go(f"@{first.tick}")
                address = current_address(session.machine)
            if first.line == second.line:
                return (
                    f"they part at {address}, {session.program.at(first.line)}: {first.statement}"
                )
            runs, not_this = map(session.program.at, (first.line, second.line))
            return f"they part at {address}: {runs} runs, not {not_this}"
    if len(ours) != len(theirs):
        return "they part where one of them ends"
    return f"no statement makes anything else in the first {len(ours)} after the fork"


def _losses(session: Session, here: Branch, other: Branch) -> Iterator[str]:
    timelines = (session.machine.timeline, other.timeline)
    first, second = (known.losses if known else [] for known in timelines)
    last = min(len(first), len(second))
    if last and session.program.loss:
        yield (
            f"{session.program.loss} in iteration {last}: "
            f"{first[last - 1]:.6g} and {second[last - 1]:.6g}"
        )
