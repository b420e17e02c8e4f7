"""Iterators that are used up where they are made, and those that are kept.

An iterator moves when it is read and cannot be moved back. A loop keeps its own position instead;
a call of Python's or numpy's that reads all of it at once needs none. One that is kept in a name,
in a list, or given to the script's own code, is made an iterator of ours, which can be put back.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from stepnet.source.calls import Callables, Comprehension, is_sent
from stepnet.source.members import members
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
    """Mark the iterators that are kept; refuse those that cannot be."""
    calls = Callables(bound, members(tree).callable, modules)
    consumed = {id(part) for node in ast.walk(tree) for part in _consumed(node, calls)}
    at_once = {id(part) for node in ast.walk(tree) for part in _read_at_once(node, calls)}
    sent = any(isinstance(node, ast.Call) and is_sent(node) for node in ast.walk(tree))
    for node in ast.walk(tree):
        if sent and isinstance(node, ast.YieldFrom):
            message = "what is sent to a generator is not handed on by 'yield from' here"
            yield refuse(node, message, "Write the inner generator out.")
        if isinstance(node, ast.GeneratorExp) and id(node) not in at_once:
            if id(node) not in consumed or calls.within(node) or _is_loud(node, modules):
                yield from _keep(node)
        elif isinstance(node, ast.Call) and _is_lazy(node.func, bound) and id(node) not in consumed:
            if isinstance(node.func, ast.Name):
                set_kept(node)
                continue
            name = ast.unparse(node.func)
            advice = f"Make it a list: list({name}(...))."
            yield refuse(node, f"{name}() that is kept cannot be stepped", advice)
        elif isinstance(node, Comprehension) and calls.within(node):
            yield from _named(node)


def set_kept(node: ast.AST) -> None:
    """Note of an iterator that it is kept; every copy of the node remembers it."""
    node.kept = True  # type: ignore[attr-defined]  # a mark of ours, which a copy of the tree keeps


def _keep(node: ast.GeneratorExp) -> Iterator[Refusal]:
    """A generator over one thing can be kept."""
    if len(node.generators) == 1:
        set_kept(node)
        yield from _named(node)
    else:
        message = "a generator over several things that is kept cannot be stepped"
        yield refuse(node, message, "Use a list: write [...] instead of (...).")


def _is_loud(node: ast.GeneratorExp, modules: dict[str, str]) -> bool:
    """Does it change something at every bit?"""
    from stepnet.source.effects import changes

    first, *others = node.generators
    inner = [node.elt, *first.ifs, *(o.iter for o in others)]
    found = changes([*inner, *(test for o in others for test in o.ifs)], modules)
    return not found.is_silent


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
