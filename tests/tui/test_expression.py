"""A statement as its values: side by side, stacked, in windows; how calls are written."""

from __future__ import annotations

import ast

import numpy as np
import pytest

from stepnet.explain.shapes import index_text
from stepnet.session.views import Operand, StepView
from tui.expression import lay_out
from tui.lines import plain, width_of
from tui.pieces import brackets, pieces_of
from tui.sight import Sight
from tui.term import Layout
from tui.welcome import fault_lines

A34 = np.arange(12.0).reshape(3, 4) / 10
A42 = np.arange(8.0).reshape(4, 2)


def shape(value: object) -> str:
    return str(np.shape(value)).replace(" ", "") if isinstance(value, np.ndarray) else "()"


def operand(text: str, value: object) -> Operand:
    return Operand(text, value, shape(value))


def view(
    operands: tuple[Operand, ...],
    operators: tuple[str, ...],
    results: tuple[Operand, ...],
    function: str = "",
    before: tuple[Operand, ...] = (),
) -> StepView:
    return StepView(
        address="1/x", line=1, statement="x = …", kind="assign", operands=operands,
        operators=operators, function=function, results=results, before=before, arithmetic=(),
        narration=(), phase="", role="", claim="", verdict="", changed="",
    )  # fmt: skip


def drawn(step: StepView, width: int = 76, height: int = 12) -> list[str]:
    return [plain(line).rstrip() for line in laid_out(step, width, height).lines]


def laid_out(step: StepView, width: int, height: int) -> Layout:
    pieces = pieces_of(step)
    return lay_out(pieces, width, height, [Sight()] * len(pieces), -1)


PRODUCT = view((operand("A", A34), operand("B", A42)), ("@",), (operand("x", A34 @ A42),))


def test_operands_and_result_stand_side_by_side_with_their_operators_at_the_middle() -> None:
    assert drawn(PRODUCT) == [
        "  A (3,4)                B (4,2)      x (3,2)",
        "   0    0.1  0.2  0.3     0    1.0      2.8   3.4",
        "   0.4  0.5  0.6  0.7  @  2.0  3.0  =   7.6   9.8",
        "   0.8  0.9  1.0  1.1     4.0  5.0     12.4  16.2",
        "                          6.0  7.0",
    ]


def test_where_they_do_not_fit_they_are_stacked() -> None:
    lines = drawn(PRODUCT, width=30, height=20)
    assert lines[0] == "   A (3,4)"
    assert any(line.startswith(" @ B (4,2)") for line in lines)
    assert any(line.startswith(" = x (3,2)") for line in lines)


def test_large_matrices_are_windows_that_say_what_they_show() -> None:
    large = np.ones((784, 128)) / 3
    step = view((operand("W", large),), (), (operand("x", large * 2),), "-")
    lines = drawn(step, width=76, height=14)
    assert sum("of 784" in line for line in lines) >= 1
    assert all(width_of(line) <= 76 for line in laid_out(step, 76, 14).lines)
    assert len(lines) <= 14


@pytest.mark.parametrize("width", [60, 71, 76, 90])
@pytest.mark.parametrize("height", [6, 9, 14])
def test_a_number_is_never_cut_nor_a_column_hidden_that_would_fit(width: int, height: int) -> None:
    table = np.random.default_rng(0).normal(size=(30, 3))
    total = table.sum(axis=1, keepdims=True)
    step = view(
        (operand("e", table), operand("e.sum(axis=1, keepdims=True)", total)),
        ("/",),
        (operand("p", table / total),),
    )
    lines = drawn(step, width, height)
    assert not any("…" in line for line in lines if "." in line and "sum" not in line)
    assert any(line.count(".") == 7 for line in lines) or width < 70
    assert "(30,1)" in "".join(lines)


@pytest.mark.parametrize("height", [5, 6, 8, 10])
def test_the_result_is_in_view_first(height: int) -> None:
    wide = np.random.default_rng(0).normal(size=(8, 12))
    step = view((operand("dh", wide), operand("z1 > 0", wide > 0)), ("*",), (operand("d", wide),))
    lines = drawn(step, 76, height)
    assert len(lines) <= height
    result = next(number for number, line in enumerate(lines) if "= d (8,12)" in line)
    assert sum("." in line for line in lines[result + 1 :]) >= 2
    assert "z1 > 0 (8,12)" in "".join(lines[:result])


