"""The table, part 2: functions of one value, entry by entry."""

from __future__ import annotations

from typing import Any

import numpy as np

from stepnet.calculus.rules.rule import Case, Choose, Rule

ENTRYWISE = "entry by entry; the shape stays"


def _row(
    name: str,
    derivative: str | Choose,
    cell: str,
    *spelled: str,
    local: str,
    words: str,
    kink: str = "",
) -> Rule:
    return Rule(
        name, ("x",), (derivative,), spelled, ENTRYWISE, local, words, (cell,), kink, entrywise=True
    )


def _ufunc(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}(x, out=into, dtype=dtype)" for name in names)


def _clip(case: Case) -> str | None:
    bounds = []
    if "low" in case.operation.settings:
        bounds.append("(x > low)")
    if "high" in case.operation.settings:
        bounds.append("(x < high)")
    if not bounds:
        return "g"
    return f"g * ({' & '.join(bounds)})" if len(bounds) > 1 else f"g * {bounds[0]}"


def _type(case: Case) -> str | None:
    """Another precision passes the gradient; integers and booleans cut it off."""
    node = case.operation.settings.get("dtype")
    name = getattr(node, "attr", getattr(node, "id", getattr(node, "value", "float")))
    given: Any = case.shapes.settings.get("dtype", name)
    if isinstance(given, str):
        given = given.strip("_<>=")
    try:
        whole = np.dtype(given).kind in "iub"
    except TypeError:  # dtype=W1.dtype
        whole = False
    return None if whole else "g"


