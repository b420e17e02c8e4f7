"""``stepnet replay``: play ``.steps`` scripts and say what did not hold."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from tui.answering import Failure, failures, quiet_pipe, say
from tui.limits import limited


@click.command("replay", short_help="Play .steps scripts and say what did not hold.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line of the script.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Use ASCII characters only.")
@click.option("--tui", "on_screen", is_flag=True, help="Play them in the debugger, to be watched.")
@click.option(
    "--pause",
    type=click.FloatRange(min=0),
    default=0.5,
    show_default=True,
    metavar="SECONDS",
    help="Between two lines, with --tui.",
)
@click.option("--quit", "quits", is_flag=True, help="Leave the debugger at the end, with --tui.")
@limited
@click.pass_context
def verb(
    ctx: click.Context,
    files: tuple[str, ...],
    as_json: bool,
    ascii_only: bool,
    on_screen: bool,
    pause: float,
    quits: bool,
) -> None:
    """Play each FILE, a .steps script, without a screen or, with --tui, on it.

    A script holds the debugger's own commands, one a line, and what is expected between them. The
    last line counts the expectations. The exit status is 1 if one does not hold, 2 if a script
    cannot be read or its program cannot be opened, 3 if the program raises where that was not
    expected; of several, the worst.

    \b
    Example:
      steps 1
      open trask_neuron
      until E
      expect E ~= 0.61989 +- 1e-5
      expect shape w == (3, 1)
    """
    with quiet_pipe(ascii_only) as write:
        if on_screen:
            status = watched(
                files, write, as_json=as_json, ascii_only=ascii_only, pause=pause, quits=quits
            )
        else:
            status = played(files, write, as_json=as_json)
    if status:
        ctx.exit(status)


def played(files: tuple[str, ...], write: Callable[[str], None], *, as_json: bool) -> int:
    """Play the files without a screen; returns the exit status."""
    from tui.tally import Tally

    tally = Tally(write, say, as_json=as_json, several=len(files) > 1)
    for name in files:
        tally.play(name)
    tally.close()
    return tally.status


def watched(
    files: tuple[str, ...],
    write: Callable[[str], None],
    *,
    as_json: bool,
    ascii_only: bool,
    pause: float,
    quits: bool,
) -> int:
    """Play the files in the application; what is to be said is said when it has been left."""
    from tui.tally import Tally

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Failure("error: --tui needs a terminal, and this is none\n  Leave it out.")
    said: list[tuple[bool, str]] = []
    tally = Tally(
        lambda line: said.append((True, line)),
        lambda text: said.append((False, text)),
        as_json=as_json,
        several=len(files) > 1,
    )
    scripts = [(name, tally.read(name)) for name in files]
    if all(steps for _, steps in scripts):
        from tui.player import watch

        with failures():
            if not watch(scripts, tally, ascii_only=ascii_only, pause=pause, quits=quits):
                tally.unusable("the debugger was left before everything was played")
    tally.close()
    for is_result, text in said:
        if is_result:
            write(text)
        else:
            sys.stdout.flush()
            say(text)
    return tally.status
