"""Commands that change what happens: edits, and the branches they make."""

from __future__ import annotations

from stepnet.session import branching, comparing, plotting
from stepnet.session.command import Command

BRANCHES: tuple[Command, ...] = (
    Command(
        "set",
        ("e",),
        "edit",
        "Give a name or an entry another value here, and go on from that in a branch: lr = 0.1.",
        "branches",
        "EDIT",
        does=branching.set_value,
    ),
    Command(
        "branches",
        (),
        "branches",
        "List the branches: where each forked, what was set, how far it has come.",
        "branches",
        does=branching.list_branches,
    ),
    Command(
        "branch",
        (),
        "branch",
        "Go to another branch, where it was left; main is the script as it is written.",
        "branches",
        "NAME",
        does=branching.branch_to,
    ),
    Command(
        "compare",
        (),
        "compare",
        "Compare with another branch here, or at an address: values, where they part, the loss.",
        "branches",
        "BRANCH [ADDRESS]",
        does=comparing.compare,
    ),
    Command(
        "plot",
        (),
        "plot",
        "Show a number over the iterations so far in the Timeline; alone, the loss again.",
        "branches",
        "[EXPR]",
        does=plotting.plot,
    ),
)
