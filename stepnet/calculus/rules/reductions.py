"""The table, part 4: many entries become one."""

from __future__ import annotations

from stepnet.calculus.rules.rule import Case, Choose, NotInTable, Rule, Shape, Spread, Template


def reduced_axes(case: Case) -> tuple[int, ...]:
    """The axes that are gone, or of length 1."""
    return axes_of(case.setting("axis"), len(case.own))


def axes_of(axis: object, dimensions: int) -> tuple[int, ...]:
    """An ``axis=`` argument as axes counted from the front."""
    if axis is None:
        return tuple(range(dimensions))
    if isinstance(axis, tuple):
        return tuple(sorted(number % dimensions for number in axis))
    if hasattr(axis, "__index__"):
        return (axis.__index__() % dimensions,)
    raise NotInTable(f"axis = {axis!r}")


def _back(case: Case, name: str) -> tuple[str, Shape]:
    """A value of the result's shape with the lost axes put back, as far as copying needs them.

    ``g[:, None]`` where columns were summed; plain ``g`` where rows were, for a shorter array is
    copied along the front by itself.
    """
    if len(case.result) in (0, len(case.own)):
        return name, case.result
    axes = reduced_axes(case)
    first = next((axis for axis in range(len(case.own)) if axis not in axes), len(case.own))
    kept = range(first, len(case.own))
    shape = tuple(1 if axis in axes else case.own[axis] for axis in kept)
    index = ["None" if axis in axes else ":" for axis in kept]
    if len(index) > 2 and "None" in index and index.index("None") == len(index) - 1:
        index = ["...", "None"]
    while index and index[-1] == ":":
        index.pop()
    if not index:
        return name, shape
    return f"{name}[{', '.join(index)}]", shape


def _adjoint(case: Case) -> tuple[str, Shape]:
    return ("g", ()) if case.shapes.upstream == () else _back(case, "g")


def _count(case: Case) -> str:
    """How many entries went into one: ``x.size``, ``x.shape[0]``."""
    axis = case.setting("axis")
    if case.own == ():
        return "1"
    if len(case.result) == 0 or axis is None:
        return "x.size"
    if isinstance(axis, tuple):
        factors = " * ".join(f"x.shape[{number}]" for number in axis)
        return f"({factors})" if len(axis) > 1 else factors
    return "x.shape[axis]"


def _again(case: Case, method: str, what: str = "x") -> str:
    """The same reduction once more, of a shape that fits beside x: ``x.mean()``."""
    whole = len(case.result) == 0 or "axis" not in case.operation.settings
    inner = "" if whole else "axis=axis, keepdims=True"
    return f"{what}.{method}({inner})"


def _sum(case: Case) -> Template:
    return Spread(*_adjoint(case))


def _mean(case: Case) -> Template:
    g, shape = _adjoint(case)
    return Spread(f"{g} / {_count(case)}", shape)


def _extreme(case: Case) -> str:
    g, out = _back(case, "g")[0], _back(case, "out")[0]
    return f"{g} * (x == {out}) / {_again(case, 'sum', f'(x == {out})')}"


def _prod(case: Case) -> str:
    return f"{_back(case, 'g')[0]} * {_back(case, 'out')[0]} / x"


def _var(case: Case) -> str:
    return f"2 * {_back(case, 'g')[0]} * (x - {_again(case, 'mean')}) / {_degrees(case)}"


def _std(case: Case) -> str:
    g, out = _back(case, "g")[0], _back(case, "out")[0]
    return f"{g} * (x - {_again(case, 'mean')}) / ({_degrees(case)} * {out})"


def _degrees(case: Case) -> str:
    return f"({_count(case)} - ddof)" if "ddof" in case.operation.settings else _count(case)


def _norm(case: Case) -> str:
    order, axis = case.setting("ord"), case.setting("axis")
    vector = len(case.own) == 1 if axis is None else not isinstance(axis, tuple)
    g, out = _back(case, "g")[0], _back(case, "out")[0]
    if order is None or (order == 2 and vector) or (order == "fro" and not vector):
        return f"{g} * x / {out}"
    if order == 1 and vector:
        return f"{g} * np.sign(x)"
    raise NotInTable(f"a norm of order {order}")


def _cumsum(case: Case) -> str:
    if len(case.own) == 1:
        return "np.cumsum(g[::-1])[::-1]"
    if case.setting("axis") is None:
        return "np.cumsum(g[::-1])[::-1].reshape(x.shape)"
    return "np.flip(np.cumsum(np.flip(g, axis), axis), axis)"


def _trace(case: Case) -> str:
    if len(case.own) != 2:
        raise NotInTable("the trace of more than a matrix")
    if "offset" in case.operation.settings:
        return "g * np.eye(*x.shape, k=offset)"
    return "g * np.eye(len(x))" if case.own[0] == case.own[1] else "g * np.eye(*x.shape)"


def _square(case: Case) -> None:
    if len(case.own) != 2:
        raise NotInTable("a stack of matrices")


def _inverse(case: Case) -> str:
    _square(case)
    return "-out.T @ g @ out.T"


def _determinant(case: Case) -> str:
    _square(case)
    return "g * out * np.linalg.inv(x).T"


