"""Idioms: recognised however they are written, with the derivative that differences find."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from stepnet.calculus.rules.broadcasting import unbroadcast
from stepnet.calculus.rules.derive import derivative
from stepnet.calculus.rules.idioms import IDIOMS, Idiom, idiom_of
from stepnet.calculus.rules.operation import setting_values
from stepnet.calculus.rules.probe import replaced
from stepnet.calculus.rules.rule import NotInTable, Operation, Shapes
from stepnet.calculus.rules.terms import cell
from tests.calculus.derived import MODULES, H, adjoint, assert_close, expression, value
from tests.calculus.idiom_spellings import ACTIVATIONS, LOSSES, SOFTMAX
from tests.calculus.strategies import Shape, fewer, numbers, shapes


def _pairs(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, text) for name, texts in table.items() for text in texts]


def _idiom(text: str, defined: dict[str, ast.expr] | None = None) -> Idiom:
    found = idiom_of(expression(text), MODULES, defined)
    assert found is not None, text
    return found


def _differences(made: Operation, which: int, names: dict[str, Any], g: Any) -> Any:
    """Of the whole expression by one of its operands, wherever that is written."""
    hole = ast.Name("hole", ast.Load())
    body = replaced(made.node, [(made.operands[which], hole)])
    at = np.asarray(value(made.operands[which], names), dtype=float)
    found = np.zeros(at.shape)
    for index in np.ndindex(at.shape):
        sides = []
        for step in (H, -H):
            moved = at.copy()
            moved[index] += step
            sides.append(np.asarray(value(body, {**names, "hole": moved})))
        found[index] = np.sum(g * (sides[0] - sides[1])) / (2 * H)
    return found


def _assert_true(found: Idiom, names: dict[str, Any]) -> None:
    """Its derivatives are those of differences, and the terms of an entry add up to it."""
    made = found.operation
    result = np.asarray(value(made.node, names))
    operands = tuple(value(part, names) for part in made.operands)
    settings = setting_values(made, {"np": np, **names})
    last = tuple(length - 1 for length in result.shape)
    cells = cell(made, operands, result, last, settings)
    np.testing.assert_allclose(np.sum(cells.values), result[last], rtol=1e-12)
    np.testing.assert_allclose(np.sum([t.value for t in cells.terms]), result[last], rtol=1e-12)
    drawn = np.random.default_rng(5).normal(size=result.shape)
    g: Any = drawn if result.shape else float(drawn)
    for which in range(len(made.operands)):
        got = adjoint(made, which, names, g)
        if got is not None:
            what = f"{ast.unparse(made.node)}, by {ast.unparse(made.operands[which])}"
            assert_close(got, _differences(made, which, names, g), what)


@pytest.mark.parametrize(("name", "text"), _pairs(ACTIVATIONS))
@fewer
@given(shape=shapes(1, 3, side=2))
def test_an_activation(name: str, text: str, shape: Shape) -> None:
    found = _idiom(text)
    assert found.name == name
    assert ast.unparse(found.argument) == "z"
    names = {"z": numbers(shape), "alpha": 0.3}
    _assert_true(found, names)
    np.testing.assert_allclose(value(found.plain, names), value(text, names), rtol=1e-12)


@pytest.mark.parametrize(
    ("text", "argument"),
    [
        ("1 / (1 + np.exp(-(X @ w + b)))", "X @ w + b"),
        ("1 / (1 + np.exp(-np.dot(X, w)))", "np.dot(X, w)"),
        ("1 / (1 + np.exp(-X @ w))", "-X @ w"),
        ("1 / (1 + np.exp(-np.clip(z, -500, 500)))", "np.clip(z, -500, 500)"),
        ("1 / (1 + np.exp(-z[0]))", "z[0]"),
        ("1 / (1 + np.exp(-s['z']))", "s['z']"),
        ("1 / (1 + np.exp(-self.z))", "self.z"),
        ("np.maximum(0, X @ w + b)", "X @ w + b"),
        ("np.maximum(0, 2 * z)", "2 * z"),
        ("1 / (1 + math.exp(-z))", "z"),
        ("max(0, z)", "z"),
    ],
)
def test_the_argument_is_the_largest_piece(text: str, argument: str) -> None:
    found = _idiom(text)
    assert ast.unparse(found.argument) == argument
    assert any(part is found.argument for part in ast.walk(found.operation.node))


def test_a_sigmoid_of_what_has_its_sign_inside() -> None:
    names = {"X": numbers((4, 3)), "w": numbers((3, 2), seed=1)}
    _assert_true(_idiom("1 / (1 + np.exp(-X @ w))"), names)


@pytest.mark.parametrize(("name", "text"), _pairs(SOFTMAX))
def test_a_softmax(name: str, text: str) -> None:
    found = _idiom(text)
    assert found.name == name
    assert ast.unparse(found.argument) == "z"
    names = {"z": numbers((4, 3))}
    _assert_true(found, names)
    np.testing.assert_allclose(value(found.plain, names), value(text, names), rtol=1e-12)


def test_a_softmax_of_one_row() -> None:
    _assert_true(_idiom("np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)"), {"z": numbers((5,))})
    _assert_true(_idiom("np.exp(z) / np.sum(np.exp(z))"), {"z": numbers((5,))})


def test_a_softmax_over_the_middle_axis() -> None:
    found = _idiom("np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)")
    _assert_true(found, {"z": numbers((2, 3, 4))})


@pytest.mark.parametrize(("name", "text"), _pairs(LOSSES))
def test_a_loss(name: str, text: str) -> None:
    found = _idiom(text)
    assert found.name == name
    names = {
        "p": numbers((4, 3), "positive") / 3,
        "y": np.eye(4, 3) * 0.9,
        "e": numbers((4, 3)),
        "m": 4,
        "lam": 0.3,
    }
    _assert_true(found, names)
    np.testing.assert_allclose(value(found.plain, names), value(text, names), rtol=1e-12)


def test_a_loss_times_an_array() -> None:
    names = {"d": numbers((3,)), "w": numbers((2,), seed=1)}
    _assert_true(_idiom("w * np.sum(d ** 2)"), names)


def test_every_operand_is_found_wherever_it_is_written() -> None:
    made = _idiom("np.exp(z) / np.exp(z).sum()").operation
    assert [[ast.unparse(part) for part in places] for places in made.copies] == [["z", "z"]]


@pytest.mark.parametrize(
    ("text", "which", "expected"),
    [
        ("1 / (1 + np.exp(-z))", 0, "da * a * (1 - a)"),
        ("1 / (1 + np.exp(z))", 0, "-da * a * (1 - a)"),
        ("np.where(z > 0, z, 0)", 0, "da * (z > 0)"),
        ("np.where(z > 0, z, alpha * z)", 0, "da * np.where(z > 0, 1, alpha)"),
        ("(np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))", 0, "da * (1 - a ** 2)"),
        ("np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)", 0,
         "a * (da - (da * a).sum(axis=1, keepdims=True))"),
        ("np.exp(z) / np.exp(z).sum()", 0, "a * (da - (da * a).sum())"),
        ("z - np.log(np.exp(z).sum(axis=1, keepdims=True))", 0,
         "da - np.exp(a) * da.sum(axis=1, keepdims=True)"),
    ],
)  # fmt: skip
def test_the_code_of_an_activation(text: str, which: int, expected: str) -> None:
    assert _written(text, which, "da", {"z": numbers((4, 3)), "alpha": 0.1}) == expected


@pytest.mark.parametrize(
    ("text", "which", "expected"),
    [
        ("0.5 * np.sum((y - p) ** 2)", 1, "p - y"),
        ("0.5 * np.sum((p - y) ** 2)", 0, "p - y"),
        ("np.sum((p - y) ** 2)", 0, "2 * (p - y)"),
        ("np.mean((p - y) ** 2)", 0, "2 * (p - y) / p.size"),
        ("np.mean((y - p) ** 2)", 1, "2 * (p - y) / y.size"),
        ("np.sum((p - y) ** 2) / (2 * m)", 0, "(p - y) / m"),
        ("np.sum((p - y) ** 2) / len(y)", 0, "2 * (p - y) / len(y)"),
        ("np.mean(np.sum((p - y) ** 2, axis=1))", 0, "2 * (p - y) / len(p)"),
        ("np.mean(np.abs(p - y))", 0, "np.sign(p - y) / p.size"),
        ("-np.sum(y * np.log(p))", 0, "-y / p"),
        ("-np.sum(y * np.log(p)) / m", 0, "-y / (m * p)"),
        ("-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))", 0,
         "(p - y) / (p * (1 - p) * p.size)"),
        ("np.sum((p - row) ** 2)", 1, "(2 * (row - p)).sum(axis=0)"),
    ],
)  # fmt: skip
def test_the_code_of_a_loss(text: str, which: int, expected: str) -> None:
    names = {"p": numbers((4, 3), "positive") / 3, "y": np.eye(4, 3), "m": 4, "row": np.ones(3)}
    assert _written(text, which, "1", names) == expected


def _written(
    text: str,
    which: int,
    g: str,
    names: dict[str, Any],
    defined: dict[str, ast.expr] | None = None,
) -> str:
    made = _idiom(text, defined).operation
    operands = tuple(value(part, names) for part in made.operands)
    settings = setting_values(made, {"np": np, **names})
    met = Shapes.of(operands, value(made.node, names), settings)
    written = derivative(made, which, expression(g), expression("a"), met, "dz")
    assert written is not None
    summed = unbroadcast(written.value, written.shape, met.operands[which])
    return "\n".join(ast.unparse(ast.fix_missing_locations(n)) for n in (*written.prelude, summed))


DEFINED = {
    "e": expression("np.exp(s)"),
    "s": expression("z - z.max(axis=1, keepdims=True)"),
    "p": expression("e / e.sum(axis=1, keepdims=True)"),
    "q": expression("np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)"),
    "a": expression("1 / (1 + np.exp(-z))"),
    "error": expression("a - y"),
}


def test_a_name_is_looked_through() -> None:
    found = _idiom("e / e.sum(axis=1, keepdims=True)", DEFINED)
    assert found.name == "softmax"
    assert ast.unparse(found.argument) in ("s", "z")
    assert _idiom("np.mean(error ** 2)", DEFINED).name == "mse"
    assert _idiom("np.mean(error ** 2)").name == "mean_square"


CROSSED = [
    ("-np.sum(t * np.log(q))", "softmax_cross_entropy", "q - t"),
    ("-np.sum(t * np.log(q)) / m", "softmax_cross_entropy", "(q - t) / m"),
    ("-np.mean(np.sum(t * np.log(q), axis=1))", "softmax_cross_entropy", "(q - t) / len(q)"),
    ("-np.mean(np.log(q[np.arange(4), labels]))", "softmax_label_cross_entropy",
     "dz = q.copy()\ndz[np.arange(4), labels] -= 1\ndz / len(q)"),
    ("-np.log(q[range(m), labels]).sum() / m", "softmax_label_cross_entropy",
     "dz = q.copy()\ndz[range(m), labels] -= 1\ndz / m"),
    ("np.sum(-np.log(q[np.arange(len(q)), labels]))", "softmax_label_cross_entropy",
     "dz = q.copy()\ndz[np.arange(len(q)), labels] -= 1\ndz"),
    ("-np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))", "sigmoid_cross_entropy",
     "(a - y) / a.size"),
    ("-np.sum(y * np.log(a) + (1 - y) * np.log(1 - a)) / m", "sigmoid_cross_entropy",
     "(a - y) / m"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "expected"), CROSSED)
def test_a_cross_entropy_with_what_feeds_it(text: str, name: str, expected: str) -> None:
    z = numbers((4, 3))
    names: dict[str, Any] = {"z": z, "t": np.eye(4, 3), "y": np.eye(4, 3), "m": 4}
    names["t"][3, 0] = 1.0
    names |= {"q": value(DEFINED["q"], names), "a": value(DEFINED["a"], names)}
    names["labels"] = np.array([0, 2, 1, 1])
    found = _idiom(text, DEFINED)
    assert found.name == name
    assert ast.unparse(found.argument) == "z"
    assert _written(text, 0, "1", names, DEFINED) == expected
    _assert_true(found, names)


def test_targets_that_do_not_add_up_to_one_get_what_is_true() -> None:
    z = numbers((4, 3))
    names: dict[str, Any] = {"z": z, "t": numbers((4, 3), "positive"), "m": 4}
    names["q"] = value(DEFINED["q"], names)
    text = "-np.sum(t * np.log(q))"
    expected = "q * t.sum(axis=1, keepdims=True) - t"
    assert _written(text, 0, "1", names, DEFINED) == expected
    _assert_true(_idiom(text, DEFINED), names)


def test_softmax_and_cross_entropy_in_one_expression() -> None:
    text = "-np.sum(t * np.log(np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)))"
    names: dict[str, Any] = {"z": numbers((4, 3)), "t": np.eye(4, 3)}
    found = _idiom(text)
    assert found.name in ("softmax_cross_entropy", "cce")
    _assert_true(found, names)


def test_a_cross_entropy_of_one_row() -> None:
    defined = {"q": expression("np.exp(z) / np.exp(z).sum()")}
    names: dict[str, Any] = {"z": numbers((4,)), "label": 2}
    names["q"] = value(defined["q"], names)
    expected = "dz = q.copy()\ndz[label] -= 1\ndz"
    assert _written("-np.log(q[label])", 0, "1", names, defined) == expected
    _assert_true(_idiom("-np.log(q[label])", defined), names)


def test_rows_that_are_not_all_there_are_left_to_differences() -> None:
    names: dict[str, Any] = {"z": numbers((4, 3)), "labels": np.array([0, 1])}
    names["q"] = value(DEFINED["q"], names)
    with pytest.raises(NotInTable):
        _written("-np.mean(np.log(q[np.arange(2), labels]))", 0, "1", names, DEFINED)


@pytest.mark.parametrize(
    "text",
    [
        "z", "x + y", "X @ w", "np.exp(z)", "np.tanh(z)", "np.sum(z)", "np.mean(z)", "f(z)",
        "1 / (1 + f(-z))", "1 / (2 + np.exp(-z))", "1 / (1 - np.exp(-z))", "np.maximum(1, z)",
        "np.maximum(y, z)", "z * (y > 0)", "np.where(y > 0, z, 0)", "np.exp(z) / np.exp(z).max()",
        "np.exp(z) / np.exp(y).sum()", "np.exp(z) / np.exp(z).sum(axis=1)", "np.log(1 + z)",
        "np.sum((p - y) ** 3)", "np.sum(p - y)", "-np.sum((p - y) ** 2)", "np.linalg.norm(p - y)",
        "np.sqrt(np.mean((p - y) ** 2))", "np.sum(t * np.log(p))", "np.mean(np.log(p))",
        "-np.sum(y * np.log(p + 1e-9) + (1 - y) * np.log(1 - p + 1e-9))",
        "-np.sum(y * np.log(p + 1e-15) + (1 - y) * np.log(1 - p + 1e-15))",
        "np.where(z > 0, z, z)", "np.where(z > 0, 2 * z, 0.1 * z)", "np.abs(z)", "z > 0",
        "np.random.rand(3)", "np.maximum(0, z).T", "np.squeeze(np.maximum(0, z))",
        "np.atleast_2d(z * (z > 0))", "(1 / (1 + np.exp(-z))).ravel()", "np.dot(v, v)",
        "(d * d).sum(axis=0)", "np.sum(d ** 2, axis=1)",
        "np.squeeze(np.exp(z) / np.exp(z).sum(axis=1, keepdims=True))",
        "[z, z]", "params['W1']", "np.clip(z, 0, 6)", "lambda z: z",
        "sum * z / 3",
    ],
)  # fmt: skip
def test_what_is_no_idiom(text: str) -> None:
    assert idiom_of(expression(text), MODULES) is None


@pytest.mark.parametrize(
    ("text", "whole", "first"),
    [
        ("1 / (1 + np.exp(-z))", "σ(z[0,1])", "σ(z[0,1])"),
        ("z * (z > 0)", "max(0, z[0,1])", "max(0, z[0,1])"),
        ("np.exp(z) / np.exp(z).sum()", *["exp(z[0,1]) / Σₙₘ exp(z[n,m])"] * 2),
        ("np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)",
         *["exp(z[0,1]) / Σₙ exp(z[0,n])"] * 2),
        ("0.5 * np.sum((p - y) ** 2)", "Σₙₘ 0.5·(p[n,m] − y[n,m])²", "0.5·(p[0,0] − y[0,0])²"),
        ("np.mean(np.abs(p - y))", "Σₙₘ 0.25·|p[n,m] − y[n,m]|", "0.25·|p[0,0] − y[0,0]|"),
        ("np.sum(z ** 2)", "Σₙₘ z[n,m]²", "z[0,0]²"),
        ("-np.sum(y * np.log(p))", "Σₙₘ −y[n,m]·log(p[n,m])", "−y[0,0]·log(p[0,0])"),
    ],
)  # fmt: skip
def test_one_entry_of_an_idiom(text: str, whole: str, first: str) -> None:
    names: dict[str, Any] = {"z": numbers((2, 2)), "p": numbers((2, 2), "positive"), "y": np.eye(2)}
    made = _idiom(text).operation
    operands = tuple(value(part, names) for part in made.operands)
    result = np.asarray(value(made.node, names))
    found = cell(made, operands, result, (0, 1)[: result.ndim])
    assert found.text == whole
    assert found.term(0).text == first


def test_looking_for_idioms_draws_no_random_numbers() -> None:
    before = np.random.get_state(legacy=False)
    for text in ("np.maximum(0.1 * np.random.randn(3), z)", "np.maximum(0, np.random.rand(2))"):
        idiom_of(expression(text), MODULES)
    after = np.random.get_state(legacy=False)
    assert str(after) == str(before)


def test_an_expression_that_writes_into_its_operand_spoils_no_test_value() -> None:
    """``out=z`` once changed the values that every later idiom was compared on."""
    idiom_of(expression("np.maximum(z, 3, out=z)"), MODULES)
    assert _idiom("1 / (1 + np.exp(-z))").name == "sigmoid"


def test_every_idiom_says_why_and_is_tried() -> None:
    for rule in IDIOMS:
        assert rule.words.endswith(".")
        assert rule.local
        assert rule.shape
    tables = (*ACTIVATIONS, *SOFTMAX, *LOSSES, *(name for _, name, _ in CROSSED))
    names = {name.removeprefix("half_") for name in tables}
    assert {rule.name for rule in IDIOMS} - names == {"sum_of_distances"}
