"""Commands that say where a run stops by itself."""

from __future__ import annotations

from stepnet.session.command import Command
from stepnet.session.stops import keeping
from stepnet.session.stops.tensors import KINDS

STOPPING: tuple[Command, ...] = (
    Command(
        "break",
        ("b", "F9"),
        "break",
        "Stop at a line, a name, an address or a phase, if a condition holds; "
        "b sets one at the cursor and takes it away.",
        "stopping",
        '[PLACE] [when EXPR] [hits N] [log "TEXT {EXPR}"]',
        does=keeping.set_breakpoint,
    ),
    Command(
        "on-change",
        ("W",),
        "stop on change",
        "Stop when a name, an entry or an expression changes.",
        "stopping",
        "EXPR [when EXPR] [hits N]",
        does=keeping.set_data_breakpoint,
    ),
    Command(
        "stop-on",
        (),
        "stop on",
        "Stop when a tensor goes wrong: " + ", ".join(kind.name for kind in KINDS) + ".",
        "stopping",
        "CONDITION [BOUND] [for NAMES]",
        does=keeping.set_condition,
    ),
    Command(
        "edit-break",
        ("B",),
        "edit break",
        "Write a breakpoint anew, at its number; B begins with the one at the cursor.",
        "stopping",
        "NUMBER PLACE [when EXPR] [hits N]",
        does=keeping.changed,
    ),
    Command(
        "breakpoints",
        (),
        "breakpoints",
        "List all breakpoints.",
        "stopping",
        does=keeping.listed,
    ),
    Command(
        "unbreak",
        (),
        "remove break",
        "Take breakpoints away: their numbers, a place, or all.",
        "stopping",
        "NUMBER",
        does=keeping.removed,
    ),
    Command(
        "enable",
        (),
        "enable",
        "Let disabled breakpoints stop the run again.",
        "stopping",
        "NUMBER",
        does=keeping.enabled,
    ),
    Command(
        "disable",
        (),
        "disable",
        "Keep breakpoints without stopping at them.",
        "stopping",
        "NUMBER",
        does=keeping.disabled,
    ),
)
