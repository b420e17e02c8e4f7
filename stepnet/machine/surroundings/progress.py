"""``tqdm``: what it runs over, without the bar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stepnet.machine.tape import Tape


class Progress:
    """An iterable in a progress bar that is not drawn."""

    def __init__(self, iterable: Any = None, **named: Any) -> None:
        is_spent_once = hasattr(iterable, "__next__") and type(iterable).__module__ == "builtins"
        self.iterable: Any = list(iterable) if is_spent_once else iterable
        self.total = named.get("total")
        self.n = 0

    def __iter__(self) -> Iterator[object]:
        return iter(self.iterable if self.iterable is not None else ())

    def __len__(self) -> int:
        return len(self.iterable) if self.iterable is not None else int(self.total or 0)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the context."""

    def _quiet(self, *_: object, **__: object) -> None:
        """What would be drawn is not."""

    update = set_description = set_description_str = set_postfix = set_postfix_str = _quiet
    close = refresh = clear = reset = display = unpause = _quiet


def tqdm_module(tape: Tape) -> dict[str, object]:
    """What ``import tqdm`` gives."""

    class Bar(Progress):
        """A progress bar that can write beside itself."""

        @staticmethod
        def write(text: object, *_: object, end: str = "\n", **__: object) -> None:
            """Print a line."""
            tape.say(f"{text}{end}")

    def bar(iterable: Any = None, *_: object, **named: Any) -> Progress:
        return Bar(iterable, **named)

    def counted(*bounds: int, **named: Any) -> Progress:
        return Bar(range(*bounds), **named)

    def notebook(iterable: Any = None, *_: object, **named: Any) -> Progress:
        return Bar(iterable, **named)

    def notebook_counted(*bounds: int, **named: Any) -> Progress:
        return Bar(range(*bounds), **named)

    bar.write = Bar.write  # type: ignore[attr-defined]  # as tqdm.write
    return {
        "tqdm": bar, "trange": counted, "tqdm_notebook": notebook, "tnrange": notebook_counted,
        "write": Bar.write,
    }  # fmt: skip
