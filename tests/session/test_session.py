"""A session from Python: what a test or a notebook calls."""

import subprocess
import sys

import numpy as np
import pytest

import stepnet
from stepnet.session.errors import CommandError
from stepnet.session.session import Session
from tests.session.opening import NET, session


def test_a_session_is_opened_stepped_and_asked() -> None:
    opened = stepnet.Session.open("trask_neuron")
    assert (opened.stop.reason, opened.stop.address) == ("entry", "@0")
    assert opened.goto("3/dE_dw").reason == "goto"
    assert opened.shape("dE_dw") == (3, 1)
    assert opened.verdict("dE_dw") == "exact"
    assert [claim.verdict for claim in opened.claims()] == ["exact"] * 4
    assert opened.value("E") == pytest.approx(0.42324, abs=5e-6)
    assert opened.back(2).address == "3/dyhat_ds"
    assert opened.step(2).address == "3/dE_dw"
    assert opened.until("s").address == "4/s"
    assert opened.over().address == "4/y_hat"
    assert opened.run().reason == "end"
    assert opened.do("restart").reason == "entry"


def test_a_value_is_a_copy_that_the_run_does_not_change() -> None:
    opened = session(NET)
    opened.goto("1.1/d_b")
    before = opened.value("w")
    opened.step()
    assert opened.stop.address == "1.1/w"
    assert not np.array_equal(before, opened.value("w"))
    before[:] = np.nan
    assert np.isfinite(opened.value("w")).all()


def test_what_cannot_be_done_raises_and_changes_nothing() -> None:
    opened = session(NET)
    opened.goto("1.2/d_s")
    for wrong in (
        lambda: opened.value("W9"),
        lambda: opened.goto("9"),
        lambda: opened.verdict("y"),
    ):
        with pytest.raises(CommandError):
            wrong()
    assert opened.position.address == "1.2/d_s"
    with pytest.raises(CommandError) as error:
        opened.verdict("y")
    assert str(error.value) == (
        "y is no gradient of this iteration\n  Gradients here are d_b, d_s, d_w, d_y_hat."
    )


def test_importing_stepnet_loads_nothing_and_offers_the_session() -> None:
    check = (
        "import sys, stepnet; assert 'numpy' not in sys.modules;"
        "from stepnet import Session; print(Session.__module__, stepnet.__all__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == f"{Session.__module__} ['Session']"
    with pytest.raises(AttributeError):
        stepnet.Sesion  # noqa: B018  # the attribute is what is asked for
