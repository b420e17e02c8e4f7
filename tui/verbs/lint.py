"""``stepnet lint``: everything in a script that cannot be opened, and what to write instead."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from tui.answering import UNUSABLE, failures, quiet_pipe

if TYPE_CHECKING:
    from stepnet.source.refusal import SourceError


@click.command("lint", short_help="Show what cannot be opened, and what to write instead.")
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a refusal.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Print ASCII characters only.")
@click.pass_context
def verb(ctx: click.Context, targets: tuple[str, ...], as_json: bool, ascii_only: bool) -> None:
    """Show everything in each TARGET that cannot be opened, and what to write instead.

    Nothing runs. The exit status is 2 if anything cannot be opened.

    \b
    Examples:
      stepnet lint my_network.py
      stepnet lint submissions/*.py --json
    """
    refused = False
    with quiet_pipe(ascii_only) as write:
        for target in targets:
            found = refusals(target)
            refused |= found is not None
            if as_json:
                lines = records(target, found)
            else:
                lines = iter([str(found)]) if found else iter([f"{target}: can be opened"])
            for line in lines:
                write(line)
    if refused:
        ctx.exit(UNUSABLE)


def refusals(target: str) -> SourceError | None:
    """Why a target cannot be opened; None if it can."""
    from stepnet.source.program import compile_program
    from stepnet.source.refusal import SourceError
    from stepnet.source.script import open_script

    with failures():
        try:
            compile_program(open_script(target))
        except SourceError as error:
            return error
    return None


def records(target: str, found: SourceError | None) -> Iterator[str]:
    """Each refusal as JSON."""
    for refusal, text in zip(found.refusals, found.texts, strict=True) if found else ():
        record: dict[str, Any] = {
            "target": target,
            "place": text.partition(": ")[0],
            "line": refusal.line,
            "column": refusal.column + 1,
            "message": refusal.message,
            "advice": refusal.advice,
        }
        yield json.dumps(record, ensure_ascii=False)
