"""``expect`` typed at the prompt: the language of scripts, wherever the program stands."""

import pytest

from stepnet.session.errors import CommandError
from tests.session.opening import NET, at

REFUSED = {
    "expect loss < 0": "loss is not below 0\n  found 0.48",
    "expect d_w ~= 0 +- 1e-9": "d_w is not 0 +- 1e-9\n  found [[",
    "expect loss ~= 1": "~= does not say how near\n    loss ~= 1\n             ^\n  Write how",
    "expect W9 < 3": "no name 'W9'",
}


def test_what_holds_is_said_and_nothing_moves() -> None:
    opened = at(NET, "1.2/d_w")
    stop = opened.do("expect shape d_w == (2, 1)")
    assert (stop.reason, stop.address) == ("goto", "1.2/d_w")
    assert stop.text == "it holds: shape d_w == (2, 1)"
    assert opened.do("expect d_w is exact").text == "it holds: d_w is exact"


@pytest.mark.parametrize("line", REFUSED)
def test_what_does_not_hold_is_told(line: str) -> None:
    opened = at(NET, "1.2/d_w")
    with pytest.raises(CommandError) as error:
        opened.do(line)
    assert str(error.value).startswith(REFUSED[line])
    assert opened.position.address == "1.2/d_w"
