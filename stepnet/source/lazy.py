"""Iterators that are used up where they are made, and those that cannot be opened.

An iterator moves when it is read and cannot be moved back. A loop keeps its own position instead;
a call of Python's or numpy's that reads all of it at once needs none. One that is kept in a name,
in a list, or given to the script's own code, would have a state of its own that nobody restores.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from stepnet.source.calls import Callables, Comprehension
from stepnet.source.refusal import Refusal, refuse

_LAZY = frozenset({"zip", "enumerate", "map", "filter", "reversed"})
_LAZY_NUMPY = frozenset({"ndenumerate", "ndindex"})
_EAGER = frozenset({"list", "tuple", "set", "frozenset", "dict", "sorted", "sum", "min", "max",
                    "any", "all", "bytes", "len"})  # fmt: skip
"""Builtins that read all of an iterator before anything else happens."""
_KEEPERS = frozenset({"append", "insert", "setdefault", "add", "fill", "copy", "deepcopy"})
"""Methods and functions that keep an argument instead of reading it."""


def lazy_refusals(
    tree: ast.Module, bound: frozenset[str], modules: dict[str, str]
) -> Iterator[Refusal]:
    """Every iterator that is kept, and every generator that would call the script bit by bit."""
    calls = Callables(bound, frozenset(), modules)
    consumed = {id(part) for node in ast.walk(tree) for part in _consumed(node, calls)}
    at_once = {id(part) for node in ast.walk(tree) for part in _read_at_once(node, calls)}
    for node in ast.walk(tree):
        if isinstance(node, ast.GeneratorExp) and id(node) not in consumed:
            yield refuse(node, "a generator that is kept cannot be stepped", "Use a list: [...].")
        elif isinstance(node, ast.GeneratorExp) and calls.within(node) and id(node) not in at_once:
            yield refuse(
                node,
                "a generator that calls the script's functions bit by bit cannot be stepped",
                "Use a list: write [...] instead of (...).",
            )
        elif isinstance(node, ast.Call) and _is_lazy(node.func, bound) and id(node) not in consumed:
            name = ast.unparse(node.func)
            advice = f"Make it a list: list({name}(...))."
            yield refuse(node, f"{name}() that is kept cannot be stepped", advice)
        elif isinstance(node, Comprehension) and calls.within(node):
            yield from _named(node)
            for generator in node.generators:
                yield from _loud(generator.iter, at_once, modules)
        elif isinstance(node, ast.For):
            yield from _loud(node.iter, at_once, modules)


def _loud(node: ast.expr, at_once: set[int], modules: dict[str, str]) -> Iterator[Refusal]:
    """Generators that a loop reads bit by bit, and that change something at every bit."""
    from stepnet.source.effects import changes

    for part in ast.walk(node):
        if isinstance(part, ast.GeneratorExp) and id(part) not in at_once:
            first, *others = part.generators
            inner = [part.elt, *first.ifs, *(o.iter for o in others)]
            found = changes([*inner, *(test for o in others for test in o.ifs)], modules)
            if not found.is_silent:
                message = "a generator that changes something bit by bit cannot be stepped"
                yield refuse(part, message, "Use a list: write [...] instead of (...).")


def _named(node: ast.expr) -> Iterator[Refusal]:
    for part in ast.walk(node):
        if isinstance(part, ast.NamedExpr):
            message = "':=' in a comprehension that calls the script's functions cannot be stepped"
            yield refuse(part, message, "Write the comprehension as a loop.")


def _consumed(node: ast.AST, calls: Callables) -> list[ast.expr]:
    """What this node reads to its end, or keeps the position of."""
    if isinstance(node, ast.For | ast.comprehension):
        return [node.iter]
    if isinstance(node, ast.Call):
        keeps = isinstance(node.func, ast.Attribute) and node.func.attr in _KEEPERS
        return [] if keeps or calls.reaches(node) else node.args
    if isinstance(node, ast.Starred):
        return [node.value]
    if isinstance(node, ast.Compare):
        return node.comparators
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple | ast.List):
        return [node.value]
    return []


def _read_at_once(node: ast.AST, calls: Callables) -> list[ast.expr]:
    """What this node reads before anything else happens."""
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        eager = name in _EAGER or isinstance(node.func, ast.Attribute)
        return node.args if eager and not calls.reaches(node) else []
    if isinstance(node, ast.For | ast.comprehension | ast.Compare):
        return []
    return _consumed(node, calls)


def _is_lazy(function: ast.expr, bound: frozenset[str]) -> bool:
    if isinstance(function, ast.Attribute):
        return function.attr in _LAZY_NUMPY
    return isinstance(function, ast.Name) and function.id in _LAZY - bound
