"""Derivatives as they are read: the code that a person would have written."""

from __future__ import annotations

import ast
import dataclasses

import numpy as np
import pytest

from stepnet.calculus.rules.derive import derivative
from stepnet.calculus.rules.operation import operation_of
from stepnet.calculus.rules.table import RULES
from tests.calculus.derived import expression, operation, shapes_of, text_of

X, y = np.ones((4, 3)), np.ones((4, 1))
W1, b1, dz = np.ones((3, 5)), np.ones((1, 5)), np.ones((4, 5))
NAMES = {
    "X": X, "y": y, "W1": W1, "b1": b1, "dz": dz, "v": np.ones(3), "z": dz, "a": dz + 1,
    "n": 4, "mask": dz > 0, "T": np.ones((2, 3, 3)), "labels": np.zeros(4, int), "row": b1[0],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "which", "expected"),
    [
        ("X @ W1", 0, "dz @ W1.T"),
        ("X @ W1", 1, "X.T @ dz"),
        ("np.dot(X, W1)", 1, "X.T @ dz"),
        ("X.T @ y", 0, "dz @ y.T"),
        ("X.T @ y", 1, "X @ dz"),
        ("X @ v", 0, "np.outer(dz, v)"),
        ("X @ v", 1, "X.T @ dz"),
        ("T @ T.swapaxes(-1, -2)", 0, "dz @ T"),
        ("T.swapaxes(-1, -2) @ T", 1, "T @ dz"),
        ("z + b1", 0, "dz"),
        ("z + b1", 1, "dz.sum(axis=0, keepdims=True)"),
        ("z + row", 1, "dz.sum(axis=0)"),
        ("z - b1", 1, "-dz.sum(axis=0, keepdims=True)"),
        ("y - y", 1, "-dz"),
        ("z * a", 0, "dz * a"),
        ("2 * z", 1, "2 * dz"),
        ("z * 0.5", 0, "0.5 * dz"),
        ("z / 2", 0, "dz / 2"),
        ("z / n", 0, "dz / n"),
        ("z / a", 1, "-dz * z / a ** 2"),
        ("1 / a", 1, "-dz / a ** 2"),
        ("z ** 2", 0, "2 * dz * z"),
        ("z ** 3", 0, "3 * dz * z ** 2"),
        ("z ** 1", 0, "dz"),
        ("a ** 0.5", 0, "0.5 * dz / a ** 0.5"),
        ("a ** -1", 0, "-dz / a ** 2"),
        ("a ** n", 0, "dz * n * a ** (n - 1)"),
        ("np.square(z)", 0, "2 * dz * z"),
        ("-z", 0, "-dz"),
        ("np.exp(z)", 0, "dz * out"),
        ("np.exp(-z)", 0, "dz * out"),
        ("np.log(a)", 0, "dz / a"),
        ("np.sqrt(a)", 0, "dz / (2 * out)"),
        ("np.log2(a)", 0, "dz / (a * np.log(2))"),
        ("np.tanh(z)", 0, "dz * (1 - out ** 2)"),
        ("np.cos(z)", 0, "-dz * np.sin(z)"),
        ("np.abs(z)", 0, "dz * np.sign(z)"),
        ("np.maximum(0, z)", 1, "dz * (z > 0)"),
        ("np.maximum(z, 0)", 0, "dz * (z > 0)"),
        ("np.maximum(z, a)", 0, "dz * (z >= a)"),
        ("np.clip(z, -1, 1)", 0, "dz * ((z > -1) & (z < 1))"),
        ("np.where(z > 0, z, 0)", 0, "np.where(z > 0, dz, 0)"),
        ("np.sum(z)", 0, "dz * np.ones_like(z)"),
        ("np.sum(z, axis=1)", 0, "dz[:, None] * np.ones_like(z)"),
        ("np.sum(z, axis=0)", 0, "dz * np.ones_like(z)"),
        ("np.sum(z, axis=1, keepdims=True)", 0, "dz * np.ones_like(z)"),
        ("T.sum(axis=2)", 0, "dz[..., None] * np.ones_like(T)"),
        ("T.sum(axis=1)", 0, "dz[:, None] * np.ones_like(T)"),
        ("T.sum(axis=(1, 2))", 0, "dz[:, None, None] * np.ones_like(T)"),
        ("z.mean()", 0, "dz * np.ones_like(z) / z.size"),
        ("z.mean(axis=0)", 0, "dz * np.ones_like(z) / z.shape[0]"),
        ("np.mean(np.abs(z))", 0, "dz * np.ones_like(z) / z.size"),
        ("np.max(z)", 0, "dz * (z == out) / (z == out).sum()"),
        ("np.linalg.norm(z)", 0, "dz * z / out"),
        ("np.var(z)", 0, "2 * dz * (z - z.mean()) / z.size"),
        ("z.T", 0, "dz.T"),
        ("z.reshape(2, 10)", 0, "dz.reshape(z.shape)"),
        ("z[:, None]", 0, "dz.reshape(z.shape)"),
        ("z.copy()", 0, "dz"),
        ("np.concatenate([z, a], axis=1)", 0, "dz[:, :z.shape[1]]"),
        ("np.concatenate([z, a], axis=1)", 1, "dz[:, z.shape[1]:]"),
        ("np.concatenate([z, a])", 1, "dz[len(z):]"),
        ("np.hstack([X @ W1, z])", 1, "dz[:, 5:]"),
        ("np.stack([z, a])", 1, "dz[1]"),
        ("np.outer(v, row)", 0, "dz @ row"),
        ("np.outer(v, row)", 1, "v @ dz"),
        ("np.diag(v)", 0, "np.diag(dz)"),
        ("np.einsum('ij,jk->ik', X, W1)", 1, "np.einsum('ik,ij->jk', dz, X)"),
        ("np.tile(b1, (4, 1))", 0, "dz.sum(axis=0, keepdims=True)"),
        ("z[1]", 0, "dx = np.zeros_like(z)\ndx[1] = dz\ndx"),
        ("z[mask]", 0, "dx = np.zeros_like(z)\ndx[mask] = dz\ndx"),
        ("z[1:, labels]", 0, "dx = np.zeros_like(z)\n"
         "np.add.at(dx, (slice(1, None), labels), dz)\ndx"),
    ],
)  # fmt: skip
def test_the_code(text: str, which: int, expected: str) -> None:
    assert text_of(text, which, g="dz", **NAMES) == expected


