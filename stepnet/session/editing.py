"""Reading an edit: ``W1[0,2] = 0.5``, ``learning_rate = 0.1 as slow``."""

from __future__ import annotations

import ast
import copy
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stepnet.machine.event import latest
from stepnet.session.asking import answer, question, with_modules
from stepnet.session.errors import CommandError
from stepnet.source.effects import changes, loaded
from stepnet.source.instruction import Run, Statement
from stepnet.source.mark import statement_code
from stepnet.source.statements import target_names

if TYPE_CHECKING:
    from stepnet.session.session import Session

_NAMED = re.compile(r"(.*\S)\s+as\s+([A-Za-z][\w-]*)\s*", re.DOTALL)
FORM = "Write set NAME = EXPR or set NAME[0,2] = EXPR."


@dataclass(frozen=True, eq=False)
class Edit:
    """A value that is to be another."""

    target: str
    instruction: Run
    label: str
    """What the branch is to be called; ``""`` for the next letter."""


def read_edit(session: Session, text: str) -> Edit:
    """An edit for the moment at which the session stands.

    Raises CommandError for what is none, for names that do not exist, and for what would do more
    than store one value.
    """
    named = _NAMED.fullmatch(text)
    written, label = (named[1], named[2]) if named else (text, "")
    node = _parsed(written)
    target = ast.unparse(node.targets[0])
    _check(session, node, written)
    return Edit(target, _instruction(session, node, written), label)


def _parsed(text: str) -> ast.Assign:
    try:
        (node,) = ast.parse(text).body
    except (SyntaxError, ValueError) as error:
        message = f"this is no edit: {error.msg if isinstance(error, SyntaxError) else error}"
        offset = error.offset if isinstance(error, SyntaxError) else 1
        raise CommandError(message, text, max(0, min(offset or 1, len(text)) - 1), FORM) from None
    if isinstance(node, ast.AugAssign):
        value = ast.BinOp(loaded(node.target), node.op, node.value)
        node = ast.copy_location(ast.Assign([node.target], value), node)
    if not isinstance(node, ast.Assign) or len(node.targets) != 1:
        raise CommandError("this is no edit", text, 0, FORM)
    if not isinstance(node.targets[0], ast.Name | ast.Subscript | ast.Attribute):
        raise CommandError("one value is edited at a time", text, 0, FORM)
    return ast.fix_missing_locations(node)


def _check(session: Session, node: ast.Assign, text: str) -> None:
    """Both sides must be what can be asked for, and have a value here."""
    machine, target = session.machine, node.targets[0]
    asked = question(ast.unparse(loaded(target)), session.vocabulary, text, 0)
    answer(asked, machine)
    value = ast.unparse(node.value)
    written = text.rfind(value)
    if written >= 0:
        answer(question(value, session.vocabulary, text, written), machine)
    else:
        answer(question(value, session.vocabulary), machine)
    if isinstance(target, ast.Name) and target.id not in machine.names:
        raise CommandError(
            f"{target.id} is no name of {machine.frame.unit.name}",
            text,
            0,
            f"finish leads out of it; {target.id}[...] = … changes an array's entries from here.",
        )


def _instruction(session: Session, node: ast.Assign, text: str) -> Run:
    machine = session.machine
    event = latest(machine)
    effects = changes([node], session.vocabulary.modules).compiled()
    stored = copy.deepcopy(node)
    stored.value = with_modules(stored.value, session.vocabulary)
    return Run(
        statement=Statement(
            line=event.statement.line if event else 0,
            end_line=event.statement.line if event else 0,
            column=0,
            text=f"set {' '.join(text.split())}",
            targets=tuple(target_names(node.targets[0])),
            label="",
            unit=machine.frame.unit.name,
            phase=event.statement.phase if event else "",
            narration=("This was not in the script: it was set by hand.",),
            claim="",
            node=node,
        ),
        code=statement_code(stored),
        effects=effects,
        then=machine.frame.place,
        completes=True,
        value=node.value,
    )
