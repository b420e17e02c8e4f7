"""Networks as people publish them, unmodified: the machine ends as CPython does, and goes back."""

import random
from pathlib import Path

import pytest

from stepnet.machine.keeper import Policy
from tests.cpython import run_in_cpython
from tests.machine.fingerprint import fingerprint, first_difference
from tests.machine.journeys import astray, moments
from tests.machine.oracle import disagreement
from tests.machine.running import machine, run, stepped

PUBLISHED = sorted((Path(__file__).parent.parent / "corpus").glob("*.*py*"))
BACK = 150
"How many steps are taken back from the end."


def test_there_are_many() -> None:
    assert len(PUBLISHED) >= 14


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_ends_as_cpython_does_stepped_and_run_through(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    theirs = run_in_cpython(path)
    assert theirs.error is None
    assert theirs.output
    through = run(machine(text, path))
    assert disagreement(through, path, theirs) is None
    made = stepped(machine(text, path))
    assert disagreement(made, path, theirs) is None
    assert made.tick == through.tick
    before = [fingerprint(made)]
    for _ in range(BACK):
        assert made.undo()
        if len(before) < 4:
            before.append(fingerprint(made))
    for was in reversed(before):
        while made.tick < through.tick - before.index(was):
            made.step()
        assert first_difference(was, fingerprint(made)) == ""


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_travels_to_every_tick_of_its_beginning(path: Path) -> None:
    made = machine(path.read_text(encoding="utf-8"), path, policy=Policy(stride=40, patience=40))
    prints = moments(made, most=250)
    assert astray(made, prints, random.Random(path.stem), 8, through=False) is None
