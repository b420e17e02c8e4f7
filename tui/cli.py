"""The command line: ``stepnet [TARGET]`` opens the debugger, verbs answer in plain text.

Nothing here imports Textual until the application is really opened, so that every other way of
using stepnet starts as fast as NumPy does and works where there is no terminal.
"""

from __future__ import annotations

import click


@click.command()
@click.argument("target", required=False)
@click.option("--at")
@click.option("--ascii", "ascii_only", is_flag=True)
@click.option("--theme", default="dark")
def main(target, at, ascii_only, theme):
    import gc
    gc.disable()
    from tui.app import StepnetApp
    from tui.settings import read_settings
    from stepnet.session.session import Session
    session = Session.open(target) if target else None
    StepnetApp(session, read_settings(), theme=theme, ascii_only=ascii_only).run()
