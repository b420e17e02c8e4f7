"""Comprehensions that run as one piece, written out: ``sum(f(x) for x in xs)`` is many terms."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from stepnet.calculus.tape import Variable
from stepnet.source.statements import target_names

if TYPE_CHECKING:
    from stepnet.calculus.reader import Reader

Comprehension = ast.ListComp | ast.GeneratorExp | ast.DictComp
MOST = 200
"""Elements up to which a comprehension is written out."""


class TooMuchError(Exception):
    """A comprehension cannot be written out."""


def has_comprehension(node: ast.AST) -> bool:
    """Is there a comprehension anywhere in an expression?"""
    return any(isinstance(part, Comprehension) for part in ast.walk(node))


def elements(node: Comprehension, reader: Reader) -> list[Variable | None]:
    """What a comprehension computes, element by element, each on the tape.

    Raises TooMuchError where it is not known what it runs over, or that is too long.
    """
    value = node.value if isinstance(node, ast.DictComp) else node.elt
    found: list[Variable | None] = []
    for inner in _turns(node.generators, reader):
        if len(found) == MOST:
            raise TooMuchError
        found.append(inner.of(value))
    return found


def unrolled(node: ast.expr, reader: Reader) -> ast.expr:
    """The expression with lists of names for its comprehensions; `reader` keeps these names.

    Raises TooMuchError.
    """
    made = _Unroll(reader).visit(copy.deepcopy(node))
    assert isinstance(made, ast.expr)
    return ast.fix_missing_locations(made)


class _Unroll(ast.NodeTransformer):
    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def visit_ListComp(self, node: ast.ListComp) -> ast.expr:
        return self._listed(node)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.expr:
        return self._listed(node)

    def visit_DictComp(self, node: ast.DictComp) -> ast.expr:
        raise TooMuchError

    def visit_Call(self, node: ast.Call) -> ast.expr:
        over = bool(node.args) and has_comprehension(node.args[0])
        self.generic_visit(node)
        match node:
            case ast.Call(ast.Name(id="sum"), [ast.List(elts=[first, *rest])], []) if over:
                total = first
                for part in rest:
                    total = ast.BinOp(total, ast.Add(), part)
                return total
        return node

    def _listed(self, node: ast.ListComp | ast.GeneratorExp) -> ast.expr:
        names: list[ast.expr] = []
        for variable in elements(node, self.reader):
            name = f".element{len(self.reader.kept)}"
            self.reader.kept[name] = variable
            names.append(ast.Name(name, ast.Load()))
        return ast.copy_location(ast.List(names, ast.Load()), node)


def _turns(loops: list[ast.comprehension], reader: Reader) -> Iterator[Reader]:
    """The reader inside of each turn, which sees the variables of the loops."""
    if not loops:
        yield reader
        return
    first, *others = loops
    given = reader.sources(first.iter)
    for thing in islice(_run_over(first.iter, reader), MOST + 1):
        reader.gap(thing, given)
        inner = replace(reader, inner={**reader.inner, **_bound(first.target, thing)})
        tests = [inner.look(test) for test in first.ifs]
        if any(test is None for test in tests):
            raise TooMuchError
        if all(tests):
            yield from _turns(others, inner)


def _run_over(node: ast.expr, reader: Reader) -> Iterable[Any]:
    match node:
        case ast.Call(ast.Name(id="zip"), arguments, []):
            return zip(*(_run_over(part, reader) for part in arguments), strict=False)
        case ast.Call(ast.Name(id="enumerate"), [argument], []):
            return enumerate(_run_over(argument, reader))
        case ast.Call(ast.Name(id="reversed"), [argument], []):
            return list(_run_over(argument, reader))[::-1]
    found = reader.look(node)
    if found is None or not hasattr(type(found), "__len__"):
        raise TooMuchError
    assert isinstance(found, Iterable)
    return found


def _bound(target: ast.expr, thing: Any) -> dict[str, object]:
    match target:
        case ast.Name(id=name):
            return {name: thing}
        case ast.Tuple(elts=parts) if isinstance(thing, tuple | list) and len(parts) == len(thing):
            found: dict[str, object] = {}
            for part, held in zip(parts, thing, strict=True):
                found.update(_bound(part, held))
            return found
    raise TooMuchError(*target_names(target))
