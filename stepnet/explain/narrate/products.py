"""Why the transpose, and why this order: products of matrices, forwards and backwards."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any

import numpy as np

from stepnet.explain.narrate.scene import Scene, as_array
from stepnet.explain.narrate.syntax import base_of, multiplied, value_of
from stepnet.explain.narrate.words import counted, shape, written


@dataclass(frozen=True, eq=False)
class Product:
    """A product of two matrices in a statement."""

    left: ast.expr
    right: ast.expr
    a: np.ndarray[Any, Any]
    b: np.ndarray[Any, Any]
    title: str
    """What its entries are called: the statement's name, or the product itself inside of more."""

    @property
    def left_turned(self) -> ast.expr | None:
        """``X`` of ``X.T @ g``."""
        return turned(self.left)

    @property
    def right_turned(self) -> ast.expr | None:
        """``W`` of ``g @ W.T``."""
        return turned(self.right)


def product_of(scene: Scene) -> Product | None:
    """The first product of two matrices in a statement, from the outside."""
    for piece in scene.pieces:
        made = scene.operation(piece)
        if made is None or made.rule.name not in ("matmul", "dot"):
            continue
        left, right = made.operands
        a, b = scene.array(left), scene.array(right)
        if a is not None and b is not None and a.ndim == b.ndim == 2:
            whole = piece is scene.piece and scene.title
            return Product(left, right, a, b, scene.title if whole else f"({piece.text})")
    return None


def turned(node: ast.expr) -> ast.expr | None:
    """What a transpose was taken of."""
    match node:
        case ast.Attribute(value=value, attr="T"):
            return value
        case ast.Call(func=ast.Attribute(attr="transpose"), args=[value]):
            return value
        case ast.Call(func=ast.Attribute(value=value, attr="transpose"), args=[]):
            return value
    return None


def weight_gradient(scene: Scene) -> str | None:
    """``X.T @ g`` and, where a sample is a column, ``g @ X.T``."""
    made = product_of(scene)
    if made is None:
        return None
    sides = (made.left, made.right)
    if not scene.is_gradient and not any(map(scene.outline.is_gradient, sides)):
        return None
    by_left, by_right = made.left_turned, made.right_turned
    if by_left is not None and _is_input(scene, by_left, made.right):
        return _summed(scene, made, by_left, made.right, rows=True)
    if by_right is not None and _is_input(scene, by_right, made.left):
        return _summed(scene, made, by_right, made.left, rows=False)
    return None


def _is_input(scene: Scene, turned_part: ast.expr, other: ast.expr) -> bool:
    """Is it what a layer was given, and the other side a gradient?"""
    outline = scene.outline
    if outline.is_parameter(turned_part) or outline.is_gradient(turned_part):
        return False
    return outline.is_gradient(other) or scene.is_gradient


def _summed(scene: Scene, made: Product, x: ast.expr, g: ast.expr, *, rows: bool) -> str:
    """First the sum over the samples, then the transpose that is that sum."""
    name, x_name, g_name = made.title, written(x), written(g)
    if rows:
        entry = f"{name}[i,j] = Σₙ {x_name}[n,i]·{g_name}[n,j]"
        samples, thing, order = made.a.shape[1], "row", f"{x_name}.T @ {g_name}"
    else:
        entry = f"{name}[i,j] = Σₙ {g_name}[i,n]·{x_name}[j,n]"
        samples, thing, order = made.b.shape[0], "column", f"{g_name} @ {x_name}.T"
    what = f"the sum runs over the {counted(samples, thing)} of {x_name}"
    if samples == 1:
        what = f"there is one {thing}, so each sum is one product"
    return f"{entry}: {what}, and {order} is that sum; {_order(made)}."


def _order(made: Product) -> str:
    """What the shapes have to say about the order."""
    a, b = made.a.shape, made.b.shape
    result = f"({a[0]},{b[1]})"
    if b[1] != a[0]:
        return f"only this order of {shape(made.a)} and {shape(made.b)} gives {result}"
    back = f"({b[0]},{a[1]})"
    if back == result:
        return f"both orders would fit here and give {result}, so the sum decides"
    return f"the other order would give {back} instead of {result}"


