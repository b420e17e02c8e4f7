"""What CPython makes of a script, compared with what the machine made of it."""

import sys
import traceback
from pathlib import Path
from types import FrameType

from stepnet.machine.machine import Machine
from stepnet.source.instruction import Reraise
from tests.cpython import Run, names_difference, run_in_cpython
from tests.machine.running import script_names


def disagreement(made: Machine, path: Path, run: Run | None = None) -> str | None:
    """Where a machine that has run to its end differs from CPython; None where it does not."""
    run = run or run_in_cpython(path)
    if isinstance(run.error, SystemExit) and made.ending is None:
        return "only CPython exits"
    if run.error is None or isinstance(run.error, SystemExit):
        if made.fault is not None:
            return f"only the machine raises: {made.fault.kind}: {made.fault.message}"
        if made.output != run.output:
            return f"printed {made.output!r} against {run.output!r}"
        found = names_difference(script_names(made), run.names)
        if found is None and "np.random.seed(" in made.program.text:
            state = {"generator": made.world.random.get_state(legacy=False)}
            found = names_difference(state, {"generator": dict(run.random_state)})
        return found
    if made.fault is None:
        return f"only CPython raises: {run.error!r}"
    said = f"{type(run.error).__name__}: {run.error}"
    if f"{made.fault.kind}: {made.fault.message}" != said:
        return f"raises {made.fault.kind}: {made.fault.message} against {said}"
    lines = _lines(run.error, path)
    statement = made.fault.statement
    if not any(statement.line <= line <= statement.end_line for line in lines):
        return f"raises on line {statement.line} against {lines}"
    if not run.output.startswith(made.output):
        return f"printed {made.output!r} before the error against {run.output!r}"
    if isinstance(made.upcoming, Reraise):  # what stands in a finally has run
        return names_difference(script_names(made), run.names)
    return _before_the_error(made, path)


def _lines(error: BaseException, path: Path) -> list[int]:
    frames = traceback.extract_tb(error.__traceback__)
    return [frame.lineno or 0 for frame in frames if frame.filename == str(path)]


def _before_the_error(made: Machine, path: Path) -> str | None:
    """Compare the names with those that CPython has just before the statement that raises."""
    statement = made.program.statements
    fault = made.fault
    assert fault is not None
    here = [part for part in statement if part.line == fault.statement.line]
    place, instructions = made.frame.place, made.frame.unit.instructions
    halfway = place > 0 and instructions[place - 1].statement is fault.statement
    halfway |= made.frame.unit.name.endswith(">")
    if len(here) > 1 or halfway or fault.statement.end_line > fault.statement.line:
        return None  # the statement is not alone on its line, or a part of it has run already
    times = _Watch(path, fault.statement.line, 0, made)
    times.run()
    again = _Watch(path, fault.statement.line, times.seen, made)
    again.run()
    return again.found


class _Watch:
    """Runs a script under a trace and compares the names the n-th time a line begins."""

    def __init__(self, path: Path, line: int, time: int, made: Machine) -> None:
        self.path, self.line, self.time, self.made = path, line, time, made
        self.seen = 0
        self.found: str | None = None

    def run(self) -> None:
        before = sys.gettrace()
        sys.settrace(self._trace)  # type: ignore[arg-type]  # a trace function may return None
        try:
            run_in_cpython(self.path)
        finally:
            sys.settrace(before)

    def _trace(self, frame: FrameType, event: str, argument: object) -> object:
        if frame.f_code.co_filename != str(self.path):
            return None
        own = frame.f_code.co_name == "<module>" or not frame.f_code.co_name.startswith("<")
        if event == "line" and frame.f_lineno == self.line and own:
            self._line(frame)
        return self._trace

    def _line(self, frame: FrameType) -> None:
        self.seen += 1
        if self.seen == self.time:
            self.found = names_difference(script_names(self.made), frame.f_globals)
