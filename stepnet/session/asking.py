"""Asking for a value where the program stands, without changing anything by it.

An expression is read once, checked by the rules that scripts are checked by, and then evaluated as
often as is asked: in conditions of breakpoints, in log messages, watches, `print` and `expect`.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from types import CodeType
from typing import TYPE_CHECKING

from stepnet.machine.frame import Frame
from stepnet.machine.machine import Machine, Overrun
from stepnet.session.errors import CommandError
from stepnet.source.allowed import BUILTINS, GLOBALS
from stepnet.source.bounded import bounded
from stepnet.source.guard import guarded
from stepnet.source.harmless import Functions, read_names
from stepnet.source.instruction import Program
from stepnet.source.mark import expression_code
from stepnet.source.members import Members
from stepnet.source.permit import bound_names, expression_refusals, imported_modules
from stepnet.source.unwarned import tree_of

if TYPE_CHECKING:
    from stepnet.session.session import Session

_ALWAYS = {"np": "numpy", "numpy": "numpy", "math": "math"}
"""Modules that can be asked by these names whether or not the script imports them."""
_NESTED = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp | ast.Lambda


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What can be asked about one program."""

    program: Program

    @cached_property
    def _tree(self) -> ast.Module:
        return tree_of(self.program.text)

    @cached_property
    def bound(self) -> frozenset[str]:
        """Every name that the script binds."""
        return bound_names(self._tree)

    @cached_property
    def known(self) -> frozenset[str]:
        """Names, and names of attributes, that the script stores to."""
        stored = {name for part in self.program.statements for name in part.targets}
        return self.bound | stored | {name.rpartition(".")[2] for name in stored}

    @cached_property
    def modules(self) -> dict[str, str]:
        """Names that stand for modules."""
        own = imported_modules(self._tree)
        more = {name: module for name, module in _ALWAYS.items() if name not in self.bound}
        return {**more, **own}

    @cached_property
    def functions(self) -> Functions:
        """The script's functions, to be looked into."""
        return Functions(self._tree, self.bound, self.modules)


@dataclass(frozen=True, eq=False)
class Question:
    """An expression that can be evaluated wherever the program stands."""

    text: str
    code: CodeType
    names: frozenset[str]
    """The script's names that it reads."""
    is_nested: bool
    """It holds a comprehension or a lambda, whose names are looked up elsewhere."""
    line: str
    """The command line it was written in, for the caret of an error."""
    column: int
    """Where it begins in that line."""
    vocabulary: Vocabulary


def question(
    text: str, vocabulary: Vocabulary, line: str | None = None, column: int = 0
) -> Question:
    """Read an expression; `line` is what it was written in, and `column` where it begins there.

    Raises CommandError for what is no expression, what no script may do, what would change
    something, and for names that the script does not have.
    """
    shown = text if line is None else line
    lead = len(text) - len(text.lstrip())
    text, column = text.strip(), column + lead
    node = _parsed(text, shown, column)
    refused = expression_refusals(node, text, vocabulary.bound, vocabulary.modules)
    if refused:
        first = refused[0]
        raise CommandError(first.message, shown, column + first.column, first.advice)
    harm = vocabulary.functions.harm(node)
    if harm is not None:
        place = column + _characters(text, getattr(harm.node, "col_offset", 0))
        raise CommandError(harm.message, shown, place, "Asking must not change anything.")
    names = _known_names(node, text, vocabulary, shown, column)
    nested = any(isinstance(part, _NESTED) for part in ast.walk(node))
    code = expression_code(bounded(guarded(with_modules(node, vocabulary), Members())))
    return Question(text, code, names, nested, shown, column, vocabulary)


def _parsed(text: str, line: str, column: int) -> ast.expr:
    try:
        node = ast.parse(text, mode="eval").body
        compile(ast.Expression(node), "", "eval")
    except SyntaxError as error:
        place = column + min(max(0, (error.offset or 1) - 1), len(text))
        raise CommandError(f"this is no expression: {error.msg}", line, place) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise CommandError(f"this is no expression: {error}", line, column) from None
    return node


def _known_names(
    node: ast.expr, text: str, vocabulary: Vocabulary, line: str, column: int
) -> frozenset[str]:
    names = set()
    for part in read_names(node):
        name = part.id
        if name in vocabulary.bound:
            names.add(name)
        elif name not in BUILTINS | GLOBALS | set(vocabulary.modules):
            place = column + _characters(text, part.col_offset)
            raise CommandError(f"no name '{name}'", line, place, near(name, vocabulary.bound))
    return frozenset(names)


def near(name: str, known: Iterable[str]) -> str:
    """Advice about a name that does not exist."""
    found = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f"Did you mean {found[0]}?" if found else ""


def with_modules(node: ast.expr, vocabulary: Vocabulary) -> ast.expr:
    """Modules are found where the script has not imported them, or not yet."""
    hidden = {"numpy": ".numpy", "math": ".math"}
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id in vocabulary.modules:
            part.id = hidden.get(vocabulary.modules[part.id], part.id)
    return node


def evaluated(asked: Question, frame: Frame) -> object:
    """The value in a frame, as quickly as can be; raises whatever evaluating raises.

    Whoever asks this way sees to it that the machine's world is active.
    """
    if asked.is_nested:
        scope = frame.scope
        return eval(asked.code, scope, scope)
    return eval(asked.code, frame.globals, frame.names)


def answer(asked: Question, machine: Machine, frame: Frame | None = None) -> object:
    """The value where the program stands, or in another frame of its stack.

    Raises CommandError where it has none there.
    """
    ticks, warned = machine.fused_ticks[0], len(machine.world.warnings)
    try:
        machine.announced.changes = None
        with machine.world.active():
            return evaluated(asked, frame or machine.frame)
    except Exception as error:
        raise unanswered(asked, error) from None
    finally:
        machine.fused_ticks[0] = ticks
        del machine.world.warnings[warned:]


def unanswered(asked: Question, error: Exception) -> CommandError:
    """What evaluating an expression raised, told as a command's error."""
    place = asked.column + _characters(asked.text, _offset(asked, error))
    if isinstance(error, NameError) and error.name in asked.vocabulary.bound:
        where = _assigned(error.name, asked.vocabulary.program)
        return CommandError(f"{error.name} has no value here", asked.line, place, where)
    if isinstance(error, Overrun):
        return CommandError("this runs too long to be asked for", asked.line, place)
    return CommandError(f"{type(error).__name__}: {error}", asked.line, place)


def _assigned(name: str, program: Program) -> str:
    places = [part.at for part in program.statements if name in part.targets]
    return f"It is assigned in {places[0]}." if places else ""


def _offset(asked: Question, error: Exception) -> int:
    """Where in the expression it went wrong, in bytes."""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code is asked.code:
            positions = list(asked.code.co_positions())
            found = positions[trace.tb_lasti // 2][2] if trace.tb_lasti >= 0 else 0
            return found or 0
        trace = trace.tb_next
    return 0


def _characters(text: str, offset: int) -> int:
    """Columns of a syntax tree count bytes; people count characters."""
    return len(text.encode()[:offset].decode(errors="replace"))


def value_here(session: Session, text: str, line: str | None = None, column: int = 0) -> object:
    """The value of an expression where a session stands.

    Raises CommandError where it has none.
    """
    return answer(question(text, session.vocabulary, line, column), session.machine)
