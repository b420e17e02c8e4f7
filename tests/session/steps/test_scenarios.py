"""The scripts of `tests/steps`, one a scenario: the reference figures, found by stepping."""

from pathlib import Path

import pytest

from stepnet.session.steps.grammar import read_steps
from stepnet.session.steps.replay import replayed
from stepnet.session.steps.told import failure_text
from stepnet.source.builtin import builtin_scenarios

STEPS = Path(__file__).parents[2] / "steps"
LEAST = 15
"""A script that expects less says little."""


@pytest.mark.parametrize("scenario", [one.name for one in builtin_scenarios()])
def test_a_scenario_does_step_by_step_what_its_script_expects(scenario: str) -> None:
    outcomes = list(replayed(read_steps(STEPS / f"{scenario}.steps")))
    assert "\n".join(failure_text(made) for made in outcomes if made.word == "failed") == ""
    assert sum(made.word == "passed" for made in outcomes) >= LEAST