FUNCTIONS: tuple[Rule, ...] = (
    _row(
        "negative", "-g", "−{x}", "-x", *_ufunc("np.negative"),
        local="(−x)′ = −1",
        words="What is turned around gets its gradient turned around.",
    ),
    _row(
        "positive", "g", "{x}", "+x", *_ufunc("np.positive"),
        local="(+x)′ = 1",
        words="Nothing happens to the value, so nothing happens to the gradient.",
    ),
    _row(
        "exp", "g * out", "exp({x})", *_ufunc("np.exp"), "math.exp(x)",
        local="(eˣ)′ = eˣ",
        words="The exponential is its own derivative: the result itself is the factor.",
    ),
    _row(
        "expm1", "g * (out + 1)", "exp({x}) − 1", *_ufunc("np.expm1"), "math.expm1(x)",
        local="(eˣ − 1)′ = eˣ",
        words="Taking 1 away moves no slope: the factor is eˣ, the result plus 1.",
    ),
    _row(
        "exp2", "g * out * np.log(2)", "2 ** {x}", *_ufunc("np.exp2"),
        local="(2ˣ)′ = 2ˣ·ln 2",
        words="A power grows in proportion to itself; for base 2 the proportion is ln 2.",
    ),
    _row(
        "log", "g / x", "log({x})", *_ufunc("np.log"), "math.log(x)",
        local="(ln x)′ = 1/x",
        words="A logarithm feels relative change: the smaller the number, the steeper.",
    ),
    _row(
        "log1p", "g / (1 + x)", "log(1 + {x})", *_ufunc("np.log1p"), "math.log1p(x)",
        local="(ln(1 + x))′ = 1/(1 + x)",
        words="The logarithm's 1 over its argument, and the argument here is 1 + x.",
    ),
    _row(
        "log2", "g / (x * np.log(2))", "log2({x})", *_ufunc("np.log2"), "math.log2(x)",
        local="(log₂ x)′ = 1/(x·ln 2)",
        words="The natural logarithm in another unit, so the derivative is in that unit too.",
    ),
    _row(
        "log10", "g / (x * np.log(10))", "log10({x})", *_ufunc("np.log10"), "math.log10(x)",
        local="(log₁₀ x)′ = 1/(x·ln 10)",
        words="The natural logarithm in another unit, so the derivative is in that unit too.",
    ),
    _row(
        "sqrt", "g / (2 * out)", "√{x}", *_ufunc("np.sqrt"), "math.sqrt(x)",
        local="(√x)′ = 1/(2√x)",
        words="A root is steep near zero and flattens out: 1 over twice the result.",
        kink="at x = 0 the slope is infinite",
    ),
    _row(
        "cbrt", "g / (3 * out ** 2)", "∛{x}", *_ufunc("np.cbrt"),
        local="(∛x)′ = 1/(3·∛x²)",
        words="A root is steep near zero and flattens out: 1 over three times the result squared.",
        kink="at x = 0 the slope is infinite",
    ),
    _row(
        "square", "2 * g * x", "{x}²", *_ufunc("np.square"),
        local="(x²)′ = 2x",
        words="The square of a number grows twice as fast as the number is large.",
    ),
    _row(
        "reciprocal", "-g * out ** 2", "1 / {x}", *_ufunc("np.reciprocal"),
        local="(1/x)′ = −1/x²",
        words="1 over x falls as x grows, by the square of the result.",
    ),
    _row(
        "abs", "g * np.sign(x)", "|{x}|",
        *_ufunc("np.abs", "np.absolute", "np.fabs"), "abs(x)", "math.fabs(x)",
        local="|x|′ = sign x",
        words="Only the side of zero counts, not the distance.",
        kink="at x = 0 the derivative is taken as 0",
    ),
    _row(
        "sin", "g * np.cos(x)", "sin({x})", *_ufunc("np.sin"), "math.sin(x)",
        local="(sin x)′ = cos x",
        words="The sine is steepest where it crosses zero; its slope is the cosine.",
    ),
    _row(
        "cos", "-g * np.sin(x)", "cos({x})", *_ufunc("np.cos"), "math.cos(x)",
        local="(cos x)′ = −sin x",
        words="The cosine falls where the sine is positive, hence the minus sign.",
    ),
    _row(
        "tan", "g * (1 + out ** 2)", "tan({x})", *_ufunc("np.tan"), "math.tan(x)",
        local="(tan x)′ = 1 + tan² x",
        words="The tangent is never flatter than 1, and its own square makes it steeper.",
        kink="at its poles it has no value",
    ),
    _row(
        "arcsin", "g / np.sqrt(1 - x ** 2)", "arcsin({x})", *_ufunc("np.arcsin"), "math.asin(x)",
        local="(arcsin x)′ = 1/√(1 − x²)",
        words="The sine flattens towards ±1, so its inverse grows steep there.",
        kink="at x = ±1 the slope is infinite",
    ),
    _row(
        "arccos", "-g / np.sqrt(1 - x ** 2)", "arccos({x})", *_ufunc("np.arccos"), "math.acos(x)",
        local="(arccos x)′ = −1/√(1 − x²)",
        words="It is a right angle minus the arcsine: the same slope with a minus sign.",
        kink="at x = ±1 the slope is infinite",
    ),
    _row(
        "arctan", "g / (1 + x ** 2)", "arctan({x})", *_ufunc("np.arctan"), "math.atan(x)",
        local="(arctan x)′ = 1/(1 + x²)",
        words="The angle hardly changes once x is large: the slope falls with its square.",
    ),
    _row(
        "sinh", "g * np.cosh(x)", "sinh({x})", *_ufunc("np.sinh"), "math.sinh(x)",
        local="(sinh x)′ = cosh x",
        words="Half of eˣ − e⁻ˣ; the second exponential turns its sign when it is differentiated.",
    ),
    _row(
        "cosh", "g * np.sinh(x)", "cosh({x})", *_ufunc("np.cosh"), "math.cosh(x)",
        local="(cosh x)′ = sinh x",
        words="Half of eˣ + e⁻ˣ; the second exponential turns its sign when it is differentiated.",
    ),
    _row(
        "tanh", "g * (1 - out ** 2)", "tanh({x})", *_ufunc("np.tanh"), "math.tanh(x)",
        local="tanh′(z) = 1 − a²",
        words="Of the output, not of what went in: 1 at zero, next to nothing where it saturates.",
    ),
    _row(
        "arcsinh", "g / np.sqrt(x ** 2 + 1)", "arcsinh({x})",
        *_ufunc("np.arcsinh"), "math.asinh(x)",
        local="(arsinh x)′ = 1/√(x² + 1)",
        words="It grows like a logarithm on both sides, and is straight near zero.",
    ),
    _row(
        "arccosh", "g / np.sqrt(x ** 2 - 1)", "arccosh({x})",
        *_ufunc("np.arccosh"), "math.acosh(x)",
        local="(arcosh x)′ = 1/√(x² − 1)",
        words="The hyperbolic cosine is flat at its foot, so its inverse is steep there.",
        kink="at x = 1 the slope is infinite",
    ),
    _row(
        "arctanh", "g / (1 - x ** 2)", "arctanh({x})", *_ufunc("np.arctanh"), "math.atanh(x)",
        local="(artanh x)′ = 1/(1 − x²)",
        words="The hyperbolic tangent flattens towards ±1, so its inverse grows steep there.",
        kink="at x = ±1 the slope is infinite",
    ),
    _row(
        "erf", "2 * g * np.exp(-x ** 2) / np.sqrt(np.pi)", "erf({x})", "math.erf(x)",
        local="erf′(x) = 2/√π · exp(−x²)",
        words="It adds up the bell curve, so its slope is the bell curve.",
    ),
    _row(
        "degrees", "180 * g / np.pi", "{x}·180/π",
        *_ufunc("np.degrees", "np.rad2deg"), "math.degrees(x)",
        local="180/π",
        words="Another unit: a constant factor.",
    ),
    _row(
        "radians", "g * np.pi / 180", "{x}·π/180",
        *_ufunc("np.radians", "np.deg2rad"), "math.radians(x)",
        local="π/180",
        words="Another unit: a constant factor.",
    ),
    _row(
        "clip", _clip, "clip({x})",
        "np.clip(x, a_min=low, a_max=high, out=into)", "np.clip(x, min=low, max=high, out=into)",
        "x.clip(min=low, max=high, out=into)", "x.clip(a_min=low, a_max=high, out=into)",
        local="1 between the bounds, 0 beyond them",
        words="What was cut off does not move the result, so no gradient passes there.",
        kink="on a bound the derivative is taken as 0",
    ),
    _row(
        "nan_to_num", "g * np.isfinite(x)", "{x}", "np.nan_to_num(x, copy)",
        local="1 for a finite number, 0 for what was replaced",
        words="A number that was put in its place does not depend on what stood there.",
    ),
    _row(
        "astype", _type, "{x}", "x.astype(dtype, copy=copy)", "np.astype(x, dtype)",
        "np.float64(x)", "np.float32(x)", "np.float16(x)", "np.double(x)", "np.single(x)",
        local="1 between floating types, 0 to integers",
        words="Another precision is the same number; rounding to integers cuts the gradient off.",
    ),
    Rule(
        "where", ("a", "b"),
        ("np.where(condition, g, 0)", "np.where(condition, 0, g)"),
        ("np.where(condition, a, b)",),
        "entry by entry; condition and both values are broadcast together",
        local="1 for the value that was chosen, 0 for the other",
        words="Each entry was taken from one of the two, and there its gradient goes back.",
        kink="the condition itself gets no gradient",
        entrywise=True,
    ),
)  # fmt: skip
"""Rows of one operand: name, derivative, the entry on paper, spellings, and why."""
