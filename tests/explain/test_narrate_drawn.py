"""Networks drawn at random whose backward pass is right are accused of nothing."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from stepnet.explain.narrate import table
from stepnet.explain.narrate.scene import Scene
from stepnet.session.session import Session
from stepnet.source.script import script_from_text
from tests.calculus.drawn_networks import Network, networks
from tests.explain.telling import stops

ACCUSATIONS = (
    "Too early", "has been changed in line", "is no slope", "no ReLU was given", "Broadcast",
    "is minus the gradient", "goes downhill only if",
)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(networks())
def test_a_right_network_is_accused_of_nothing(network: Network) -> None:
    raised: list[Exception] = []
    narrated = table.narrated

    def watched(scene: Scene) -> tuple[str, ...]:
        try:
            return narrated(scene)
        except Exception as error:
            raised.append(error)
            raise

    session = Session(script_from_text("drawn", network.text, Path("/nowhere/drawn.py")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "narrated", watched)
        told = stops(session, 60)
    assert not raised
    for statement, sentences in told:
        for sentence in sentences:
            assert not any(words in sentence for words in ACCUSATIONS), f"{statement}: {sentence}"
