"""A small table: columns as wide as their widest cell, some of which give way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.lines import Line, Run, cell_count, cut_text

SPACE = "  "
NARROWEST = 6
"""A column that gives way and would be narrower than this is left out."""
SHORTEST_NAME = 8
"""The first column, which names the row, keeps at least this."""


class Table:
    """Rows of text measured once, laid out for any width."""

    def __init__(
        self,
        rows: Sequence[tuple[str, ...]],
        gives_way: tuple[int, ...],
        cut: Callable[[str, int], str] = cut_text,
    ) -> None:
        self.rows = rows
        self.cut = cut
        """How the first column is cut where it has to be."""
        self.gives_way = gives_way
        self._widths = [max(map(cell_count, column)) for column in zip(*rows, strict=True)]

    def line(self, index: int, roles: tuple[str, ...], width: int) -> Line:
        """Row `index` in `width` cells.

        If the table is too wide, the columns that give way shrink one after another, to nothing if
        they must, then the gaps and the first column; the last one takes what is left and is cut
        with an ellipsis.
        """
        widths = list(self._widths)
        for place in self.gives_way:
            used = [size for size in widths if size]
            over = sum(used) + len(SPACE) * (len(used) - 1) - width
            if over > 0:
                shrunk = widths[place] - over
                widths[place] = shrunk if shrunk >= NARROWEST else 0
        space = SPACE
        over = sum(widths) + len(SPACE) * (len([w for w in widths if w]) - 1) - width
        if over > 0:
            space = SPACE[:1]
            over -= len([size for size in widths if size]) - 1
            widths[0] = max(widths[0] - max(over, 0), min(widths[0], SHORTEST_NAME))
        runs: list[Run] = []
        left = width
        last = max((place for place, size in enumerate(widths) if size), default=0)
        for place, (text, role, size) in enumerate(
            zip(self.rows[index], roles, widths, strict=True)
        ):
            if size == 0 or left <= 0:
                continue
            size = min(size, left) if place < last else left
            shown = cut_text(text, size) if place else self.cut(text, size)
            gap = space if place < last else ""
            runs.append((shown + " " * (size - cell_count(shown)) + gap, role))
            left -= size + len(gap)
        return tuple(runs)
