"""The table, part 3: products that sum over an axis both operands share."""

from __future__ import annotations

import numpy as np

from stepnet.calculus.rules.rule import Case, NotInTable, Rule, Template, Written

TURNED = ".swapaxes(-1, -2)"


def _matmul(case: Case) -> Template:
    """``g @ b.T`` and ``a.T @ g``; with one-dimensional operands the outer product or a row."""
    first, second = (len(shape) for shape in case.shapes.operands)
    if first <= 2 and second <= 2:
        return _flat(case, first, second)
    batch = np.broadcast_shapes(*(shape[:-2] for shape in case.shapes.operands))
    g = "g" if first > 1 and second > 1 else "g[..., None]" if first > 1 else "g[..., None, :]"
    if case.which == 0:
        if second == 1:
            return Written(f"{g} * b", (*batch, *case.own[-2:]))
        turned = "b.T" if second == 2 else f"b{TURNED}"
        if first == 1:
            return Written("(b @ g[..., None])[..., 0]", (*batch, *case.own))
        return Written(f"g @ {turned}", (*batch, *case.own[-2:]))
    if first == 1:
        return Written(f"a[:, None] * {g}", (*batch, *case.own[-2:]))
    turned = "a.T" if first == 2 else f"a{TURNED}"
    if second == 1:
        return Written(f"({turned} @ {g})[..., 0]", (*batch, *case.own))
    return Written(f"{turned} @ g", (*batch, *case.own[-2:]))


def _dot(case: Case) -> Template:
    first, second = case.shapes.operands
    if first == () or second == ():
        return Written("g * b" if case.which == 0 else "g * a", case.result)
    if len(first) <= 2 and len(second) <= 2:
        return _flat(case, len(first), len(second))
    return _contracted(case, (len(first) - 1,), (max(len(second) - 2, 0),))


def _inner(case: Case) -> Template:
    first, second = case.shapes.operands
    if first == () or second == ():
        return Written("g * b" if case.which == 0 else "g * a", case.result)
    if len(first) == len(second) == 1:
        return _flat(case, 1, 1)
    if len(first) == len(second) == 2:
        return "g @ b" if case.which == 0 else "g.T @ a"
    return _contracted(case, (len(first) - 1,), (len(second) - 1,))


def _flat(case: Case, first: int, second: int) -> str:
    """A product of matrices and vectors: (dimensions of a, of b) → the derivative by each."""
    by_a, by_b = {
        (2, 2): ("g @ b.T", "a.T @ g"),
        (2, 1): ("np.outer(g, b)", "a.T @ g"),
        (1, 2): ("g @ b.T", "np.outer(a, g)"),
        (1, 1): ("g * b", "g * a"),
    }[first, second]
    return by_a if case.which == 0 else by_b


def _tensordot(case: Case) -> Template:
    first, second = (len(shape) for shape in case.shapes.operands)
    axes = case.setting("axes", 2)
    if isinstance(axes, int):
        return _contracted(case, tuple(range(first - axes, first)), tuple(range(axes)))
    one, two = ((part,) if isinstance(part, int) else tuple(part) for part in axes)
    return _contracted(case, tuple(n % first for n in one), tuple(n % second for n in two))


def _contracted(case: Case, of_a: tuple[int, ...], of_b: tuple[int, ...]) -> str:
    """The adjoint, contracted over every axis that came from the other operand."""
    first, second = (range(len(shape)) for shape in case.shapes.operands)
    free_a = [axis for axis in first if axis not in of_a]
    free_b = [axis for axis in second if axis not in of_b]
    pairs = list(zip(of_a, of_b, strict=True))
    if case.which == 0:
        tail = list(range(len(free_a), len(free_a) + len(free_b)))
        text = f"np.tensordot(g, b, axes=({tail}, {free_b}))"
        order = free_a + [a for a, _ in sorted(pairs, key=lambda pair: pair[1])]
    else:
        head = list(range(len(free_a)))
        text = f"np.tensordot(a, g, axes=({free_a}, {head}))"
        order = [b for _, b in sorted(pairs)] + free_b
    back = tuple(int(place) for place in np.argsort(order))
    return text if list(back) == sorted(back) else f"{text}.transpose{back}"


def _outer(case: Case) -> str:
    first, second = (len(shape) for shape in case.shapes.operands)
    if case.which == 0:
        text = "g @ b" if second == 1 else "g @ b.ravel()"
    else:
        text = "a @ g" if first == 1 else "a.ravel() @ g"
    return text if len(case.own) == 1 else f"({text}).reshape({case.name}.shape)"


def _vdot(case: Case) -> str:
    other = case.operation.names[1 - case.which]
    same = case.shapes.operands[0] == case.shapes.operands[1]
    return f"g * {other}" if same else f"g * {other}.reshape({case.name}.shape)"


