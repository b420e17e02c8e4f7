"""Conditions on tensors, by name: one table of what can be watched for.

stop-on NAME [BOUND] [for NAMES]
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass

from stepnet.session.errors import CommandError
from stepnet.session.stops import judging


@dataclass(frozen=True)
class Kind:
    """One thing that can be wrong."""

    name: str
    asks: str
    """What it asks, as a sentence."""
    about: str
    """What it is asked of: ``values``, ``gradients``, ``relus``, ``saturating`` activations,
    ``updates`` of parameters, the ``loss``, or gradient ``claims``."""
    judge: Callable[..., str]
    """Says what is wrong with the values; ``""`` if nothing is."""
    bound: float | None = None
    """The bound that holds where none is written."""


def _never(*_: object) -> str:
    return ""


KINDS = (
    Kind("nonfinite", "An entry is NaN or infinite.", "values", judging.not_finite),
    Kind("all-zero", "Every entry of an array is 0, in training.", "values", judging.all_zero),
    Kind(
        "vanishing-gradient",
        "The largest entry of a gradient is below the bound.",
        "gradients",
        judging.vanishing,
        1e-7,
    ),
    Kind(
        "exploding-gradient",
        "The norm of a gradient is above the bound.",
        "gradients",
        judging.exploding,
        1e3,
    ),
    Kind("unchanged-weight", "An update changes no entry.", "updates", judging.unchanged),
    Kind(
        "update-ratio above",
        "The norm of an update, over that of what it updates, is above the bound.",
        "updates",
        judging.ratio_above,
        0.1,
    ),
    Kind(
        "update-ratio below",
        "The norm of an update, over that of what it updates, is below the bound.",
        "updates",
        judging.ratio_below,
        1e-4,
    ),
    Kind("dead-relu", "A unit of a ReLU is 0 for every sample.", "relus", judging.dead),
    Kind(
        "saturated",
        "More than this share of a sigmoid's or tanh's entries are within 0.01 of a limit.",
        "saturating",
        _never,
        0.9,
    ),
    Kind(
        "loss-rose",
        "The loss is larger at the end of an iteration, by more than the bound.",
        "loss",
        judging.rose,
        0.0,
    ),
    Kind(
        "loss-stalled",
        "The loss has had no new minimum for so many iterations.",
        "loss",
        judging.stalled,
        10,
    ),
    Kind("inexact-gradient", "A gradient claim is not the true derivative.", "claims", _never),
)
"""Every condition; the first word or words behind ``stop-on`` name one."""

BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True, eq=False)
class Condition:
    """One condition that is watched for."""

    kind: Kind
    bound: float
    names: tuple[str, ...]
    """The names it is watched for on; all of its kind where there is none."""
    text: str
    """As it is typed."""


def condition(text: str, known: frozenset[str]) -> Condition:
    """Read a condition; `known` are the names that the script has.

    Raises CommandError for one that does not exist, and for a bound or a name that is none.
    """
    text = " ".join(text.split())
    found = [kind for kind in KINDS if f"{text} ".startswith(f"{kind.name} ")]
    if not found:
        raise CommandError(f"no condition is called {_word(text)!r}", text, 0, _advice(text))
    kind = max(found, key=lambda kind: len(kind.name))
    rest = text[len(kind.name) :]
    bound, _, listed = rest.partition(" for ")
    names = tuple(listed.replace(",", " ").split())
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
            advice = f"Did you mean {near[0]}?" if near else ""
            raise CommandError(f"no name '{name}'", text, text.rindex(name), advice)
    return Condition(kind, _bound(kind, bound.strip(), text), names, text)


def _bound(kind: Kind, written: str, text: str) -> float:
    if not written:
        return kind.bound or 0.0
    if kind.bound is None:
        raise CommandError(f"{kind.name} has no bound", text, len(kind.name) + 1, kind.asks)
    try:
        return float(written)
    except ValueError:
        message = f"{written!r} is not a number"
        raise CommandError(message, text, len(kind.name) + 1, kind.asks) from None


def _word(text: str) -> str:
    return text.partition(" ")[0]


def _advice(text: str) -> str:
    names = [kind.name for kind in KINDS]
    near = difflib.get_close_matches(text, names, n=1, cutoff=0.6)
    if _word(text) == "update-ratio":
        return "Write update-ratio above 0.1 or update-ratio below 0.0001."
    return f"Did you mean {near[0]}?" if near else "There are " + ", ".join(names) + "."
