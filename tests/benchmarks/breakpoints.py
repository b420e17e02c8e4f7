"""``continue`` past breakpoints that never stop it, beside CPython and beside the library's bdb."""

import bdb
import contextlib
import io
from collections.abc import Callable, Iterator

from stepnet.machine.machine import Machine
from stepnet.session.session import Session
from stepnet.source.script import Script
from tests.benchmarks.measure import processor_time, side_by_side
from tests.benchmarks.scripts import Subject, cpython, repeats, subjects
from tests.benchmarks.table import Row, ratio_row

TARGET = 1.1
ROUNDS = 3
NEVER = "-1e9"


def rows() -> Iterator[Row]:
    """For each script: one that is never hit, one whose condition never holds, a value watched."""
    for subject in subjects():
        if subject.name in ("trask_neuron", "regressor", "finite_differences"):
            yield from _rows(subject)


def _rows(subject: Subject) -> Iterator[Row]:
    script = subject.script
    opened = Session(script)
    loss = opened.program.loss
    line = next(part.line for part in opened.program.statements if loss in part.targets)
    parameter = next(name for name, role in opened.roles.of.items() if role == "parameter")
    plain = cpython(script)
    times = range(repeats(plain))
    condition = f"break {line} when {loss} < {NEVER}"
    cases = (
        ("never hit", f"break 1000000/{line}", plain, TARGET),
        ("condition", condition, plain, TARGET),
        ("condition, and bdb", condition, _bdb(script, line, f"{loss} < {NEVER}"), None),
        ("on change, never", f"on-change {parameter} hits 1000000000", plain, None),
    )
    for what, command, other, target in cases:
        opened.stoppers = ()
        opened.do(command)

        def ours() -> float:
            return sum(processor_time(_continued(opened)) for _ in times)

        def theirs(other: Callable[[], None] = other) -> float:
            return sum(processor_time(other) for _ in times)

        compared = side_by_side(ours, theirs, ROUNDS)
        yield ratio_row(f"{subject.name}: {what}", compared, target)


def _continued(opened: Session) -> Callable[[], None]:
    """What runs a script on from its start, past the breakpoint that is set."""
    opened.machine = Machine(opened.program)

    def run() -> None:
        stop = opened.do("continue")
        assert stop.reason == "end", stop

    return run


class _Debugger(bdb.Bdb):
    """Goes on at once wherever it stops."""

    def user_line(self, frame: object) -> None:
        self.set_continue()


def _bdb(script: Script, line: int, condition: str) -> Callable[[], None]:
    """What runs a script under the standard library's debugger with the same condition."""
    path = bdb.Bdb().canonic(str(script.path))
    code = compile(script.path.read_text(encoding="utf-8"), path, "exec")

    def run() -> None:
        debugger = _Debugger()
        refused = debugger.set_break(path, line, cond=condition)
        assert refused is None, refused
        with contextlib.redirect_stdout(io.StringIO()):
            debugger.run(code, {"__name__": "__main__", "__file__": path})
        debugger.clear_all_breaks()

    return run
