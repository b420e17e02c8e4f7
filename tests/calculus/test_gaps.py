"""Values whose making is not followed: no claim about what they depend on is called wrong."""

from __future__ import annotations

import pytest

from tests.calculus.checking import findings_of, told

SCRIPT = """\
import numpy as np
{imports}
rng = np.random.default_rng(0)
W, X, y = rng.normal(size=(4, 3)), rng.normal(size=(6, 4)), rng.normal(size=(6, 3))
class Kept:
    pass
kept = Kept()
for step in range(3):
    z = X @ W
{made}
    loss = 0.5 * np.sum((c * z - y) ** 2)
    dc = (c * z - y) * z
    dW = X.T @ ((c * z - y) * c {more})
    W -= 0.1 * dW
"""

WHOLE = "+ np.cos(z) * (c * z - y) * z"
"""What the gradient gains because c is the sine of z."""

NOT_FOLLOWED = {
    "a comprehension": "c = np.array([[np.sin(v) for v in row] for row in z])",
    "a view that is written through": "c = np.zeros((6, 3)); low = c[1:]\n"
    "    c[0] = np.sin(z[0]); low[:] = np.sin(z[1:])",
    "a function that numpy calls": "c = np.apply_along_axis(np.sin, 0, z)",
    "an output argument": "c = np.empty((6, 3)); np.sin(z, out=c)",
}

FOLLOWED = {
    "a comprehension over rows": "kept.c = np.array([np.sin(r) for r in z])\n    c = kept.c",
    "a comprehension in pairs": "c = np.array([np.sin(r) + 0 * q for q, r in zip(y, z)])",
    "a tuple": "c, d = np.sin(z), np.ones(3)",
    "attributes": "kept.c, kept.d = np.sin(z), np.ones(3)\n    c = kept.c",
    "items": "held = {}; held['c'], held['d'] = np.sin(z), 1\n    c = held['c']",
    "rows": "rows = []\n    for row in z:\n        rows.append(np.sin(row))\n"
    "    c = np.stack([rows[0], rows[1], rows[2], rows[3], rows[4], rows[5]])",
}


def script(made: str, more: str, imports: str = "") -> str:
    """A script whose factor `c` is the sine of `z`, made in some way."""
    return SCRIPT.format(imports=imports, made=f"    {made}", more=more)


@pytest.mark.parametrize("way", NOT_FOLLOWED)
@pytest.mark.parametrize("more", ["", WHOLE])
def test_nothing_is_called_wrong_behind_a_gap(way: str, more: str) -> None:
    found = {part.name: part for part in findings_of(script(NOT_FOLLOWED[way], more))}
    assert found["dc"].verdict == "exact", told(tuple(found.values()))
    assert found["dW"].verdict in ("exact", "not comparable"), told(tuple(found.values()))


@pytest.mark.parametrize("way", FOLLOWED)
def test_what_is_taken_apart_has_no_gap(way: str) -> None:
    verdicts = [
        next(part.verdict for part in findings_of(script(FOLLOWED[way], more)) if part.name == "dW")
        for more in (WHOLE, "")
    ]
    assert verdicts == ["exact", "wrong"]


def test_builtins_that_are_imported_by_name_are_the_builtins() -> None:
    made = "c = np.sin(z)[range(6), :]"
    found = findings_of(script(made, WHOLE, "from builtins import range"))
    assert {part.verdict for part in found} == {"exact"}, told(found)


def test_where_the_gap_is_is_said() -> None:
    way = NOT_FOLLOWED["a comprehension"]
    told_of = [
        next(part.reason for part in findings_of(script(way, more)) if part.name == "dW")
        for more in (WHOLE, "")
    ]
    assert told_of == [
        "how loss depends on it cannot be followed through line 10",
        "provided that line 10, which cannot be followed, does not depend on it",
    ]
