"""No right statement is judged wrong, however the backward pass is written."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from tests.calculus.checking import findings_of, told
from tests.calculus.drawn_networks import Network, networks


@settings(max_examples=220, deadline=None, suppress_health_check=list(HealthCheck))
@given(networks())
def test_every_claim_of_a_right_backward_pass_is_right(network: Network) -> None:
    """Exact; scaled where the backward pass drops a factor on purpose."""
    allowed = {"exact", "scaled"} if network.factor else {"exact"}
    found = findings_of(network.text)
    bad = [f for f in found if f.verdict not in allowed and f.true is not None]
    claimed = [f for f in found if f.verdict != "unclaimed"]
    assert len(claimed) >= 2, network.text + told(found)
    assert not bad, network.text + "\n" + told(found)
