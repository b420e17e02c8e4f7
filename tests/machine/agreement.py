"""One script, run in every way and both directions, against CPython: the whole promise at once."""

from pathlib import Path

from tests.cpython import run_in_cpython
from tests.machine.fingerprint import fingerprint, first_difference
from tests.machine.oracle import disagreement
from tests.machine.running import machine, run, stepped


def quarrel(text: str, path: Path) -> str | None:
    """What is wrong with the machine on this script, which is written to `path`; None if nothing.

    Stepped and run through it ends as CPython does, after the same ticks, and stepping back
    restores every moment on the way.
    """
    path.write_text(text, encoding="utf-8")
    theirs = run_in_cpython(path)
    through = run(machine(text, path))
    if found := disagreement(through, path, theirs):
        return f"run through: {found}"
    made = machine(text, path)
    prints = [fingerprint(made, hidden=True)]
    while made.step():
        prints.append(fingerprint(made, hidden=True))
    if found := disagreement(made, path, theirs):
        return f"stepped: {found}"
    if made.tick != through.tick:
        return f"{made.tick} ticks stepped, {through.tick} run through"
    if found := first_difference(fingerprint(made), fingerprint(through)):
        return f"the end is another one: {found}"
    for tick in range(len(prints) - 2, -1, -1):
        if not made.undo():
            return f"nothing to undo at tick {tick + 1}"
        if found := first_difference(prints[tick], fingerprint(made, hidden=True)):
            return f"undoing tick {tick + 1}: {found}"
        if tick % 5 == 0:
            made.step()
            if found := first_difference(prints[tick + 1], fingerprint(made, hidden=True)):
                return f"doing tick {tick + 1} again: {found}"
            made.undo()
    stepped(made)
    if fingerprint(made, hidden=True) != prints[-1]:
        return "another end the second time"
    return None
