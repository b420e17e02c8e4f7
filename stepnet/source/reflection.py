"""``getattr`` and ``hasattr``: opened where they say no more than ``x.name`` says.

A name that is written out is held to the rules for attributes; one that is computed could be any.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from stepnet.source.refusal import Refusal, refuse
from stepnet.source.shadowed import shadowed

_ASKING = {"getattr": (2, 3), "hasattr": (2, 2)}
"""How many arguments each takes."""

_HELD = frozenset({"ndarray", "format", "format_map"})
"""Attributes that the rules only open as they are written with a dot."""

Check = Callable[[ast.Attribute], Iterator[Refusal]]


def reflection_refusals(tree: ast.Module, check: Check) -> Iterator[Refusal]:
    """Every use that could reach more than an attribute that may be written with a dot."""
    called = set(shadowed(tree, frozenset(_ASKING)))
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) as function) if name in _ASKING:
                if id(function) in called:
                    continue
                called.add(id(function))
                yield from _refused(node, name, check)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in _ASKING and id(node) not in called:
            yield refuse(node, f"{node.id} can only be called", "Write x.name.")


def _refused(node: ast.Call, name: str, check: Check) -> Iterator[Refusal]:
    least, most = _ASKING[name]
    match node.args:
        case [value, ast.Constant(value=str(attribute)), *_] if least <= len(node.args) <= most:
            if node.keywords:
                yield refuse(node, f"{name}() takes no keyword arguments", "Write x.name.")
            elif attribute.startswith("_") or attribute in _HELD or not attribute.isidentifier():
                message = f"{name} of {attribute!r} reaches inside"
                yield refuse(node.args[1], message, "Use a public attribute.")
            else:
                dotted = ast.Attribute(value, attribute, ast.Load())
                yield from check(ast.copy_location(dotted, node.args[1]))
        case _:
            advice = f'Write the name out: {name}(x, "W1"), or keep the values in a dictionary.'
            yield refuse(node, f"{name} takes a name that is written out", advice)
