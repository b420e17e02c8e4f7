"""Answers as people type them: ``(4,1)``, ``4x1``, ``4 by 1``; ``neg``; ``-0.25``, ``−1/4``."""

from __future__ import annotations

import re
from fractions import Fraction

SCALARS = frozenset({"()", "scalar", "number", "a number", "one number", "0-d", "0d", "a scalar"})
POSITIVE = frozenset(
    {"+", "p", "pos", "positive", "plus", "above 0", "above zero", ">0", "> 0", "up"}
)
NEGATIVE = frozenset(
    {"-", "n", "neg", "negative", "minus", "below 0", "below zero", "<0", "< 0", "down"}
)
ZERO = frozenset({"0", "zero", "none", "z", "null", "nil"})

_SHAPE = re.compile(r"\d+(?:[\s,;x×*]+\d+)*[\s,]*")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE)
_QUOTIENT = re.compile(r"([+-]?\d+)\s*/\s*(\d+)")


def parsed_shape(text: str) -> tuple[int, ...] | None:
    """A shape: its lengths between commas, blanks, x or ×, in brackets or not; None if it is none.

    A single length is a vector's: ``(4,)``.
    """
    plain = _plain(text).removeprefix("shape").strip(" :=")
    if plain in SCALARS:
        return ()
    plain = re.sub(r"\bby\b", " ", plain)
    if plain.startswith(("(", "[")) and plain.endswith((")", "]")):
        plain = plain[1:-1].strip()
        return _lengths(plain) if plain else ()
    return _lengths(plain)


def _lengths(plain: str) -> tuple[int, ...] | None:
    if not _SHAPE.fullmatch(plain):
        return None
    return tuple(int(part) for part in re.findall(r"\d+", plain))


def parsed_sign(text: str) -> int | None:
    """1, -1 or 0, in words, as a sign or as any number with it; None if it is none of them."""
    plain = _plain(text)
    for words, sign in ((POSITIVE, 1), (NEGATIVE, -1), (ZERO, 0)):
        if plain in words:
            return sign
    number = parsed_number(text)
    return None if number is None else (number > 0) - (number < 0)


def parsed_number(text: str) -> float | None:
    """A number with a point or a comma, a fraction, or a percentage; None if it is none."""
    plain = _plain(text).replace("about ", "").lstrip("=≈~ ")
    for sign, written in (("½", "1/2"), ("¼", "1/4"), ("⅓", "1/3")):
        plain = plain.replace(sign, written)
    scale = 0.01 if plain.endswith("%") else 1.0
    plain = plain.removesuffix("%").strip()
    if "." not in plain:
        plain = plain.replace(",", ".")
    if found := _QUOTIENT.fullmatch(plain):
        return float(Fraction(int(found[1]), int(found[2]))) if int(found[2]) else None
    return float(plain) * scale if _NUMBER.fullmatch(plain) else None


def _plain(text: str) -> str:
    """Lower case, one kind of minus, no blanks around."""
    return " ".join(text.lower().replace("−", "-").replace("–", "-").split())
