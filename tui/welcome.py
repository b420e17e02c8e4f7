"""What the Step pane shows where there is no step: the introduction, and the script's own error."""

from __future__ import annotations

from tui.lines import Line, wrap


def fault_lines(fault: str, width: int) -> list[Line]:
    """The script's own error, where nobody can miss it; code and caret keep their columns."""
    lines: list[Line] = [((" ✗ The script raised an error ".ljust(width), "alert"),)]
    for text in fault.splitlines():
        parts = [text] if text.startswith("    ") else wrap(text, width - 3)
        lines += [(("▌ ", "bad"), (part, "bad")) for part in parts]
    lines.append(())
    return lines


def welcome_lines(welcome: tuple[str, ...], width: int) -> list[Line]:
    """What is shown before anything ran: the script's own introduction."""
    title, introduction, notes = welcome
    lines: list[Line] = [(), ((f"  {title}", "strong"),), ()]
    for paragraph in introduction.split("\n\n"):
        text = " ".join(paragraph.split())
        lines += [((f"  {part}", ""),) for part in wrap(text, width - 4)]
        lines.append(())
    for note in notes.splitlines():
        lines += [*(((f"  {part}", "dim"),) for part in wrap(note, width - 4)), ()]
    lines.append((("  s runs the first statement, ? shows every key.", "dim"),))
    return lines
