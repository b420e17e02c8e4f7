"""Which calls may reach the script's own code."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from stepnet.source.modules import module_of

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass(frozen=True, eq=False)
class Callables:
    """What the names of a script can stand for when they are called."""

    bound: frozenset[str]
    """Every name that the script binds."""
    methods: frozenset[str]
    """Attributes that may hold functions of the script."""
    modules: dict[str, str]
    properties: frozenset[str] = frozenset()
    """Attributes that run a method when they are read."""
    suspends: bool = False
    stored: frozenset[str] | None = None
    """Attributes that are there; None where no class of the script looks for the others."""
    """The script has generators of its own."""

    def reaches(self, call: ast.Call) -> bool:
        """May this call run a function of the script?"""
        function = call.func
        if isinstance(function, ast.Name):
            return function.id in self.bound or (self.suspends and is_next(call))
        if isinstance(function, ast.Attribute):
            named = function.attr in self.methods or function.attr == "__class__"
            named |= self.suspends and function.attr == "send"
            return named and module_of(function.value, self.modules) is None
        return True

    def may_be_own(self, node: ast.expr) -> bool:
        """May this expression be a function of the script, or call one to become one?"""
        if isinstance(node, ast.Name):
            return node.id in self.bound
        if isinstance(node, ast.Attribute):
            named = node.attr in self.methods
            return named and module_of(node.value, self.modules) is None
        return self.within(node)

    def reads(self, node: ast.AST) -> bool:
        """Does this read a property of the script's classes?"""
        return (
            isinstance(node, ast.Attribute)
            and node.attr in self.properties
            and isinstance(node.ctx, ast.Load)
        )

    def runs(self, node: ast.AST) -> bool:
        """Does this call one of the script's methods, or read one of its properties?"""
        return any(
            self.reads(part)
            or self._finds(part)
            or (
                isinstance(part, ast.Call)
                and isinstance(part.func, ast.Attribute)
                and self.reaches(part)
            )
            for part in ast.walk(node)
        )

    def _finds(self, node: ast.AST) -> bool:
        """May this run ``__getattr__`` of a class of the script, or a property by its name?"""
        named = isinstance(node, ast.Name) and node.id in ("getattr", "hasattr")
        if named and (self.stored is not None or self.properties):
            return True
        if self.stored is None or not isinstance(node, ast.Attribute):
            return False
        return node.attr not in self.stored and module_of(node.value, self.modules) is None

    def within(self, node: ast.AST) -> bool:
        """Does evaluating this expression, lambdas in it aside, run a function of the script?"""
        if isinstance(node, ast.Lambda):
            defaults = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
            return any(self.within(part) for part in defaults)
        if isinstance(node, ast.Yield | ast.YieldFrom):
            return True
        if self.reads(node) or (isinstance(node, ast.Call) and self.reaches(node)):
            return True
        return any(self.within(child) for child in ast.iter_child_nodes(node))

    def bit_by_bit(self, node: ast.AST) -> bool:
        """Is this a comprehension that calls the script while it runs?

        What it first runs over is evaluated before that, and only once.
        """
        if not isinstance(node, Comprehension) or is_kept(node):
            return False
        first, *others = node.generators
        elements = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        return any(map(self.within, [*elements, *first.ifs, first.target, *others]))


def is_kept(node: ast.AST) -> bool:
    """Is this an iterator that is kept, and so one of ours?"""
    return getattr(node, "kept", False) is True


def is_next(node: ast.Call) -> bool:
    """``next(x)`` or ``next(x, default)``."""
    named = isinstance(node.func, ast.Name) and node.func.id == "next"
    return named and len(node.args) in (1, 2) and not node.keywords


def is_sent(node: ast.Call) -> bool:
    """``generator.send(x)``, as far as syntax tells."""
    return isinstance(node.func, ast.Attribute) and node.func.attr == "send"


def branches(node: ast.AST, calls: Callables) -> bool:
    """Does an expression call the script's functions only under a condition, or in a loop?"""
    for part in ast.walk(node):
        late: list[ast.expr] = []
        if isinstance(part, ast.BoolOp):
            late = part.values[1:]
        elif isinstance(part, ast.IfExp):
            late = [part.body, part.orelse]
        elif isinstance(part, ast.Compare):
            late = part.comparators[1:]
        elif isinstance(part, Comprehension):
            late = [part]
        if any(calls.within(piece) for piece in late):
            return True
    return False
