"""Commands about how a matrix is looked at: in the pane that has the focus, else in Step."""

from __future__ import annotations

from stepnet.session.command import Command

_ROWS = (
    ("more-digits", ".", "more digits", "Show the entries with one more decimal."),
    ("fewer-digits", ",", "fewer digits", "Show the entries with one decimal less."),
    ("shades", "#", "shades", "Show numbers, then shades, then both."),
    ("next-slice", ")", "next slice", "Show the next slice of a tensor."),
    ("previous-slice", "(", "previous slice", "Show the previous slice of a tensor."),
    ("next-outer", "+", "next outer", "The next slice along an axis further out."),
    ("previous-outer", "-", "previous outer", "The previous slice along an axis further out."),
    ("other-axes", "a", "other axes", "Take other axes of a tensor as rows and columns."),
)

MATRICES: tuple[Command, ...] = tuple(
    Command(name, (key,), label, help, "matrices", screen=True) for name, key, label, help in _ROWS
)
