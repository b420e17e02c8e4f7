"""The classes of a script: what their methods are, whose objects a run makes, what it can call.

A class that no statement makes an object of never runs, however many of them a package holds.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from stepnet.source.by_name import read_by_name
from stepnet.source.reflection import Pattern, pattern


@dataclass(frozen=True, eq=False)
class Kind:
    """One class of the script."""

    name: str
    """With the functions and classes around it: ``Network.Layer``."""
    node: ast.ClassDef
    bases: tuple[str, ...]
    """Names of the classes of the script that it is based on."""

    @cached_property
    def methods(self) -> dict[str, ast.FunctionDef]:
        """What it defines itself, by name."""
        return {part.name: part for part in self.node.body if isinstance(part, ast.FunctionDef)}


@dataclass(eq=False)
class Kinds:
    """Every class of a script by its name, and the names that stand for them."""

    classes: dict[str, Kind] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)
    """What each name at the top level stands for: a class or a function, by what defines it."""
    used: frozenset[str] = frozenset()
    """Names of functions and classes that a run uses, other than as a base or a hint."""

    def line(self, name: str) -> Iterator[Kind]:
        """A class and those that it inherits from, in the order in which they are asked."""
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            found = self.classes.get(waiting.pop(0))
            if found is not None and found.name not in seen:
                seen.add(found.name)
                yield found
                waiting = [*found.bases, *waiting]

    def method(self, name: str, asked: str) -> tuple[str, ast.FunctionDef] | None:
        """The unit and the definition of a method of a class, its own or inherited."""
        for kind in self.line(name):
            if asked in kind.methods:
                return f"{kind.name}.{asked}", kind.methods[asked]
        return None

    def below(self, name: str) -> list[str]:
        """The classes that an object in a method of a class may be of."""
        below = [other for other in self.classes if any(k.name == name for k in self.line(other))]
        return [other for other in below if other in self.used] or below

    def around(self, unit: str) -> str:
        """The class whose method a unit is or stands in; empty for none."""
        while unit and unit not in self.classes:
            unit = unit.rpartition(".")[0]
        return unit


def kinds(tree: ast.Module) -> Kinds:
    """Read the classes of a script."""
    found = Kinds(called=_called(tree.body))
    for name, node in defined(tree.body):
        if isinstance(node, ast.ClassDef):
            named = [ast.unparse(base) for base in node.bases]
            bases = tuple(found.called.get(base, base) for base in named)
            found.classes[name] = Kind(name, node, bases)
    return found


def defined(
    body: Iterable[ast.stmt], unit: str = ""
) -> Iterator[tuple[str, ast.ClassDef | ast.FunctionDef]]:
    """Every class and function, with what stands around it."""
    for node in body:
        inner = unit
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            inner = f"{unit}.{node.name}" if unit else node.name
            yield inner, node
        for part in ("body", "orelse", "finalbody"):
            yield from defined(getattr(node, part, []), inner)


def _called(body: Iterable[ast.stmt]) -> dict[str, str]:
    """What names at the top level stand for: imports of the script's files hand names on."""
    given: dict[str, str] = {}
    for node in body:
        match node:
            case ast.Assign([ast.Name(target)], ast.Name(value)):
                given[target] = value
            case ast.Assign([ast.Tuple(targets)], ast.Tuple(values)):
                for left, right in zip(targets, values, strict=False):
                    if isinstance(left, ast.Name) and isinstance(right, ast.Name):
                        given[left.id] = right.id
    found = {}
    for name in given:
        last, seen = name, set()
        while last in given and last not in seen:
            seen.add(last)
            last = given[last]
        found[name] = last
    return found


def run_units(tree: ast.Module, own: Kinds) -> frozenset[str]:
    """The functions and methods that a run may come to, by unit; notes which names it uses."""
    reached = _Reached(tree, own)
    reached.follow(tree.body)
    own.used = frozenset(reached.used)
    return frozenset(reached.units)


class _Reached:
    def __init__(self, tree: ast.Module, own: Kinds) -> None:
        self.own = own
        self.defined = dict(defined(tree.body))
        self.units: set[str] = set()
        self.used: set[str] = set()
        """Classes and functions that are named otherwise than as a base or a hint."""
        self.mentioned: set[str] = set()
        """Names of attributes, and texts that may be one."""

    def follow(self, body: Iterable[ast.stmt]) -> None:
        waiting: list[tuple[str, ast.stmt]] = [("", node) for node in body]
        while waiting:
            unit, node = waiting.pop()
            self._look(unit, node)
            waiting = waiting or list(self._new())

    def _new(self) -> Iterator[tuple[str, ast.stmt]]:
        """The bodies that can be reached by now, and were not before."""
        for name in sorted(self.used):
            found = {name: self.defined.get(name)}
            for kind in self.own.line(name):
                for method in kind.methods:
                    if method in self.mentioned or method.startswith("__"):
                        found[f"{kind.name}.{method}"] = kind.methods[method]
            for unit, node in found.items():
                if isinstance(node, ast.FunctionDef) and unit not in self.units:
                    self.units.add(unit)
                    yield from ((unit, part) for part in node.body)

    def _look(self, unit: str, node: ast.stmt) -> None:
        hidden: set[int] = set()
        for part in _walked(node, whole=bool(unit)):
            match part:
                case ast.arg(annotation=ast.expr() as hint) | ast.AnnAssign(annotation=hint):
                    hidden |= set(map(id, ast.walk(hint)))
                case ast.FunctionDef(returns=ast.expr() as hint):
                    hidden |= set(map(id, ast.walk(hint)))
                case ast.Call(func=ast.Name("isinstance" | "issubclass"), args=[_, others]):
                    hidden |= set(map(id, ast.walk(others)))
                case ast.ClassDef(bases=bases):
                    hidden |= {id(inner) for base in bases for inner in ast.walk(base)}
                case ast.Assign(value=value) if not unit and _hands_on(value):
                    hidden |= set(map(id, ast.walk(value)))
                case ast.Attribute(attr=attr):
                    self.mentioned.add(attr)
                case ast.Call() if (named := read_by_name(part)) is not None:
                    self._mention(pattern(named[1]))
                case ast.Constant(value=str(text)):
                    self.mentioned.add(text)
                case ast.Name(id=name, ctx=ast.Load()) if id(part) not in hidden:
                    self._use(name, unit)

    def _mention(self, name: Pattern) -> None:
        """A name that is computed may be that of each method that it can come to."""
        for kind in self.own.classes.values():
            self.mentioned |= {method for method in kind.methods if name.fullmatch(method)}

    def _use(self, name: str, unit: str) -> None:
        """A name that is read: of the top level, or of a function or class around."""
        while unit:
            self.used.add(f"{unit}.{name}")
            unit = unit.rpartition(".")[0]
        self.used.add(self.own.called.get(name, name))


def _hands_on(value: ast.expr) -> bool:
    parts = value.elts if isinstance(value, ast.Tuple) else [value]
    return bool(parts) and all(isinstance(part, ast.Name) for part in parts)


def _walked(node: ast.AST, *, whole: bool) -> Iterator[ast.AST]:
    """A statement from the outside in; without the bodies of functions unless it is `whole`."""
    waiting = [node]
    while waiting:
        part = waiting.pop(0)
        yield part
        if isinstance(part, ast.FunctionDef) and not whole:
            defaults = [*part.args.defaults, *filter(None, part.args.kw_defaults)]
            waiting += [*part.decorator_list, *defaults]
        else:
            waiting += ast.iter_child_nodes(part)
