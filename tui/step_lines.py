"""What the Step pane says of a statement: in its title, and below the values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len

from tui.lines import Line, cut_text, wrap
from tui.portrait import portrait_line
from tui.term import Term

if TYPE_CHECKING:
    from stepnet.session.views import StepView

ONLY_A_SHAPE = re.compile(r"\s*[(\[][\d\s,x×]*[)\]][.\s]*")
"""A comment that says no more than the shape, which is shown anyway."""


def title_parts(view: StepView, room: int) -> tuple[str, str, bool]:
    """Statement and claim as they fit into the title, and whether the statement was cut.

    The verdict gives way first and the claim next: both stand in the Chain rule pane too.
    """
    rights = [" ".join(word for word in (view.claim, view.verdict) if word), view.claim, ""]
    for right in rights:
        if cell_len(view.statement) + cell_len(right) <= room:
            return view.statement, right, False
    right = view.claim if room >= 3 * cell_len(view.claim) else ""
    return cut_text(view.statement, max(room - cell_len(right), 8)), right, True


def said_below(view: StepView, last: Term | None, width: int, *, roomy: bool) -> list[Line]:
    """What is said of the values: the last one's portrait, shapes, what changed, the comment."""
    below: list[Line] = []
    if last is not None:
        below += portrait_line(last, width, in_full=roomy)
    below += [
        ((f"  {text}", "shape"),)
        for operation in view.arithmetic
        for text in wrap(operation, width - 3)
    ]
    if view.changed:
        below.append(((f"  {view.changed}", "changed"),))
    comments = [text for text in view.narration if not ONLY_A_SHAPE.fullmatch(text)]
    if comments:
        below += [()] if roomy and below else []
        for comment in comments:
            below += [((f"  {text}", "narration"),) for text in wrap(comment, width - 3)]
    if view.why:
        below += [()] if roomy and below else []
        for sentence in view.why:
            below += [((f"  {text}", ""),) for text in wrap(sentence, width - 3)]
    return below
