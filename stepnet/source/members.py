"""What the script's own classes define: which attributes may be its code, and what runs unseen."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from stepnet.source.allowed import FORBIDDEN_ATTRIBUTES
from stepnet.source.mangle import mangled
from stepnet.source.reflection import matches_any, stored_patterns

_LOWERED = frozenset({"__init__", "__call__", "__enter__", "__exit__", "__post_init__"})
"""Methods that get a frame wherever they are called; no native code calls them unseen."""
_SHOWN = frozenset({"__repr__", "__str__", "__format__"})
"""Methods that only run where a value becomes text."""


@dataclass(frozen=True, eq=False)
class Members:
    """The attributes of a script's own making, by what they may be."""

    attributes: frozenset[str] = frozenset()
    """All that it defines in a class or stores."""
    callable: frozenset[str] = frozenset()
    """Those that may hold a function of the script."""
    stored: frozenset[str] = frozenset()
    """Those that it stores, or assigns in a class."""
    properties: frozenset[str] = frozenset()
    """Those that run a method when they are read."""
    runs_unseen: bool = False
    """Operators, items, lengths or comparisons may run the script's methods."""
    shows_unseen: bool = False
    """Making text of a value may."""
    finds: bool = False
    """Reading an attribute that it does not store may run a method."""
    guarded: frozenset[str] = frozenset()
    """Those that other objects have too, and that are closed there: ``data``."""

    def may_run(self, node: ast.AST) -> bool:
        """May executing this node itself run a method of the script that is not called in it?"""
        if isinstance(node, ast.Attribute):
            found = self.finds and node.attr not in self.attributes
            return found or node.attr in self.properties
        if self.runs_unseen and isinstance(node, _SILENT):
            return True
        return self.shows_unseen and _shows(node)


_SILENT = (
    ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.AugAssign, ast.Subscript, ast.Call,
    ast.JoinedStr, ast.Starred, ast.comprehension, ast.Tuple, ast.List, ast.Set, ast.Dict,
    ast.Delete, ast.Assert, ast.match_case,
)  # fmt: skip


_TEXT = frozenset({"print", "str", "repr", "format", "ascii"})


def _shows(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        return node.id in _TEXT
    if isinstance(node, ast.Attribute):
        return node.attr in ("format", "join")
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        number = isinstance(node.right, ast.Constant) and not isinstance(node.right.value, str)
        return not number
    return isinstance(node, ast.JoinedStr)


def members(tree: ast.Module) -> Members:
    """What a script's classes define, and which attributes it stores anywhere."""
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    defined = {name for node in classes for name in _defined(node)}
    stored = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    stored |= set(_stored_by_name(tree))
    methods = [
        part for node in classes for part in ast.walk(node) if isinstance(part, ast.FunctionDef)
    ]
    named = {n.name for n in methods} | {name for node in classes for name in _assigned(node)}
    dunders = {name for name in named if name.startswith("__") and name.endswith("__")}
    dunders -= {"__slots__", "__doc__", "__array_priority__", "__match_args__"}
    special = dunders - _LOWERED
    special |= {"__eq__"} if any(map(_is_data, classes)) and special else set()
    properties = {node.name for node in methods if any(map(_is_property, node.decorator_list))}
    return Members(
        attributes=frozenset(defined | stored),
        stored=frozenset(stored | {name for node in classes for name in _assigned(node)}),
        callable=frozenset(defined | (stored - _OF_ARRAYS) | set(_called(tree))),
        properties=frozenset(properties),
        finds="__getattr__" in dunders,
        guarded=frozenset((defined | stored) & FORBIDDEN_ATTRIBUTES),
        runs_unseen=bool(special - _SHOWN),
        shows_unseen=bool(special & _SHOWN),
    )


_OF_ARRAYS = frozenset({"shape", "flat", "T", "real", "imag"})
"""Attributes that arrays have too, and that nobody calls."""


def _stored_by_name(tree: ast.Module) -> Iterator[str]:
    """Attributes that ``setattr(x, "W1", value)`` stores, where the name is written out."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="setattr"), args=[_, ast.Constant(value=str(name)), _]):
                yield name


_KNOWN = frozenset(
    name
    for kind in (
        np.ndarray,
        np.random.Generator,
        np.random.RandomState,
        str,
        list,
        dict,
        set,
        float,
    )
    for name in dir(kind)
)
"""Attributes that are called of values that are not of the script's making."""


def _called(tree: ast.Module) -> Iterator[str]:
    """Attributes that are called and that may have been stored under a name that was computed."""
    patterns = stored_patterns(tree)
    for node in ast.walk(tree) if patterns else ():
        match node:
            case ast.Call(func=ast.Attribute(attr=name)):
                if name not in _KNOWN and matches_any(name, patterns):
                    yield name


def _defined(node: ast.ClassDef) -> Iterator[str]:
    for part in node.body:
        match part:
            case ast.FunctionDef(name=name):
                yield mangled(name, node.name)
            case ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=targets):
                for target in targets:
                    yield from (n.id for n in ast.walk(target) if isinstance(n, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case _:
                pass


def _assigned(node: ast.ClassDef) -> Iterator[str]:
    """Names that a class body binds to something else than a method."""
    for part in node.body:
        if not isinstance(part, ast.FunctionDef):
            for inner in ast.walk(part):
                if isinstance(inner, ast.Name) and not isinstance(inner.ctx, ast.Load):
                    yield inner.id


def _is_property(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Name) and decorator.id in ("property", "cached_property")


def _is_data(node: ast.ClassDef) -> bool:
    return any("dataclass" in ast.unparse(decorator) for decorator in node.decorator_list)
