"""The command line: ``stepnet [TARGET]`` opens the debugger, verbs answer in plain text.

Nothing here imports Textual until the application is really opened, so every other way of using
stepnet starts about as fast as NumPy and works where there is no terminal.

Exit status: 0 as asked; 1 a gradient is wrong, an expectation failed or a condition of
``--stop-on`` was met; 2 a usage, script or source error; 3 the script itself raised, or a limit was
reached.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from importlib import import_module
from typing import TYPE_CHECKING

import click

from tui.answering import ARGUMENTS, Failure, failures, opened, settings
from tui.limits import limited_memory

if TYPE_CHECKING:
    from stepnet.session.session import Session, Stop
    from stepnet.session.views import Progress

EXAMPLES = """\b
Examples:
  stepnet                              choose a network to step through
  stepnet trask_neuron                 open one
  stepnet trask_neuron --at 3/dE_dw    open it right after dE_dw in iteration 3
  stepnet my_network.py                open a script of your own
  stepnet trace regressor --from 1.1 --to 1.1/d_b1 --values
  stepnet check my_network.py          are its gradients right?
  stepnet explain trask_neuron 3/dE_dw 'dE_dw[0,0]'
  stepnet run my_network.py --stop-on nonfinite
  stepnet replay my_network.steps      do its expectations hold?
  stepnet lint my_network.py           what of it cannot be opened?
"""


VERBS = ("check", "derive", "explain", "lint", "list", "quiz", "replay", "run", "trace")
"""Each is the command ``verb`` of its module in :mod:`tui.verbs`, loaded when it is asked for."""

PATIENT = (50_000, 20, 100)
"""How often cyclic garbage is looked for in the application: painting makes objects, not cycles."""


class TargetContext(click.Context):
    """The context of ``stepnet TARGET``, which has no verb to name in its usage."""

    @property
    def command_path(self) -> str:
        return self.parent.command_path if self.parent else ""


class TargetCommand(click.Command):
    """What is done when the first word is no verb."""

    context_class = TargetContext


class DefaultGroup(click.Group):
    """A group whose first word may also be a target: ``stepnet trask_neuron``.

    A word that is a verb is the verb; ``./list.py`` opens a script named like one.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta["verbs"] = tuple(self.list_commands(ctx))
        own = {"--help", "--version"}
        if "--" in args:
            place = args.index("--")
            args, ctx.meta[ARGUMENTS] = args[:place], tuple(args[place + 1 :])
        if not args or (args[0] not in self.list_commands(ctx) and args[0] not in own):
            args = ["--", "", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"tui.verbs.{cmd_name}").verb
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] == "":
            return "", debug, args[1:]
        return super().resolve_command(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[TARGET] [--at ADDRESS] [OPTIONS]")
        formatter.write_usage(ctx.command_path, "COMMAND [ARGS]...", prefix="       ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        params = (*debug.params, *self.get_params(ctx))
        own = [param.get_help_record(ctx) for param in params if isinstance(param, click.Option)]
        with formatter.section("Options"):
            formatter.write_dl([record for record in own if record])
        self.format_commands(ctx, formatter)


def show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """Print the installed version."""
    if not value or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("stepnet")
    except PackageNotFoundError:
        number = "not installed"
    click.echo(f"stepnet {number}")
    ctx.exit()


@click.group(cls=DefaultGroup, epilog=EXAMPLES)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=show_version,
    help="Show the version and leave.",
)
def main() -> None:
    """Step through the training of a neural network, forwards and back.

    TARGET is the name of a built-in scenario or the path of a NumPy script or notebook, .py or
    .ipynb; without one you can choose a scenario.
    """


@click.command(cls=TargetCommand, epilog=EXAMPLES)
@click.argument("target", required=False)
@click.option("--at", metavar="ADDRESS", help="Go there first: 3/dE_dw, 2.5/d_b3, /12, @417, end.")
@click.option("--seed", type=int, metavar="N", help="Seed for a script that sets none.")
@click.option("--record", metavar="FILE", help="Write what is done and seen to a .steps script.")
@click.option("--theme", type=click.Choice(["dark", "light"]), default="dark", show_default=True)
@click.option("--ascii", "ascii_only", is_flag=True, help="Draw with ASCII characters only.")
@limited_memory
@click.pass_context
def debug(
    ctx: click.Context,
    target: str | None,
    at: str | None,
    seed: int | None,
    record: str | None,
    theme: str,
    ascii_only: bool,
) -> None:
    """Open TARGET in the debugger; without one, choose a scenario."""
    if at is not None and target is None:
        raise click.UsageError("--at needs a TARGET to go to an address in")
    if record is not None and target is None:
        raise click.UsageError("--record needs a TARGET to record")
    if target is not None:
        require_script(target, ctx.meta["verbs"])
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        name = target or "TARGET"
        raise Failure(
            "error: the debugger needs a terminal, and this is none\n"
            f"  `stepnet trace {name}` prints the steps as plain text"
        )
    open_application(target, at, seed, record, theme, ascii_only)


def open_application(
    target: str | None,
    at: str | None,
    seed: int | None,
    record: str | None,
    theme: str,
    ascii_only: bool,
) -> None:
    """Start the application; what is wrong with the target is said before the screen changes."""
    import gc

    gc.disable()  # most of the start is importing, which makes garbage for nobody to collect

    begun: Generator[Progress, None, Stop] | None = None
    session: Session | None = None
    chosen = settings()
    if target is not None:
        with failures():
            session = opened(target, seed, headless=False)
            if record is not None:
                session.record(record)
            if at is not None:
                begun = session.perform(f"goto {at}")
                try:
                    next(begun)
                except StopIteration:
                    begun = None
    from tui.app import StepnetApp

    app = StepnetApp(session, chosen, theme=theme, ascii_only=ascii_only, begun=begun, seed=seed)
    gc.freeze()
    gc.set_threshold(*PATIENT)
    gc.enable()
    app.run()
    sys.exit(app.return_code or 0)


def require_script(target: str, verbs: tuple[str, ...]) -> None:
    """Fail unless there is a script to open; a mistyped verb is recognised too."""
    from stepnet.source.script import NoSuchScript, open_script

    try:
        with failures():
            open_script(target)
    except Failure as failure:
        if isinstance(failure.__cause__, NoSuchScript):
            import difflib

            for verb in difflib.get_close_matches(target, verbs, n=1):
                hint = f"  or did you mean the command `stepnet {verb}`?"
                raise Failure(f"{failure.message}\n{hint}") from failure
        raise
