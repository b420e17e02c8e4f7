"""Values told without running what the script wrote."""

from __future__ import annotations

import numpy as np
import pytest

from stepnet.explain.plain import plain
from stepnet.explain.portrait import summary
from stepnet.session.panes import name_rows
from tests.session.opening import at

SELF_TELLING = """
class Loud:
    def __init__(self):
        self.told = 0
    def __repr__(self):
        self.told += 1
        return "loud"
    def __str__(self):
        while True:
            pass
    def __call__(self, x):
        return x
    def __len__(self):
        raise ValueError
    def __eq__(self, other):
        raise ValueError
    def __hash__(self):
        return 0
thing = Loud()
nested = {"layers": [thing, (thing,)], "size": 3}
end = 1
"""


@pytest.mark.parametrize(
    "value",
    [[1, 2.5, "a"], (1,), {"a": [1, {2: ()}]}, {3}, set(), {}, [], None, "it's", np.float64(2)],
)
def test_values_of_python_are_told_as_python_does(value: object) -> None:
    assert plain(value) == repr(value)


def test_a_list_that_holds_itself_has_an_end() -> None:
    loop: list[object] = [1]
    loop.append(loop)
    assert plain(loop).startswith("[1, [1, [1,")
    assert plain(loop).count("…") == 1


def test_an_object_of_the_script_is_told_by_its_class_and_left_alone() -> None:
    opened = at(SELF_TELLING, "/end")
    names = opened.machine.names
    assert summary(names["thing"]) == "Loud object"
    assert plain(names["nested"]) == "{'layers': [Loud object, (Loud object,)], 'size': 3}"
    told = {row.name: row.summary for row in name_rows(opened)}
    assert told["thing"] == "Loud object"
    opened.do("watch thing")
    opened.do("on-change thing.told")
    opened.do("back 2")
    opened.do("step 2")
    assert opened.do("print thing").text == "Loud object"
    assert opened.do("print thing.told").text == "0"
