"""Options of every verb that runs a script: how long it may take and how much memory it may use."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from stepnet.machine.limits import Limits

GRACE = 1.0
"""Seconds that a run is given to stop by itself."""
REACHED = 3
UNITS = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
KEY = "stepnet.limits"
SUPERVISED = "stepnet.supervised"

Command = TypeVar("Command", bound=Callable[..., Any])


class Size(click.ParamType):  # type: ignore[type-arg]  # not generic in older releases
    """Bytes: ``500000000``, ``512M``, ``2G``."""

    name = "BYTES"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value).strip().lower().removesuffix("b").removesuffix("i")
        unit = UNITS.get(text[-1:], 1)
        try:
            count = float(text.rstrip("kmg")) * unit
        except ValueError:
            count = 0.0
        if not 1 <= count < 1 << 60:
            self.fail(f"{value!r} is no number of bytes: write 500000000, 512M or 2G", param, ctx)
        return int(count)


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value is not None and param.name is not None:
        ctx.meta.setdefault(KEY, {})[param.name.removeprefix("max_")] = value


def limited(command: Command) -> Command:
    """Give a verb the options of all limits; `given_limits` has what was asked for."""
    seconds = click.option(
        "--max-seconds", type=click.FloatRange(min=0, min_open=True), metavar="S",
        expose_value=False, callback=_keep, help="Stop after so many seconds.",
    )  # fmt: skip
    steps = click.option(
        "--max-steps", type=click.IntRange(min=1), metavar="N", expose_value=False,
        callback=_keep, help="Stop after so many steps.",
    )  # fmt: skip
    return seconds(steps(limited_memory(command)))


def limited_memory(command: Command) -> Command:
    """Give a command the option of the one limit that has a default."""
    size = click.option(
        "--max-bytes", type=Size(), metavar="BYTES", expose_value=False, callback=_keep,
        help="Memory that the script may use, e.g. 512M; 4G unless given.",
    )  # fmt: skip
    return size(command)


def given_limits() -> Limits:
    """What was asked for; what was not has its default."""
    from stepnet.machine.limits import Limits

    context = click.get_current_context(silent=True)
    found = context.meta.get(KEY, {}) if context is not None else {}
    return Limits(**found)


def supervise(seconds: float | None) -> None:
    """See to it that this process ends in time, whatever the script makes Python do.

    Native code that computes without an end listens to nobody. So the work is done in a child
    process, and this one waits for it.
    """
    context = click.get_current_context(silent=True)
    if context is None or context.meta.setdefault(SUPERVISED, False):
        return
    context.meta[SUPERVISED] = True
    if seconds is None or not hasattr(os, "fork") or sys.stdout is not sys.__stdout__:
        return
    print(end="", flush=True)
    child = os.fork()
    if child == 0:
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    due = time.monotonic() + seconds + GRACE
    while time.monotonic() < due:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            os._exit(code if code >= 0 else 128 - code)
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    text = f"stopped: the {seconds:g} seconds of --max-seconds are used up, inside of one statement"
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
    os._exit(REACHED)
