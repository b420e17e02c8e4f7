"""What a front end shows of one entry: why it has its value, and from what.

Made by :mod:`stepnet.session.explaining`. Arrays in these records are the machine's own where the
explained statement is the current one, and copies otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Index = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class TermView:
    """One summand of an entry."""

    text: str
    """``X[2,0]·dE_ds[2,0]``."""
    numbers: str
    """``1·(−0.1101)``."""
    value: float
    total: float
    """The sum up to here, in the order in which the terms are shown."""
    factors: tuple[tuple[str, Index], ...]
    """What it reads: an operand's text, as in `sources`, and the entry of it."""


@dataclass(frozen=True, eq=False)
class OperandView:
    """A value that takes part, and which of its entries do."""

    text: str
    """``X.T``."""
    value: object
    """An array or a number."""
    shape: str
    block: tuple[tuple[int, int], ...]
    """For each axis the first entry that takes part and the one behind the last: row 0 of a
    (3,4) is ``((0, 1), (0, 4))``. Empty for a number."""


@dataclass(frozen=True, eq=False)
class EntryView:
    """One entry, explained."""

    name: str
    """``dE_dw``, ``params['W1']``."""
    index: Index
    text: str
    """``dE_dw[0,0]``."""
    value: object
    address: str
    """Where it was made: the moment right after the statement; it can be typed back."""
    line: int
    at: str
    """The line in a sentence: ``line 12``, ``cell 3, line 2``."""
    statement: str
    frame: str
    """The function that made it; ``""`` at the top level."""
    assigned: str
    """Where the name got it, if that is another statement: a call returned it. Else ``""``."""
    formula: str
    """``dE_dw[0,0] = Σₙ X[n,0]·dE_ds[n,0]``; ``""`` where no expression is known."""
    numbers: tuple[str, ...]
    """The same with numbers, a line for each step: the products, then the result."""
    terms: Sequence[TermView]
    """Those that are shown: all, or of a long sum the largest ones, largest first."""
    count: int
    """How many there are."""
    rest_count: int
    """How many are not shown."""
    rest_sum: float
    total: float
    """What all terms add up to."""
    operands: tuple[OperandView, ...]
    """What the statement's outermost operation was given, as it is written."""
    sources: tuple[OperandView, ...]
    """The names that the formula is written out to."""
    note: str
    """What cannot be told, or has to be told besides; ``""`` mostly."""


@dataclass(frozen=True, eq=False)
class PieceView:
    """One piece of a statement's expression."""

    number: int
    """In the order of evaluation, inside out, from 0."""
    text: str
    value: object
    """None where `note` says why it cannot be shown."""
    shape: str
    depth: int
    """0 for the whole expression."""
    parts: tuple[int, ...]
    """The pieces that it is made of."""
    arithmetic: str
    """``(3,4) @ (4,1) → (3,1)``; ``""`` for a name or a number."""
    note: str


@dataclass(frozen=True, eq=False)
class TreeView:
    """A statement's expression, taken apart."""

    address: str
    line: int
    statement: str
    pieces: tuple[PieceView, ...]
    """In the order of evaluation; the last one is the whole. Empty if there is no expression."""
    note: str


@dataclass(frozen=True, eq=False)
class OriginView:
    """An entry and where it came from."""

    text: str
    """``dE_ds[2,0]``."""
    name: str
    index: Index
    value: object
    address: str
    """``""`` where nothing in the script made it."""
    tick: int
    line: int
    statement: str
    frame: str
    how: str
    """How it takes part in what it leads to, with numbers: ``1·(−0.1413)``; ``""`` at the root."""
    formula: str
    origins: tuple[OriginView, ...]
    """What it came from in turn."""
    rest: int
    """How many more entries it came from that are not shown."""
    note: str
    """``again``: it is shown further up; or what cannot be told."""


@dataclass(frozen=True, eq=False)
class UseView:
    """A later value that an entry fed."""

    name: str
    address: str
    tick: int
    line: int
    statement: str
    frame: str
    shape: str
    entries: int
    """How many entries of it depend on the entry that was asked about."""
    size: int
    block: tuple[tuple[int, int], ...]
    """The smallest block that holds them, as in `OperandView`."""
