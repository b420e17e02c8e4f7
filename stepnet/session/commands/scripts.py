"""Commands about ``.steps`` scripts."""

from __future__ import annotations

from stepnet.session import expecting
from stepnet.session.command import Command

SCRIPTS: tuple[Command, ...] = (
    Command(
        "expect",
        (),
        "expect",
        "Say what must hold here: E ~= 0.62 +- 1e-2, shape w == (3, 1), dE_dw is exact.",
        "scripts",
        "EXPECTATION",
        does=expecting.expect,
    ),
    Command(
        "record",
        (),
        "record",
        "Write what is done and seen from here on to a .steps script; record off ends it.",
        "scripts",
        "FILE",
        does=expecting.record,
    ),
)
