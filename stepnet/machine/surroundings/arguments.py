"""``argparse``, with its defaults or with what follows ``--`` on our command line."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stepnet.machine.world import World

Asked = tuple[int, int, str, tuple[Any, ...], dict[str, Any]]
"""The asked object's number, the answer's, the method, and its arguments."""


class _Quiet(argparse.ArgumentParser):
    """A parser that prints where the script prints."""

    world: World

    def _print_message(self, message: str, file: Any = None) -> None:
        self.world.tape.say(message)


_FREE = ("type", "default", "const")
"""What may be any object: argparse gives it no parser of Python's, which could open files."""
_SHAPES = (
    argparse.ArgumentDefaultsHelpFormatter, argparse.RawTextHelpFormatter,
    argparse.RawDescriptionHelpFormatter, argparse.HelpFormatter,
)  # fmt: skip


def _is_plain(value: object) -> bool:
    if type(value) in (list, tuple):
        return all(map(_is_plain, value))  # type: ignore[call-overload]  # a list or tuple
    return type(value) in (str, int, float, bool, type(None)) or value in _SHAPES


class Parser:
    """What ``ArgumentParser()`` returns: what is asked of it is kept, and done when it parses.

    So a step back has only to shorten a list.
    """

    def __init__(self, world: World, asked: list[Asked], number: int, named: dict[str, Any]):
        self._world = world
        self.asked = asked
        self._number = number
        self._named = named

    def _ask(self, name: str, given: tuple[Any, ...], named: dict[str, Any]) -> Parser:
        for place, value in [*enumerate(given), *named.items()]:
            if place not in _FREE and not _is_plain(value):
                raise TypeError(f"argparse takes plain values here, not a {type(value).__name__}")
        answer = len(self.asked) + 1
        self._world.about_to_change(self.asked)
        self.asked.append((self._number, answer, name, given, named))
        return Parser(self._world, self.asked, answer, self._named)

    def add_argument(self, *given: Any, **named: Any) -> None:
        """Declare an argument."""
        if "choices" in named:
            named["choices"] = list(named["choices"])
        self._ask("add_argument", given, named)

    def set_defaults(self, **named: Any) -> None:
        """Declare what arguments are if they are not given."""
        self._ask("set_defaults", (), {"default": named})

    def add_argument_group(self, *given: Any, **named: Any) -> Parser:
        """Arguments that are described together."""
        return self._ask("add_argument_group", given, named)

    def add_mutually_exclusive_group(self, **named: Any) -> Parser:
        """Arguments of which one can be given."""
        return self._ask("add_mutually_exclusive_group", (), named)

    def parse_args(self, args: Any = None, namespace: None = None) -> Any:
        """The arguments of this run.

        Raises SystemExit where they do not fit.
        """
        return self._built().parse_args(self._arguments(args), self._world.namespace())

    def parse_known_args(self, args: Any = None, namespace: None = None) -> Any:
        """The same, and what was not declared."""
        return self._built().parse_known_args(self._arguments(args), self._world.namespace())

    def print_help(self, file: None = None) -> None:
        """Print what can be given."""
        self._built().print_help()

    def error(self, message: str) -> None:
        """Leave with an error."""
        self._built().error(message)

    def _arguments(self, args: Any) -> list[str]:
        return list(self._world.given.arguments if args is None else args)

    def _built(self) -> argparse.ArgumentParser:
        parser = _Quiet(**{"prog": self._world.path.name, **self._named})
        parser.world = self._world
        answers: dict[int, Any] = {0: parser}
        for number, answer, name, given, named in self.asked:
            chosen = named["default"] if name == "set_defaults" else named
            answers[answer] = getattr(answers[number], name)(*given, **chosen)
        return parser


def argparse_module(world: World) -> dict[str, object]:
    """What ``import argparse`` gives."""

    def parser(prog: str | None = None, **named: Any) -> Parser:
        if named.pop("fromfile_prefix_chars", None) is not None:
            raise PermissionError("arguments cannot be read from files here")
        if not all(map(_is_plain, named.values())):
            raise TypeError("ArgumentParser takes plain values here")
        if prog is not None:
            named["prog"] = str(prog)
        return Parser(world, [], 0, named)

    return {
        "ArgumentParser": parser,
        "Namespace": lambda **named: world.namespace(**named),
        **{shape.__name__: shape for shape in _SHAPES},
    }
