"""Classes that a script may name but not hold: whoever has them could do more than compute.

``np.ndarray(shape, object, buffer)`` reads raw memory as references, and the class of a class makes
classes. So ``np.ndarray`` and ``type(x)`` may be compared, shown and asked of, and nothing else;
where the class of an object is kept or called, the object is asked then whether it is the script's.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from stepnet.source.guard import set_own_class
from stepnet.source.modules import called_of
from stepnet.source.refusal import Refusal, refuse
from stepnet.source.shadowed import shadowed
from stepnet.source.special import META
from stepnet.source.tuples import TUPLE

_ASKING = frozenset({"isinstance", "issubclass"})
_SHOWING = frozenset({"print", "str", "repr", "format"})


def class_refusals(
    tree: ast.Module, bound: frozenset[str], modules: dict[str, str]
) -> Iterator[Refusal]:
    """Every place where ``np.ndarray`` or ``type`` would become a value."""
    asked = {id(part) for node in ast.walk(tree) for part in _asked(node, bound, modules)}
    shown = {id(part) for node in ast.walk(tree) for part in _shown(node, bound)}
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    meta = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword)
        if node.arg == "metaclass"
    }
    hidden = shadowed(tree, frozenset({"type"}))
    for node in ast.walk(tree):
        if _is_array_class(node, modules) and id(node) not in asked:
            yield refuse(
                node, "np.ndarray(...) looks into raw memory", "Use np.zeros, np.empty or np.array."
            )
        if isinstance(node, ast.ClassDef):
            yield from _held_in_class(node)
        named = isinstance(node, ast.Attribute | ast.Name) and called_of(node, modules) == META
        if named and id(node) not in meta:
            yield refuse(node, "ABCMeta makes classes", "Write class Name(metaclass=ABCMeta).")
        if isinstance(node, ast.Name) and node.id == "type" and id(node) not in called | hidden:
            yield refuse(node, "type can only be called", "Write type(value).")
        if _is_class_of(node, hidden) and id(node) not in asked | shown:
            if isinstance(node, ast.Call) and "type" in bound:
                yield refuse(node, "type(value) cannot be kept", "Write value.__class__.")
            set_own_class(node)


def _is_array_class(node: ast.AST, modules: dict[str, str]) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "ndarray"
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
        return False
    return called_of(node, modules)[1] == "ndarray"


def _held_in_class(node: ast.ClassDef) -> Iterator[Refusal]:
    """An import in the body of a class makes an attribute, by which any name is reached."""
    for part in ast.walk(node):
        if isinstance(part, ast.ImportFrom):
            for alias in part.names:
                if alias.name in ("ndarray", META[1]):
                    message = f"{alias.name} cannot be imported in a class"
                    yield refuse(alias, message, "Import it at the top of the file.")


def _is_class_of(node: ast.AST, hidden: frozenset[int]) -> bool:
    """``type(x)`` or ``x.__class__``."""
    if isinstance(node, ast.Attribute) and node.attr == "__class__":
        return True
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "type"
        and id(node.func) not in hidden
        and len(node.args) == 1
    )


def _asked(node: ast.AST, bound: frozenset[str], modules: dict[str, str]) -> Iterator[ast.AST]:
    """What is only compared with, or is an annotation."""
    asked: list[ast.expr | None] = []
    if isinstance(node, ast.Compare):
        asked = [node.left, *node.comparators]
    elif isinstance(node, ast.Call) and _calls(node, _ASKING - bound):
        asked = list(node.args[1:])
    elif isinstance(node, ast.Call) and called_of(node.func, modules) == TUPLE:
        asked = list(node.args[1:2])
    elif isinstance(node, ast.Subscript) and _is_container(node.value, bound, modules):
        asked = [node.slice]
    elif isinstance(node, ast.arg | ast.AnnAssign):
        asked = [node.annotation]
    elif isinstance(node, ast.FunctionDef):
        asked = [node.returns]
    for part in filter(None, asked):
        yield from _listed(part)


def _listed(node: ast.expr) -> Iterator[ast.AST]:
    """A class, or the classes that a tuple, a union or a hint is made of; nothing that is kept."""
    yield node
    match node:
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            for part in parts:
                yield from _listed(part)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _listed(left)
            yield from _listed(right)
        case ast.Subscript(slice=inner):
            yield from _listed(inner)


_BUILTIN = frozenset({"dict", "list", "tuple", "set"})
_TYPING = frozenset(
    """
    Dict List Tuple Optional Callable Sequence Iterable Iterator Mapping Set DefaultDict Generator
    """.split()
)
"""Hints that are never the class itself that they are given: ``Union[A]`` is ``A``."""


def _is_container(node: ast.expr, bound: frozenset[str], modules: dict[str, str]) -> bool:
    if isinstance(node, ast.Name) and node.id in bound:
        return False
    if isinstance(node, ast.Name) and node.id not in modules:
        return node.id in _BUILTIN
    module, name = called_of(node, modules)
    return module == "typing" and name in _TYPING


def _shown(node: ast.AST, bound: frozenset[str]) -> Iterator[ast.AST]:
    """What becomes text, or a part of it."""
    match node:
        case ast.Call() if _calls(node, _SHOWING - bound):
            yield from node.args
        case (
            ast.FormattedValue(value=value)
            | ast.Attribute(value=value, attr="__name__" | "__qualname__")
        ):
            yield value


def _calls(node: ast.Call, names: frozenset[str]) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id in names
