"""A statement that assigns `result`, behind the arrays that it reads."""

from __future__ import annotations

from typing import Any

import numpy as np

from stepnet.session.session import Session
from tests.session.opening import session

Names = dict[str, Any]
Index = tuple[int, ...]
H = 1e-4


def statement(text: str, names: Names) -> Session:
    """A session that has run ``result = text``."""
    lines = ["import copy", "import math", "import numpy as np"]
    for name, value in names.items():
        if isinstance(value, np.ndarray):
            made = f"np.array({value.tolist()!r}, dtype=np.{value.dtype.name})"
            lines.append(f"{name} = {made}.reshape({value.shape})")
        else:
            lines.append(f"{name} = {value!r}")
    opened = session("\n".join([*lines, f"result = {text}", ""]))
    opened.do("end")
    assert opened.machine.fault is None, opened.machine.fault
    return opened


def evaluated(text: str, names: Names) -> Any:
    """What the expression comes to in Python."""
    import copy
    import math

    with np.errstate(all="ignore"):
        return eval(text, {"np": np, "math": math, "copy": copy, **names})


def movers(text: str, names: Names, index: Index) -> set[tuple[str, Index]]:
    """The entries of the names that move one entry of the result, found by moving each."""
    found = set()
    before = np.asarray(evaluated(text, names), dtype=float)[index]
    for name, value in names.items():
        if not isinstance(value, float) and getattr(value, "dtype", None) != np.float64:
            continue
        for place in np.ndindex(np.shape(value)):
            moved = np.array(value)
            moved[place] += H
            other = {**names, name: moved if moved.shape else float(moved)}
            after = np.asarray(evaluated(text, other), dtype=float)
            if after.shape == () or index < after.shape:
                difference = abs(after[index] - before)
                if difference > H / 1e6:
                    found.add((name, place))
    return found


def ends(shape: Index) -> list[Index]:
    """A few entries: the first, the last, and one between."""
    every = list(np.ndindex(shape))
    return [*dict.fromkeys([every[0], every[-1], every[len(every) // 2]])]