@pytest.mark.parametrize(
    ("text", "upstream", "expected"),
    [
        ("z * a", "2 * d / n", "2 * d * a / n"),
        ("z ** 2", "0.5 * g", "g * z"),
        ("z / 2", "2 * (p - y)", "p - y"),
        ("-z", "2 * (y - p) / n", "2 * (p - y) / n"),
        ("np.square(z)", "1", "2 * z"),
        ("np.abs(z)", "1", "np.sign(z)"),
        ("np.sum(z)", "1", "np.ones_like(z)"),
        ("z.mean()", "1", "np.ones_like(z) / z.size"),
        ("-z", "-g", "g"),
        ("0.1 * z", "3", "0.3"),
        ("X @ W1", "y - p", "(y - p) @ W1.T"),
        ("np.exp(z)", "g * a * (1 - a)", "g * a * (1 - a) * out"),
        ("z * a", "-g", "-g * a"),
        ("z / a", "g / n", "g / (n * a)"),
    ],
)
def test_an_adjoint_written_out_is_multiplied_in(text: str, upstream: str, expected: str) -> None:
    which = 1 if text == "0.1 * z" else 0
    assert text_of(text, which, g=upstream, **NAMES) == expected


def test_numpy_is_called_what_the_script_calls_it() -> None:
    node = expression("numpy.sum(z)")
    made = operation_of(node, {"numpy": "numpy"})
    assert made is not None
    names = {"z": dz, "numpy": np}
    written = derivative(made, 0, expression("1"), expression("E"), shapes_of(made, names))
    assert written is not None
    assert ast.unparse(written.value) == "numpy.ones_like(z)"


def test_the_script_s_own_tree_is_not_changed() -> None:
    made = operation("X.T @ (2 * (y - y))")
    before = ast.dump(made.node)
    text_of("X.T @ (2 * (y - y))", 0, **NAMES)
    derivative(made, 0, expression("g"), expression("out"), shapes_of(made, NAMES))
    assert ast.dump(made.node) == before


@pytest.mark.parametrize("text", ["z ** 2", "np.maximum(z, 0)", "np.array([v[0], v[1]])"])
def test_operands_may_be_put_in_the_place_of_others(text: str) -> None:
    """What an operand was in the script still counts: an exponent, a number, a place in a list."""
    made = operation(text)
    shapes = shapes_of(made, {**NAMES, "z": 3.0})
    other = tuple(expression(f"part{number}") for number in range(len(made.operands)))
    replaced = dataclasses.replace(made, operands=other)
    written = derivative(replaced, 0, expression("g"), expression("out"), shapes)
    assert written is not None
    texts = {"z": "part1 * g * part0", "np.m": "g * (part0 > part1)", "np.a": "g[0]"}
    expected = next(found for start, found in texts.items() if text.startswith(start))
    assert ast.unparse(written.value) == expected


@pytest.mark.parametrize("name", RULES)
def test_every_row_says_why(name: str) -> None:
    rule = RULES[name]
    assert rule.name == name
    assert len(rule.derivatives) == len(rule.operands)
    assert rule.words.endswith(".")
    assert len(rule.words) < 170
    assert rule.local
    assert rule.shape
    assert rule.spelled or name in ("store", "array")


def test_the_names_in_the_templates_are_known() -> None:
    for rule in RULES.values():
        known = {"g", "out", "np", "grad", *rule.operands}
        known |= {"condition", "first", "second", "source", "destination"}
        for template in rule.derivatives:
            if isinstance(template, str):
                names = {n.id for n in ast.walk(ast.parse(template)) if isinstance(n, ast.Name)}
                assert names <= known, rule.name
