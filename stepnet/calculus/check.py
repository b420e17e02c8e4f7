"""Every gradient statement of an iteration, compared with the true derivative."""

from __future__ import annotations

import ast
import math
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from stepnet.calculus.adjoint import Adjoints, adjoints
from stepnet.calculus.claimed import Claimed
from stepnet.calculus.compare import Verdict
from stepnet.calculus.doubts import settled
from stepnet.calculus.finding import Finding
from stepnet.calculus.gather import Gathered
from stepnet.calculus.implied import implied
from stepnet.calculus.judge import judged, told
from stepnet.calculus.kinks import other_choices
from stepnet.calculus.roles import Roles
from stepnet.calculus.tape import Variable
from stepnet.calculus.upstream import upstream

T = TypeVar("T")
ORDER = ("wrong", "not comparable", "unclaimed", "scaled", "approximate", "exact")
"""From the worst verdict to the best."""
SAMPLED = 2
"""Runs of a statement, first ones and last ones, that are confirmed whatever they give."""


def finished(run: Generator[None, None, T]) -> T:
    """Carry something with pauses out to its end."""
    while True:
        try:
            next(run)
        except StopIteration as done:
            outcome: T = done.value
            return outcome


@dataclass(frozen=True, eq=False)
class Truth:
    """The true derivatives of one stretch of a run."""

    gathered: Gathered
    roles: Roles
    root: Variable | None
    """The loss; None where none was computed."""
    adjoints: Adjoints
    unknown: frozenset[Variable]
    loss: str
    implied: str = ""
    """Where the script computes no loss: the one that its gradients belong to, in words."""
    begun: int = 0
    """The tick from which on gradients belong to the last sample's share of the loss."""

    @cached_property
    def ascends(self) -> bool:
        """Do all updates add their step, so that it has to be minus the gradient?"""
        steps = [part.adds for part in self.gathered.updates if part.target in self.adjoints]
        return bool(steps) and all(steps)

    @cached_property
    def units(self) -> frozenset[str]:
        """The functions that took part in computing the loss."""
        way = self.adjoints.keys() | self.unknown
        entries = self.gathered.tape.entries
        return frozenset(part.statement.unit for part in entries if part.output in way)

    @cached_property
    def claimed(self) -> frozenset[Variable]:
        """The gradients themselves, in whatever dictionary: no claim is about one of them."""
        claims = (part for part in self.gathered.claims if not _is_named_again(part, self.roles))
        return frozenset(part.variable for part in claims if part.variable)

    @cached_property
    def descended(self) -> frozenset[Variable]:
        """The gradients and what is made of them, as velocities are, up to the updates."""
        updating = {id(part.statement) for part in self.gathered.updates}
        found = set(self.claimed)
        for entry in self.gathered.tape.entries:
            if id(entry.statement) not in updating and found.intersection(entry.inputs):
                found.add(entry.output)
        return frozenset(found)

    @cached_property
    def sampled(self) -> frozenset[tuple[int, int]]:
        """The runs of a gradient statement, by its identity and tick, that are confirmed anyway.

        Where a script's gradient and ours are the same, two derivations agree; differences are
        asked about a few runs of each statement, not about every step through time.
        """
        runs: dict[int, list[int]] = {}
        for part in self._told:
            runs.setdefault(id(part.statement), []).append(part.tick)
        few = {place: {*ticks[:SAMPLED], *ticks[-SAMPLED:]} for place, ticks in runs.items()}
        return frozenset((place, tick) for place, ticks in few.items() for tick in ticks)

    @cached_property
    def objections(self) -> dict[Variable, str]:
        """What differences say against each derivative, as far as they have been asked."""
        return {}

    @cached_property
    def judged(self) -> tuple[Finding, ...]:
        """A finding for every time that a gradient statement ran, in the order of time."""
        return finished(self.judging())

    def judging(self) -> Generator[None, None, tuple[Finding, ...]]:
        """Work `judged` out with pauses."""
        claims = self._told
        final = {(part.unit, part.name): part.statement for part in claims}
        made = []
        for part in claims:
            made.append(judged(part, self, by_name=final[part.unit, part.name] is part.statement))
            yield
        made = list(settled(claims, made, self))
        found = self.__dict__["judged"] = tuple(_unfinished_told(claims, made))
        return found

    @property
    def _told(self) -> list[Claimed]:
        """The claims that are looked at: where samples follow each other, the last one's."""
        reached = self.adjoints.keys() | self.unknown
        claims = [c for c in self.gathered.claims if not c.beside or c.about in reached]
        late = {id(part.statement) for part in claims if part.tick > self.begun}
        told = late if self.gathered.adds_up else set[int]()
        return [c for c in claims if c.tick > self.begun or id(c.statement) not in told]

    @cached_property
    def kinked(self) -> tuple[Adjoints, ...]:
        """The same derivatives with other slopes at the kinks of ReLUs, if any is at one."""
        if self.root is None:
            return ()
        return tuple(other_choices(self.gathered.tape, self.root, self.adjoints))


