"""Instructions while they are being written: places that are not known yet, and temporaries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from stepnet.source.instruction import TEMPORARY, Handler, Instruction


@dataclass(eq=False)
class Label:
    """A place in the list that is named before it is reached."""

    place: int = -1


Resolve = Callable[[Label], int]
Draft = Callable[[int, Resolve], Instruction]
"""Makes the instruction once places are known; is given its successor."""


@dataclass(eq=False)
class Builder:
    """The instructions of one unit, in the order in which they are written."""

    drafts: list[Draft | Label] = field(default_factory=list)
    """A label in the list is a jump to it, which costs no tick."""
    temporaries: int = 0
    slots: int = 0
    ranges: list[tuple[int, int, Label, str, int | None]] = field(default_factory=list)
    """Guarded ranges of drafts, innermost first, with where errors go and under which name."""

    handlers: tuple[Handler, ...] = ()
    """The same among the finished instructions."""

    def guarded(self, begin: int, end: int, caught: Label, name: str, level: int | None) -> None:
        """Errors raised between two places go to a label."""
        self.ranges.append((begin, end, caught, name, level))

    def emit(self, draft: Draft) -> None:
        """Write an instruction."""
        self.drafts.append(draft)

    def jump(self, label: Label) -> None:
        """Go on at the label instead of at the next instruction."""
        self.drafts.append(label)

    def here(self, label: Label) -> None:
        """The label names the next instruction."""
        label.place = len(self.drafts)

    def temporary(self) -> str:
        """A fresh name that no script can write."""
        self.temporaries += 1
        return f"{TEMPORARY}{self.temporaries}"

    def slot(self) -> int:
        """A fresh place in a frame for a loop's position."""
        self.slots += 1
        return self.slots

    def instructions(self) -> tuple[list[Instruction], Callable[[int], int]]:
        """The finished list, and what each place among the drafts has become."""
        index: list[int] = []
        count = 0
        for draft in self.drafts:
            index.append(count)
            count += not isinstance(draft, Label)
        index.append(count)

        def real(place: int) -> int:
            while place < len(self.drafts):
                draft = self.drafts[place]
                if not isinstance(draft, Label):
                    break
                place = draft.place
            return index[place]

        made = [
            draft(real(place + 1), lambda label: real(label.place))
            for place, draft in enumerate(self.drafts)
            if not isinstance(draft, Label)
        ]
        self.handlers = tuple(
            Handler(index[begin], index[end], real(caught.place), name, level)
            for begin, end, caught, name, level in self.ranges
        )
        return made, real
