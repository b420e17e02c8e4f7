"""What the name of a gradient claims to be: ``dA_dB`` claims ∂A/∂B, ``grad_B`` ∂loss/∂B."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stepnet.source.place import container_of, leaf_of

_TOWARDS = re.compile(r"d_?(?P<of>[A-Za-z]\w*?)_d_?(?P<by>[A-Za-z]\w*)")
_LOSS_BY = (
    re.compile(r"(?:grad|gradient|delta|nabla)_(?P<by>\w+)"),
    re.compile(r"(?P<by>\w+?)_(?:grad|gradient|delta)"),
    re.compile(r"d_(?P<by>\w+)"),
    re.compile(r"d(?P<by>[A-Za-z]\w*)"),
)
_COLLECTION = re.compile(
    r"(?i)_?(grads?|gradients?|d_?params?|d_?weights|derivatives?|nablas?|deltas?)(_\w+)?"
    r"|(?i:\w+)_(grads?|gradients?|deltas)|d[A-Z]\w*"
)
"""What dictionaries and lists of gradients are called."""
_GRADIENT = frozenset({"grad", "_grad", "gradient"})
_VALUE = ("data", "value", "val", "_data", "values")
"""What objects that know their own gradient call it, and the value that it belongs to."""
_LAYER = re.compile(r"(?<=[A-Za-z])(_?\d+|\[\d+\])$")
_WRITTEN = re.compile(r"[d∂]\s?(?P<of>\w+)\s*/\s*[d∂]\s?(?P<by>\w+)")


@dataclass(frozen=True)
class Claim:
    """A name says that its value is the derivative of one name by another."""

    of: str
    by: str
    loose: bool = False
    """It may be meant before the activation too: the delta of a layer."""
    beside: bool = False
    """It speaks of what stands beside it: ``p.grad`` of ``p.data``, and of nothing else."""

    @property
    def text(self) -> str:
        """``∂E/∂w``."""
        return f"∂{symbol(self.of)}/∂{symbol(self.by)}"


def claim_of(name: str, known: frozenset[str], loss: str) -> Claim | None:
    """What a place claims, if what it speaks of are names of the script.

    `known` are the leaves of the places that it assigns; `loss` is the name that holds the loss.
    """
    bare, at = _numbered(leaf_of(name))
    found = _TOWARDS.fullmatch(bare)
    if found:
        of, by = _known(found["of"], known), _known(found["by"], known)
        if by is not None:
            return Claim(of or found["of"], by + at)
    for form in _LOSS_BY:
        found = form.fullmatch(bare)
        by = _known(found["by"], known - {bare}) if found else None
        if by is not None:
            return Claim(loss or "loss", by + at, loose="delta" in bare)
    if _holds_gradients(name) and bare in known:
        return Claim(loss or "loss", bare)
    if bare in _GRADIENT and container_of(name) and name.endswith(f".{bare}"):
        by = next((value for value in _VALUE if value in known), "")
        return Claim(loss or "loss", by, beside=True) if by else None
    return None


def _numbered(leaf: str) -> tuple[str, str]:
    """``dW`` and ``[0]`` of ``dW[0]``."""
    bare, bracket, rest = leaf.partition("[")
    return bare, bracket + rest


def stem_of(name: str) -> str:
    """What the layers of a network have in common: ``W`` of ``forward.W1`` and of ``W[1]``."""
    return _LAYER.sub("", name.rpartition(".")[2])


def _holds_gradients(place: str) -> bool:
    """Is it an item of what is called gradients: ``grads["W1"]``?"""
    return place.endswith('"]') and is_collection(container_of(place))


def is_collection(place: str) -> bool:
    """Is it called like something that holds gradients?"""
    return bool(_COLLECTION.fullmatch(leaf_of(place)))


def written_claim(text: str, known: frozenset[str], loss: str) -> Claim | None:
    """What a ``#:`` comment claims: ``dL/dW1`` or ``∂L/∂W1``."""
    found = _WRITTEN.fullmatch(text.strip())
    if not found:
        return None
    of, by = _known(found["of"], known), _known(found["by"], known)
    return Claim(of or found["of"], by or found["by"])


def symbol(name: str) -> str:
    """A name as it is written on paper: ``y_hat`` is ŷ."""
    return {"y_hat": "ŷ", "yhat": "ŷ", "loss": "loss"}.get(name, name)


def _known(word: str, known: frozenset[str]) -> str | None:
    """The name of the script that a part of a claim speaks of: ``yhat`` is ``y_hat``."""
    if word in known:
        return word
    return next((name for name in sorted(known) if plain(name) == plain(word)), None)


def plain(name: str) -> str:
    """A name without what people leave out of it: ``yhat`` for ``y_hat``, ``x`` for ``X``."""
    return name.replace("_", "").lower()
