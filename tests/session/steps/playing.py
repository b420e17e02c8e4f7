"""Scripts written for a test, played without a screen."""

from pathlib import Path

from stepnet.session.steps.grammar import read_steps
from stepnet.session.steps.replay import Outcome, replayed
from stepnet.session.steps.told import failure_text

PROGRAM = """\
import numpy as np
w = np.array([[1.0], [2.0]])
n = 3
name = "relu"
for epoch in range(4):
    # %% forward
    y = np.ones((1, 2)) @ w
    # %% loss
    loss = 0.5 * np.sum(y ** 2)
    # %% backward
    dloss_dy = y
    dloss_dw = np.ones((2, 1)) @ dloss_dy
    # %% update
    w -= 0.1 * dloss_dw
    print(f"epoch {epoch}")
"""
FAULTY = """\
import numpy as np
a = np.ones(3)
b = np.ones(4)
c = a @ b
"""


def written(folder: Path, text: str, name: str = "test.steps") -> Path:
    """A script beside its programs; without a header it is given one, and what it opens."""
    (folder / "net.py").write_text(PROGRAM, encoding="utf-8")
    (folder / "faulty.py").write_text(FAULTY, encoding="utf-8")
    if not text.startswith("steps"):
        text = f"steps 1\nopen net.py\n{text}"
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def play(folder: Path, text: str) -> list[Outcome]:
    """What becomes of each line."""
    return list(replayed(read_steps(written(folder, text), "test.steps")))


def failures(folder: Path, text: str) -> str:
    """What is told of the lines that fail, but for how the program is opened."""
    told = [failure_text(made) for made in play(folder, text) if made.word == "failed"]
    lines = "\n".join(told).splitlines()
    return "\n".join(line for line in lines if not line.startswith("  open "))
