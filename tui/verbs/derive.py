"""``stepnet derive``: the backward pass as NumPy statements, or in the whole script."""

from __future__ import annotations

import click

from tui.answering import failures, given, quiet_pipe
from tui.limits import limited


@click.command("derive", short_help="Print the backward pass as NumPy statements.")
@click.argument("target")
@click.option("--script", "whole", is_flag=True, help="Print the whole script, ready to run.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Print ASCII characters only.")
@limited
def verb(target: str, whole: bool, ascii_only: bool) -> None:
    """Derive the backward pass of TARGET from the statements that it executes.

    Each statement is printed beside the forward statement that it differentiates, in the script's
    own names. With --script they stand in the script, behind its loss and before an update; a
    backward pass and an update that the script has are replaced.

    \b
    Examples:
      stepnet derive regressor
      stepnet derive my_forward_pass.py --script > trained.py
    """
    from stepnet.session.completed import backward_lines, backward_of
    from stepnet.session.replaced import with_derived
    from stepnet.source.script import open_script

    known = given()
    with failures():
        script = open_script(target)
        if whole:
            lines = with_derived(script, known).text.splitlines()
        else:
            lines = backward_lines(backward_of(script, known))[1:]
    with quiet_pipe(ascii_only) as write:
        for line in lines:
            write(line)
