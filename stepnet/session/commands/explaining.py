"""Commands that say why a value is what it is, where it came from and what it fed."""

from __future__ import annotations

from stepnet.session import explanations
from stepnet.session.command import Command

EXPLAINING: tuple[Command, ...] = (
    Command(
        "explain",
        (),
        "explain",
        "Say what an entry was summed from: explain W1[0,2].",
        "explaining",
        "ENTRY",
        does=explanations.explain,
    ),
    Command(
        "inside",
        (),
        "inside",
        "Take the current statement's expression apart, inside out.",
        "explaining",
        does=explanations.inside,
    ),
    Command(
        "origin",
        ("o",),
        "origin",
        "Go to where an entry was made, as often as there is an earlier place.",
        "explaining",
        "ENTRY",
        does=explanations.origin,
    ),
    Command(
        "come-back",
        ("O",),
        "come back",
        "Come back from the place that origin went to.",
        "explaining",
        does=explanations.come_back,
    ),
    Command(
        "uses",
        ("u",),
        "uses",
        "Say which values of this iteration were computed from an entry.",
        "explaining",
        "ENTRY",
        does=explanations.used,
    ),
)
