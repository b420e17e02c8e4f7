"""Branches of one machine: each is the run that stepping a machine of its own makes."""

import random

import pytest

from stepnet.machine import travel as journeys
from stepnet.machine.branch import Branch, abandon, fork, parted, switch
from stepnet.machine.machine import Budget, Edits, Machine
from stepnet.machine.travel import back, finish, run_through, travel
from stepnet.source.effects import changes
from stepnet.source.instruction import Run
from tests.machine.cases import trained
from tests.machine.fingerprint import Print, fingerprint, first_difference
from tests.machine.journeys import astray, moments
from tests.machine.running import machine
from tests.machine.test_going_back import STATEMENTS
from tests.machine.test_travel import TIGHT, TRAINING


def edit(made: Machine, text: str) -> Run:
    """An edit for the moment at which a machine stands, made the plainest way."""
    import ast

    from stepnet.source.mark import statement_code

    (node,) = ast.parse(text).body
    first = made.program.statements[0]
    return Run(
        first, statement_code(node), changes([node], {"np": "numpy"}).compiled(),
        made.frame.place, completes=False, value=None,
    )  # fmt: skip


def prints_of(text: str, edits: Edits) -> list[Print]:
    """Every moment of a branch, from a machine that has never been anywhere else."""
    alone = machine(text, policy=TIGHT)
    alone.edits = edits
    return moments(alone)


def wander(text: str, statements: list[str], seed: int, budget: Budget | None = None) -> str:
    """Fork here and there, go from one branch to another; says where one was not itself."""
    rolls = random.Random(seed)
    made = machine(text, policy=TIGHT, budget=budget)
    current = Branch("main", "", {}, 0)
    branches = [current]
    known = {"main": prints_of(text, {})}
    for number, statement in enumerate(statements):
        finish(run_through(made) if rolls.random() < 0.5 else iter(()))
        finish(travel(made, rolls.randint(0, len(known[current.name]) - 1)))
        forked = fork(made, current, str(number), current.name, edit(made, statement))
        if not made.step():  # the name has no value there
            made.fault = None
            abandon(made, current)
        else:
            current = forked
            branches.append(forked)
            known[forked.name] = prints_of(text, forked.edits)
        for _ in range(3):
            if found := astray(made, known[current.name], rolls, 4):
                return f"on {current.name} after {statement}: {found}"
            other = rolls.choice(branches)
            wanted = rolls.randint(0, len(known[other.name]) - 1)
            if other is not current:
                finish(switch(made, current, other, wanted))
                current = other
                if found := first_difference(known[other.name][wanted], fingerprint(made)):
                    return f"switched to {other.name} at {wanted}: {found}"
    return ""


@pytest.fixture(autouse=True)
def brief_history(monkeypatch: pytest.MonkeyPatch) -> None:
    """Journeys run through fused code nearly to their end, as in a script of millions of ticks."""
    monkeypatch.setattr(journeys, "HISTORY", 1)


SHORT = TRAINING.replace("range(40)", "range(3)")
EDITS = ["w[0] = 5", "w = w + 1", 'layers["b"][0][1] = 2.5', "losses.append(7)", "w[:] = 0"]


@pytest.mark.parametrize("seed", range(4))
def test_every_branch_is_at_every_moment_what_a_machine_of_its_own_would_be(seed: int) -> None:
    assert wander(SHORT, EDITS, seed) == ""


def test_checkpoints_of_all_branches_keep_to_one_budget() -> None:
    tight = Budget(checkpoints=3_000)
    assert wander(SHORT, EDITS, 7, tight) == ""


@pytest.mark.parametrize("name", sorted(STATEMENTS)[::9])
def test_whatever_a_script_changes_in_place_stays_apart(name: str) -> None:
    text = "import numpy as np\nextra = np.zeros(3)\n" + trained(STATEMENTS[name], 4)
    assert wander(text, ["extra[0] = 1", "extra = extra + 2"], len(name)) == ""


def test_going_back_takes_an_edit_back_and_going_on_does_it_again() -> None:
    made = machine(SHORT)
    main = Branch("main", "", {}, 0)
    finish(travel(made, 30))
    before = fingerprint(made)
    fork(made, main, "A", "main", edit(made, "w[0] = 5"))
    made.step()
    after = fingerprint(made)
    assert made.world.names["w"][0] == 5  # type: ignore[index]  # an array
    assert back(made)
    assert first_difference(before, fingerprint(made)) == ""
    assert made.step()
    assert first_difference(after, fingerprint(made)) == ""
    assert made.steps(5) == 5
    finish(travel(made, 0))
    finish(travel(made, 31))
    assert first_difference(after, fingerprint(made)) == ""


def test_two_branches_part_at_the_first_edit_that_only_one_has() -> None:
    made = machine(SHORT)
    main = Branch("main", "", {}, 0)
    finish(travel(made, 30))
    first = fork(made, main, "A", "main", edit(made, "w[0] = 5"))
    made.step()
    finish(travel(made, 60))
    second = fork(made, first, "B", "A", edit(made, "w[0] = 6"))
    assert parted(main, first) == parted(second, main) == 30
    assert parted(first, second) == 60
