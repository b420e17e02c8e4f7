"""Classes of the script: which special methods they may have, and which names begin with ``_``.

Numpy reads memory at the address that an object's ``__array_interface__`` tells, and Python runs
``__getattr__`` and ``__del__`` where nobody sees it. So the special methods are listed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from stepnet.source.allowed import BUILTINS, FREE_ATTRIBUTES
from stepnet.source.members import Members
from stepnet.source.modules import called_of
from stepnet.source.refusal import Refusal, refuse

_ARITHMETIC = "add sub mul truediv floordiv mod pow matmul and or xor lshift rshift divmod"

DEFINED: frozenset[str] = frozenset(
    f"__{name}__"
    for name in """
    init call repr str format len getitem setitem delitem missing iter next contains reversed
    getattr setattr delattr bool float int index hash eq ne lt le gt ge neg pos abs invert round
    enter exit post_init
    """.split()
    + [side + name for name in _ARITHMETIC.split() for side in ("", "r", "i")]
)
"""Special methods that a class of the script may have."""

_CLASS_ATTRIBUTES = frozenset({"__slots__", "__doc__", "__array_priority__", "__match_args__"})
"""Special names that may be assigned in a class."""

BASES = frozenset(name for name in BUILTINS if name.endswith(("Error", "Exception"))) | {
    "object", "list", "dict",
}  # fmt: skip
"""Builtin classes that a class of the script may be based on."""


def class_statement_refusals(
    tree: ast.Module, bound: frozenset[str], modules: dict[str, str]
) -> Iterator[Refusal]:
    """What stands in a class statement and cannot be opened."""
    methods: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            methods.update(id(part) for part in node.body if isinstance(part, ast.FunctionDef))
            yield from _class(node, bound, modules)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("__"):
            if id(node) not in methods:
                yield refuse(node, f"{node.name} belongs to the interpreter", "Use another name.")
            elif node.name.endswith("__") and node.name not in DEFINED:
                yield refuse(
                    node,
                    f"the special method {node.name} cannot be opened",
                    "Give the method a name of its own and call it.",
                )


def _may_be_own(node: ast.expr) -> bool:
    """May this be an object of the script, as far as syntax tells?"""
    return isinstance(node, ast.Name | ast.Attribute | ast.Subscript | ast.Call)


def _class(node: ast.ClassDef, bound: frozenset[str], modules: dict[str, str]) -> Iterator[Refusal]:
    for keyword in node.keywords:
        if keyword.arg != "metaclass" or called_of(keyword.value, modules) != META:
            yield refuse(keyword.value, "a class takes no keywords here", "Leave it out.")
    for base in node.bases:
        text = ast.unparse(base)
        named = isinstance(base, ast.Name) and text in bound | BASES
        hinted = base.value if isinstance(base, ast.Subscript) else base
        named |= text in ("int", "str", "float") and called_of(node.bases[-1], modules) in _LISTED
        made = base.func if isinstance(base, ast.Call) else base
        named |= made is not base and called_of(made, modules) in _TUPLE_MAKERS
        if not named and called_of(hinted, modules) not in _OPEN_BASES:
            yield refuse(
                base,
                f"a class based on {text} cannot be opened",
                "Base it on classes of the script, and keep other values as attributes.",
            )


_LISTED = (("enum", "Enum"), ("enum", "IntEnum"), ("enum", "StrEnum"))
_OPEN_BASES = (("abc", "ABC"), ("typing", "Generic"), ("typing", "Protocol"), *_LISTED)
_TUPLE_MAKERS = (("collections", "namedtuple"), ("typing", "NamedTuple"))
META = ("abc", "ABCMeta")
"""The one class of classes that a class may name; whoever held it could make classes with it."""


def of_own_making(tree: ast.Module, own: Members) -> frozenset[int]:
    """Names that are closed elsewhere and open in the script's own classes, by identity.

    A class body may assign ``__slots__``, and ``__radd__ = __add__``; an object of the script may
    have an attribute ``data``, and whether it is such an object is asked when it is read.
    """
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, ast.Assign):
                    named = [*part.targets, part.value]
                    found |= {id(name) for name in named if _is_assignable(name)}
        elif isinstance(node, ast.Attribute) and node.attr in own.guarded:
            found.add(id(node))
    return frozenset(found)


def _is_assignable(node: ast.expr) -> bool:
    """A special name that a class body may assign."""
    if not isinstance(node, ast.Name):
        return False
    if isinstance(node.ctx, ast.Load):
        return node.id in DEFINED
    return node.id in _CLASS_ATTRIBUTES | DEFINED


_STORES = frozenset({"__setattr__", "__delattr__", "__getattr__"})
"""Special methods that a class may have, and that nobody calls by name."""


def _aliases(tree: ast.Module) -> Iterator[ast.expr]:
    """``__getattr__ = dict.get`` in a class: methods of a dictionary under names of its own."""
    for node in ast.walk(tree):
        for part in node.body if isinstance(node, ast.ClassDef) else ():
            match part:
                case ast.Assign(
                    targets=[ast.Name(id=name)],
                    value=ast.Attribute(value=ast.Name(id="dict"), attr=attr) as value,
                ) if name in _STORES and attr in ("get", *DEFINED):
                    yield value


def underscore_refusals(tree: ast.Module, own: Members) -> Iterator[Refusal]:
    """Attributes that begin with an underscore and are not of the script's own making."""
    aliases = {id(value) for value in _aliases(tree)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or not node.attr.startswith("_"):
            continue
        name = node.attr
        if name.startswith("__") and name.endswith("__"):
            read = isinstance(node.ctx, ast.Load)
            passes = read and name in FREE_ATTRIBUTES | (own.attributes & DEFINED - _STORES)
            passes |= id(node) in aliases
            passes |= read and name in ("__init__", "__version__")
            passes |= read and name in ("__class__", "__dict__") and _may_be_own(node.value)
        else:
            passes = name in own.attributes | FREE_ATTRIBUTES
        if not passes:
            line, start = node.end_lineno or node.lineno, (node.value.end_col_offset or 0) + 1
            yield Refusal(
                line,
                start,
                node.end_col_offset or start + 1,
                f"the attribute {name} begins with an underscore",
                "Write self.__dict__[name] = value." if name in _STORES else "Use a public one.",
            )
