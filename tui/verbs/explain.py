"""``stepnet explain``: why an entry has its value, where it came from, what it fed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from tui.answering import SCRIPT_RAISED, failures, opened, quiet_pipe, say
from tui.limits import limited

if TYPE_CHECKING:
    from stepnet.session.entry_views import EntryView, OriginView, TreeView, UseView
    from stepnet.session.session import Session


@click.command("explain", short_help="Say why an entry of a matrix has its value.")
@click.argument("target")
@click.argument("address")
@click.argument("entry", required=False)
@click.option("--full", is_flag=True, help="All terms of a long sum, in their order.")
@click.option("--tree", "came_from", is_flag=True, help="Where the entry came from, as a tree.")
@click.option("--uses", is_flag=True, help="What the entry fed in its iteration.")
@click.option("--depth", type=click.IntRange(1, 50), metavar="N", help="How deep --tree goes.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Print ASCII characters only.")
@click.option("--seed", type=int, metavar="N", help="Seed for a script that sets none.")
@limited
@click.pass_context
def verb(
    ctx: click.Context,
    target: str,
    address: str,
    entry: str | None,
    full: bool,
    came_from: bool,
    uses: bool,
    depth: int | None,
    as_json: bool,
    ascii_only: bool,
    seed: int | None,
) -> None:
    """Explain ENTRY of TARGET as it is at ADDRESS: W1[0,2], params['W1'][0,2], or loss.

    The sum it is, the numbers in it, its terms with a running total, and which part of each matrix
    took part. Without ENTRY the statement at ADDRESS is taken apart, inside out.

    \b
    Examples:
      stepnet explain trask_neuron 3/dE_dw 'dE_dw[0,0]'
      stepnet explain regressor 3.2/d_w1 'd_w1[4,7]' --tree
      stepnet explain relu_net 2/loss
    """
    if entry is None and (full or came_from or uses):
        raise click.UsageError("--full, --tree and --uses need an ENTRY, e.g. 'W1[0,2]'")
    if depth is not None and not came_from:
        raise click.UsageError("--depth needs --tree")
    if full + came_from + uses > 1:
        raise click.UsageError("--full, --tree and --uses exclude each other")
    from stepnet.session.errors import CommandError, ScriptRaised
    from stepnet.session.position import failure_text

    with failures():
        session = opened(target, seed)
        session.do(f"goto {address}")
        fault = failure_text(session)
        try:
            record, lines = _answer(session, entry, full, came_from, uses, depth)
        except CommandError as error:
            raise ScriptRaised(fault, advice=error.message) if fault else error from None
    with quiet_pipe(ascii_only) as write:
        if as_json:
            write(json.dumps(record(), ensure_ascii=False, allow_nan=False))
        else:
            for line in lines:
                write(line)
    if fault:
        say(fault)
        ctx.exit(SCRIPT_RAISED)


def _answer(
    session: Session, entry: str | None, full: bool, came_from: bool, uses: bool, depth: int | None
) -> tuple[Callable[[], dict[str, Any]], Iterator[str]]:
    """What was asked for: a function that makes its JSON, and its lines."""
    from stepnet.session import explain_text, explaining
    from stepnet.session.origins import DEPTH

    if entry is None:
        tree = explaining.tree_view(session)
        return lambda: tree_record(tree), explain_text.tree_text(tree)
    if came_from:
        found = explaining.origin_view(session, entry, depth=depth or DEPTH)
        return lambda: origin_record(found), explain_text.origin_text(found)
    if uses:
        fed = explaining.use_views(session, entry)
        return lambda: uses_record(entry, fed), explain_text.uses_text(entry, fed)
    view = explaining.entry_view(session, entry, full=full)
    record, lines = entry_record(view), list(explain_text.entry_text(view))
    reasons = _why(session, view)
    return lambda: {**record, "why": reasons}, iter([*lines, *_told(reasons)])


def _why(session: Session, view: EntryView) -> list[str]:
    """Why the statement that made the entry is what it is."""
    from stepnet.session.why import why

    if not view.statement:
        return []
    session.goto(view.address)
    return list(why(session))


def _told(reasons: list[str]) -> Iterator[str]:
    from tui.step_text import wrapped

    for reason in reasons:
        yield ""
        yield from wrapped(reason, "  ")


def entry_record(view: EntryView) -> dict[str, Any]:
    """An explained entry as JSON has it."""
    from tui.step_text import plain_value

    return {
        "entry": view.text,
        "name": view.name,
        "index": list(view.index),
        "value": plain_value(view.value),
        "address": view.address,
        "line": view.line,
        "statement": view.statement,
        "frame": view.frame,
        "formula": view.formula,
        "terms": [
            {
                "text": term.text,
                "numbers": term.numbers,
                "value": plain_value(term.value),
                "total": plain_value(term.total),
                "reads": [[text, list(index)] for text, index in term.factors],
            }
            for term in view.terms
        ],
        "count": view.count,
        "rest_count": view.rest_count,
        "rest_sum": plain_value(view.rest_sum),
        "total": plain_value(view.total),
        "operands": [
            {"text": part.text, "shape": part.shape, "block": [list(axis) for axis in part.block]}
            for part in view.sources
        ],
        "note": view.note,
    }


def tree_record(view: TreeView) -> dict[str, Any]:
    """A statement's pieces as JSON has them."""
    from tui.step_text import plain_value

    return {
        "address": view.address,
        "line": view.line,
        "statement": view.statement,
        "pieces": [
            {
                "text": piece.text,
                "shape": piece.shape,
                "value": plain_value(piece.value),
                "parts": list(piece.parts),
                "note": piece.note,
            }
            for piece in view.pieces
        ],
        "note": view.note,
    }


def origin_record(view: OriginView) -> dict[str, Any]:
    """An entry and what it came from as JSON has it."""
    from tui.step_text import plain_value

    return {
        "entry": view.text,
        "value": plain_value(view.value),
        "address": view.address,
        "line": view.line,
        "statement": view.statement,
        "frame": view.frame,
        "formula": view.formula,
        "origins": [origin_record(part) for part in view.origins],
        "rest": view.rest,
        "note": view.note,
    }


def uses_record(entry: str, views: tuple[UseView, ...]) -> dict[str, Any]:
    """What an entry fed as JSON has it."""
    return {
        "entry": entry,
        "uses": [
            {
                "name": view.name,
                "address": view.address,
                "line": view.line,
                "statement": view.statement,
                "frame": view.frame,
                "shape": view.shape,
                "entries": view.entries,
            }
            for view in views
        ],
    }
