"""The generator of scripts is only as good as what it writes: all of it runs, ends, and varies."""

import ast
import random
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import find, given, settings

from tests.cpython import Run, names_difference, run_in_cpython
from tests.generated.features import FEATURES
from tests.generated.scripts import LENGTH, LONGEST, SHORTEST, script, scripts

MOST = 20_000
"The most lines a script may execute, calls of lambdas and turns of comprehensions included."


ENOUGH = 4
"How many scripts in a thousand must have each feature at least."


@cache
def sample(count: int) -> tuple[str, ...]:
    """The same scripts every time, without hypothesis, which would take longer over it."""
    rolls = random.Random(count)
    return tuple(
        script(
            rolls.randbytes(LENGTH),
            [rolls.randbytes(LENGTH) for _ in range(rolls.randint(SHORTEST, LONGEST))],
        )
        for _ in range(count)
    )


class TooLong(BaseException):
    """Raised in a script that seems to run for ever."""


def executed(path: Path) -> tuple[Run, int]:
    """What a script leaves behind, and how many lines it executed."""
    lines = 0

    def trace(frame: FrameType, event: str, argument: object) -> object:
        nonlocal lines
        if frame.f_code.co_filename != str(path):
            return None
        lines += event == "line"
        if lines > MOST:
            raise TooLong
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]  # a trace function may return None
    try:
        return run_in_cpython(path), lines
    finally:
        sys.settrace(before)


def test_two_hundred_run_and_most_run_to_their_end(tmp_path: Path) -> None:
    raised: Counter[str] = Counter()
    longest = 0
    for number, source in enumerate(sample(200)):
        path = tmp_path / f"script{number}.py"
        path.write_text(source, encoding="utf-8")
        run, lines = executed(path)
        assert not isinstance(run.error, SyntaxError), source
        longest = max(longest, lines)
        if run.error:
            raised[type(run.error).__name__] += 1
    assert 10 <= raised.total() <= 40, raised
    assert len(raised) >= 4, raised
    assert longest > 50, "they hardly do anything"


def test_twice_the_same_script_does_the_same_twice(tmp_path: Path) -> None:
    path = tmp_path / "script.py"
    for source in sample(200)[:50]:
        path.write_text(source, encoding="utf-8")
        first, second = run_in_cpython(path), run_in_cpython(path)
        assert first.output == second.output, source
        assert " at 0x" not in first.output, source
        assert names_difference(first.names, second.names) is None, source


@settings(max_examples=50)
@given(scripts())
def test_what_hypothesis_draws_compiles_and_ends(
    tmp_path_factory: pytest.TempPathFactory, source: str
) -> None:
    path = tmp_path_factory.mktemp("drawn") / "script.py"
    path.write_text(source, encoding="utf-8")
    run, _ = executed(path)
    assert not isinstance(run.error, SyntaxError)


@cache
def parsed(count: int) -> tuple[tuple[str, ast.Module], ...]:
    return tuple((source, ast.parse(source)) for source in sample(count))


def test_every_feature_occurs_in_a_thousand_scripts() -> None:
    seen = dict.fromkeys(FEATURES, 0)
    for source, tree in parsed(1000):
        nodes = list(ast.walk(tree))
        for feature in [feature for feature, times in seen.items() if times < ENOUGH]:
            seen[feature] += FEATURES[feature](source, nodes)
    rare = {feature: times for feature, times in seen.items() if times < ENOUGH}
    assert not rare, f"in fewer than {ENOUGH} scripts of a thousand: {rare}"


def test_imports_numpy_math_and_copy_and_nothing_else() -> None:
    for source, tree in parsed(1000):
        for node in ast.walk(tree):
            assert not isinstance(node, ast.ImportFrom), source
            if isinstance(node, ast.Import):
                assert {name.name for name in node.names} <= {"numpy", "math", "copy"}
            if isinstance(node, ast.Name):
                assert node.id not in {"id", "hash", "time", "open", "globals", "locals", "vars"}


def test_prints_sets_only_sorted_and_iterates_over_them_sorted() -> None:
    for _, tree in parsed(1000):
        for node in ast.walk(tree):
            if isinstance(node, ast.For | ast.comprehension):
                assert not isinstance(node.iter, ast.Set | ast.SetComp)


def test_nothing_is_the_smallest_script() -> None:
    assert script(b"", [b""] * SHORTEST) == "import numpy as np\n\n\n"


def test_shrinks_to_what_matters() -> None:
    few = settings(max_examples=2000, database=None, derandomize=True, deadline=None)
    smallest = find(scripts(), lambda source: "np.fill_diagonal" in source, settings=few)
    assert len(smallest.splitlines()) <= 6, smallest
