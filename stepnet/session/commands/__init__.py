"""Every command of stepnet, declared once: a table a group, put together here."""

from __future__ import annotations

from stepnet.session.command import Command
from stepnet.session.commands.branches import BRANCHES
from stepnet.session.commands.explaining import EXPLAINING
from stepnet.session.commands.general import GENERAL
from stepnet.session.commands.matrices import MATRICES
from stepnet.session.commands.moving import MOVING
from stepnet.session.commands.panes import PANES
from stepnet.session.commands.scripts import SCRIPTS
from stepnet.session.commands.stepping import STEPPING
from stepnet.session.commands.stopping import STOPPING
from stepnet.session.commands.watching import WATCHING

HELP = Command(
    "help", ("?",), "help", "Show every command and key.", "session", screen=True, footer=True
)

COMMANDS: tuple[Command, ...] = (
    HELP, *STEPPING, *MOVING, *STOPPING, *WATCHING, *EXPLAINING, *MATRICES, *BRANCHES, *PANES,
    *SCRIPTS, *GENERAL,
)  # fmt: skip
"""In the order of the footer, the help screen and the README."""
