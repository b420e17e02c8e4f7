"""The statements of a script as people refer to them: text, targets, phase, narration."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

from stepnet.source.by_name import stored_by_name
from stepnet.source.instruction import Statement
from stepnet.source.lowering import Place
from stepnet.source.matching import SUBJECT
from stepnet.source.narration import Narration
from stepnet.source.place import place_of
from stepnet.source.script import Script
from stepnet.source.section import at

Span = tuple[int, int, int]
"""First line, last line, column."""

Compound = ast.For | ast.While | ast.If | ast.FunctionDef | ast.With | ast.Try | ast.ClassDef


def spans(tree: ast.Module) -> dict[int, Span]:
    """Where each statement really stands, by identity; taken before functions are marked."""
    return {
        id(node): (node.lineno, node.end_lineno or node.lineno, node.col_offset)
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt)
    }


def described(
    tree: ast.Module, script: Script, places: dict[int, Span], told: Narration
) -> dict[Place, Statement]:
    """Every statement of the script by its place, in the order of the lines."""
    return {
        (node.lineno, node.col_offset): _statement(node, unit, script, places[id(node)], told)
        for node, unit in _walk(tree.body, "", _shared_names(tree))
    }


def _walk(
    body: list[ast.stmt], unit: str, shared: frozenset[str], owner: str = ""
) -> Iterator[tuple[ast.stmt, str]]:
    """Every statement with the function it stands in; `owner` is the class around it."""
    for node in body:
        inner, around = unit, ""
        if isinstance(node, ast.FunctionDef):
            outer = (owner if node.name in shared else "") or unit
            inner = f"{outer}.{node.name}" if outer else node.name
            yield node, outer
        else:
            if isinstance(node, ast.ClassDef):
                around = f"{unit}.{node.name}" if unit else node.name
            yield node, owner or unit
        for block in _blocks(node):
            yield from _walk(block, inner, shared, around)


def _blocks(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    """The lists of statements inside a statement."""
    for name in ("body", "orelse", "handlers", "cases", "finalbody"):
        for part in getattr(node, name, []):
            if isinstance(part, ast.ExceptHandler | ast.match_case):
                yield part.body
        if name not in ("handlers", "cases"):
            yield getattr(node, name, [])


def _shared_names(tree: ast.Module) -> frozenset[str]:
    """Methods that are named like another function: they are told apart by their class."""
    named = Counter(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return frozenset(name for name, count in named.items() if count > 1)


def _statement(node: ast.stmt, unit: str, script: Script, span: Span, told: Narration) -> Statement:
    first, last, column = span
    header = _header_end(node, first, last)
    targets = tuple(dict.fromkeys(_targets(node)))
    label = _label(node, targets, first)
    return Statement(
        line=first,
        end_line=header,
        column=column,
        text=_text(script.lines[first - 1 : header], told, first),
        targets=targets,
        label=f"{unit}.{label}" if unit and not label.isdigit() else label,
        unit=unit,
        phase=told.phase(first, column),
        narration=told.beside(first, header),
        claim=told.claim(first, header),
        node=node,
        at=at(script.sections, first),
    )


def _header_end(node: ast.stmt, first: int, last: int) -> int:
    """Last line of a statement's own text: a compound statement ends where its body begins."""
    if not isinstance(node, Compound):
        return last
    if isinstance(node, ast.FunctionDef):
        parts: list[ast.expr | ast.arg] = [*node.args.args, *node.args.defaults]
    elif isinstance(node, ast.For):
        parts = [node.iter]
    elif isinstance(node, ast.While | ast.If):
        parts = [node.test]
    else:
        parts = []
    ends = [part.end_lineno or 0 for part in parts]
    limit = _first_line(node.body[0], last) - 1
    return max(first, min(max(ends, default=0), limit))


def _first_line(node: ast.stmt, last: int) -> int:
    """Line of a statement; a marked function tells it by its first argument or its body."""
    return last if isinstance(node, ast.FunctionDef) else min(node.lineno, last)


def _text(lines: tuple[str, ...], told: Narration, first: int) -> str:
    pieces = []
    for number, line in enumerate(lines, start=first):
        pieces.append(told.bare(number, line).strip().removesuffix("\\").rstrip())
    return " ".join(filter(None, pieces))


def _targets(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.Assign) and _is_subject(node.targets[0]):
        return
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    for target in targets_of(node):
        yield from target_names(target)


def _is_subject(target: ast.expr) -> bool:
    """Is this what holds the subject of a ``match``?"""
    return isinstance(target, ast.Name) and target.id.startswith(SUBJECT)


def targets_of(node: ast.stmt) -> Iterator[ast.expr]:
    """What a statement assigns, the parts of a tuple one by one."""
    match node:
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            for target in targets:
                yield from _single(target)
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target) | ast.For(target=target):
            yield from _single(target)
        case ast.Expr():
            named = stored_by_name(node)
            if named is not None:
                yield named[0]
        case _:
            pass


def _single(target: ast.expr) -> Iterator[ast.expr]:
    match target:
        case ast.Starred(value=value):
            yield from _single(value)
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            for element in elements:
                yield from _single(element)
        case _:
            yield target


def target_names(target: ast.expr) -> Iterator[str]:
    """The places that a target assigns; of an array's entry the array that it belongs to."""
    match target:
        case ast.Name(id=name):
            yield name
        case ast.Attribute():
            yield place_of(target) or ast.unparse(target)
        case ast.Subscript(value=value):
            place = place_of(target)
            yield from [place] if place else target_names(value)
        case ast.Starred(value=value):
            yield from target_names(value)
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            for element in elements:
                yield from target_names(element)
        case _:
            pass


def _label(node: ast.stmt, targets: tuple[str, ...], line: int) -> str:
    if isinstance(node, ast.Return):
        return "return"
    return targets[0] if targets else str(line)
