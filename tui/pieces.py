"""A statement as operands and results with what stands between them.

X.T  @  dE_ds  =  dE_dw          np.dot( A , B )  =  C          w before  -  d  =  w
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.lines import cut_text
from tui.term import Piece, term_of

if TYPE_CHECKING:
    from stepnet.session.views import StepView

LONGEST_KEY = 24
"""An index that is longer is cut: the whole of it is in the title."""
BEFORE = " before"
"""Behind the name of a value that the statement has changed."""


def pieces_of(view: StepView) -> tuple[Piece, ...]:
    """The statement as operands and results with what stands between them."""
    before = {operand.text: operand.value for operand in view.before}
    pieces: list[Piece] = []
    last = len(view.operands) - 1
    opening, behind_first, closing = brackets(view.function, last)
    for index, operand in enumerate(view.operands):
        start = opening if index == 0 else view.operators[index - 1]
        if index == 1 and behind_first:
            start = ""
        end = (behind_first if index == 0 else "") + (closing if index == last else "")
        label = f"{operand.text}{BEFORE}" if operand.text in before else operand.text
        pieces.append(Piece(start, term_of(label, operand.shape, operand.value), end))
    if before and not any(operand.text in before for operand in view.operands):
        pieces = [
            Piece("", term_of(f"{old.text}{BEFORE}", old.shape, old.value)) for old in view.before
        ]
    for index, result in enumerate(view.results):
        start = "" if not pieces else "=" if index == 0 else ","
        if start == "=" and before and not view.operators:
            start = "→"
        old = before.get(result.text)
        pieces.append(Piece(start, term_of(result.text, result.shape, result.value, old)))
    return tuple(pieces)


def brackets(function: str, last: int) -> tuple[str, str, str]:
    """What stands before the first operand, behind it, and behind the last one.

    ``np.dot`` is called with the operands; ``.sum()`` on the first of them; ``.T`` and ``[0]``
    stand behind it; anything that is no name, such as ``-``, before it.
    """
    if not function:
        return "", "", ""
    if function.startswith(".") and function.endswith("()"):
        return "", function[:-1], ")"
    if function.startswith((".", "[")):
        return "", cut_text(function, LONGEST_KEY), ""
    if function[-1].isidentifier() or function[-1].isdigit():
        return f"{function}(", "", ")"
    return function, "", ""
