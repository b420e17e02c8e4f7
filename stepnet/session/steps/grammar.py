"""Reading ``.steps`` scripts: all that is wrong with one is found before any of it runs.

steps 1                     # the header, and a comment
include setup.steps         # another script's lines, here
open trask_neuron seed 3    # a built-in scenario, or a path beside this file
step 10                     # every command of the debugger; also `10 step`
expect E ~= 0.6 +- 1e-2     # ends the script where it does not hold
check dE_dw is exact        # records it and goes on
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from stepnet.session.address import parsed
from stepnet.session.commands import COMMANDS
from stepnet.session.counts import count
from stepnet.session.errors import CommandError
from stepnet.session.prompt import arguments_fit
from stepnet.session.steps.expectation import Misread, Refused, expectation, expression
from stepnet.session.steps.scan import without_comment
from stepnet.session.steps.script import Do, Expect, Open, Source, Step, StepsError
from stepnet.source.refusal import Refusal, SourceError, render
from stepnet.source.script import NoSuchScript, open_script

VERSION = "1"
OWN = ("steps", "include", "open", "expect", "check")
"""Words that begin a line of a script and are no command of the debugger, or not only one."""
THROUGH = {"continue": "to end", "reverse-continue": "to start"}
"""What may stand behind a command that runs until something stops it."""
READERS: Mapping[str, Callable[[str], object]] = {
    "[COUNT]": count,
    "ADDRESS": parsed,
    "EXPR": expression,
}
"""How an argument is read, as far as that needs no session; by its grammar."""

BY_NAME = {command.name: command for command in COMMANDS}
_OPEN = re.compile(r"""(?:"([^"]+)"|'([^']+)'|(\S+))(?:\s+seed\s+(\d+))?""")
_COUNTED = re.compile(r"(\d+)\s+([a-z][a-z-]*)")


def read_steps(path: Path, name: str = "") -> tuple[Step, ...]:
    """The lines of a script that do something, includes unfolded; `name` is what to call it.

    Raises StepsError, OSError where the file itself cannot be read.
    """
    refusals: list[str] = []
    steps = tuple(_lines_of(_source(path, name or str(path)), (), refusals))
    if not refusals and not steps:
        refusals.append(
            f"{name or path}: nothing is done here\n  Write open TARGET, then commands."
        )
    if steps and not refusals and not isinstance(steps[0].does, Open):
        refusals.append(_shown(steps[0], "nothing is open yet", "Write open TARGET first."))
    if refusals:
        raise StepsError("\n".join(refusals))
    return steps


def _source(path: Path, name: str) -> Source:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise OSError(0, "not a text file in UTF-8") from error
    return Source(name, path.resolve(), tuple(text.splitlines()))


def _lines_of(source: Source, around: tuple[Path, ...], refusals: list[str]) -> Iterator[Step]:
    """The steps of one file; what is wrong with it goes to `refusals`."""
    headed = False
    for number, written in enumerate(source.lines, start=1):
        text = without_comment(written).rstrip()
        column = len(text) - len(text.lstrip())
        text = text.strip()
        if not text:
            continue
        try:
            if not headed:
                headed = True
                if text.partition(" ")[0] == "steps":
                    _check_version(text)
                    continue
                refusals.append(_headless(source, number, column, text))
            if text.partition(" ")[0] == "include":
                yield from _included(text, source, around, refusals)
                continue
            does, start = _read(text, source.path.parent)
            yield Step(source, number, column + start, len(text) - start, does)
        except Misread as error:
            place = column + error.column
            refusal = Refusal(number, place, place + error.width, error.message, error.advice)
            refusals.append(render(source.name, source.lines, refusal))
    if not headed:
        refusals.append(f"{source.name}: an empty script\n  Write steps {VERSION} first.")


def _headless(source: Source, number: int, column: int, text: str) -> str:
    advice = f"Write steps {VERSION} before it."
    refusal = Refusal(number, column, column + len(text), "the header is missing", advice)
    return render(source.name, source.lines, refusal)


