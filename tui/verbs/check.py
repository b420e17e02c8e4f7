"""``stepnet check``: every gradient claim against the true derivative, as text or JSON.

trask_neuron, iteration 1
  line  statement             claim  verdict  error
    42  dE_dyhat = y_hat - y  ∂E/∂ŷ  exact        0
    49  dE_dw = X.T @ dE_ds   ∂E/∂w  exact    3e-16
  2 exact
"""

from __future__ import annotations

import math
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from tui.answering import (
    CLAIM_WRONG,
    SCRIPT_RAISED,
    Failure,
    failures,
    opened,
    quiet_pipe,
    say,
    say_notes,
)
from tui.limits import limited

if TYPE_CHECKING:
    from stepnet.calculus.finding import Finding
    from stepnet.session.checking import Report
    from stepnet.session.session import Session

HEADS = ("line", "statement", "claim", "verdict", "error", "reason")
PIPED = 100
"""Columns of a table that goes into a pipe or a file."""
SHORTEST_STATEMENT = 24
GAP = "  "

Writer = Callable[[str], None]


@click.command("check", short_help="Compare gradients with the truth.")
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@click.option(
    "--at",
    "addresses",
    multiple=True,
    metavar="ADDRESS",
    help="An iteration to check; may be repeated. Without it, the first and a later one.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a gradient statement.")
@click.option("--strict", is_flag=True, help="Exit with 1 if a gradient is only scaled, too.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Print ASCII characters only.")
@click.option("--seed", type=int, metavar="N", help="Seed for a script that sets none.")
@limited
@click.pass_context
def verb(
    ctx: click.Context,
    targets: tuple[str, ...],
    addresses: tuple[str, ...],
    as_json: bool,
    strict: bool,
    ascii_only: bool,
    seed: int | None,
) -> None:
    """Compare every gradient statement of each TARGET with the true derivative.

    A gradient is exact, scaled (by a constant factor), approximate (a finite difference), wrong,
    or unclaimed: nothing says what it is meant to be. The exit status is 1 if any is wrong, 2 if a
    script cannot be opened, 3 if one raises, or exits with a status of its own, before the
    iteration was done; of several, the worst.

    \b
    Examples:
      stepnet check trask_neuron
      stepnet check my_network.py --at 1 --at 500
      stepnet check submissions/*.py --json
    """
    status = 0
    with quiet_pipe(ascii_only) as write:
        for number, target in enumerate(targets):
            if number and not as_json:
                write("")
            found = checked(target, addresses, seed, write, as_json=as_json, strict=strict)
            status = max(status, found)
    if status:
        ctx.exit(status)


def checked(
    target: str,
    addresses: tuple[str, ...],
    seed: int | None,
    write: Writer,
    *,
    as_json: bool,
    strict: bool,
) -> int:
    """Check one target and write what was found; returns the exit status for it."""
    from stepnet.session.checking import reports

    try:
        with failures():
            session = opened(target, seed)
            say_notes(session)
            found = reports(session, addresses)
    except Failure as failure:
        sys.stdout.flush()
        failure.show()
        return failure.exit_code
    for report in found:
        lines = report_json(session, report) if as_json else report_text(session, report, width())
        for line in lines:
            write(line)
        if report.fault:
            sys.stdout.flush()
            say(report.fault)
    return max((status_of(report, strict) for report in found), default=0)


def status_of(report: Report, strict: bool) -> int:
    """The exit status that a report asks for."""
    words = {finding.verdict for finding in report.findings}
    wrong = "wrong" in words or (strict and "scaled" in words)
    return SCRIPT_RAISED if report.fault else CLAIM_WRONG if wrong else 0


