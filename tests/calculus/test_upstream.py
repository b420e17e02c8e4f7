"""A backward pass that is tried alone: the made up gradient it begins with says of which loss."""

from __future__ import annotations

from pathlib import Path

from stepnet.session.checking import Report, reports
from tests.calculus.checking import opened

NORM = (Path(__file__).parent / "networks" / "alone" / "norm.py").read_text(encoding="utf-8")


def _checked(text: str) -> Report:
    return reports(opened(text), ())[0]


def test_the_derivatives_of_what_a_layer_gives_are_recognised() -> None:
    report = _checked(NORM)
    assert report.implied == "no loss is computed: dout makes it Σ out·dout"
    assert {part.verdict for part in report.findings} == {"exact"}
    by_name = {part.name: part.claim for part in report.findings}
    assert by_name["dgamma"] == "∂loss/∂gamma"
    assert by_name["dxhat"] == "∂loss/∂xhat"


def test_a_mistake_in_it_is_found() -> None:
    report = _checked(
        NORM.replace("dxhat = dout * gamma", "dxhat = dout * beta_").replace(
            "xhat, gamma, var, eps = cache", "xhat, gamma, var, eps = cache\n    beta_ = gamma + 1"
        )
    )
    found = {part.name: part.verdict for part in report.findings}
    assert (found["dxhat"], found["dgamma"]) == ("wrong", "exact")


def test_a_count_called_like_a_gradient_is_none() -> None:
    names = {part.name for part in _checked(NORM).findings}
    assert not names & {"d_model", "d_k"}


def test_a_difference_in_a_forward_pass_implies_no_loss() -> None:
    text = NORM.replace("dout", "given")
    assert {part.verdict for part in _checked(text).findings} <= {"unclaimed"}


def test_nothing_is_said_of_updates_where_nothing_trains() -> None:
    assert _checked(NORM).forgotten == ()
