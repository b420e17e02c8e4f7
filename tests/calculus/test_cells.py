"""One entry taken apart: its terms add up to it, and they read all that it depends on."""

from __future__ import annotations

import ast
import dataclasses
from typing import Any

import numpy as np
import pytest

from stepnet.calculus.rules.broadcasting import unbroadcast
from stepnet.calculus.rules.cell import Term
from stepnet.calculus.rules.derive import derivative
from stepnet.calculus.rules.operation import operation_of, setting_values, stored, with_values
from stepnet.calculus.rules.rule import Operation, Shapes
from stepnet.calculus.rules.table import RULES
from stepnet.calculus.rules.terms import cell, terms
from tests.calculus import (
    test_arrangement,
    test_entrywise,
    test_indexing,
    test_products,
    test_reductions,
)
from tests.calculus.derived import MODULES, H, adjoint, expression, operation, value
from tests.calculus.strategies import Shape, numbers

Names = dict[str, Any]


Pairs = list[tuple[Shape, Shape]]
FLAT: Pairs = [((), (2, 3)), ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 3), (3, 4))]
DEEP: Pairs = [((4, 2, 3), (3, 2)), ((2, 3), (4, 3, 2)), ((4, 2, 3), (3,)), ((3,), (4, 3, 2))]


def _collected() -> dict[str, Names]:
    """Every expression that the other tests differentiate, with names for it."""
    found: dict[str, Names] = {}
    for text, domain in test_entrywise.ONE.items():
        found[text] = {"x": numbers((2, 3), domain)}
    for text, domain in test_entrywise.TWO.items():
        found[text] = {"a": numbers((2, 3), domain), "b": numbers((3,), domain, 1)}
        found[f"{text} "] = {"a": numbers((2, 1), domain), "b": numbers((4, 1, 3), domain, 1)}
    for text, first, second in test_products.TENSORDOT:
        found[text] = {"a": numbers(first), "b": numbers(second, seed=1)}
    for subscripts, shapes in test_products.EINSUM.items():
        names = _named(shapes)
        found[f"np.einsum('{subscripts}', {', '.join(names)})"] = names
    for text, shape in test_arrangement.TEXTS.items():
        found[text] = {"x": np.asarray(numbers(shape))}
    for text, shapes in test_indexing.JOINS.items():
        found[text] = _named(shapes)
    for text in test_indexing.KEYS:
        found[text] = test_indexing.NAMES
    for text in test_reductions.OTHERS:
        found[text] = {"x": numbers((3, 4))}
    for name in ("sum", "mean", "max", "min", "prod", "var", "std", "cumsum"):
        for argument in ("", "0", "axis=1", "axis=-1"):
            found[f"x.{name}({argument})"] = {"x": numbers((2, 3), "positive")}
    for text in ("sum(axis=(0, 2))", "sum(axis=1, keepdims=True)", "max(axis=(1, 2))"):
        found[f"x.{text}"] = {"x": numbers((2, 3, 4))}
    for pair in FLAT + DEEP:
        found[f"np.dot(a, b) {' ' * len(found)}"] = _named(pair)
    for pair in DEEP:
        found[f"a @ b {' ' * len(found)}"] = _named(pair)
    found["a @ b  "] = _named(((1, 2, 2, 3), (4, 1, 3, 2)))
    found["np.outer(a, b)"] = _named(((2, 2), (3,)))
    found["np.inner(a, b)"] = _named(((2, 3), (4, 3)))
    found["np.vdot(a, b)"] = _named(((2, 3), (2, 3)))
    found["np.vdot(a, b) "] = _named(((2, 3), (3, 2)))
    found["np.where(c, a, b)"] = {**_named(((2, 3), (3,))), "c": np.array([[True], [False]])}
    found["np.broadcast_to(x, (2, 3))"] = {"x": numbers((3,))}
    found["x > 0.3"] = {"x": numbers((2, 3))}
    found["np.linalg.inv(x)"] = {"x": numbers((2, 2)) + np.eye(2)}
    return found


