"""``itertools`` as lists, which a step back can read again; what has no end is read in loops."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stepnet.machine.surroundings.handle import Handle
from stepnet.machine.tape import Kept, Tape
from stepnet.source.offered import ITERTOOLS

if TYPE_CHECKING:
    from stepnet.machine.world import World

_ENDLESS = ("count", "cycle")


@dataclass(frozen=True, eq=False)
class Endless:
    """Elements by their number, without an end."""

    kind: str
    given: Any
    _at: Kept
    """How many of them ``next`` has read."""

    @property
    def begun(self) -> int:
        """The number of the element that comes next."""
        return int(self._at.get())

    def element(self, number: int) -> object:
        """The element with this number, counted from 0.

        Raises IndexError where there is none.
        """
        if self.kind == "count":
            return self.given[0] + number * self.given[1]
        return self.given[number % len(self.given)]

    def __iter__(self) -> Iterator[object]:
        return (self.element(number) for number in itertools.count(self._at.get()))

    def __next__(self) -> object:
        number: int = self._at.get()
        self._at.put(number + 1)
        return self.element(number)


def itertools_module(world: World) -> dict[str, object]:
    """What ``import itertools`` gives."""

    def eager(make: Callable[..., Iterable[object]]) -> Callable[..., list[object]]:
        def made(*given: Any, **named: Any) -> list[object]:
            return [element for element in make(*given, **named)]  # noqa: C416  # can be broken off

        return made

    def chained() -> Any:
        made: Any = eager(itertools.chain)
        made.from_iterable = eager(itertools.chain.from_iterable)
        return made

    def grouped(iterable: Iterable[Any], key: Any = None) -> list[object]:
        return [(name, list(group)) for name, group in itertools.groupby(iterable, key)]

    def endless(kind: str, given: Any) -> Endless:
        return Endless(kind, given, Kept(world.tape, 0))

    def repeated(element: object, times: int | None = None) -> Any:
        return [element] * times if times is not None else endless("cycle", (element,))

    def count(start: Any = 0, step: Any = 1) -> Endless:
        return endless("count", (start, step))

    def cycled(iterable: Iterable[object]) -> Any:
        elements = tuple(iterable)
        return endless("cycle", elements) if elements else []

    def apart(iterable: Iterable[object], n: int = 2) -> tuple[object, ...]:
        elements, iterate = tuple(iterable), world.builtins["iter"]
        return tuple(iterate(elements) for _ in range(n))  # type: ignore[operator]  # the machine's

    plain = ITERTOOLS - {"chain", "groupby", "repeat", "tee", *_ENDLESS}
    return {
        **{name: eager(getattr(itertools, name)) for name in plain},
        "chain": chained(),
        "groupby": grouped,
        "repeat": repeated,
        "count": count,
        "cycle": cycled,
        "tee": apart,
    }


class Rows:
    """What is read row by row, and may be read on with ``next``."""

    def __init__(self, tape: Tape, rows: list[Any]) -> None:
        self._rows = rows
        self._at = Kept(tape, 0)

    def __iter__(self) -> Iterator[Any]:
        at: int = self._at.get()
        self._at.put(len(self._rows))
        return iter(self._rows[at:])

    def __next__(self) -> Any:
        at: int = self._at.get()
        if at >= len(self._rows):
            raise StopIteration
        self._at.put(at + 1)
        return self._rows[at]


class Writer:
    """What ``csv.writer`` returns."""

    def __init__(self, file: Handle, named: dict[str, Any], fields: list[str] | None) -> None:
        self._file = file
        self._named = named
        self._fields = fields

    def writerow(self, row: Any) -> None:
        """Write a row."""
        if self._fields is not None:
            row = [row.get(field, "") for field in self._fields]
        csv.writer(self._file, **self._named).writerow(row)

    def writerows(self, rows: Iterable[Any]) -> None:
        """Write rows."""
        for row in rows:
            self.writerow(row)

    def writeheader(self) -> None:
        """Write the names of the columns."""
        assert self._fields is not None
        csv.writer(self._file, **self._named).writerow(self._fields)


def csv_module(tape: Tape) -> dict[str, object]:
    """What ``import csv`` gives."""

    def reader(lines: Any, *given: Any, **named: Any) -> Rows:
        return Rows(tape, list(csv.reader(list(lines), *given, **named)))

    def records(lines: Any, *given: Any, **named: Any) -> Rows:
        return Rows(tape, list(csv.DictReader(list(lines), *given, **named)))

    return {
        "reader": reader,
        "DictReader": records,
        "writer": lambda file, **named: Writer(file, named, None),
        "DictWriter": lambda file, fieldnames, **named: Writer(file, named, list(fieldnames)),
    }