def truth_of(gathered: Gathered, roles: Roles, loss: str) -> Truth:
    """The derivatives of the loss by all it depends on; none where no loss was computed."""
    root, text, meant = _root(gathered), "", None
    if root is None:
        meant = implied(gathered) or upstream(gathered)
        if meant is None:
            return Truth(gathered, roles, None, {}, frozenset(), loss)
        root, text, loss = meant.root, meant.text, "loss"
    begun = root.tick if meant is None else meant.begun
    found, unknown = adjoints(gathered.tape, root)
    return Truth(gathered, roles, root, found, unknown, loss, text, begun)


def findings(truth: Truth) -> tuple[Finding, ...]:
    """What is to be said of each gradient statement, in the order of the lines."""
    made: dict[int, Finding] = {}
    last: set[int] = set()
    """Statements that have been judged in the last sample: before, gradients are unfinished."""
    for finding in truth.judged:
        if id(finding.statement) in truth.roles.inferred and _is_none(finding, truth):
            continue  # it seemed to be a gradient, and is none
        place, is_last = id(finding.statement), finding.tick > truth.begun
        unfinished = truth.gathered.adds_up and not (is_last and place in last)
        if unfinished or place not in made or _is_worse(finding, made[place]):
            made[place] = finding
        last.update([place] if is_last else [])
    return tuple(sorted(made.values(), key=lambda finding: finding.statement.line))


def _is_none(finding: Finding, truth: Truth) -> bool:
    """Is what has no telling name no derivative, or only the errors that a loss is implied by?"""
    errors = truth.implied and finding.statement is truth.gathered.tape.entries[-1].statement
    return finding.verdict == "unclaimed" or bool(errors and finding.verdict == "scaled")


def _is_named_again(claimed: Claimed, roles: Roles) -> bool:
    """``dloss_dy = y``: is a gradient the very value of a name that claims nothing?"""
    match claimed.statement.node:
        case ast.Assign(value=ast.Name(id=name)):
            return roles.claim(name) is None
    return False


def _unfinished_told(claims: Sequence[Claimed], made: Sequence[Finding]) -> Iterator[Finding]:
    """The findings; of claims that another statement goes on with, only that."""
    for place, (claimed, found) in enumerate(zip(claims, made, strict=True)):
        later = (n for n in range(place + 1, len(claims)) if claims[n].name == claimed.name)
        after = place if claimed.beside else next(later, place)
        if after != place and _adds_again(claims[after], claimed):
            continue
        unfinished = found.by is None or found.by is made[after].by
        unfinished |= _scales_itself(claims[after].statement.node)
        if found.verdict != "exact" and unfinished and _goes_on(claims[after], claimed):
            reason = f"{claims[after].statement.at} goes on with it"
            found = told(claimed, "", Verdict("unclaimed", math.nan, reason=reason), None)
        yield found


def _adds_again(later: Claimed, claimed: Claimed) -> bool:
    """Does the same statement add to the same sum once more, which is a part of it until then?"""
    same = later.statement is claimed.statement and later.unit == claimed.unit
    return same and isinstance(claimed.statement.node, ast.AugAssign)


def _goes_on(later: Claimed, claimed: Claimed) -> bool:
    """Does another statement change in place what this one assigns?"""
    node = later.statement.node
    in_place = later.is_entry or isinstance(node, ast.AugAssign) or _scales_itself(node)
    return in_place and later.statement is not claimed.statement


def _scales_itself(node: ast.stmt) -> bool:
    """``d = d / m``"""
    match node:
        case ast.Assign([target], ast.BinOp(left, ast.Mult() | ast.Div(), right)):
            return ast.unparse(target) in (ast.unparse(left), ast.unparse(right))
    return False


def _is_worse(new: Finding, old: Finding) -> bool:
    """Of a statement that ran several times the worst run is told."""
    worse = ORDER.index(new.verdict) < ORDER.index(old.verdict)
    return worse or (new.verdict == old.verdict and new.error > old.error)


def _root(gathered: Gathered) -> Variable | None:
    """The loss that the gradients belong to: the last one before the last of them.

    One that is computed only after the first update belongs to other weights.
    """
    made = {entry.output for entry in gathered.tape.entries}
    roots = [root for root in gathered.roots if root in made and np.prod(root.shape) == 1]
    if not roots:
        return None
    last = max((claimed.tick for claimed in gathered.claims), default=math.inf)
    before = [root for root in roots if root.tick <= last]
    if before:
        return before[-1]
    first = min((update.tick for update in gathered.updates), default=math.inf)
    return roots[0] if roots[0].tick < first else None