def _named(shapes: tuple[Shape, ...]) -> Names:
    return {
        name: numbers(shape, seed=seed)
        for seed, (name, shape) in enumerate(zip("abc", shapes, strict=False))
    }


CASES = _collected()


def _terms(made: Operation, names: Names, index: Shape) -> tuple[Term, ...]:
    operands = tuple(value(part, names) for part in made.operands)
    settings = setting_values(made, {"np": np, **names})
    return terms(made, operands, value(made.node, names), index, settings)


def _ends(shape: Shape) -> list[Shape]:
    """A few entries: the first, the last, and one between."""
    every = list(np.ndindex(shape))
    return [*dict.fromkeys([every[0], every[-1], every[len(every) // 2]])]


@pytest.mark.parametrize("text", CASES)
def test_the_terms_add_up_and_read_what_matters(text: str) -> None:
    made, names = operation(text), CASES[text]
    result = np.asarray(value(text, names), dtype=float)
    for index in _ends(result.shape):
        found = _terms(made, names, index)
        np.testing.assert_allclose(
            np.sum([term.value for term in found]), result[index], rtol=1e-12, atol=1e-15
        )
        reads = {(read.operand, read.index) for term in found for read in term.reads}
        if reads:
            assert _matters(text, made, names, index) <= reads


def _matters(text: str, made: Operation, names: Names, index: Shape) -> set[tuple[int, Shape]]:
    """The entries of the operands that move this entry of the result."""
    found = set()
    for which, operand in enumerate(made.operands):
        if isinstance(operand, ast.Name):
            at = np.asarray(names[operand.id], dtype=float)
            for place in np.ndindex(at.shape):
                moved = at.copy()
                moved[place] += H
                result = value(text, {**names, operand.id: moved if at.shape else float(moved)})
                before = np.asarray(value(text, names), dtype=float)[index]
                if abs(np.asarray(result, dtype=float)[index] - before) > H / 1e6:
                    found.add((which, place))
    return found


@pytest.mark.filterwarnings("ignore:invalid value")  # by an exponent, of a negative base
@pytest.mark.parametrize("text", CASES)
def test_a_derivative_runs_where_the_script_s_names_are_gone(text: str) -> None:
    """Operands and settings under names of their own give the same numbers."""
    made, names = operation(text), CASES[text]
    operands = tuple(value(part, names) for part in made.operands)
    result = value(text, names)
    settings = setting_values(made, {"np": np, **names})
    assert settings.keys() == made.settings.keys()
    met = Shapes.of(operands, result, settings)
    own = tuple(ast.Name(f".a{number}", ast.Load()) for number in range(len(operands)))
    other, space = with_values(dataclasses.replace(made, operands=own), settings)
    space |= {"np": np, "g": np.ones(np.shape(result))[()], "out": result}
    space |= {name.id: part for name, part in zip(own, operands, strict=True)}
    for which in range(len(operands)):
        written = derivative(other, which, expression("g"), expression("out"), met)
        if written is not None:
            lines = [ast.fix_missing_locations(line) for line in written.prelude]
            exec(compile(ast.Module(lines, []), "?", "exec"), space)
            body = ast.fix_missing_locations(ast.Expression(written.value))
            found = eval(compile(body, "?", "eval"), space)
            assert np.shape(found) == written.shape
            if isinstance(made.operands[which], ast.Name):
                summed = unbroadcast(ast.Name("found"), written.shape, np.shape(operands[which]))
                expected = adjoint(made, which, names, space["g"])
                np.testing.assert_allclose(value(summed, {"found": found}), expected, rtol=1e-12)


def test_every_row_is_taken_apart() -> None:
    tried = {operation(text).rule.name for text in CASES}
    unmoving = {"length", "steps", "made", "store", "det", "solve", "matrix_transpose", "erf"}
    assert RULES.keys() - tried == unmoving


@pytest.mark.parametrize(
    ("text", "index", "whole", "first"),
    [
        ("X.T @ dE_ds", (0, 0), "Σₙ X[n,0]·dE_ds[n,0]", "X[0,0]·dE_ds[0,0]"),
        ("X @ w", (2, 0), "Σₙ X[2,n]·w[n,0]", "X[2,0]·w[0,0]"),
        ("np.dot(X, w)", (2, 0), "Σₙ X[2,n]·w[n,0]", "X[2,0]·w[0,0]"),
        ("X @ v", (1,), "Σₙ X[1,n]·v[n]", "X[1,0]·v[0]"),
        ("dE_ds.sum(axis=0, keepdims=True)", (0, 0), "Σₙ dE_ds[n,0]", "dE_ds[0,0]"),
        ("X.mean()", (), "Σₙₘ X[n,m]/12", "X[0,0]/12"),
        ("X.mean(axis=0)", (1,), "Σₙ X[n,1]/4", "X[0,1]/4"),
        ("X + v", (2, 1), "X[2,1] + v[1]", "X[2,1]"),
        ("X - v", (2, 1), "X[2,1] − v[1]", "X[2,1]"),
        ("X * v", (2, 1), "X[2,1]·v[1]", "X[2,1]·v[1]"),
        ("2 * X", (2, 1), "2·X[2,1]", "2·X[2,1]"),
        ("np.exp(-X)", (2, 1), "exp((-X)[2,1])", "exp((-X)[2,1])"),
        ("(y - s) ** 2", (0, 0), "(y - s)[0,0]²", "(y - s)[0,0]²"),
        ("np.maximum(0, X)", (0, 0), "max(0, X[0,0])", "max(0, X[0,0])"),
        ("X.T", (1, 2), "X[2,1]", "X[2,1]"),
        ("X[1:]", (0, 2), "X[1,2]", "X[1,2]"),
        ("X.max(axis=1)", (0,), "X[0,2], the max of 3", "X[0,2], the max of 3"),
        ("np.linalg.norm(v)", (), "Σₙ v[n]²/1.732", "v[0]²/1.732"),
        ("np.einsum('ij,ik->jk', X, dE_ds)", (1, 0), "Σₙ X[n,1]·dE_ds[n,0]", "X[0,1]·dE_ds[0,0]"),
        ("1 / X", (0, 1), "1 / X[0,1]", "1 / X[0,1]"),
        ("np.concatenate([s, y])", (5, 0), "y[1,0]", "y[1,0]"),
    ],
)
def test_the_text(text: str, index: Shape, whole: str, first: str) -> None:
    names = {
        "X": np.arange(12.0).reshape(4, 3),
        "dE_ds": np.ones((4, 1)),
        "w": np.ones((3, 1)),
        "v": np.ones(3),
        "y": np.ones((4, 1)),
        "s": np.zeros((4, 1)),
    }
    made = operation(text)
    operands = tuple(value(part, names) for part in made.operands)
    with np.errstate(divide="ignore"):
        found = cell(made, operands, value(text, names), index)
    assert found.text == whole
    assert found.term(0).text == first
    assert len(found) == len(found.terms) == found.values.size


def test_an_entry_that_was_stored() -> None:
    a, v = np.arange(6.0).reshape(2, 3), np.array([7.0, 8.0])
    written = expression("a[1, 1:]")
    assert isinstance(written, ast.Subscript)
    made = stored(written.value, written.slice, expression("v"), MODULES)
    after = a.copy()
    after[1, 1:] = v
    given = {"key": (1, slice(1, None))}
    assert [term.text for term in terms(made, (a, v), after, (1, 2), given)] == ["v[1]"]
    assert [term.text for term in terms(made, (a, v), after, (0, 2), given)] == ["a[0,2]"]


def test_a_long_sum_makes_its_terms_only_when_asked() -> None:
    x = np.ones((1000, 1000))
    made = operation_of(expression("x.sum()"), MODULES)
    assert made is not None
    found = cell(made, (x,), x.sum(), ())
    assert len(found) == 1_000_000
    assert found.term(123_456).reads[0].index == (123, 456)
