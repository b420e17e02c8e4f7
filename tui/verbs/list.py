"""``stepnet list``: the built-in scenarios."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from tui.answering import quiet_pipe

if TYPE_CHECKING:
    from stepnet.source.builtin import Scenario


@click.command("list", short_help="Show the built-in scenarios.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with introductions and origins.")
def verb(as_json: bool) -> None:
    """Show the built-in scenarios: name, size and title."""
    from stepnet.source.builtin import builtin_scenarios

    with quiet_pipe() as write:
        if as_json:
            write(listing_json(builtin_scenarios()))
        else:
            for line in listing_text(builtin_scenarios()):
                write(line)


def listing_text(scenarios: Iterable[Scenario]) -> Iterator[str]:
    """A line a scenario: its name, its size, its title."""
    rows = [(s.name, f"{s.statements} statements", s.title) for s in scenarios]
    widths = [max((len(row[place]) for row in rows), default=0) for place in (0, 1)]
    for name, size, title in rows:
        yield f"{name.ljust(widths[0])}  {size.rjust(widths[1])}  {title}"


def listing_json(scenarios: Iterable[Scenario]) -> str:
    """The same as JSON, with introduction and origin."""
    return json.dumps(
        [
            {
                "name": s.name,
                "title": s.title,
                "introduction": s.introduction,
                "source": s.source,
                "path": str(s.path),
                "lines": s.lines,
                "statements": s.statements,
            }
            for s in scenarios
        ],
        indent=2,
        ensure_ascii=False,
    )
