"""Un-broadcasting, in the one place where it happens.

What was copied along an axis in the forward pass gets the sum over that axis back.
"""

from __future__ import annotations

import ast

from stepnet.calculus.rules.rule import Shape


def unbroadcast(expression: ast.expr, shape: Shape, wanted: Shape) -> ast.expr:
    """An expression of one shape, summed to the shape it was broadcast from."""
    if shape == wanted:
        return expression
    if isinstance(expression, ast.UnaryOp) and isinstance(expression.op, ast.USub):
        return ast.UnaryOp(ast.USub(), unbroadcast(expression.operand, shape, wanted))
    if wanted == ():
        return _summed(expression)
    added = len(shape) - len(wanted)
    stretched = tuple(
        axis for axis, (have, want) in enumerate(zip(shape[added:], wanted, strict=True))
        if have != want
    )  # fmt: skip
    if added:
        expression = _summed(expression, tuple(range(added)))
    if stretched:
        every = not added and len(stretched) == len(wanted)
        expression = _summed(expression, None if every else stretched, keepdims=True)
    return expression


def _summed(
    expression: ast.expr, axes: tuple[int, ...] | None = None, *, keepdims: bool = False
) -> ast.expr:
    """``.sum(axis=0, keepdims=True)``, as a person writes it."""
    keywords = []
    if axes is not None:
        axis: ast.expr = ast.Constant(axes[0])
        if len(axes) > 1:
            axis = ast.Tuple([ast.Constant(number) for number in axes], ast.Load())
        keywords.append(ast.keyword("axis", axis))
    if keepdims:
        keywords.append(ast.keyword("keepdims", ast.Constant(True)))
    return ast.Call(ast.Attribute(expression, "sum", ast.Load()), [], keywords)
