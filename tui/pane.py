"""A pane: a titled frame around lines of text, on Textual's Line API.

    ╭ Chain rule   F7 Output ──────────────╮   title, and the panes that share this place
    │ ▶ ∂E/∂w   (3,1)   -0.25 … 0.00       │   lines, asked for only if they are visible
    ╰───────────────────────────── 1–6 of 9 ╯   what part is seen, where it is not all

The frame is drawn here and not by CSS because its title has a left and a right end and because a
focused pane has a heavier frame, which also shows without colour. Scrolling is a number of our own:
Textual's ``virtual_size`` would lay the whole screen out again whenever a content's height changes,
which here is at every step. Only rows whose line differs from the one on the screen are painted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.lines import Line, both_ends, fit, width_of
from tui.sight import Sight
from tui.theme import style

if TYPE_CHECKING:
    from stepnet.session.session import Session

LIGHT_FRAME = tuple("╭─╮│╰╯")
HEAVY_FRAME = tuple("┏━┓┃┗┛")
WHEEL = 3
"""Lines that a notch of the mouse wheel scrolls."""


@dataclass(frozen=True, eq=False)
class Chosen:
    """A value that somebody wants to see whole."""

    label: str
    """A name, or the text of an expression."""
    value: object
    sight: Sight = field(default_factory=Sight)
    """How it is looked at already."""


class Pane(Widget, can_focus=True):
    """A framed, scrolling list of lines."""

    TITLE: ClassVar[str] = ""
    ABOUT: ClassVar[str] = ""
    """What the pane shows and what its own keys do, for the help screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "up", show=False),
        Binding("down,j", "move(1)", "down", show=False),
        Binding("pageup", "page(-1)", "a page up", show=False),
        Binding("pagedown,space", "page(1)", "a page down", show=False),
        Binding("home", "edge(-1)", "to the start", show=False),
        Binding("end", "edge(1)", "to the end", show=False),
        Binding("left", "sideways(-4)", "left", show=False),
        Binding("right", "sideways(4)", "right", show=False),
    ]

    def __init__(self, name: str) -> None:
        super().__init__(id=name)
        self.top = 0
        self.left = 0
        self._mates: tuple[tuple[str, str], ...] = ()
        self._lines: list[Line] = []
        self._strips: list[Strip | None] = []
        self._drawn: Size | None = None
        self._look = ""

    # What a pane says about itself.

    def read(self, session: Session) -> None:
        """Take what this pane shows from the session; called after every stop while visible."""

    def glance(self, session: Session) -> bool:
        """Take what can be told in the middle of a long run; False if that is nothing."""
        return False

    def heading(self) -> tuple[Line, Line]:
        """The left and the right end of the title."""
        return ((self.TITLE, "title"),), ()

    def line_count(self) -> int:
        """How many lines there are."""
        return 0

    def line(self, index: int, width: int) -> Line:
        """Line `index`, for a pane `width` cells wide inside; longer ones are cut."""
        raise NotImplementedError

    def footing(self) -> str:
        """What stands at the right of the lower edge."""
        count, height = self.line_count(), self.inner_height
        if count <= height:
            return ""
        return f"{self.top + 1}–{min(count, self.top + height)} of {count}"

    def copied(self) -> tuple[str, str]:
        """What `copy` copies: a name for the notice, and the text."""
        width = self.inner_width
        lines = (self.line(index, width) for index in range(self.line_count()))
        return self.TITLE, "\n".join("".join(text for text, _ in line).rstrip() for line in lines)

    class Inspected(Message):
        """Somebody wants to see a value whole."""

        def __init__(self, chosen: Chosen) -> None:
            super().__init__()
            self.chosen = chosen

    def enter(self) -> bool:
        """Enter: open what is under the cursor; False if there is nothing."""
        chosen = self.chosen()
        if chosen is not None:
            self.post_message(self.Inspected(chosen))
        return chosen is not None

    @property
    def entry(self) -> str:
        """The entry or name under the cursor as it is typed, ``dE_dw[0,0]``, or ``""``."""
        return ""

    def chosen(self) -> Chosen | None:
        """The value under the cursor, if there is one."""
        return None

    def unwind(self) -> bool:
        """Escape: take back one thing that was begun here; False if there is none."""
        return False

    def share(self, mates: tuple[tuple[str, str], ...]) -> None:
        """Say which panes, by key and title, can be seen in this place instead.

        A ``*`` behind both says that something new is there.
        """
        self._mates = mates

    # Geometry.

    @property
    def inner_width(self) -> int:
        """Cells inside the frame."""
        return max(self.size.width - 2, 0)

    @property
    def inner_height(self) -> int:
        """Lines inside the frame."""
        return max(self.size.height - 2, 0)

    # Painting.

    def redraw(self) -> None:
        """Paint the rows that changed since they were last painted."""
        if not self.display or not self.size:
            self._drawn = None  # what it shows when it is seen again is made anew
            return
        if self._drawn != self.size:
            self.refresh()
            return
        before = self._lines
        self._lines = self._framed()
        changed = [row for row, line in enumerate(self._lines) if line != before[row]]
        if not changed:
            return
        for row in changed:
            self._strips[row] = None
        width = self.size.width
        self.refresh(*(Region(0, row, width, 1) for row in changed))

    def restyle(self) -> None:
        """Paint everything again: the theme or the focus is another."""
        self._drawn = None
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a region, as they come to the screen.

        Textual would look borders, padding, tint and the like up for each row: a pane has none of
        these, and its own colours lie over all that it has, but for the plain look.
        """
        if self.look == "plain":
            return super().render_lines(crop)
        self._bring_up_to_date()
        strips = [self._strip(y) for y in crop.line_range]
        background = self.background_colors[1]
        for each in self.get_line_filters():
            strips = [strip.apply_filter(each, background) for strip in strips]
        if crop.width == self.size.width:
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]

    def render_line(self, y: int) -> Strip:
        self._bring_up_to_date()
        return self._strip(y)

    def _bring_up_to_date(self) -> None:
        """Make the rows anew if the size or the look is another than theirs."""
        size, look = self.size, self.look
        if self._drawn != size or self._look != look:
            self._drawn = size
            self._look = look
            self.laid_out()
            self._lines = self._framed()
            self._strips = [None] * len(self._lines)

    def _strip(self, y: int) -> Strip:
        if y >= len(self._lines):
            return Strip.blank(self.size.width, style(self._look, ""))
        strip = self._strips[y]
        if strip is None:
            strip = self._strips[y] = painted(self._lines[y], self._look)
        return strip

    @property
    def look(self) -> str:
        """``dark``, ``light`` or ``plain``."""
        return "plain" if self.app.no_color else self.app.theme

    @property
    def ascii_only(self) -> bool:
        """Glyphs will be replaced by ASCII: words say more then."""
        return bool(getattr(self.app, "ascii_only", False))

    def laid_out(self) -> None:
        """The size is another: a place to bring something into view again."""

    def _framed(self) -> list[Line]:
        width, height = self.size
        corner, dash, corner2, side, corner3, corner4 = (
            HEAVY_FRAME if self.has_focus else LIGHT_FRAME
        )
        role = "border-focus" if self.has_focus else "border"
        inside = max(width - 2, 0)
        count = self.line_count()
        self.top = max(0, min(self.top, count - max(height - 2, 0)))
        middle = self._title(dash, role, inside)
        lines: list[Line] = [((corner, role), *middle, (corner2, role))]
        edge = (side, role)
        for index in range(self.top, self.top + height - 2):
            content = fit(self.line(index, inside), inside) if index < count else None
            lines.append((edge, *(content or ((" " * inside, ""),)), edge))
        foot = fit(((self.footing(), "dim"),), min(width_of(((self.footing(), ""),)), inside))
        space = inside - width_of(foot) - 2
        below: Line = ((dash * inside, role),)
        if width_of(foot) and space >= 0:
            below = ((dash * space + " ", role), *foot, (" ", role))
        lines.append(((corner3, role), *below, (corner4, role)))
        return lines[:height]

    def _title(self, dash: str, role: str, inside: int) -> Line:
        """The upper edge between its corners."""
        left, right = self.heading()
        title: Line = ((dash + " " if self.has_focus else " ", role), *left, (" ", role))
        if right:
            right = ((" ", role), *right, (" ", role))
        room = inside - width_of(title) - width_of(right)
        for text in (
            "  ".join(f"{key.rstrip('*')} {mate}" for key, mate in self._mates),
            " ".join(f"{key.rstrip('*')} {mate}" for key, mate in self._mates),
            " ".join(mate for _, mate in self._mates),
            " ".join(key for key, _ in self._mates),
            " ".join(key for key, _ in self._mates if key.endswith("*")),
        ):
            if text and len(text) + 2 <= room:
                title = (*title, (f" {text} ", "dim"))
                break
        fill = inside - width_of(title) - width_of(right)
        return (
            (*title, (dash * fill, role), *right) if fill >= 0 else both_ends(title, right, inside)
        )

    # Moving.

    def scroll_to_line(self, index: int, margin: int = 0) -> None:
        """Scroll as little as needed to see line `index` with `margin` lines around it."""
        height = self.inner_height
        if not height:
            return  # not laid out yet: `laid_out` brings it into view
        margin = min(margin, max(height - 1, 0) // 2)
        self.top = min(self.top, max(index - margin, 0))
        self.top = max(self.top, index + margin + 1 - height)

    def action_move(self, lines: int) -> None:
        """Scroll by lines, down if positive."""
        self.top += lines
        self.redraw()

    def action_page(self, pages: int) -> None:
        """Scroll by pages, down if positive."""
        self.action_move(pages * max(self.inner_height - 1, 1))

    def action_edge(self, end: int) -> None:
        """Scroll to the start, or to the end if positive."""
        self.top = 0 if end < 0 else self.line_count()
        self.redraw()

    def action_sideways(self, cells: int) -> None:
        """Scroll by cells, to the right if positive."""
        self.left = max(0, self.left + cells)
        self.redraw()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.top += WHEEL
        self.redraw()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.top = max(0, self.top - WHEEL)
        self.redraw()

    def watch_has_focus(self, _has_focus: bool) -> None:
        super().watch_has_focus(_has_focus)
        self.refocused()

    def refocused(self) -> None:
        """The focus has come or gone."""
        self.redraw()


class ListPane(Pane):
    """A pane with a cursor on one of its lines."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.cursor = 0

    def move_cursor(self, index: int) -> None:
        """Put the cursor on a line and bring it into view."""
        self.cursor = max(0, min(index, self.line_count() - 1))
        self.scroll_to_line(self.cursor)
        self.redraw()

    def laid_out(self) -> None:
        self.scroll_to_line(self.cursor, margin=1)

    def action_move(self, lines: int) -> None:
        self.move_cursor(self.cursor + lines)

    def action_edge(self, end: int) -> None:
        self.move_cursor(0 if end < 0 else self.line_count() - 1)

    def on_click(self, event: events.Click) -> None:
        if 0 < event.y <= self.inner_height and self.top + event.y - 1 < self.line_count():
            self.move_cursor(self.top + event.y - 1)

    @property
    def shows_cursor(self) -> bool:
        """Is the chosen line marked? Only where the keys go."""
        return self.has_focus


@lru_cache(maxsize=1024)
def painted(line: Line, look: str) -> Strip:
    """A line as the strip that Textual puts on the screen."""
    return Strip([Segment(text, style(look, role)) for text, role in line], width_of(line))
