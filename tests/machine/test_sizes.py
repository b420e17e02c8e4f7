"""Where the system would promise any amount of memory, a size is asked before it is used."""

import contextlib
import tracemalloc
from pathlib import Path

import pytest

from stepnet.machine.limits import Limits, Memory
from stepnet.machine.machine import Machine
from stepnet.machine.world import Given
from stepnet.source import bounded
from stepnet.source.program import compile_program
from stepnet.source.script import script_from_text
from tests.machine.agreement import quarrel
from tests.machine.running import stepped

TOO_LARGE = [
    "np.zeros((2000, 2000))", "np.ones(4_000_000)", "np.full((2000, 2000), 1.0)", "np.eye(2000)",
    "np.identity(2000)", "np.arange(4_000_000)", "np.linspace(0, 1, 4_000_000)", "np.tile(a, 2000)",
    "np.repeat(a, 2000)", "np.outer(a, a)", "np.random.rand(2000, 2000)",
    "np.random.normal(0, 1, size=(2000, 2000))", "a[:, None] + a", "a * a[:, None]",
    "a[:, None] @ a[None]", "[0] * 4_000_000", "4_000_000 * 'abcdefgh'",
]  # fmt: skip


@pytest.fixture
def promising(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that refuses nothing."""
    monkeypatch.setattr(bounded, "REFUSES", False)
    monkeypatch.setattr(Memory, "limited", lambda self: contextlib.nullcontext())


@pytest.mark.usefixtures("promising")
@pytest.mark.parametrize("expression", TOO_LARGE)
def test_what_is_too_large_is_refused_before_it_is_made(expression: str) -> None:
    text = f"import numpy as np\na = np.zeros(2000)\nx = {expression}\n"
    program = compile_program(script_from_text("net", text, Path("/nowhere/net.py")))
    made = Machine(program, given=Given(limits=Limits(bytes=16 << 20)))
    tracemalloc.start()
    stepped(made)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert made.fault is not None
    assert (made.fault.kind, made.fault.statement.line) == ("MemoryError", 3)
    assert made.fault.message == "Unable to allocate 30.5 MiB"
    assert most < 8 << 20
    assert made.undo()


@pytest.mark.usefixtures("promising")
def test_what_is_not_is_what_it_is_in_python(tmp_path: Path) -> None:
    text = """\
import numpy as np
np.random.seed(3)
a, b = np.arange(6.0).reshape(2, 3), np.eye(3)
c = [a @ b, a + b[0], a - 1, 2 * a, a / 3 % 2, a // 2, [1] * 3, "ab" * 2, "%d" % 5, 7 & 3 | 8 ^ 1]
d = [np.zeros(3, dtype=int), np.ones((2, 2)), np.tile(b, 2), np.repeat(a, 2, axis=0), np.diag(b)]
e = [np.random.rand(2), np.random.randn(2, 2), np.random.normal(size=3), np.random.random((2, 1))]
f = [np.arange(3), np.arange(1, 7, 2), np.linspace(0, 1, 3), np.full((2,), 7), np.random.randint(9)]
class V:
    def __add__(self, other):
        return ("added", other)
g = V() + 1
h = a @ a
"""
    assert quarrel(text, tmp_path / "script.py") is None
