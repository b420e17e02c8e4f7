"""Which mistake a wrong claim is: the one whose result it equals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from stepnet.calculus.adjoint import adjoints
from stepnet.calculus.check import Truth
from stepnet.calculus.claims import symbol
from stepnet.calculus.compare import agree, compared
from stepnet.calculus.finding import Finding
from stepnet.calculus.mutations.derivation import Derivation
from stepnet.calculus.mutations.mistake import Mistake, Place, Wrong
from stepnet.calculus.mutations.multiples import SIGN
from stepnet.calculus.mutations.names import CROSSED, crossed_slopes
from stepnet.calculus.mutations.repair import built_on, repaired
from stepnet.calculus.mutations.table import LAST, MISTAKES
from stepnet.calculus.tape import Variable

FARTHEST = 60
"""Operations on the way to the loss that are searched for the mistake."""
ROWS = 24
"""Rows of a Jacobian for which it is searched row by row."""


@dataclass(frozen=True)
class Diagnosis:
    """A mistake by its name in the table, ``built on``, or ``""``; and what is to be said."""

    mistake: str
    text: str


def diagnosed(finding: Finding, truth: Truth, before: Iterable[Finding]) -> str:
    """Why a claim is wrong, in words; `before` are the findings on earlier statements."""
    return diagnosis(finding, truth, before).text


def diagnosis(finding: Finding, truth: Truth, before: Iterable[Finding]) -> Diagnosis:
    """The mistake that a wrong claim is, or what is known of it."""
    earlier = list(before)
    if finding.true is None or finding.claimed is None:
        return Diagnosis("", "")
    claimed = finding.claimed
    built = built_on(finding, truth)
    if built is not None:
        causes, alone = built
        if compared(alone, finding.true).word in ("exact", "scaled"):
            return Diagnosis("built on", _blamed(causes))
        claimed = alone
    gone = repaired(finding, claimed, truth)
    if gone is not None:
        mistake, words = gone
        sentence = mistake.sentence.format(**words)
        return Diagnosis(mistake.name, f"your `{finding.name}` is {sentence}")
    if crossed_slopes(claimed, finding.true):
        sentence = CROSSED.sentence.format(size=len(claimed))
        return Diagnosis(CROSSED.name, f"your `{finding.name}` is {sentence}")
    factors = _factors(earlier)
    found = searched(finding, claimed, truth, MISTAKES, factors)
    found = found or searched(finding, claimed, truth, LAST, factors)
    return found or Diagnosis("", known_of(finding))


def searched(
    finding: Finding,
    claimed: np.ndarray,
    truth: Truth,
    mistakes: Iterable[Mistake],
    factors: tuple[float, ...] = (1.0,),
) -> Diagnosis | None:
    """The first of these mistakes that explains a value."""
    if finding.of is None or finding.by is None:
        return None
    chosen = tuple(mistakes)
    if SIGN in chosen and finding.factor is not None and finding.factor < 0:
        times = "" if finding.factor == -1 else f", and {abs(finding.factor)} times too large"
        return Diagnosis("sign", f"your `{finding.name}` is minus {finding.claim}{times}")
    with np.errstate(all="ignore"):
        for mistake, point, wrong in _candidates(finding, claimed, truth, chosen):
            if _fits(claimed, wrong.value, factors):
                return Diagnosis(mistake.name, _sentence(finding, mistake, point, wrong))
    return None


Candidate = tuple[Mistake, Variable, Wrong]


def _candidates(
    finding: Finding, claimed: np.ndarray, truth: Truth, chosen: tuple[Mistake, ...]
) -> Iterator[Candidate]:
    assert finding.of is not None
    assert finding.by is not None
    tape, now = truth.gathered.tape, _tick(finding, truth)
    if finding.of is truth.root:
        derivation = Derivation(tape, finding.of, finding.by, truth.adjoints)
        yield from _of(derivation, claimed, finding, now, chosen)
        return
    if claimed.shape == finding.by.shape and finding.of.shape == finding.by.shape:
        found, _ = adjoints(tape, finding.of)
        derivation = Derivation(tape, finding.of, finding.by, found)
        yield from _of(derivation, claimed, finding, now, chosen)
        return
    yield from _by_rows(finding, claimed, truth, chosen)


def _of(
    derivation: Derivation,
    claimed: np.ndarray,
    finding: Finding,
    now: float,
    mistakes: tuple[Mistake, ...],
) -> Iterator[Candidate]:
    for number, point in enumerate(derivation.points()):
        if number > FARTHEST:
            return
        place = Place(derivation, point, claimed, finding.name, finding.statement.unit, now)
        for mistake in mistakes:
            for wrong in _possible(mistake, place):
                value = derivation.with_adjoint(point, wrong.value)
                if value is not None:
                    yield mistake, point, Wrong(value, wrong.words)


def _possible(mistake: Mistake, place: Place) -> Iterator[Wrong]:
    """What a mistake would give; one that shapes do not allow was not made."""
    try:
        yield from mistake.values(place)
    except ValueError:
        return


def _by_rows(
    finding: Finding, claimed: np.ndarray, truth: Truth, mistakes: tuple[Mistake, ...]
) -> Iterator[Candidate]:
    """A Jacobian is done wrong in every row alike."""
    assert finding.of is not None
    assert finding.by is not None
    size = int(np.prod(finding.of.shape))
    if size > ROWS or claimed.size != size * int(np.prod(finding.by.shape)):
        return
    rows = []
    for number in range(size):
        seed = np.zeros(finding.of.shape)
        seed.reshape(-1)[number] = 1.0
        found, _ = adjoints(truth.gathered.tape, finding.of, seed)
        if finding.by not in found:
            return
        derivation = Derivation(truth.gathered.tape, finding.of, finding.by, found)
        tick = _tick(finding, truth)
        rows.append(list(_of(derivation, claimed, finding, tick, mistakes)))
    if len({len(row) for row in rows}) != 1:
        return
    for parts in zip(*rows, strict=True):
        mistake, point, wrong = parts[0]
        value = np.concatenate([part[2].value.reshape(-1) for part in parts])
        if value.size == claimed.size:
            yield mistake, point, Wrong(value.reshape(claimed.shape), wrong.words)


def _fits(claimed: np.ndarray, value: np.ndarray, factors: tuple[float, ...]) -> bool:
    if claimed.shape != value.shape:
        if [n for n in claimed.shape if n != 1] != [n for n in value.shape if n != 1]:
            return False
        value = value.reshape(claimed.shape)
    return any(agree(claimed, factor * value) for factor in factors)


def _factors(before: Iterable[Finding]) -> tuple[float, ...]:
    """Factors that the claim may have inherited."""
    scaled = {float(finding.factor) for finding in before if finding.factor is not None}
    return (1.0, *sorted(scaled))


def _tick(finding: Finding, truth: Truth) -> float:
    ticks = [c.tick for c in truth.gathered.claims if c.value is finding.claimed]
    return max(ticks, default=float("inf"))


def _blamed(names: list[str]) -> str:
    listed = " and ".join(f"`{name}`" for name in names)
    verb = "is" if len(names) == 1 else "are"
    return f"right in itself, but built on {listed}, which {verb} wrong"


def _sentence(finding: Finding, mistake: Mistake, point: Variable, wrong: Wrong) -> str:
    text = f"your `{finding.name}` is {mistake.sentence.format(**wrong.words)}"
    label = point.name.rpartition(".")[2]
    if point is finding.by or not label:
        return text
    return f"{text}, on the way at `{symbol(label)}`"


def known_of(finding: Finding) -> str:
    """Shapes, how far off, and the worst entry: where no mistake is recognised."""
    if finding.claimed is None or finding.true is None:
        return ""
    if finding.claimed.shape != finding.true.shape and finding.claimed.size != finding.true.size:
        mine, true = finding.claimed.shape, finding.true.shape
        return f"its shape is {mine}, that of the derivative {true}"
    worst = finding.worst
    if worst is None:
        return f"off by {finding.error:.1%} of the derivative's norm"
    entry = f"[{', '.join(map(str, worst))}]" if worst else ""
    return (
        f"off by {finding.error:.1%} of the derivative's norm; furthest at "
        f"`{finding.name}{entry}`: {finding.claimed[worst]:.6g}, but {finding.claim} is "
        f"{finding.true[worst]:.6g} there"
    )
