"""A value is asked for where the program stands, and nothing is changed by asking."""

import numpy as np
import pytest

from stepnet.session.asking import answer, question, value_here
from stepnet.session.errors import CommandError
from tests.machine.fingerprint import fingerprint, first_difference
from tests.session.opening import NET, at, session

HARM = """\
import numpy as np

cache = {}
total = 0
W = np.ones((2, 2))

def pure(z):
    out = np.zeros(z.shape)
    rows = []
    for n in range(len(z)):
        out[n] += z[n]
        rows.append(out[n].sum())
    return out * 2 if rows else out

def stores(z):
    cache["z"] = z
    return z

def views(z):
    flat = z.reshape(-1)
    flat[0] = 7
    return flat

def counts(z):
    global total
    total = total + 1
    return z

def indirect(z):
    return stores(z) + 1

def draws(z):
    return z * np.random.rand()

act = pure
for step in range(2):
    total = total + float(pure(W).sum())
    W -= 0.1
"""

TOLD = {
    "W9": "no name 'W9'\n    W9\n    ^",
    "los": "no name 'los'\n    los\n    ^\n  Did you mean loss?",
    "1 + w[9]": (
        "IndexError: index 9 is out of bounds for axis 0 with size 2\n    1 + w[9]\n        ^"
    ),
    "z": "z has no value here\n    z\n    ^",
    "d_w": "d_w has no value here\n    d_w\n    ^\n  It is assigned in line 27.",
    "w +": "this is no expression: invalid syntax\n    w +\n    ^",
    "w = 3": "this is no expression: invalid syntax\n    w = 3\n      ^",
    "w.__bases__": (
        "the attribute __bases__ begins with an underscore\n    w.__bases__\n      ^\n"
        "  Use a public one."
    ),
    "exec('x')": (
        "the builtin exec is not opened\n    exec('x')\n    ^\n  Write the statements out."
    ),
    "open('x')": (
        "open reaches out of the computation\n    open('x')\n    ^\n"
        "  Asking must not change anything."
    ),
    "w.fill(0)": (
        "w.fill would change what the script works with\n    w.fill(0)\n    ^\n"
        "  Asking must not change anything."
    ),
    "1 + np.random.rand()": (
        "np.random.rand would draw from the script's random numbers\n"
        "    1 + np.random.rand()\n        ^\n  Asking must not change anything."
    ),
    "(w := 3)": "':=' would bind w\n    (w := 3)\n     ^\n  Asking must not change anything.",
    "print(w)": (
        "print would write into the script's output\n    print(w)\n    ^\n"
        "  Asking must not change anything."
    ),
}


@pytest.mark.parametrize("text", TOLD)
def test_what_has_no_value_is_told_with_its_place(text: str) -> None:
    opened = at(NET, "1.1/s")
    with pytest.raises(CommandError) as error:
        opened.do(f"print {text}")
    assert str(error.value) == TOLD[text]
    assert opened.position.address == "1.1/s"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("stores(W)", "stores would change cache (line 16)"),
        ("views(W)", "views would change flat (line 21)"),
        ("counts(W)", "counts does more than compute (line 25)"),
        (
            "indirect(W)",
            "indirect does more than compute: stores would change cache (line 16) (line 30)",
        ),
        (
            "draws(W)",
            "draws does more than compute: np.random.rand would draw from the script's "
            "random numbers (line 33)",
        ),
        ("act(W)", "what act is cannot be looked into before it is called"),
        ("sorted([W], key=stores)", "sorted would change what the script works with"),
        ("[pure][0](W)", "what is called here cannot be looked into before it is called"),
    ],
)
def test_a_function_that_does_more_than_compute_is_not_called(text: str, message: str) -> None:
    with pytest.raises(CommandError) as error:
        value_here(session(HARM), text)
    assert str(error.value).splitlines()[0] == message


def test_functions_that_only_compute_are_called() -> None:
    opened = at(HARM, "1/W")
    assert np.array_equal(value_here(opened, "pure(W)"), np.full((2, 2), 1.8))  # type: ignore[arg-type]  # an array
    assert value_here(opened, "[float(pure(W)[0, n]) for n in range(2)]") == [1.8, 1.8]


@pytest.mark.parametrize(
    "text", ["pure(W).sum()", "sum(v for v in W.ravel())", "W[9]", "np.log(0)"]
)
def test_asking_changes_nothing(text: str) -> None:
    opened, plain = at(HARM, "1/W"), at(HARM, "1/W")
    asked = question(text, opened.vocabulary)
    for _ in range(3):
        try:
            answer(asked, opened.machine)
        except CommandError:
            assert text == "W[9]"
    before, after = fingerprint(plain.machine), fingerprint(opened.machine)
    assert first_difference(before, after) == ""
    assert opened.machine.fused_ticks == plain.machine.fused_ticks
    assert opened.machine.world.warnings == plain.machine.world.warnings


def test_names_are_those_of_the_function_the_program_stands_in() -> None:
    opened = at(NET, "2.1/sigmoid.s")
    inside = value_here(opened, "s.sum() + [v * 0 for v in z][0][0]")
    opened.do("goto 2.1/s")
    assert value_here(opened, "sigmoid(s).sum()") == inside


def test_numpy_can_be_asked_before_the_script_imports_it() -> None:
    assert value_here(session(NET), "np.sum([1, 2]) + math.floor(0.5)") == 3


def test_print_shows_a_value_and_stays_where_it_is() -> None:
    opened = at(NET, "1.2/d_b")
    stop = opened.do("print d_b.shape")
    assert (stop.reason, stop.address, stop.text) == ("goto", "1.2/d_b", "(1, 1)")
    assert opened.do("print w").text.splitlines()[0] == "(2,1) f8"
    assert opened.do("print loss > 0").text == "True"
