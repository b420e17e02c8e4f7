"""``stepnet trace``: the steps as plain text or JSON, for pipes and for reading aloud."""

from __future__ import annotations

import sys

import click

from tui.answering import SCRIPT_RAISED, failures, opened, quiet_pipe, say, say_notes
from tui.limits import limited
from tui.step_text import step_json, step_text


@click.command("trace", short_help="Print the steps as plain text or JSON.")
@click.argument("target")
@click.option("--from", "start", metavar="ADDRESS", help="First step to print.")
@click.option("--to", "stop", metavar="ADDRESS", help="Last step to print.")
@click.option("--values", is_flag=True, help="Print the values of what each step changed.")
@click.option("--why", is_flag=True, help="Say why: a sentence or two about what each step does.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Print ASCII characters only.")
@click.option("--seed", type=int, metavar="N", help="Seed for a script that sets none.")
@limited
@click.pass_context
def verb(
    ctx: click.Context,
    target: str,
    start: str | None,
    stop: str | None,
    values: bool,
    why: bool,
    as_json: bool,
    ascii_only: bool,
    seed: int | None,
) -> None:
    """Print the steps of TARGET as plain text.

    A step is a line with its tick, address, line number and statement, and below it the names that
    it changed. TARGET is the name of a built-in scenario or the path of a .py script.

    \b
    Examples:
      stepnet trace trask_neuron --to 2/w
      stepnet trace regressor --from 1.1 --to 1.1/d_b1 --values
      stepnet trace my_network.py --values --json
    """
    from stepnet.session.trace import trace

    raised = False
    with failures():
        session = opened(target, seed)
        say(session.script.title)
        say_notes(session)
        with quiet_pipe(ascii_only) as write:
            for step in trace(session, start, stop, told=why):
                if as_json:
                    write(step_json(step, values))
                elif not step.note:
                    for line in step_text(step, values):
                        write(line)
                if step.note:
                    raised = True
                    sys.stdout.flush()
                    say(step.note)
    if raised:
        ctx.exit(SCRIPT_RAISED)
