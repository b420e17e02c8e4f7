"""What a user asked for and cannot have, said so that they can mend it."""

from __future__ import annotations


class CommandError(Exception):
    """A command line that cannot be carried out; nothing has changed."""

    def __init__(self, message: str, line: str = "", column: int = -1, advice: str = "") -> None:
        self.message = message
        self.advice = advice
        shown = [message]
        if line and column >= 0:
            shown += [f"    {line}", f"    {' ' * column}^"]
        if advice:
            shown.append(f"  {advice}")
        super().__init__("\n".join(shown))


class ScriptRaised(CommandError):
    """What was asked for lies behind the script's own error."""
