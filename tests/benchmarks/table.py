"""The table: a row a case, its ratio against its target."""

from dataclasses import dataclass
from statistics import median

from tests.benchmarks.measure import Comparison

CASE, FIGURE, RANGE, TIME = 44, 10, 17, 11


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    case: str
    figure: str
    """The median, with its unit."""
    spread: str
    """The smallest and the largest."""
    ours: str = ""
    theirs: str = ""
    target: str = ""
    verdict: str = ""
    """``within`` or ``OVER``; nothing where there is no target."""


def ratio_row(case: str, compared: Comparison, target: float | None) -> Row:
    """A ratio of two times."""
    ratios = compared.ratios
    middle = median(ratios)
    return Row(
        case=case,
        figure=f"{middle:.2f} ×",
        spread=f"{min(ratios):.2f} – {max(ratios):.2f}",
        ours=milliseconds(compared.our_median),
        theirs=milliseconds(compared.their_median),
        target="" if target is None else f"≤ {target:g} ×",
        verdict="" if target is None else verdict(middle, target),
    )


def verdict(figure: float, target: float) -> str:
    """Has a target been met?"""
    return "within" if figure <= target else "OVER"


def milliseconds(seconds: float) -> str:
    """``12.3 ms``."""
    value = seconds * 1e3
    return (
        f"{value:.0f} ms"
        if value >= 100
        else f"{value:.1f} ms"
        if value >= 1
        else f"{value:.3f} ms"
    )


def megabytes(size: float) -> str:
    """``12.3 MiB``."""
    return f"{size / (1 << 20):.1f} MiB"


def heading() -> str:
    """The line above the table."""
    return line(Row("", "median", "min – max", "stepnet", "against", "target"))


def line(row: Row) -> str:
    """One row as text."""
    return (
        f"  {row.case:{CASE}}{row.figure:>{FIGURE}}{row.spread:>{RANGE}}"
        f"{row.ours:>{TIME}}{row.theirs:>{TIME}}  {row.target:>12} {row.verdict}"
    ).rstrip()
