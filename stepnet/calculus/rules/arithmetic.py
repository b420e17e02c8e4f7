"""The table, part 1: operators between two values, entry by entry."""

from __future__ import annotations

import ast

from stepnet.calculus.rules.rule import Case, Choose, Rule
from stepnet.calculus.rules.simplify import tidy

BROADCAST = "entry by entry; a shorter operand is copied along the axes that it lacks"


def _row(
    name: str,
    derivatives: tuple[str | Choose | None, str | Choose | None],
    cell: tuple[str, ...],
    *spelled: str,
    local: str,
    words: str,
    kink: str = "",
) -> Rule:
    return Rule(
        name, ("a", "b"), derivatives, spelled, BROADCAST, local, words, cell, kink, entrywise=True
    )


def _ufunc(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}(a, b, out=into, dtype=dtype)" for name in names)


def _by_base(case: Case) -> str:
    """``2 * g * x`` for a square: a number in the exponent is brought to the front."""
    exponent = _written_number(case.operation.written[1])
    if exponent is None:
        return "g * b * a ** (b - 1)"
    lower = tidy(exponent - 1)
    if lower == 0:
        return "g"
    below = f"a ** {abs(lower):.12g}"
    return f"b * g * {below}" if lower > 0 else f"b * g / {below}"


def _larger(case: Case) -> str:
    """At a tie the whole gradient goes to one of the two: see `_wins`."""
    return f"g * ({case.name} {'>=' if _wins(case) else '>'} {_other(case)})"


def _smaller(case: Case) -> str:
    return f"g * ({case.name} {'<=' if _wins(case) else '<'} {_other(case)})"


def _wins(case: Case) -> bool:
    """At a tie a number wins over an array, what is copied over what is not, else the first.

    So the derivative of ``np.maximum(0, z)`` at z = 0 is 0, whichever is written first, and the
    two gradients always add up to the one that came in.
    """
    first, second = (
        (not isinstance(node, ast.Constant), _size(shape))
        for node, shape in zip(case.operation.written, case.shapes.operands, strict=True)
    )
    return (first <= second) if case.which == 0 else (second < first)


def _size(shape: tuple[int, ...]) -> int:
    size = 1
    for length in shape:
        size *= length
    return size


def _other(case: Case) -> str:
    return case.operation.names[1 - case.which]


def _written_number(node: ast.expr) -> float | None:
    sign = 1
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        sign, node = -1, node.operand
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return sign * float(node.value)
    return None


TIE = "at a tie a number wins over an array and the first operand over the second"

ARITHMETIC: tuple[Rule, ...] = (
    _row(
        "add", ("g", "g"), ("{a}", "{b}"), "a + b", *_ufunc("np.add"),
        local="∂(a + b)/∂a = 1",
        words="A sum moves by as much as either part moves, so both get the gradient unchanged.",
    ),
    _row(
        "subtract", ("g", "-g"), ("{a}", "−{b}"), "a - b", *_ufunc("np.subtract"),
        local="∂(a − b)/∂a = 1, ∂(a − b)/∂b = −1",
        words="A difference grows with its first part and shrinks with its second: one minus sign.",
    ),
    _row(
        "multiply", ("g * b", "g * a"), ("{a}·{b}",), "a * b", *_ufunc("np.multiply"),
        local="∂(a · b)/∂a = b",
        words="In a product each factor counts as much as the other factor is large.",
    ),
    _row(
        "divide", ("g / b", "-g * a / b ** 2"), ("{a} / {b}",),
        "a / b", *_ufunc("np.divide", "np.true_divide"),
        local="∂(a / b)/∂a = 1/b, ∂(a / b)/∂b = −a/b²",
        words="A quotient falls as its divisor grows, and the steeper, the smaller the divisor is.",
    ),
    _row(
        "power", (_by_base, "g * out * np.log(a)"), ("{a} ** {b}",),
        "a ** b", *_ufunc("np.power", "np.float_power"), "math.pow(a, b)", "pow(a, b)",
        local="(xⁿ)′ = n·xⁿ⁻¹",
        words="The exponent comes to the front and is one less: a square gives twice its base.",
        kink="by the exponent only where the base is positive; by the base not at 0 if n < 1",
    ),
    _row(
        "mod", ("g", "-g * (a // b)"), ("{a} mod {b}",),
        "a % b", *_ufunc("np.mod", "np.remainder"),
        local="∂(a mod b)/∂a = 1",
        words="Between its jumps a remainder moves exactly as what is divided.",
        kink="at its jumps it has no derivative; there too 1 is used",
    ),
    _row(
        "maximum", (_larger, _larger), ("max({a}, {b})",),
        *_ufunc("np.maximum", "np.fmax"), "max(a, b)",
        local="1 for the larger of the two, 0 for the other",
        words="Only the larger one is handed on, so it alone gets the gradient.",
        kink=TIE,
    ),
    _row(
        "minimum", (_smaller, _smaller), ("min({a}, {b})",),
        *_ufunc("np.minimum", "np.fmin"), "min(a, b)",
        local="1 for the smaller of the two, 0 for the other",
        words="Only the smaller one is handed on, so it alone gets the gradient.",
        kink=TIE,
    ),
    _row(
        "logaddexp", ("g * np.exp(a - out)", "g * np.exp(b - out)"), ("log(exp({a}) + exp({b}))",),
        *_ufunc("np.logaddexp"),
        local="∂log(eᵃ + eᵇ)/∂a = eᵃ/(eᵃ + eᵇ)",
        words="Each exponent gets the share that its exponential has in the sum.",
    ),
    _row(
        "hypot", ("g * a / out", "g * b / out"), ("√({a}² + {b}²)",),
        *_ufunc("np.hypot"), "math.hypot(a, b)",
        local="∂√(a² + b²)/∂a = a/√(a² + b²)",
        words="Each leg counts by its share of the hypotenuse.",
        kink="at a = b = 0 it has no derivative",
    ),
    _row(
        "arctan2", ("g * b / (a ** 2 + b ** 2)", "-g * a / (a ** 2 + b ** 2)"),
        ("angle({b}, {a})",), *_ufunc("np.arctan2"), "math.atan2(a, b)",
        local="∂φ/∂a = b/(a² + b²), ∂φ/∂b = −a/(a² + b²)",
        words="The angle turns with a step across the ray, the less, the longer the ray is.",
        kink="at a = b = 0 it has no derivative",
    ),
)  # fmt: skip
"""Rows of two operands: name, derivative by each, terms of an entry, spellings, and why."""
