"""Why an entry has its value, where it came from, and what is inside of a statement.

Whatever is asked, the program stands afterwards where it stood.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from stepnet.explain.expression import UNKNOWN, Piece, parts_of
from stepnet.explain.inside import is_numeric
from stepnet.explain.making import Making, making
from stepnet.explain.shapes import line_of, shape_of
from stepnet.explain.subject import Index, Subject, bracketed
from stepnet.explain.tree import Branch, inside_out, tree
from stepnet.explain.writer import to_writer
from stepnet.machine.event import latest
from stepnet.session.address import current_address
from stepnet.session.asked import asked
from stepnet.session.entry_views import (
    EntryView,
    OriginView,
    PieceView,
    TreeView,
    UseView,
)
from stepnet.session.errors import CommandError
from stepnet.session.excursion import excursion
from stepnet.session.explained import followed, given, record
from stepnet.session.origins import DEPTH, WIDTH, origins, uses

if TYPE_CHECKING:
    from stepnet.session.session import Session

Made = TypeVar("Made")


def entry_view(
    session: Session, name: str, index: Index | None = None, *, full: bool = False
) -> EntryView:
    """An entry of a name, explained.

    `name` may hold the entry itself: ``dE_dw[0,0]``. With `full`, all terms are given, in the
    order of the sum. Raises CommandError where there is no such entry.
    """
    return _whole(explained(session, name + bracketed(index or ()), full=full))


def origin_view(
    session: Session, name: str, index: Index | None = None, *, depth: int = DEPTH,
    width: int = WIDTH,
) -> OriginView:  # fmt: skip
    """An entry, what it came from, what that came from: `depth` times, the `width` largest terms.

    Raises CommandError where there is no such entry.
    """
    return _whole(origins(session, name + bracketed(index or ()), depth, width))


def use_views(session: Session, name: str, index: Index | None = None) -> tuple[UseView, ...]:
    """The values that an entry fed in this iteration, in the order in which they were computed.

    Raises CommandError where there is no such entry.
    """
    return _whole(uses(session, name + bracketed(index or ())))


def _whole(run: Generator[None, None, Made]) -> Made:
    while True:
        try:
            next(run)
        except StopIteration as done:
            made: Made = done.value
            return made


def explained(
    session: Session, text: str, *, full: bool = False
) -> Generator[None, None, EntryView]:
    """What `entry_view` returns, in pieces between which it can be broken off."""
    subject, depth = asked(session, text)
    machine = session.machine
    with excursion(machine):
        origin = machine.tick
        if not (yield from to_writer(machine, subject, depth)):
            return given(subject, text)
        assigned = current_address(machine)
        first = making(machine, subject, depth, copied=machine.tick != origin)
        made = yield from followed(machine, first)
        return record(subject, first, made, assigned, current_address(machine), full=full)


def tree_view(session: Session) -> TreeView:
    """The expression of the statement that has just run, taken apart."""
    event = latest(session.machine)
    address = current_address(session.machine)
    if event is None:
        return TreeView(address, 0, "", (), "nothing has run yet")
    root = tree(session.machine)
    statement = event.statement
    if root is None:
        note = f"{statement.text} has no expression to look into"
        return TreeView(address, statement.line, statement.text, (), note)
    branches = list(inside_out(root))
    numbers = {id(branch): number for number, (branch, _) in enumerate(branches)}
    pieces = tuple(
        _piece(branch, number, depth, numbers) for number, (branch, depth) in enumerate(branches)
    )
    return TreeView(address, statement.line, statement.text, pieces, "")


def _piece(branch: Branch, number: int, depth: int, numbers: dict[int, int]) -> PieceView:
    parts = tuple(
        Piece(part, branch.inside.text(part), branch.inside.value(part), ())
        for part in parts_of(branch.node)
    )
    told = Piece(branch.node, branch.text, branch.value, parts)
    return PieceView(
        number=number,
        text=branch.text,
        value=None if branch.value is UNKNOWN else branch.value,
        shape=shape_of(branch.value),
        depth=depth,
        parts=tuple(numbers[id(part)] for part in branch.parts),
        arithmetic=line_of(told) if any(shape_of(part.value) for part in parts) else "",
        note=branch.note,
    )


def piece_entry_view(
    session: Session, number: int, index: Index, *, full: bool = False
) -> EntryView:
    """An entry of a piece of the current statement, by its number in `tree_view`.

    Raises CommandError where there is no such piece, or it holds no numbers.
    """
    event, root = latest(session.machine), tree(session.machine)
    branches = [branch for branch, _ in inside_out(root)] if root is not None else []
    if event is None or not 0 <= number < len(branches):
        raise CommandError(f"the statement has no piece {number}")
    branch = branches[number]
    if not is_numeric(branch.value):
        raise CommandError(f"{branch.text} is not known, or holds no numbers")
    entry = np.asarray(branch.value)[index]
    made = Making(event.statement, event.frame, branch.inside, branch.node, index, entry)
    address = current_address(session.machine)
    return record(Subject(branch.text, (), index), made, made, address, address, full=full)
