"""Calls that draw: accepted, answered with something that can be used, and not drawn.

What is plotted is kept, so that a loss curve may be shown all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from stepnet.machine.tape import Kept, Tape


@dataclass(frozen=True, eq=False)
class Curve:
    """Numbers that the script has plotted."""

    label: str
    x: np.ndarray
    y: np.ndarray


_OF_VALUES = frozenset("nbytes shape dtype ndim itemsize tolist keys append read next".split())
"""Attributes by which others tell what kind of value they have: a drawing is none of them."""


class Plots:
    """What a script has plotted so far."""

    def __init__(self, tape: Tape) -> None:
        self._kept = Kept(tape, ())

    @property
    def curves(self) -> tuple[Curve, ...]:
        """Every curve, in the order in which they were plotted."""
        found: tuple[Curve, ...] = self._kept.get()
        return found

    def plotted(self, *given: Any, **named: Any) -> list[Drawing]:
        """``plot(y)``, ``plot(x, y)``, ``plot(x, y, "r-", ...)``: a drawing for each line."""
        values = [part for part in given if not isinstance(part, str | dict | Drawing)]
        lines = 0
        while values:
            if len(values) > 1:
                x, y, *values = values
            else:
                y, x = values.pop(), None
            lines += self._keep(x, y, str(named.get("label") or ""))
        return [Drawing(self) for _ in range(max(lines, 1))]

    def _keep(self, x: object, y: object, label: str) -> int:
        try:
            heights = np.array(y, dtype=float)
            places = np.arange(len(heights)) if x is None else np.array(x, dtype=float)
        except (TypeError, ValueError):
            return 1
        if heights.ndim not in (1, 2) or len(places) != len(heights):
            return 1
        self._kept.put((*self.curves, Curve(label, places, heights)))
        return 1 if heights.ndim == 1 else heights.shape[1]


class Drawing:
    """A figure, a line, a colour: whatever is asked of it gives another one, and draws nothing."""

    def __init__(self, plots: Plots) -> None:
        self._plots = plots

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in _OF_VALUES:
            raise AttributeError(name)
        return drawing_call(self._plots, name)

    def __setattr__(self, name: str, value: object) -> None:
        if name == "_plots":
            object.__setattr__(self, name, value)

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Decorate, look up a colour, close a figure."""
        return Drawing(self._plots)

    def __getitem__(self, key: object) -> Drawing:
        return self

    def __setitem__(self, key: object, value: object) -> None:
        """A setting, which changes nothing."""

    def __iter__(self) -> Iterator[Drawing]:
        return iter([self])

    def __len__(self) -> int:
        return 1

    def __enter__(self) -> Drawing:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the context."""

    def __repr__(self) -> str:
        return "<not drawn>"


def drawing_call(plots: Plots, name: str) -> Any:
    """What stands behind a name of a module that draws."""
    if name in ("plot", "semilogy", "semilogx", "loglog", "step", "scatter", "lineplot"):
        return plots.plotted if name != "scatter" else _one(plots)
    if name == "subplots":
        return lambda *given, **named: (Drawing(plots), _axes(plots, *given, **named))
    if name == "hist":
        return lambda x, bins=10, **named: _histogram(plots, x, bins, named)
    if name in ("xlim", "ylim", "get_xlim", "get_ylim", "axis"):
        return lambda *given, **named: (0.0, 1.0)
    return Drawing(plots)


def _one(plots: Plots) -> Callable[..., Drawing]:
    def drawn(*given: Any, **named: Any) -> Drawing:
        return plots.plotted(*given[:2], label=named.get("label"))[0]

    return drawn


def _axes(plots: Plots, *given: Any, **named: Any) -> Any:
    rows = int(given[0] if given else named.get("nrows", 1))
    columns = int(given[1] if len(given) > 1 else named.get("ncols", 1))
    axes = np.empty((rows, columns), dtype=object)
    for place in np.ndindex(rows, columns):
        axes[place] = Drawing(plots)
    if not named.get("squeeze", True):
        return axes
    return axes.item() if axes.size == 1 else axes.squeeze()


def _histogram(plots: Plots, x: Any, bins: Any, named: dict[str, Any]) -> tuple[Any, ...]:
    counts, edges = np.histogram(
        np.ravel(x), bins, named.get("range"), density=bool(named.get("density"))
    )
    return counts, edges, Drawing(plots)


class DrawingModule(ModuleType):
    """A module for drawing: every name is there."""

    def __init__(self, name: str, plots: Plots) -> None:
        super().__init__(name)
        self._plots = plots

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in _OF_VALUES:
            raise AttributeError(name)
        return drawing_call(self._plots, name)