def passed_back(scene: Scene) -> str | None:
    """``g @ W.T``: the weights that were used forward."""
    made = product_of(scene)
    if made is None or not (scene.is_gradient or scene.outline.is_gradient(made.left)):
        return None
    found = _weights(scene, made)
    if found is None:
        return None
    weights, gradient, count = found
    name, line = base_of(weights), _used_forward(scene, base_of(weights))
    text, g = ast.unparse(weights), ast.unparse(gradient)
    g = f"the previous {g}" if g == made.title else g
    late, at = scene.updated(name), scene.outline.program.at
    if late:
        return (
            f"{name} has been changed in {at(late)} already: {scene.statement.text} takes the "
            f"new {text}, but {at(line or late)} used the old one."
        )
    used = f"the {text} that {at(line)} used forward" if line else f"{text} as it was used"
    whole = made.title[1:-1] if made.title.startswith("(") else made.title
    over = (
        f"sums {g} over the {count} outputs it fed," if count > 1 else f"is {g} of the one output,"
    )
    return f"Each entry of {whole} {over} weighed by {used}: the same weights, not updated ones."


def _weights(scene: Scene, made: Product) -> tuple[ast.expr, ast.expr, int] | None:
    """The weights of a product, the gradient they meet, and how many outputs are summed."""
    inner = int(made.a.shape[1])
    for side, other in ((made.right, made.left), (made.left, made.right)):
        plain = turned(side)
        if plain is not None and scene.outline.is_parameter(plain):
            return plain, other, inner
    return None


def _used_forward(scene: Scene, name: str) -> int:
    """The line that used a parameter on the way to the loss."""
    forward = scene.outline.forward
    for part in scene.outline.readers(name):
        if id(part) in forward and name in multiplied(value_of(part)):
            return part.line
    return 0


def layer(scene: Scene) -> str | None:
    """``X @ W + b``: what is summed, and what is copied."""
    made = product_of(scene)
    if made is None or scene.is_gradient or not isinstance(scene.result, np.ndarray):
        return None
    if not _is_whole(scene, made):
        return None
    weights = made.right if scene.outline.is_parameter(made.right) else made.left
    if not scene.outline.is_parameter(weights) or turned(weights) is not None:
        return None
    rows = weights is made.right
    x, w = (made.left, made.right) if rows else (made.right, made.left)
    samples = made.a.shape[0] if rows else made.b.shape[1]
    thing, inner = ("row" if rows else "column"), made.a.shape[1]
    told = (
        f"Every {thing} of {ast.unparse(x)} is weighed by the same {ast.unparse(w)}, "
        f"{counted(inner, 'input')} to a sum"
        if samples > 1
        else f"The one {thing} of {ast.unparse(x)} meets {ast.unparse(w)}, "
        f"{counted(inner, 'input')} to a sum"
    )
    bias = _bias(scene)
    if bias is None:
        return f"{told}: {scene.title} {shape(scene.result)}."
    node, value = bias
    copies = scene.result.size // value.size
    if copies == 1:
        return f"{told}, and {ast.unparse(node)} {shape(value)} is added once."
    return (
        f"{told}; {ast.unparse(node)} {shape(value)} is copied to all {copies} {thing}s, "
        f"so its gradient will add up over them."
    )


def _is_whole(scene: Scene, made: Product) -> bool:
    """Is the statement this product, perhaps with a bias, and nothing else?"""
    piece = scene.piece
    if (
        piece is not None
        and isinstance(piece.node, ast.BinOp)
        and isinstance(piece.node.op, ast.Add)
    ):
        piece = piece.parts[0]
    found = scene.operation(piece) if piece is not None else None
    return found is not None and made.left in found.operands


def _bias(scene: Scene) -> tuple[ast.expr, np.ndarray[Any, Any]] | None:
    """The parameter that is added to the product."""
    match scene.piece.node if scene.piece is not None else None:
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            for node in (right, left):
                value = scene.array(node)
                if value is not None and scene.outline.is_parameter(node):
                    return node, value
    return None


def entry_by_entry(scene: Scene) -> str | None:
    """``g * a′``: a product of entries, because the Jacobian is diagonal."""
    if not scene.is_gradient or scene.piece is None or scene.name not in scene.after:
        return None
    node = scene.piece.node
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)):
        return None
    left, right = scene.array(node.left), scene.array(node.right)
    result = as_array(scene.result)
    if left is None or right is None or result is None or result.ndim == 0:
        return None
    if left.shape != right.shape or result.size < 2:
        return None
    if not scene.outline.is_gradient(node) or not _is_local(scene, node):
        return None
    size = result.size
    return (
        f"* and not @ makes {scene.title}: entry by entry, because an activation's Jacobian is "
        f"diagonal. Written out it would be {size}×{size}, with {size * size - size} zeros "
        f"around {ast.unparse(node.right)}."
    )


def _is_local(scene: Scene, node: ast.BinOp) -> bool:
    """Is one of the factors a derivative of a value by its own argument, or a mask?"""
    from stepnet.explain.narrate.slopes import is_slope, slope_in

    return slope_in(scene, node) is not None or is_slope(scene, node.right)
