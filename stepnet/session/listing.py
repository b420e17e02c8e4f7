"""The script as the Program pane lists it, line by line.

What a line is does not change while the program runs: it is found out once. At a stop only those
rows are made that say something which has not been said of their line before.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from stepnet.explain.shapes import shape_of
from stepnet.machine.checkpoint import stack
from stepnet.session.chain import frame_of
from stepnet.session.position import current_lines
from stepnet.session.stops.record import Stopper
from stepnet.session.veil import veiled_program
from stepnet.session.views import ProgramRow
from stepnet.source.instruction import Statement
from stepnet.source.narration import SEPARATOR, Narration
from stepnet.source.place import NOWHERE, value_at
from stepnet.source.section import Section, section_of

if TYPE_CHECKING:
    from stepnet.session.session import Session

SAYING_NOTHING = ("", "", "", "", "")


class Listing:
    """The lines of a script with its statements and its comments."""

    def __init__(
        self,
        lines: tuple[str, ...],
        statements: tuple[Statement, ...],
        told: Narration,
        sections: tuple[Section, ...] = (),
    ) -> None:
        self.statements = {
            line: statement
            for statement in reversed(statements)
            for line in range(statement.line, statement.end_line + 1)
        }
        """The statement that stands on each line, where one does."""
        self._rows: list[dict[tuple[str, ...], ProgramRow]] = []
        for number, text in enumerate(lines, start=1):
            statement = self.statements.get(number)
            kind = _kind(told, statement, number, text)
            comment = told.comments.get(number)
            row = ProgramRow(
                line=number,
                text=told.bare(number, text) if kind in _CODE else text,
                comment=comment.text if comment and not comment.alone else "",
                kind=kind,
                shape="",
                mark="",
                phase=statement.phase if statement else "",
                number=_number(sections, number),
            )
            self._rows.append({SAYING_NOTHING: row})

    def rows(
        self,
        marks: dict[int, str],
        shapes: dict[int, str],
        verdicts: dict[int, tuple[str, str]],
        stops: dict[int, str],
    ) -> tuple[ProgramRow, ...]:
        """The rows with what is to be said of some lines; a verdict goes with its factor."""
        made = []
        for line, known in enumerate(self._rows, start=1):
            verdict, factor = verdicts.get(line, ("", ""))
            said = shapes.get(line, ""), marks.get(line, ""), verdict, factor, stops.get(line, "")
            row = known.get(said)
            if row is None:
                bare = known[SAYING_NOTHING]
                fixed = bare.line, bare.text, bare.comment, bare.kind
                row = ProgramRow(*fixed, *said[:2], bare.phase, *said[2:], number=bare.number)
                known[said] = row
            made.append(row)
        return tuple(made)


def program_rows(session: Session) -> tuple[ProgramRow, ...]:
    """The script, line by line, with the shapes seen so far."""
    current, following = current_lines(session.machine)
    marks = {following: "next", current: "current"}
    shapes, verdicts = _shapes(session), _verdicts(session)
    rows = session.listing.rows(marks, shapes, verdicts, _stopping(session.stoppers))
    return veiled_program(rows, session.hidden)


def _number(sections: tuple[Section, ...], line: int) -> str:
    """What a line is numbered in its own cell or file; nothing between two cells."""
    part = section_of(sections, line)
    if part is None:
        return "" if sections and not sections[0].module else str(line)
    return str(line - part.first + 1) if line <= (part.last or line) else ""


def _stopping(stoppers: tuple[Stopper, ...]) -> dict[int, str]:
    """How each line stops the run, where it does: of several breakpoints the plainest."""
    order = ("off", "choosy", "on")
    found: dict[int, str] = {}
    for stopper in stoppers:
        kind = "off" if not stopper.enabled else "on" if stopper.is_plain else "choosy"
        for line in stopper.lines:
            found[line] = max(kind, found.get(line, "off"), key=order.index)
    return found


def _verdicts(session: Session) -> dict[int, tuple[str, str]]:
    """The verdict on the gradient of each line, and of a scaled one its factor."""
    found: dict[int, tuple[str, str]] = {}
    standing = session.listing.statements
    for finding in session.verdicts.known(session):
        line = finding.statement.line
        if finding.verdict != "unclaimed" and standing.get(line) is finding.statement:
            found[line] = finding.verdict, finding.times if finding.verdict == "scaled" else ""
    return found


_CODE = ("statement", "continuation")


def _kind(told: Narration, statement: Statement | None, number: int, text: str) -> str:
    if statement is not None and not _is_docstring(statement):
        return "statement" if statement.line == number else "continuation"
    if number in told.markers:
        return "marker"
    if SEPARATOR.match(text):
        return "part"
    if not text.strip() and statement is None:
        return "blank"
    return "comment" if text.lstrip().startswith("#") else "docstring"


def _is_docstring(statement: Statement) -> bool:
    return isinstance(statement.node, ast.Expr) and isinstance(statement.node.value, ast.Constant)


def _shapes(session: Session) -> dict[int, str]:
    """Shape of the latest value of what each line assigns, of names that are in reach."""
    found: dict[int, str] = {}
    frames = list(stack(session.machine.frame))
    standing = session.listing.statements
    for statement in session.program.statements:
        if len(statement.targets) != 1 or standing[statement.line].line != statement.line:
            continue
        home = frames[-1] if not statement.unit else frame_of(frames, statement.unit)
        if home is not None:
            value = value_at(home.names, statement.targets[0], NOWHERE)
            if value is not NOWHERE:
                found[statement.line] = shape_of(value)
    return found
