"""Random draws in an expression, made once more from the state the generator had then.

The generators are put back afterwards, so that nobody notices.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from stepnet.machine.contents import restore, saved
from stepnet.machine.machine import Machine
from stepnet.source.allowed import RANDOM_DRAWS
from stepnet.source.effects import is_pure

SOMETIMES = (
    ast.IfExp, ast.BoolOp, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip
"""Expressions that evaluate their parts not at all, or more than once."""


def draws(node: ast.AST, modules: Mapping[str, str]) -> Iterator[ast.Call]:
    """The calls that draw, in the order in which they are evaluated."""
    if isinstance(node, SOMETIMES):
        return
    for part in ast.iter_child_nodes(node):
        yield from draws(part, modules)
    if isinstance(node, ast.Call) and _draws(node) and not is_pure(node, modules):
        yield node


def _draws(node: ast.Call) -> bool:
    function = node.func
    if not isinstance(function, ast.Attribute) or function.attr not in RANDOM_DRAWS - {"shuffle"}:
        return False
    return not any(keyword.arg == "out" for keyword in node.keywords)


@contextmanager
def unnoticed(machine: Machine) -> Iterator[None]:
    """Whatever is drawn inside is drawn again by whoever draws next."""
    found: list[object] = [machine.world.random]
    for value in machine.scope.values():
        if isinstance(value, np.random.Generator | np.random.RandomState):
            found.append(value)
    kept = [(thing, saved(thing)) for thing in found]
    try:
        yield
    finally:
        for thing, contents in kept:
            restore(thing, contents)
