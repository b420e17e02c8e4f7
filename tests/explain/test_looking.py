"""Whatever is looked at, nothing of the run changes by it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import numpy as np
import pytest

from stepnet.session.errors import CommandError
from stepnet.session.explaining import entry_view, origin_view, tree_view, use_views
from stepnet.session.session import Session
from stepnet.session.step_pane import step_view
from tests.generated.test_scripts import sample
from tests.machine.fingerprint import fingerprint, first_difference
from tests.session.opening import session

OUTPUTS = """\
import numpy as np

rng = np.random.default_rng(1)
x = np.array([1.0, -2.0, 3.0])
np.negative(x, out=x)
np.negative(x, x)
y = np.exp(x, out=x) + 1
x.clip(0.1, 5.0, x)
np.add(x, 1, out=x, where=np.array([True, False, True]))
z = rng.normal(size=3)[::-1]
x[rng.integers(3)] += rng.normal()
pair = [rng.random(2)[0], np.random.random()]
w = np.sum(x * z)
"""


def looked(opened: Session, name: str, index: tuple[int, ...]) -> None:
    """Look in every way there is."""
    looks: tuple[Callable[[], object], ...] = (
        lambda: entry_view(opened, name, index),
        lambda: origin_view(opened, name, index, depth=2, width=2),
        lambda: use_views(opened, name, index),
        lambda: tree_view(opened),
        lambda: step_view(opened),
    )
    for look in looks:
        with suppress(CommandError):
            look()


@pytest.mark.parametrize("text", [OUTPUTS, *sample(70)[65:68]], ids=range(4))
def test_a_run_that_is_looked_at_is_the_run_that_is_not(text: str) -> None:
    plain, watched = session(text), session(text)
    choose = np.random.default_rng(2)
    while plain.machine.tick < 80 and plain.machine.step():
        assert watched.machine.step()
        names = [
            name
            for name, value in watched.machine.names.items()
            if isinstance(value, np.ndarray | float) and not name.startswith((".", "__"))
        ]
        for name in choose.permutation(names)[:1]:
            value = np.asarray(watched.machine.names[str(name)])
            if value.size:
                looked(watched, str(name), tuple(int(choose.integers(n)) for n in value.shape))
        changed = first_difference(fingerprint(plain.machine), fingerprint(watched.machine))
        assert not changed
