"""The record of an explained entry, made of what is known about how it was made."""

from __future__ import annotations

import ast
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Any, overload

import numpy as np

from stepnet.explain.entry import Sum
from stepnet.explain.expression import UNKNOWN, parts_of
from stepnet.explain.inside import Inside, is_numeric
from stepnet.explain.making import Making, making
from stepnet.explain.portrait import number_text
from stepnet.explain.shapes import shape_of
from stepnet.explain.subject import Index, Subject, subject_of
from stepnet.explain.words import joined, symbol, taken_apart
from stepnet.explain.writer import to_writer
from stepnet.machine.machine import Machine
from stepnet.machine.travel import travel
from stepnet.session.entry_views import EntryView, OperandView, TermView

SHOWN = 8
"""Terms of a long sum that are shown; one that is but a little longer is shown whole."""
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
ONE_LINE, FEW = 6, 4
"""Terms that one line of numbers takes, and how many of more than that."""


def followed(machine: Machine, made: Making) -> Generator[None, None, Making]:
    """Go on to where a call of the script's own function returned the entry."""
    while made.is_handed_over and made.node is not None:
        frame = made.frame
        subject = subject_of(made.node, frame.scope, made.index)
        if subject is None:
            return made
        yield from travel(machine, machine.tick - 1)
        if not (yield from to_writer(machine, subject, frame.depth)):
            return made
        made = making(machine, subject, frame.depth, copied=True)
    return made


def given(subject: Subject, text: str) -> EntryView:
    """The record of an entry that nothing in the script has written."""
    return EntryView(
        name=subject.container, index=subject.index, text=subject.text, value=None, address="@0",
        line=0, at="", statement="", frame="", assigned="", formula="", numbers=(), terms=(),
        count=0, rest_count=0, rest_sum=0.0, total=0.0, operands=(), sources=(),
        note=f"nothing in the script has written {text}",
    )  # fmt: skip


def record(
    subject: Subject, first: Making, made: Making, assigned: str, address: str,
    *, full: bool,
) -> EntryView:  # fmt: skip
    """The record of an entry: `first` gave the name its value, `made` computed it."""
    statement = made.statement
    shown = Subject("returned", subject.path, subject.index)
    subject = shown if subject.name.startswith(".") else subject
    total = made.sum
    terms = None
    if made.inside is not None and total is not None:
        terms = _Terms(made.inside, total, full=full)
    return EntryView(
        name=subject.container,
        index=subject.index,
        text=subject.text,
        value=first.value,
        address=address,
        line=statement.line,
        at=statement.at,
        statement=statement.text,
        frame=statement.unit,
        assigned=first.statement.text if first is not made else "",
        formula=f"{subject.text} = {total.text}" if total is not None else "",
        numbers=_numbers(terms, first.value) if terms is not None else (),
        terms=terms if terms is not None else (),
        count=len(total) if total is not None else 0,
        rest_count=terms.rest_count if terms is not None else 0,
        rest_sum=terms.rest_sum if terms is not None else 0.0,
        total=terms.total if terms is not None else 0.0,
        operands=tuple(_operands(made)),
        sources=tuple(_sources(made, terms)) if terms is not None else (),
        note=_note(made, first, assigned, address, terms),
    )


class _Terms(Sequence[TermView]):
    """The terms that are shown, each made when it is looked at."""

    def __init__(self, inside: Inside, total: Sum, *, full: bool) -> None:
        self.inside = inside
        self.sum = total
        values = total.values
        count = len(values)
        self.order: np.ndarray[Any, Any] = np.arange(count)
        if not full and count > SHOWN + 2:
            self.order = largest(values, SHOWN)
        shown = values[self.order]
        with np.errstate(all="ignore"):
            self.totals = np.cumsum(shown)
            self.total = float(np.sum(values))
            rest = np.delete(values, self.order) if len(self.order) < count else shown[:0]
            self.rest_sum = float(np.sum(rest))
        self.rest_count = count - len(self.order)

    def __len__(self) -> int:
        return len(self.order)

    @overload
    def __getitem__(self, place: int) -> TermView: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[TermView]: ...
    def __getitem__(self, place: int | slice) -> TermView | Sequence[TermView]:
        if isinstance(place, slice):
            return tuple(self[number] for number in range(*place.indices(len(self))))
        number = int(self.order[place])
        one = self.sum.term(number)
        return TermView(
            text=one.text,
            numbers=one.numbers,
            value=one.value,
            total=float(self.totals[place]),
            factors=tuple((self.inside.text(node), at) for node, at in one.reads),
        )


