"""``stepnet run``: the whole run without a screen, to its end or to where something stops it."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from tui.answering import EXPECTATION_FAILED, SCRIPT_RAISED, failures, opened, say, say_notes
from tui.ascii import ascii_line
from tui.limits import limited

if TYPE_CHECKING:
    from stepnet.session.session import Session, Stop

INTERRUPTED = 130


@click.command("run", short_help="Run to the end or to a condition.")
@click.argument("target")
@click.option(
    "--stop-on",
    "conditions",
    multiple=True,
    metavar="CONDITION",
    help="Stop when a tensor goes wrong: nonfinite, dead-relu, 'saturated 0.8' …",
)
@click.option(
    "--break",
    "places",
    multiple=True,
    metavar="PLACE",
    help="Stop at a line, a name, an address or a phase: 'loss when loss > 2'.",
)
@click.option(
    "--on-change",
    "values",
    multiple=True,
    metavar="EXPR",
    help="Stop when a value changes: 'W1[0,2]'.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object: the stop and the output.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Print ASCII characters only.")
@click.option("--seed", type=int, metavar="N", help="Seed for a script that sets none.")
@limited
@click.pass_context
def verb(
    ctx: click.Context,
    target: str,
    conditions: tuple[str, ...],
    places: tuple[str, ...],
    values: tuple[str, ...],
    as_json: bool,
    ascii_only: bool,
    seed: int | None,
) -> None:  # fmt: skip
    """Run TARGET to its end, or to the first stop that is asked for.

    What the script prints goes to standard output; where it stopped, and why, to standard error.
    The exit status is 1 where a condition of --stop-on was met, 3 where the script raised; a script
    that exits by itself gives its own, as in Python.

    \b
    Examples:
      stepnet run my_network.py --stop-on nonfinite --stop-on 'exploding-gradient 100'
      stepnet run regressor --break 'loss when loss < 200' --json
      stepnet run trask_neuron --on-change 'w[0,0] > 0'
    """
    with failures():
        session = opened(target, seed)
        say_notes(session)
        lines = [f"break {place}" for place in places]
        lines += [f"on-change {value}" for value in values]
        lines += [f"stop-on {condition}" for condition in conditions]
        for line in lines:
            session.do(line)
        stop = _run(session, quiet=as_json)
    if as_json:
        print(json.dumps(record(session, stop), ensure_ascii=ascii_only))
    else:
        sys.stdout.flush()
        told = told_of(session, stop)
        say(ascii_line(told) if ascii_only else told)
    numbers = {part.number for part in session.stoppers if part.command == "stop-on"}
    if stop is None:
        ctx.exit(INTERRUPTED)
    if stop.reason == "exception":
        ctx.exit(SCRIPT_RAISED)
    if any(hit.number in numbers for hit in stop.hits):
        ctx.exit(EXPECTATION_FAILED)
    ending = session.machine.ending
    if ending is not None:
        ctx.exit(ending.status)


def _run(session: Session, quiet: bool) -> Stop | None:
    """Run on, writing what the script prints as it prints it; None if interrupted."""
    run = session.perform("continue")
    output = session.machine.world.output
    done = 0
    with _interruptible(session):
        while True:
            try:
                next(run)
            except StopIteration as ended:
                stop: Stop = ended.value
                return None if stop.reason == "pause" else stop
            finally:
                if not quiet and len(output) > done:
                    sys.stdout.write("".join(output[done:]))
                    done = len(output)


@contextmanager
def _interruptible(session: Session) -> Iterator[None]:
    """While this holds, Ctrl+C interrupts the run; a second time, it leaves stepnet."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)

    def interrupt(_signal: int, _frame: object) -> None:
        session.interrupt()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def told_of(session: Session, stop: Stop | None) -> str:
    """Where the run stands and why, with the statement that has just run."""
    position = session.position
    if stop is None:
        return f"interrupted at {position.address}"
    if stop.reason == "exception":
        return position.fault
    if stop.reason == "end":
        steps = f"{session.machine.tick} steps"
        return f"{position.ending} ({steps})" if position.ending else f"ran to its end: {steps}"
    statement = session.listing.statements[position.line]
    place = session.script.place(position.line)
    return f"{stop.text}\n  at {stop.address}, {place}: {statement.text}"


def record(session: Session, stop: Stop | None) -> dict[str, Any]:
    """The stop as JSON has it."""
    position = session.position
    return {
        "target": session.script.name,
        "stop": stop.reason if stop else "pause",
        "address": position.address,
        "tick": position.tick,
        "line": position.line or None,
        "text": stop.text if stop else "interrupted",
        "status": session.machine.ending.status if session.machine.ending else None,
        "hits": [
            {"breakpoint": hit.number, "reason": hit.reason, "text": hit.text,
             "old": hit.old or None, "new": hit.new or None}
            for hit in (stop.hits if stop else ())
        ],
        "logged": [line.text for line in session.logged.values()],
        "loss": position.loss if position.loss is None or abs(position.loss) < 1e308 else None,
        "output": session.machine.output,
    }  # fmt: skip
