"""A script with the derived backward pass and update in place of the ones it has."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stepnet.calculus.roles import Roles, needs_backward, roles
from stepnet.machine.world import Given
from stepnet.session.completed import (
    Backward,
    backward_lines,
    backward_of,
    completed,
    require_whole,
    update_lines,
)
from stepnet.session.errors import CommandError
from stepnet.source.instruction import Program
from stepnet.source.program import compile_program
from stepnet.source.script import Script


@dataclass(frozen=True, eq=False)
class _Place:
    """Where a script's own backward pass and update stand."""

    removed: tuple[ast.stmt, ...]
    kept: tuple[ast.stmt, ...]
    """Every other statement of the script that is not inside a removed one."""


def with_derived(script: Script, given: Given | None = None) -> Script:
    """The script with its backward pass and update derived, whether or not it has its own.

    Raises CommandError where they cannot be derived, or the script's own cannot be told from the
    rest.
    """
    program = compile_program(script)
    known = roles(program)
    if needs_backward(program, known):
        return completed(script, given)
    backward = backward_of(script, given)
    require_whole(backward)
    place = _place(script, program, known, backward)
    rate = _rate(place.removed, known) or backward.rate
    backward = replace(backward, rate=rate)
    indent = " " * backward.loss.column
    added = [*backward_lines(backward, indent), *update_lines(backward, indent)]
    return replace(script, text=_rewritten(script, place, added))


def _place(script: Script, program: Program, known: Roles, backward: Backward) -> _Place:
    tree = ast.parse(script.text)
    body = _body_with(tree, backward.loss.line)
    own = _own_lines(program, known)
    at = next(n for n, part in enumerate(body) if part.lineno == backward.loss.line)
    early = [part for part in body[:at] if _simple_lines(part) & own]
    if early:
        raise _refused(
            f"line {early[0].lineno} belongs to its backward pass or update, but stands before "
            f"the loss ({backward.loss.at})"
        )
    removed = [part for part in body[at + 1 :] if _simple_lines(part) & own]
    for part in removed:
        mixed = _simple_lines(part) - own
        if mixed:
            raise _refused(f"line {min(mixed)} stands among its backward statements")
    inside = {id(part) for one in removed for part in ast.walk(one)}
    kept = tuple(
        part for part in ast.walk(tree) if isinstance(part, ast.stmt) and id(part) not in inside
    )
    place = _Place(tuple(removed), kept)
    if not removed:
        function = next((s for s in known.gradients if s.unit != backward.loss.unit), None)
        where = f"in the function {function.unit} ({function.at})" if function else "before"
        raise _refused(f"its gradients are computed {where}, not behind its loss")
    _require_unused(place, backward)
    return place


def _refused(reason: str) -> CommandError:
    return CommandError(
        f"the script's own backward pass cannot be replaced: {reason}",
        advice="Without --script the derived statements alone are printed.",
    )


def _body_with(tree: ast.Module, line: int) -> list[ast.stmt]:
    """The block in which the statement of a line stands."""
    for parent in ast.walk(tree):
        for block in _blocks(parent):
            if any(part.lineno == line and not list(_blocks(part)) for part in block):
                return block
    raise _refused(f"the loss of line {line} shares its line with another statement")


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
            yield block


def _own_lines(program: Program, known: Roles) -> set[int]:
    """Lines of the statements that compute gradients or step against them."""
    gradients = {statement.line for statement in known.gradients}
    updates = {
        statement.line
        for statement in program.statements
        if statement.phase in ("backward", "update")
        or (
            isinstance(statement.node, ast.AugAssign)
            and any(known.of.get(name) == "parameter" for name in statement.targets)
        )
    }
    return gradients | updates


def _simple_lines(node: ast.stmt) -> set[int]:
    """Lines of the simple statements in a statement, itself included."""
    return {
        part.lineno
        for part in ast.walk(node)
        if isinstance(part, ast.stmt) and not list(_blocks(part))
    }


def _require_unused(place: _Place, backward: Backward) -> None:
    """What only the old backward pass computes must not be asked for elsewhere."""
    made = {name for part in place.removed for name in _names(part, ast.Store)}
    made -= {name for part in place.kept for name in _stored(part)}
    made -= {part.name for part in backward.statements} | set(backward.parameters)
    for part in place.kept:
        if list(_blocks(part)):
            continue
        used = sorted(made & set(_names(part, ast.Load)))
        if used:
            raise _refused(f"line {part.lineno} uses {used[0]}, which only that computes")


def _names(node: ast.AST, context: type[ast.expr_context]) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, context):
            yield part.id


def _stored(part: ast.stmt) -> Iterator[str]:
    return iter(()) if list(_blocks(part)) else _names(part, ast.Store)


def _rate(removed: Sequence[ast.stmt], known: Roles) -> str:
    """The learning rate as the script's own update writes it; ``""`` if that is not plain."""
    for part in removed:
        if not isinstance(part, ast.AugAssign) or not isinstance(part.op, ast.Sub):
            continue
        if isinstance(part.value, ast.BinOp) and isinstance(part.value.op, ast.Mult):
            for side in (part.value.left, part.value.right):
                plain = isinstance(side, ast.Constant | ast.Name)
                if plain and known.of.get(getattr(side, "id", "")) != "gradient":
                    return ast.unparse(side)
    return ""


def _rewritten(script: Script, place: _Place, added: Sequence[str]) -> str:
    """The text without the removed statements and their comments, with the added lines."""
    lines = script.lines
    gone: set[int] = set()
    for part in place.removed:
        gone.update(range(part.lineno, (part.end_lineno or part.lineno) + 1))
        above = part.lineno - 1
        while above and lines[above - 1].lstrip().startswith("#"):
            gone.add(above)
            above -= 1
    first = min(gone)
    text: list[str] = []
    for number, line in enumerate(lines, start=1):
        if number == first:
            text += added
        blank_again = not line.strip() and text and not text[-1].strip()
        if number not in gone and not (blank_again and number - 1 in gone):
            text.append(line)
    return "\n".join(text) + "\n"