def _check_version(header: str) -> None:
    version = header.partition(" ")[2].strip()
    if version != VERSION:
        message = f"the version of the language is {VERSION}, not {version or 'left out'}"
        column = len(header) - len(version)
        raise Misread(message, column, f"Write steps {VERSION}.", max(1, len(version)))


def _included(
    text: str, source: Source, around: tuple[Path, ...], refusals: list[str]
) -> Iterator[Step]:
    name = text[len("include") :].strip().strip("'\"")
    column = text.find(name, len("include"))
    if not name:
        raise Misread("include needs a file behind it", len(text), "Write include setup.steps.")
    path = source.path.parent / name
    inside = (*around, source.path)
    if path.resolve() in inside:
        raise Misread("the script would include itself", column, "Leave it out.", len(name))
    try:
        inner = _source(path, str(Path(source.name).parent / name))
    except OSError as error:
        message = f"{name} cannot be read: {error.strerror}"
        raise Misread(message, column, "It is looked for beside this file.", len(name)) from None
    yield from _lines_of(inner, inside, refusals)


def _read(text: str, folder: Path) -> tuple[Open | Do | Expect, int]:
    """What a line does, and the column of what a caret should point at."""
    word, _, rest = text.partition(" ")
    start = len(text) - len(rest.lstrip())
    if word == "open":
        return _open(text, start, folder), start
    if word == "expect" or (word == "check" and rest):
        return _expect(text, word, start), start
    return _command(text), 0


def _open(text: str, start: int, folder: Path) -> Open:
    found = _OPEN.fullmatch(text, start)
    if found is None or start >= len(text):
        advice = "Write open TARGET or open TARGET seed 3."
        raise Misread("open needs one target behind it", min(start, len(text)), advice)
    target = found[1] or found[2] or found[3]
    beside = folder / target
    try:
        open_script(str(beside) if beside.is_file() else target)
    except NoSuchScript as error:
        message, _, advice = str(error).partition("\n")
        raise Misread(message, start, advice.strip(), len(target)) from None
    except SourceError:
        pass  # what is wrong with the program itself is told when it is opened
    seed = int(found[4]) if found[4] else None
    return Open(str(beside.resolve()) if beside.is_file() else target, seed)


def _expect(text: str, word: str, start: int) -> Expect:
    body = text[start:] if len(text) > len(word) else ""
    try:
        what = expectation(body)
        if isinstance(what, Refused):
            try:
                _command(what.command)
            except Misread as error:
                # A command that nobody knows is refused as well, if that is what is expected.
                if what.text not in error.message:
                    raise Misread(
                        error.message, what.column + error.column, error.advice, error.width
                    ) from None
    except Misread as error:
        raise Misread(error.message, start + error.column, error.advice, error.width) from None
    return Expect(what, body, word == "check")


def _command(text: str) -> Do:
    """A command of the debugger, checked as far as that is possible without a program."""
    if found := _COUNTED.fullmatch(text):
        number, name = found.groups()
        if name in BY_NAME and BY_NAME[name].argument == "[COUNT]":
            text = f"{name} {number}"
    word, _, argument = text.partition(" ")
    argument = argument.strip()
    command = BY_NAME.get(word)
    if command is None:
        raise Misread(f"no command is called {word!r}", 0, _near(word), len(word))
    through = THROUGH.get(word) == argument
    if through:
        argument = ""
    column = text.find(argument, len(word)) if argument else len(text)
    try:
        arguments_fit(command, argument, text)
        if command.argument in READERS:
            READERS[command.argument](argument)
    except CommandError as error:
        raise Misread(error.message, column, error.advice, max(1, len(argument))) from None
    except Misread as error:
        raise Misread(error.message, column + error.column, error.advice, error.width) from None
    return Do(command, argument, through)


def _near(word: str) -> str:
    near = difflib.get_close_matches(word, (*BY_NAME, *OWN), n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else "The ? screen of stepnet lists the commands."


def _shown(step: Step, message: str, advice: str) -> str:
    refusal = Refusal(step.line, step.column, step.column + step.width, message, advice)
    return render(step.source.name, step.source.lines, refusal)