def _einsum(case: Case) -> Template:
    """The operand's letters become the output; what only it had is put back by ones."""
    letters, output = einsum_letters(case.setting("subscripts"), len(case.shapes.operands))
    sizes = einsum_sizes(letters, case.shapes.operands)
    own = letters[case.which]
    inputs, parts = [output], ["g"]
    for number, name in enumerate(case.operation.names):
        if number != case.which:
            inputs.append(letters[number])
            parts.append(name)
    if set(own) - set("".join(inputs)):
        inputs.append(own)
        parts.append(f"np.ones_like({case.name})")
    text = f"np.einsum('{','.join(inputs)}->{own}', {', '.join(parts)})"
    return Written(text, tuple(sizes[letter] for letter in own))


def einsum_letters(subscripts: object, count: int) -> tuple[list[str], str]:
    """The letters of each operand and of the result."""
    if not isinstance(subscripts, str):
        raise NotInTable("the subscripts of einsum are not text")
    inputs, arrow, output = subscripts.replace(" ", "").partition("->")
    letters = inputs.split(",")
    if not arrow:
        output = "".join(sorted(c for c in {*inputs} - {","} if inputs.count(c) == 1))
    if "." in subscripts or any(len({*own}) != len(own) for own in letters):
        raise NotInTable("einsum with an ellipsis or with a letter twice in one operand")
    if len(letters) != count:
        raise NotInTable("einsum with other operands than its subscripts say")
    return letters, output


def einsum_sizes(letters: list[str], shapes: tuple[tuple[int, ...], ...]) -> dict[str, int]:
    """How far each letter runs."""
    sizes: dict[str, int] = {}
    for own, shape in zip(letters, shapes, strict=True):
        for letter, length in zip(own, shape, strict=True):
            sizes[letter] = length if sizes.get(letter, 1) == 1 else sizes[letter]
    return sizes


SHARES = (
    "An entry of the result sums products along the shared axis, so each operand's gradient "
    "sums g times the other operand along the axis that is left."
)

PRODUCTS: tuple[Rule, ...] = (
    Rule(
        "matmul", ("a", "b"), (_matmul, _matmul),
        ("a @ b", "np.matmul(a, b, out=into, dtype=dtype)"),
        "(n, k) @ (k, m) → (n, m): the inner lengths agree and are summed over",
        "∂L/∂a = g bᵀ, ∂L/∂b = aᵀ g",
        "Row i of a meets column j of b in entry (i, j), so the gradient reaches a through bᵀ "
        "and b through aᵀ; no other order fits the shapes.",
    ),
    Rule(
        "dot", ("a", "b"), (_dot, _dot), ("np.dot(a, b, out=into)", "a.dot(b, out=into)"),
        "(n, k) · (k, m) → (n, m): the inner lengths agree and are summed over",
        "∂L/∂a = g bᵀ, ∂L/∂b = aᵀ g",
        "Row i of a meets column j of b in entry (i, j), so the gradient reaches a through bᵀ "
        "and b through aᵀ; no other order fits the shapes.",
    ),
    Rule(
        "outer", ("a", "b"), (_outer, _outer), ("np.outer(a, b, out=into)",),
        "(n,) and (m,) → (n, m): every entry of one with every entry of the other",
        "∂L/∂a = g b, ∂L/∂b = aᵀ g",
        "An entry of a stands in a whole row of the result, so its gradient sums over that row.",
    ),
    Rule(
        "inner", ("a", "b"), (_inner, _inner), ("np.inner(a, b)",),
        "(…, k) and (…, k) → the axes that are left, first those of a: the last are summed over",
        "∂L/∂a = g b, ∂L/∂b = gᵀ a",
        SHARES,
    ),
    Rule(
        "vdot", ("a", "b"), (_vdot, _vdot), ("np.vdot(a, b)",),
        "all entries of both, flattened → a number",
        "∂L/∂a = g·b",
        "Every entry meets one partner, and that partner is its factor.",
    ),
    Rule(
        "tensordot", ("a", "b"), (_tensordot, _tensordot), ("np.tensordot(a, b, axes)",),
        "the axes named are summed over; what is left of a comes first, then what is left of b",
        "∂L/∂a: g and b summed over what is left of b",
        SHARES,
    ),
    Rule(
        "einsum", ("part",), (_einsum,),
        ("np.einsum(subscripts, *part, out=into, optimize=optimize)",),
        "one axis a letter of the output; letters that are missing there are summed over",
        "∂L/∂a: g and the other operands, with a's letters as the output",
        SHARES,
        variadic=True,
    ),
)  # fmt: skip
"""Rows of two operands and more: name, derivatives, spellings, shapes, and why."""
