"""How values flow between the names of a script, read from its tree.

A place is where a value can be: a name in a function, an attribute, what a function returns. The
reading is coarse: an item of a list is its list, an attribute is the same on every object, and a
function is the same wherever it is called.

    Z = W @ X + b        W → Z, X → Z, b → Z
    a, c = f(Z)          Z → the parameter of f; what f returns → a, c
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

Place = tuple[str, str]
"""The function (``"@"`` for an attribute of any object) and the name in it."""


@dataclass(frozen=True, eq=False)
class Handed:
    """An argument of a call."""

    node: ast.expr
    sources: frozenset[Place]
    """The places it reads."""
    place: Place
    """The parameter that it becomes."""


@dataclass(frozen=True, eq=False)
class Step:
    """One statement and what it carries where."""

    node: ast.stmt
    unit: str
    into: frozenset[Place]
    """The places it assigns."""
    sources: frozenset[Place]
    """The places it reads; parts of them may go to some of its targets only."""
    handed: tuple[Handed, ...] = ()
    """What it gives to functions of the script that it calls."""
    calls: frozenset[str] = frozenset()
    """The functions of the script that it may call."""


@dataclass(eq=False)
class Flow:
    """Every edge between places, and the statements that make them."""

    steps: list[Step] = field(default_factory=list)
    edges: dict[Place, set[tuple[Place, int]]] = field(default_factory=lambda: defaultdict(set))
    """By source: each place its value goes to, and the statement (by index) that carries it."""
    aliases: dict[Place, set[Place]] = field(default_factory=lambda: defaultdict(set))
    """By place: the places whose very object it may be, so that changing one changes both."""

    def after(self, places: Iterable[Place], without: frozenset[int]) -> frozenset[Place]:
        """Every place that values of these reach, not through the statements `without`."""
        return _reached(places, self.edges, without)

    def before(self, places: Iterable[Place], without: frozenset[int]) -> frozenset[Place]:
        """Every place whose value reaches one of these."""
        back: dict[Place, set[tuple[Place, int]]] = defaultdict(set)
        for source, targets in self.edges.items():
            for target, step in targets:
                back[target].add((source, step))
        return _reached(places, back, without)


def _reached(
    places: Iterable[Place],
    edges: dict[Place, set[tuple[Place, int]]],
    without: frozenset[int],
) -> frozenset[Place]:
    found = set(places)
    waiting = list(found)
    while waiting:
        for target, step in edges.get(waiting.pop(), ()):
            if step not in without and target not in found:
                found.add(target)
                waiting.append(target)
    return frozenset(found)
