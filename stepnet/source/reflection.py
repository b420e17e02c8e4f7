"""``getattr`` and its kin: opened where they say no more than ``x.name`` says.

A name that is written out is held to the rules for attributes before the run; one that is computed
(``getattr(self, f"W{i}")``) is held to them when it is known, at the moment of the call.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from stepnet.source.refusal import Refusal, refuse
from stepnet.source.shadowed import shadowed

ASKING: dict[str, tuple[int, int]] = {
    "getattr": (2, 3), "hasattr": (2, 2), "setattr": (3, 3), "delattr": (2, 2), "vars": (1, 1),
}  # fmt: skip
"""How many arguments each takes."""

CHANGING = frozenset({"setattr", "delattr"})

HELD = frozenset({"ndarray", "format", "format_map", "set_state"})
"""Attributes that the rules only open as they are written with a dot."""

_DOTTED: dict[str, str] = {
    "getattr": "x.name", "hasattr": "x.name", "setattr": "x.name = value",
    "delattr": "del x.name", "vars": "x.name",
}  # fmt: skip

Check = Callable[[ast.Attribute], Iterator[Refusal]]


def reflection_refusals(
    tree: ast.Module, check: Check, own: frozenset[str] = frozenset()
) -> Iterator[Refusal]:
    """Every use that could reach more than an attribute that may be written with a dot.

    `own` are the attributes that the script's classes and statements make.
    """
    called = set(shadowed(tree, frozenset(ASKING)))
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) as function) if name in ASKING:
                if id(function) in called:
                    continue
                called.add(id(function))
                yield from _refused(node, name, check, own)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in ASKING and id(node) not in called:
            yield refuse(node, f"{node.id} can only be called", f"Write {_DOTTED[node.id]}.")


def _refused(node: ast.Call, name: str, check: Check, own: frozenset[str]) -> Iterator[Refusal]:
    least, most = ASKING[name]
    starred = any(isinstance(part, ast.Starred) for part in node.args)
    if node.keywords:
        yield refuse(node, f"{name}() takes no keyword arguments", f"Write {_DOTTED[name]}.")
    elif starred or not least <= len(node.args) <= most:
        count = str(least) if least == most else f"{least} or {most}"
        advice = f"Write {_DOTTED[name]}, or keep the values in a dictionary."
        yield refuse(node, f"{name}() takes {count} arguments here", advice)
    elif name == "vars":
        yield from check(ast.copy_location(ast.Attribute(node.args[0], "x", ast.Load()), node))
    else:
        yield from _named(node.args, name, check, own)


def _named(
    arguments: list[ast.expr], name: str, check: Check, own: frozenset[str]
) -> Iterator[Refusal]:
    value, asked = arguments[:2]
    context = ast.Store() if name in CHANGING else ast.Load()
    attribute = asked.value if isinstance(asked, ast.Constant) else "x"
    if isinstance(attribute, str) and _is_public(attribute, own):
        dotted = ast.Attribute(value, attribute, context)
        yield from check(ast.copy_location(dotted, asked))
    else:
        yield refuse(asked, f"{name} of {attribute!r} reaches inside", "Use a public attribute.")


def _is_public(name: str, own: frozenset[str]) -> bool:
    """May a name that is written out be asked for, if the script's own are these?"""
    hidden = name.startswith("__") or (name.startswith("_") and name not in own)
    return name.isidentifier() and name not in HELD and not hidden


Pattern = re.Pattern[str]


def stored_patterns(tree: ast.AST) -> list[Pattern]:
    """What attributes that no dot shows may be stored under: by `setattr`, or in ``x.__dict__``."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="setattr"), args=[_, name, _]):
                found.append(pattern(name))
            case ast.Attribute(attr="__dict__") | ast.Call(func=ast.Name(id="vars")):
                found.append(re.compile(".*"))
    return found


def read_patterns(tree: ast.AST) -> list[Pattern]:
    """What methods may be called that `getattr` reads as values, and does not call at once."""
    at_once = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="getattr"), args=[_, name, *_]):
                if id(node) not in at_once:
                    found.append(pattern(name))
    return found


def pattern(name: ast.expr) -> Pattern:
    """What an expression that computes a name may come to: ``f"W{i}"`` is ``W.*``."""
    return re.compile(_regular(name), re.DOTALL)


def _regular(name: ast.expr) -> str:
    match name:
        case ast.Constant(value=str(text)):
            return re.escape(text)
        case ast.JoinedStr(values=parts):
            return "".join(map(_regular, parts))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _regular(left) + _regular(right)
        case ast.BinOp(left=ast.Constant(value=str(text)), op=ast.Mod()):
            return ".*".join(map(re.escape, re.split(r"%[^a-zA-Z%]*[a-zA-Z]", text)))
        case _:
            return ".*"


def matches_any(name: str, patterns: list[Pattern]) -> bool:
    """May an attribute of this name be meant?"""
    return any(each.fullmatch(name) for each in patterns)
