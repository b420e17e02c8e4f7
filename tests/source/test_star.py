"""Star imports of numpy and math do what they do in Python."""

from pathlib import Path

import pytest

from tests.cpython import run_in_cpython
from tests.machine.running import machine, run

STARRED = {
    "over the builtins": """
from numpy import *
import sys, os
sys.path.append(os.pardir)
sys.path.insert(0, "lib")
def loss(points, w):
    total = 0
    for i in range(len(points)):
        sum = points[i, 1] - dot(w, points[i, :1])
        total += sum ** 2
    return total / float(len(points))
points = array([[1.0, 2.0], [2.0, 3.5]])
w = zeros(1)
for step in range(3):
    w = w - 0.1 * array([sum((points[:, 0] * w - points[:, 1]) * points[:, 0])])
    print(loss(points, w), max(points), abs(array([-1, 2])), pi)
print([exp(x) for x in [0.0, 1.0]], (lambda log: log + 1)(2))
""",
    "of two modules": """
from math import *
from numpy import *
print(sqrt(array([4.0, 9.0])), factorial(4))
""",
}


@pytest.mark.parametrize("name", STARRED)
def test_the_names_that_are_used_are_brought(name: str, tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_text(STARRED[name], encoding="utf-8")
    made = run(machine(STARRED[name], path))
    assert "".join(made.world.output) == run_in_cpython(path).output
