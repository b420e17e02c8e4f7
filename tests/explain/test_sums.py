"""The terms of an entry add up to it, and their text says what they are."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepnet.calculus.rules.table import RULES
from stepnet.machine.event import latest
from stepnet.session.entry_views import EntryView
from stepnet.session.explaining import entry_view
from stepnet.session.session import Session
from stepnet.source.builtin import builtin_scenarios
from tests.calculus.derived import operation
from tests.calculus.strategies import numbers
from tests.calculus.test_cells import CASES
from tests.explain.statements import Names, ends, evaluated, movers, statement
from tests.generated.test_scripts import sample
from tests.session.opening import session


def assert_adds_up(view: EntryView) -> None:
    """The terms, the running total and the rest come to the entry."""
    value = float(np.real(np.asarray(view.value)))
    # A single precision entry is told as exactly as it is, and its terms in double precision.
    np.testing.assert_allclose(view.total, value, rtol=1e-6, atol=1e-9, err_msg=view.formula)
    np.testing.assert_allclose(
        sum(term.value for term in view.terms) + view.rest_sum, view.total, rtol=1e-9, atol=1e-9
    )
    if len(view.terms):
        last = view.terms[len(view.terms) - 1].total
        np.testing.assert_allclose(last + view.rest_sum, view.total, rtol=1e-9, atol=1e-9)
    assert view.count == len(view.terms) + view.rest_count


@pytest.mark.parametrize("text", CASES)
def test_of_every_rule(text: str) -> None:
    names = CASES[text]
    opened = statement(text, names)
    result = np.asarray(opened.value("result"))
    assert "no rule" not in entry_view(opened, "result", ends(result.shape)[0]).note
    for index in ends(result.shape):
        view = entry_view(opened, "result", index, full=True)
        assert_adds_up(view)
        reads = {factor for term in view.terms for factor in term.factors}
        plain = {name for name, _ in reads} <= names.keys()
        if reads and plain and operation(text).rule.name not in ("inv", "max", "min"):
            assert movers(text, names, index) <= reads


def test_every_rule_is_tried() -> None:
    tried = {operation(text).rule.name for text in CASES}
    unmoving = {"length", "steps", "made", "store", "det", "solve", "matrix_transpose", "erf"}
    assert RULES.keys() - tried == unmoving


@pytest.mark.parametrize("scenario", [one.name for one in builtin_scenarios()])
def test_of_every_statement_of_the_scenarios(scenario: str) -> None:
    explained = _sweep(Session.open(scenario), 120)
    assert explained > 20


@pytest.mark.parametrize("number", range(5))
def test_of_scripts_nobody_wrote(number: int) -> None:
    assert _sweep(session(sample(12)[number]), 150) >= 0


def _sweep(opened: Session, ticks: int) -> int:
    """Explain an entry of all that is assigned; how many were taken apart."""
    machine, count = opened.machine, 0
    choose = np.random.default_rng(1)
    while machine.tick < ticks and machine.step():
        event = latest(machine)
        assert event is not None
        for name in event.statement.targets if event.instruction.completes else ():
            value = event.frame.names.get(name)
            if isinstance(value, bool) or not isinstance(value, np.ndarray | np.generic | float):
                continue
            array, tick = np.asarray(value), machine.tick
            if array.size and array.dtype.kind in "biuf":
                index = tuple(int(choose.integers(length)) for length in array.shape)
                view = entry_view(opened, name, index)
                assert machine.tick == tick
                assert view.value == array[index] or np.isnan(array[index])
                assert view.formula or view.note
                if view.formula and np.isfinite(array[index]):
                    assert_adds_up(view)
                    count += 1
    return count


# Expressions of several operations. Their text is Python but for its signs, and so can be run.

NAMES: Names = {
    "a": numbers((2, 3)),
    "b": numbers((3,), seed=1),
    "c": numbers((2, 1), seed=2),
    "m": numbers((2, 4), seed=3),
    "w": numbers((4, 3), seed=4),
    "k": 0.7,
}
LEAVES = st.sampled_from(
    ["a", "b", "c", "k", "2", "m @ w", "np.dot(m, w)", "m.sum(axis=1)[:, None]"]
)
FORMS = [
    "-({x})", "({x}) + ({y})", "({x}) - ({y})", "({x}) * ({y})", "({x}) / (({y}) ** 2 + 1)",
    "0.5 * ({x})", "({x}) / 3", "np.exp(-({x}) ** 2)", "np.maximum(0, {x})", "({x}) ** 2",
    "np.where(a > 0, {x}, {y})", "({x}) * (1 - ({x}))", "(a * ({x})).T.T", "k * ((m @ w) - ({x}))",
    "(({x}) + a) - ({y})", "np.tanh({x})", "(a * ({x})).sum(axis=0)", "(a - ({x})).mean()",
    "(a * ({x}))[::-1]", "np.square({x})", "(m @ w) / (({y}) ** 2 + 1)", "1 / (1 + np.exp(-({x})))",
]  # fmt: skip


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    parts = st.tuples(st.sampled_from(FORMS), inner, inner)
    return parts.map(lambda made: made[0].format(x=made[1], y=made[2]))


EXPRESSIONS = st.recursive(LEAVES, _grown, max_leaves=5)
SIGNS = {"·": "*", "−": "-", "²": "**2", "³": "**3"}
SPACE = {"exp": np.exp, "tanh": np.tanh, "max": max, "σ": lambda z: 1 / (1 + np.exp(-z)), "np": np}


def _run(text: str) -> Any:
    """What a term's text comes to."""
    for sign, written in SIGNS.items():
        text = text.replace(sign, written)
    return eval(text, {**SPACE, **NAMES})


@settings(max_examples=30, deadline=None, derandomize=True)
@given(EXPRESSIONS)
def test_of_expressions_of_several_operations(text: str) -> None:
    opened = statement(f"a * 0 + ({text})", NAMES)
    for index in ((0, 0), (1, 2)):
        view = entry_view(opened, "result", index, full=True)
        assert not view.note
        assert_adds_up(view)
        reads = {factor for term in view.terms for factor in term.factors}
        if "maximum" not in text and "where" not in text:
            assert movers(f"a * 0 + ({text})", NAMES, index) <= reads
        for term in view.terms:
            if not re.search(r"Σ|\bof \d", term.text):
                np.testing.assert_allclose(_run(term.text), term.value, rtol=1e-9, atol=1e-12)


def test_the_expressions_are_not_all_alike() -> None:
    assert np.shape(evaluated("m @ w", NAMES)) == (2, 3)


def test_what_was_computed_before_a_call_is_written_in_brackets_on_one_line() -> None:
    text = """\
import numpy as np
def slope(x):
    return np.abs(x)
a, b = np.ones((1, 3)), np.ones((1, 3))
d = (a.dot(np.eye(3)) + \\
     b.dot(np.eye(3))) * slope(a)
"""
    made = session(text)
    made.do("end")
    told = made.do("explain d[0,1]").text
    assert "(a.dot(np.eye(3)) + b.dot(np.eye(3)))[0,1]·slope(a)[0,1]" in told