def test_a_tensor_shows_every_column_that_fits() -> None:
    step = view((), (), (operand("a", np.zeros((2, 3, 4, 5))),))
    lines = drawn(step)
    assert "[0,0,·,·] of 2×3" in lines[1]
    assert [line.split() for line in lines[2:]] == [["0"] * 5] * 4


def test_negative_numbers_stand_in_parentheses_behind_a_sign() -> None:
    step = view((operand("d", 2.0), operand("t", -0.5)), ("-",), (operand("x", 2.5),))
    assert "2 - (-0.5)" in " ".join(drawn(step)[-1].split())
    step = view((operand("-2", -2), operand("n", 3)), ("**",), (operand("x", -8),))
    assert "(-2) ** 3 = -8" in " ".join(drawn(step)[-1].split())


def test_a_long_value_is_written_over_several_lines() -> None:
    value = {f"layer_{number}": number for number in range(12)}
    text = "\n".join(drawn(view((), (), (operand("f", value),))))
    assert "'layer_11': 11}" in text


def test_a_long_name_keeps_its_shape() -> None:
    name = "np.concatenate([first_layer, second_layer], axis=1)[:, permutation]"
    wide = np.ones((9, 20)) / 3
    step = view((operand(name, wide), operand("B", wide)), ("+",), (operand("x", wide),))
    assert "(9,20)" in drawn(step, 50)[0]


@pytest.mark.parametrize("width", [10, 20, 40, 76, 200])
@pytest.mark.parametrize("height", [1, 4, 10, 40])
def test_no_size_is_too_small(width: int, height: int) -> None:
    assert laid_out(PRODUCT, width, height).lines


def test_an_in_place_statement_shows_before_and_after() -> None:
    old, new = np.array([[1.0, 2.0, 3.0]]), np.array([[1.0, 0.0, 3.0]])
    step = view((), (), (operand("a", new),), before=(operand("a", old),))
    lines = drawn(step)
    assert "a before (1,3)" in lines[0]
    assert "→" in "".join(lines)
    assert "▌0  ▐" in lines[1]


def test_an_update_names_the_value_it_had() -> None:
    w, d = np.array([[1.0, 2.0]]), np.array([[0.5, 0.5]])
    step = view(
        (operand("w", w), operand("d", d)),
        ("-",),
        (operand("w", w - d),),
        before=(operand("w", w),),
    )
    assert "w before (1,2)" in drawn(step)[0]


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("np.dot", ("np.dot(", "", ")")),
        (".sum()", ("", ".sum(", ")")),
        (".T", ("", ".T", "")),
        ("[0, 1]", ("", "[0, 1]", "")),
        ("-", ("-", "", "")),
        ("", ("", "", "")),
    ],
)
def test_brackets_stand_where_python_has_them(
    function: str, expected: tuple[str, str, str]
) -> None:
    assert brackets(function, 0) == expected


def test_a_method_is_written_behind_what_it_is_called_on() -> None:
    step = view(
        (operand("a", A42), operand("axis=0", 0)), (",",), (operand("x", A42[0]),), ".sum()"
    )
    assert any(".sum(axis=0)" in line for line in drawn(step))


def test_a_bracket_closes_behind_the_name_and_not_behind_the_shape() -> None:
    wide = np.ones((9, 20)) / 3
    step = view((operand("a", wide), operand("b", wide)), (",",), (operand("x", wide),), "np.f")
    assert any("b) (9,20)" in line for line in drawn(step, 50, 14))


def test_numbers_written_in_the_statement_have_no_label() -> None:
    step = view((operand("2", 2), operand("n", 5)), ("*",), (operand("x", 10),))
    assert drawn(step)[0].split() == ["n", "()", "x", "()"]


def test_a_fault_is_loud_and_keeps_its_caret_in_place() -> None:
    lines = [
        plain(line) for line in fault_lines("x.py:3: ValueError: no\n    a @ b\n    ^^^^^", 40)
    ]
    assert "raised an error" in lines[0]
    assert lines[2].index("a @ b") == lines[3].index("^^^^^")


def test_an_index_is_written_without_parentheses() -> None:
    for source in ("a[:, 0]", "a[1:, ::2]", "a[0]", "a[(0)]"):
        node = ast.parse(source, mode="eval").body
        assert isinstance(node, ast.Subscript)
        assert f"a[{index_text(node.slice)}]" == source.replace("(0)", "0")