def width() -> int:
    """Columns to write a table in."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else PIPED


def report_text(session: Session, report: Report, columns: int) -> Iterator[str]:
    """One iteration as a table, and how many there are of each verdict."""
    from stepnet.session.checking import counted

    name = session.script.name
    yield f"{name}, iteration {report.iteration}" if report.iteration else name
    if report.findings:
        rows = tuple(row_of(session, finding) for finding in report.findings)
        yield from table_lines(rows, columns)
    yield f"  {counted(report.findings) or 'no gradient statement was found'}"
    for sentence in filter(None, (report.implied, *report.forgotten)):
        yield from textwrap.wrap(f"  {sentence}", columns, subsequent_indent=GAP * 2)


def row_of(session: Session, finding: Finding) -> tuple[str, ...]:
    """A finding as the cells of a row."""
    return (
        session.program.spot(finding.statement.line),
        " ".join(finding.statement.text.split()),
        finding.claim or "-",
        finding.verdict,
        error_text(finding.error),
        finding.reason,
    )


def table_lines(rows: Sequence[tuple[str, ...]], columns: int) -> Iterator[str]:
    """Rows under their heads; reasons beside them where all fit, else below."""
    shown = (HEADS, *rows)
    sizes = [max(len(row[place]) for row in shown) for place in range(len(HEADS))]
    if not any(row[-1] for row in rows):
        sizes[-1] = 0
    room = columns - len(GAP) * 5 - sum(sizes[:1] + sizes[2:5])
    beside = bool(sizes[-1]) and sizes[1] + len(GAP) + sizes[-1] <= room
    sizes[1] = min(sizes[1], max(room, SHORTEST_STATEMENT))
    for row in shown:
        line, statement, claim, verdict, error, reason = row
        if len(statement) > sizes[1]:
            statement = statement[: sizes[1] - 1] + "…"
        cells = [line.rjust(sizes[0])]
        for text, size in zip((statement, claim, verdict), sizes[1:4], strict=True):
            cells.append(text + " " * (size - len(text)))
        cells.append(error.rjust(sizes[4]))
        if beside:
            cells.append(reason)
        yield (GAP + GAP.join(cells)).rstrip()
        if reason and not beside and row is not HEADS:
            indent = GAP * 2 + " " * (sizes[0] + len(GAP))
            for part in textwrap.wrap(reason, columns - len(indent)):
                yield indent + part


def error_text(error: float) -> str:
    """A relative error in few digits; ``-`` where nothing was compared."""
    return "-" if math.isnan(error) else f"{error:.2g}"


def report_json(session: Session, report: Report) -> Iterator[str]:
    """One iteration as JSON, a line a finding; a forgotten parameter has a line without one."""
    import json

    head = {"target": session.script.name, "iteration": report.iteration or None}
    if report.implied:
        head["loss"] = report.implied
    records = [finding_record(finding) for finding in report.findings]
    records += [{"verdict": "forgotten", "reason": sentence} for sentence in report.forgotten]
    for record in records:
        yield json.dumps({**head, **record}, ensure_ascii=False, allow_nan=False)


def finding_record(finding: Finding) -> dict[str, Any]:
    """A finding as JSON has it; an error that is no finite number is null."""
    return {
        "line": finding.statement.line,
        "at": finding.statement.at,
        "statement": finding.statement.text,
        "name": finding.name,
        "claim": finding.claim or None,
        "verdict": finding.verdict,
        "error": finding.error if math.isfinite(finding.error) else None,
        "factor": None if finding.factor is None else str(finding.factor),
        "reason": finding.reason,
        "shape": None if finding.claimed is None else list(finding.claimed.shape),
        "true_shape": None if finding.true is None else list(finding.true.shape),
        "worst": worst_record(finding),
    }


def worst_record(finding: Finding) -> dict[str, Any] | None:
    """The entry that is furthest off, with the value it has and the one it should have."""
    from tui.step_text import plain_value

    worst = finding.worst
    if worst is None or finding.claimed is None or finding.true is None:
        return None
    return {
        "index": list(worst),
        "claimed": plain_value(finding.claimed[worst]),
        "true": plain_value(finding.true[worst]),
    }