def _solve(case: Case) -> str:
    if len(case.shapes.operands[0]) != 2 or len(case.shapes.operands[1]) > 2:
        raise NotInTable("a stack of equations")
    solved = "np.linalg.solve(a.T, g)"
    if case.which == 1:
        return solved
    return f"-np.outer({solved}, out)" if len(case.result) == 1 else f"-{solved} @ out.T"


LOST = "the axes named are gone, or of length 1 with keepdims; without an axis a number is left"


def _row(
    name: str,
    derivative: Choose,
    *spelled: str,
    local: str,
    words: str,
    kink: str = "",
    shape: str = LOST,
) -> Rule:
    return Rule(name, ("x",), (derivative,), spelled, shape, local, words, kink=kink)


REDUCTIONS: tuple[Rule, ...] = (
    _row(
        "sum", _sum,
        "np.sum(x, axis, dtype, out=into, keepdims=keepdims)",
        "x.sum(axis, dtype, out=into, keepdims=keepdims)", "sum(x, axis=0)",
        local="∂Σx/∂xᵢ = 1",
        words="Every entry counts once in the sum, so each gets the same gradient.",
    ),
    _row(
        "mean", _mean,
        "np.mean(x, axis, dtype, out=into, keepdims=keepdims)", "np.average(x, axis)",
        "x.mean(axis, dtype, out=into, keepdims=keepdims)",
        local="∂mean/∂xᵢ = 1/N",
        words="Every entry has an Nth part in the mean, so each gets an Nth of the gradient.",
    ),
    _row(
        "max", _extreme,
        "np.max(x, axis, out=into, keepdims=keepdims)",
        "np.amax(x, axis, out=into, keepdims=keepdims)",
        "x.max(axis, out=into, keepdims=keepdims)",
        local="1 for the largest entry, 0 for all others",
        words="Only the largest entry is handed on, so it alone gets the gradient.",
        kink="entries that share the maximum share its gradient equally",
    ),
    _row(
        "min", _extreme,
        "np.min(x, axis, out=into, keepdims=keepdims)",
        "np.amin(x, axis, out=into, keepdims=keepdims)",
        "x.min(axis, out=into, keepdims=keepdims)",
        local="1 for the smallest entry, 0 for all others",
        words="Only the smallest entry is handed on, so it alone gets the gradient.",
        kink="entries that share the minimum share its gradient equally",
    ),
    _row(
        "prod", _prod,
        "np.prod(x, axis, dtype, out=into, keepdims=keepdims)",
        "x.prod(axis, dtype, out=into, keepdims=keepdims)",
        local="∂Πx/∂xᵢ = Πx / xᵢ",
        words="An entry counts as much as the product of all others.",
        kink="written as a quotient, so not where an entry is 0",
    ),
    _row(
        "var", _var,
        "np.var(x, axis, dtype, out=into, ddof=ddof, keepdims=keepdims)",
        "x.var(axis, dtype, out=into, ddof=ddof, keepdims=keepdims)",
        local="∂var/∂xᵢ = 2(xᵢ − x̄)/N",
        words="An entry moves the variance by twice its distance from the mean, over N; that the "
        "mean moves too cancels out.",
    ),
    _row(
        "std", _std,
        "np.std(x, axis, dtype, out=into, ddof=ddof, keepdims=keepdims)",
        "x.std(axis, dtype, out=into, ddof=ddof, keepdims=keepdims)",
        local="∂σ/∂xᵢ = (xᵢ − x̄)/(Nσ)",
        words="The root of the variance: its derivative, over twice the deviation.",
        kink="where all entries are equal it has no derivative",
    ),
    _row(
        "norm", _norm, "np.linalg.norm(x, ord, axis, keepdims)",
        local="∂‖x‖/∂xᵢ = xᵢ/‖x‖",
        words="A length grows along the vector itself: the direction, of length 1.",
        kink="at the zero vector it has no derivative",
    ),
    _row(
        "cumsum", _cumsum, "np.cumsum(x, axis, dtype, out=into)",
        "x.cumsum(axis, dtype, out=into)",
        local="∂sᵢ/∂xⱼ = 1 for j ≤ i",
        words="An entry stands in its own running sum and all later ones: sum from the back.",
        shape="the shape stays; without an axis everything is flattened first",
    ),
    _row(
        "trace", _trace, "np.trace(x, offset)", "x.trace(offset)",
        local="1 on the diagonal, 0 elsewhere",
        words="Only the diagonal is summed, so only it gets the gradient.",
        shape="a matrix becomes a number",
    ),
    _row(
        "inv", _inverse, "np.linalg.inv(x)",
        local="∂L/∂X = −X⁻ᵀ g X⁻ᵀ",
        words="The matrix version of −1/x²: the inverse stands once on either side.",
        shape="a square matrix keeps its shape",
    ),
    _row(
        "det", _determinant, "np.linalg.det(x)",
        local="∂|X|/∂X = |X| X⁻ᵀ",
        words="An entry counts as much as the minor that it is multiplied with.",
        shape="a square matrix becomes a number",
    ),
    Rule(
        "solve", ("a", "b"), (_solve, _solve), ("np.linalg.solve(a, b)",),
        "(n, n) and (n, m) → (n, m)",
        "∂L/∂b = a⁻ᵀ g",
        "The solution is a⁻¹b; backwards, the equations are solved with the transpose.",
    ),
)  # fmt: skip
"""Rows of one operand: name, derivative, spellings, and why."""
