"""The functions, local names and attributes that a script declares."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from stepnet.source.by_name import as_attribute, stored_by_name
from stepnet.source.classified import Kinds, kinds, run_units

Function = ast.FunctionDef | ast.Lambda
Callee = tuple[str, Function, bool]
"""A function of the script: its unit, its definition, and whether it takes ``self`` first."""


@dataclass(eq=False)
class Declarations:
    """What the names of a script stand for."""

    functions: dict[str, list[Callee]] = field(default_factory=lambda: defaultdict(list))
    """By bare name; under the name of a class what makes its objects."""
    locals: dict[str, frozenset[str]] = field(default_factory=dict)
    """By unit: the names that belong to it."""
    returned: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By unit: what the places of its result are called, one a part of a tuple."""
    attributes: frozenset[str] = frozenset()
    """Attributes that the script assigns, of whatever object."""
    kinds: Kinds = field(default_factory=Kinds)
    run: frozenset[str] = frozenset()
    """The functions and methods that a run may come to."""

    def runs(self, unit: str) -> bool:
        """May a run come to a function, or to the one that it stands in?"""
        while unit and unit not in self.run:
            unit = unit.rpartition(".")[0]
        return bool(unit)


def declarations(tree: ast.Module) -> Declarations:
    """Read what a script declares."""
    found = Declarations(
        attributes=frozenset(
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        )
        | frozenset(_named(tree))
    )
    _declare(tree.body, "", found, in_class=False)
    found.kinds = kinds(tree)
    found.run = run_units(tree, found.kinds)
    for name, callees in found.functions.items():
        reached = [f for f in callees if isinstance(f[1], ast.Lambda) or found.runs(f[0])]
        found.functions[name] = reached
    for name in found.kinds.classes:
        made = found.kinds.method(name, "__init__")
        bare = name.rpartition(".")[2] if name not in found.functions else name
        if made is not None and not found.functions.get(bare):
            found.functions[bare] = [(*made, True)]
    return found


def _named(tree: ast.Module) -> Iterator[str]:
    """Attributes that are assigned under a name that is computed."""
    for node in ast.walk(tree):
        made = stored_by_name(node)
        attribute = as_attribute(made[0]) if made is not None else None
        if attribute is not None:
            yield attribute.attr


def is_decorated(function: Function, name: str) -> bool:
    """Is ``@name`` written above a function?"""
    return isinstance(function, ast.FunctionDef) and any(
        isinstance(part, ast.Name) and part.id == name for part in function.decorator_list
    )


def _declare(body: list[ast.stmt], unit: str, found: Declarations, *, in_class: bool) -> None:
    for node in body:
        if isinstance(node, ast.FunctionDef):
            name = _inside(unit, node.name)
            takes_self = in_class and not is_decorated(node, "staticmethod")
            found.functions[node.name].append((name, node, takes_self))
            found.locals[name] = frozenset(_bound(node))
            found.returned[name] = tuple(_returned(node))
            _declare(node.body, name, found, in_class=False)
        elif isinstance(node, ast.ClassDef):
            name = _inside(unit, node.name)
            _declare(node.body, name, found, in_class=True)
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and inner.name == "__init__":
                    found.functions[node.name].append((f"{name}.__init__", inner, True))
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            _declare_lambda(node, node.value, unit, found)
        else:
            for part in ("body", "orelse", "finalbody"):
                _declare(getattr(node, part, []), unit, found, in_class=in_class)
            for handler in getattr(node, "handlers", []):
                _declare(handler.body, unit, found, in_class=in_class)


def _declare_lambda(node: ast.Assign, value: ast.Lambda, unit: str, found: Declarations) -> None:
    for target in node.targets:
        if isinstance(target, ast.Name):
            name = _inside(unit, target.id)
            found.functions[target.id].append((name, value, False))
            found.locals[name] = frozenset(part.arg for part in value.args.args)
            found.returned[name] = ("return",)


def _inside(unit: str, name: str) -> str:
    return f"{unit}.{name}" if unit else name


def _bound(function: ast.FunctionDef) -> Iterator[str]:
    arguments = function.args
    for part in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        yield part.arg
    for star in (arguments.vararg, arguments.kwarg):
        if star is not None:
            yield star.arg
    outer = {n for part in ast.walk(function) if isinstance(part, ast.Global) for n in part.names}
    for inner in ast.walk(function):
        match inner:
            case ast.Name(id=name, ctx=ast.Store()) if name not in outer:
                yield name


def _returned(function: ast.FunctionDef) -> Iterator[str]:
    yield "return"
    sizes = [
        len(node.value.elts)
        for node in ast.walk(function)
        if isinstance(node, ast.Return | ast.Yield) and isinstance(node.value, ast.Tuple)
    ]
    yield from (f"return {number}" for number in range(max(sizes, default=0)))
