"""Hiding the result of the statement that has just run, until it was predicted."""

from __future__ import annotations

from dataclasses import replace

from stepnet.session.views import ChainRow, NameRow, Operand, ProgramRow, StepView


class Hidden:
    """Stands for a value that is not shown yet."""

    def __repr__(self) -> str:
        return MARK


MARK = "?"
HIDDEN = Hidden()
Names = frozenset[str]


def veiled_step(view: StepView, hidden: Names) -> StepView:
    """Operands stay; results, and whatever gives them away, do not."""
    if not hidden.intersection(result.text for result in view.results):
        return view
    results = tuple(
        Operand(result.text, HIDDEN, "") if result.text in hidden else result
        for result in view.results
    )
    return replace(
        view, results=results, arithmetic=(), narration=(), why=(), changed="", verdict="",
        diagnosis=None,
    )  # fmt: skip


def veiled_names(rows: tuple[NameRow, ...], hidden: Names) -> tuple[NameRow, ...]:
    """What a name holds is not told while it is hidden."""
    return tuple(
        replace(row, shape="", dtype="", summary=MARK, trouble="", value=HIDDEN)
        if row.changed and row.name in hidden
        else row
        for row in rows
    )


def veiled_program(rows: tuple[ProgramRow, ...], hidden: Names) -> tuple[ProgramRow, ...]:
    """No shape and no comment at the line that has just run."""
    if not hidden:
        return rows
    return tuple(
        replace(row, shape="", comment="", verdict="", factor="") if row.mark == "current" else row
        for row in rows
    )


def veiled_chain(rows: tuple[ChainRow, ...], hidden: Names) -> tuple[ChainRow, ...]:
    """Of the current gradient only its claim."""
    if not hidden:
        return rows
    return tuple(
        replace(row, shape="", value=MARK, verdict="") if row.state == "current" else row
        for row in rows
    )