def largest(values: np.ndarray, count: int) -> np.ndarray:
    """Where the largest values stand, largest first; NaN is larger than any."""
    size = np.where(np.isnan(values), np.inf, np.abs(values))
    if len(values) > count:
        found = np.argpartition(-size, count)[:count]
    else:
        found = np.arange(len(values))
    ordered: np.ndarray = found[np.argsort(-size[found], kind="stable")]
    return ordered


def _numbers(terms: _Terms, value: object) -> tuple[str, ...]:
    """The products, then what they are, then the result; lines that say nothing new are left."""
    shown = [terms[number] for number in range(len(terms) if len(terms) <= ONE_LINE else FEW)]
    left = terms.rest_count + len(terms) - len(shown)
    rest = sum(terms.sum.values[terms.order[len(shown) :]]) + terms.rest_sum
    more = [f"{left} more: {number_text(rest)}"] if left else []
    lines = [
        joined([*(term.numbers for term in shown), *more]),
        joined([*(number_text(term.value) for term in shown), *more]),
        number_text(value),
    ]
    return tuple(dict.fromkeys(lines))


def _note(made: Making, first: Making, assigned: str, address: str, terms: _Terms | None) -> str:
    notes = [made.note] if made.note else []
    if first is not made:
        name = made.statement.unit or "a comprehension"
        notes.append(f"returned by {name}, at {address}; assigned at {assigned}")
    if made.inside is not None and made.node is not None:
        notes += _untold(made.inside, made.node)
    if terms is not None and not _agree(terms.total, first.value):
        total = number_text(terms.total)
        notes.append(f"the terms add up to {total}, which is not the entry")
    return "; ".join(notes)


def _untold(inside: Inside, node: ast.expr) -> Iterator[str]:
    """Why an expression is not taken apart, where it is more than a name."""
    if inside.known(node) is not None:
        return
    if isinstance(node, ast.Name | ast.Constant | ast.Subscript | ast.Attribute):
        return
    text = inside.text(node)
    loops = [part for part in ast.walk(node) if isinstance(part, COMPREHENSIONS)]
    if loops:
        yield f"{inside.text(loops[0])} is a comprehension, which is not taken apart"
    elif inside.is_drawn(node):
        yield f"{text} draws it at random"
    elif any(inside.value(part) is UNKNOWN for part in parts_of(node)):
        yield f"{text} is not evaluated again: that would change something"
    else:
        yield f"{text} is not taken apart: there is no rule for it"


def _agree(total: float, value: Any) -> bool:
    """Do the terms add up, but for rounding?"""
    value = float(np.real(np.asarray(value)[()]))
    if np.isnan(total) or np.isnan(value) or np.isinf(value):
        return True
    return bool(np.isclose(total, value, rtol=1e-4, atol=1e-6))


def _operands(made: Making) -> Iterator[OperandView]:
    inside, node = made.inside, made.node
    if inside is None or node is None:
        return
    known = inside.known(node)
    if known is None:
        for part in parts_of(node):
            value = inside.value(part)
            if value is not UNKNOWN and is_numeric(value):
                yield OperandView(inside.text(part), value, shape_of(value), ())
        return
    found = taken_apart(inside, known, node, made.index, symbol)
    reads: dict[int, list[Index]] = {}
    for number in _ends(len(found)):
        for read in found.term(number).reads:
            reads.setdefault(read.operand, []).append(read.index)
    for number, part in enumerate(known.operands):
        value = inside.value(part)
        block = block_of(reads.get(number, []))
        yield OperandView(inside.text(part), value, shape_of(value), block)


def _ends(count: int, most: int = 64) -> Iterable[int]:
    """All of a few; of many the first and the last, between which the others lie."""
    return range(count) if count <= most else (0, count - 1)


def block_of(places: Sequence[Index]) -> tuple[tuple[int, int], ...]:
    """The smallest block that holds these places."""
    if not places:
        return ()
    return tuple((min(axis), max(axis) + 1) for axis in zip(*places, strict=True))


def _sources(made: Making, terms: _Terms) -> Iterator[OperandView]:
    """The names that the shown terms read, and where."""
    inside = made.inside
    assert inside is not None
    places: dict[str, list[Index]] = {}
    nodes: dict[str, ast.expr] = {}
    shown = {int(number) for number in terms.order[:64]}
    for number in sorted(shown | set(_ends(len(terms.sum)))):
        for node, at in terms.sum.term(number).reads:
            places.setdefault(inside.text(node), []).append(at)
            nodes.setdefault(inside.text(node), node)
    for text, read in places.items():
        value = inside.value(nodes[text])
        if value is not UNKNOWN:
            yield OperandView(text, value, shape_of(value), block_of(read))
