"""The derivatives that the table writes, run as code, and the same from elsewhere."""

from __future__ import annotations

import ast
import copy
import math
from typing import Any

import autograd.numpy as traced
import numpy as np
from autograd import make_vjp

from stepnet.calculus.rules.broadcasting import unbroadcast
from stepnet.calculus.rules.derive import derivative
from stepnet.calculus.rules.operation import operation_of, setting_values
from stepnet.calculus.rules.rule import Operation, Shapes

MODULES = {"np": "numpy", "math": "math", "copy": "copy"}
H = 1e-5


def expression(text: str) -> ast.expr:
    """A piece of Python as its tree."""
    return ast.parse(text, mode="eval").body


def operation(text: str) -> Operation:
    """The operation at the root of an expression."""
    found = operation_of(expression(text), MODULES)
    assert found is not None, text
    return found


def value(node: ast.expr | str, names: dict[str, Any]) -> Any:
    """What an expression comes to."""
    text = node if isinstance(node, str) else ast.unparse(ast.fix_missing_locations(node))
    return eval(text, {"np": np, "math": math, "copy": copy, **names})


def shapes_of(made: Operation, names: dict[str, Any]) -> Shapes:
    """What the operation meets with these names."""
    operands = tuple(value(operand, names) for operand in made.operands)
    settings = setting_values(made, {"np": np, **names})
    return Shapes.of(operands, value(made.node, names), settings)


def adjoint(made: Operation, which: int, names: dict[str, Any], g: Any) -> Any:
    """The derived code of one operand, run; None where no gradient passes."""
    shapes = shapes_of(made, names)
    written = derivative(made, which, expression("g"), expression("out"), shapes)
    if written is None:
        return None
    space = {"np": np, **names, "g": g, "out": value(made.node, names)}
    for line in written.prelude:
        exec(ast.unparse(ast.fix_missing_locations(line)), space)
    found = value(written.value, space)
    assert np.shape(found) == written.shape
    compact = value(written.compact, space)
    assert np.shape(compact) == written.compact_shape
    np.testing.assert_array_equal(np.broadcast_to(compact, written.shape), found)
    summed = unbroadcast(written.value, written.shape, shapes.operands[which])
    found = value(summed, space)
    assert np.shape(found) == shapes.operands[which]
    return found


def text_of(text: str, which: int = 0, g: str = "g", out: str = "out", **names: Any) -> str:
    """The derived code as it is read."""
    made = operation(text)
    shapes = shapes_of(made, names)
    written = derivative(made, which, expression(g), expression(out), shapes, "dx")
    assert written is not None
    summed = unbroadcast(written.value, written.shape, shapes.operands[which])
    lines = [*written.prelude, summed]
    return "\n".join(ast.unparse(ast.fix_missing_locations(line)) for line in lines)


def differences(text: str, name: str, names: dict[str, Any], g: Any) -> Any:
    """The adjoint of a name by central differences."""
    at = np.asarray(names[name], dtype=float)
    found = np.zeros(at.shape)
    for index in np.ndindex(at.shape):
        sides = []
        for step in (H, -H):
            moved = at.copy()
            moved[index] += step
            given = moved if moved.shape else moved[()]
            sides.append(np.asarray(value(text, {**names, name: given}), dtype=float))
        found[index] = np.sum(g * (sides[0] - sides[1])) / (2 * H)
    return found


def by_autograd(text: str, name: str, names: dict[str, Any], g: Any) -> Any:
    """The adjoint of a name as the autograd package has it."""

    def function(given: Any) -> Any:
        return eval(text, {**names, "np": traced, name: given})

    pull, result = make_vjp(function)(np.asarray(names[name], dtype=float))
    assert np.shape(result) == np.shape(g)
    return pull(np.asarray(g)[()])


def assert_close(found: Any, expected: Any, what: str) -> None:
    """Equal to a millionth of the largest entry."""
    scale = 1e-6 * max(1.0, float(np.max(np.abs(expected), initial=0.0)))
    np.testing.assert_allclose(found, expected, rtol=0, atol=scale, err_msg=what)


def assert_true_derivative(text: str, names: dict[str, Any], *, autograd: bool = True) -> None:
    """Every operand that is a name has the derivative that differences and autograd find."""
    made = operation(text)
    result = np.asarray(value(text, names), dtype=float)
    drawn = np.random.default_rng(5).normal(size=result.shape)
    g: Any = drawn if result.shape else float(drawn)
    for which, operand in enumerate(made.operands):
        if not isinstance(operand, ast.Name):
            continue
        found = adjoint(made, which, names, g)
        if found is None:
            found = np.zeros(np.shape(names[operand.id]))
        what = f"{text}, by {operand.id}, {np.shape(names[operand.id])}"
        assert_close(found, differences(text, operand.id, names, g), what)
        if autograd:
            assert_close(found, by_autograd(text, operand.id, names, g), f"{what} (autograd)")
