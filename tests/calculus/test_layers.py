"""Networks of layers and optimisers, in the style of small packages."""

from pathlib import Path

from tests.calculus.checking import findings_of, told

TEXT = Path(__file__).parent / "networks" / "right" / "layers_and_optimisers.py"


def test_each_layer_is_judged_by_its_own_parameters_and_the_optimiser_by_nothing() -> None:
    found = findings_of(TEXT.read_text(encoding="utf-8"))
    assert {finding.verdict for finding in found} == {"exact", "unclaimed"}, told(found)
    exact = {finding.name for finding in found if finding.verdict == "exact"}
    assert {'self.grads["w"]', 'self.grads["b"]', "d_loss", "grad"} <= exact
    assert not any("speed" in finding.name for finding in found)
