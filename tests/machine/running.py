"""Scripts, run by the machine in every way it can, and what CPython has to say about the result."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from stepnet.machine.frame import is_hidden
from stepnet.machine.keeper import Policy
from stepnet.machine.machine import Budget, Machine
from stepnet.machine.travel import finish, run_through
from stepnet.source.instruction import Program
from stepnet.source.program import compile_program
from stepnet.source.script import open_script, script_from_text

MOST = 200_000
"Steps after which a script that should be short is taken to run for ever."


def machine(
    text: str,
    path: Path = Path("/nowhere/script.py"),
    *,
    budget: Budget | None = None,
    policy: Policy | None = None,
) -> Machine:
    """A machine at the start of a script."""
    return Machine(compiled(text, path), budget=budget, policy=policy)


@lru_cache(maxsize=8)
def compiled(text: str, path: Path) -> Program:
    """A script as a program: the dearest part of a short run, so several machines share it."""
    if path.suffix == ".ipynb":
        return compile_program(open_script(str(path)))
    return compile_program(script_from_text(path.stem, text, path))


def stepped(made: Machine) -> Machine:
    """The same machine at its end, or at the script's error, one instruction at a time."""
    for _ in range(MOST):
        if not made.step():
            return made
    raise AssertionError("the script does not end")


def run(made: Machine) -> Machine:
    """The same machine at its end, or at the script's error, by way of the fused code."""
    finish(run_through(made))
    return made


def script_names(made: Machine) -> Mapping[str, object]:
    """The names of the script's top level."""
    return {name: value for name, value in made.world.names.items() if not is_hidden(name)}


def fault_text(made: Machine) -> str:
    """``12 ValueError: message``; ``""`` where there is no fault."""
    fault = made.fault
    return f"{fault.statement.line} {fault.kind}: {fault.message}" if fault else ""
