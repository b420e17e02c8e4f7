"""The native twin of a function: what Python runs when it calls the function unseen.

It computes the same, in one go; and it announces whatever it changes in place, so that the one
statement during which it ran can be taken back.
"""

from __future__ import annotations

import ast
import copy

from stepnet.source.announce import GENERATOR, announcements, binding, everything, first
from stepnet.source.calls import Callables
from stepnet.source.effects import Changes, changes, target_changes
from stepnet.source.scope import all_arguments, function_scope, is_generator

ANYTHING = ".anything"
"""The classes of errors that ``except:`` deals with: what the machine raises goes through."""

_MAKES = ast.FunctionDef | ast.ClassDef | ast.Lambda


def with_twins(node: ast.AST, calls: Callables, counted: frozenset[int]) -> ast.AST:
    """The same code, in which functions that it makes announce their changes.

    Those whose marks are in `counted` announce them already.
    """
    if not any(isinstance(part, _MAKES) for part in ast.walk(node)):
        return node
    found: ast.AST = _Twins(calls, counted).visit(copy.deepcopy(node))
    return ast.fix_missing_locations(found)


class _Twins(ast.NodeTransformer):
    def __init__(self, calls: Callables, counted: frozenset[int] = frozenset()) -> None:
        self.calls = calls
        self.counted = counted

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self._outside(node)
        if node.lineno in self.counted:
            return node
        far = {
            name for part in ast.walk(node) if isinstance(part, ast.Global) for name in part.names
        }
        if is_generator(node):
            node.body = [_suspended(node)]
        else:
            node.body = _Body(self.calls, frozenset(far)).block(node.body)
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self._outside(node)
        body = _Body(self.calls, frozenset())
        node.body = body.told(self.visit(node.body))
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.decorator_list = [self.visit(part) for part in node.decorator_list]
        body = _Body(self.calls, frozenset())
        body.inner = self
        node.body = body.block(node.body)
        return node

    def _outside(self, node: ast.FunctionDef | ast.Lambda) -> None:
        """Decorators and defaults are evaluated where the function is made."""
        arguments = node.args
        arguments.defaults = [self.visit(part) for part in arguments.defaults]
        arguments.kw_defaults = [part and self.visit(part) for part in arguments.kw_defaults]
        if isinstance(node, ast.FunctionDef):
            node.decorator_list = [self.visit(part) for part in node.decorator_list]
            for argument in all_arguments(arguments):
                if argument.annotation is not None:
                    argument.annotation = self.visit(argument.annotation)


class _Body:
    """The statements of one function."""

    def __init__(self, calls: Callables, far: frozenset[str]) -> None:
        self.calls = calls
        self.far = far
        """Names that it declares global."""
        self.inner = _Twins(calls)

    def block(self, nodes: list[ast.stmt]) -> list[ast.stmt]:
        out: list[ast.stmt] = []
        for node in nodes:
            out += self._statement(node)
        return out

    def told(self, node: ast.expr) -> ast.expr:
        """An expression that announces what it changes."""
        return first(self._calls(changes([node], self.calls.modules, self.calls)), node)

    def _calls(self, found: Changes) -> list[ast.expr]:
        told = [binding(name) for name in found.binds if name in self.far]
        return [*told, *([everything()] if found.wholesale else announcements(found))]

    def _statement(self, node: ast.stmt) -> list[ast.stmt]:
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                before = self._calls(changes([node], self.calls.modules, self.calls))
                return [*_expressions(before, node), self.inner.visit(node)]
            case ast.While() | ast.If():
                node.test = self.told(self.inner.visit(node.test))
            case ast.For():
                node.iter = self.told(self.inner.visit(node.iter))
                stored = Changes(calls=self.calls)
                target_changes(node.target, stored)
                before = self._calls(stored)
                node.body = [*_expressions(before, node), *self.block(node.body)]
                node.orelse = self.block(node.orelse)
                return [*_expressions(before, node), node]
            case ast.With():
                for item in node.items:
                    item.context_expr = self.told(self.inner.visit(item.context_expr))
            case ast.Try():
                for handler in node.handlers:
                    handler.body = self.block(handler.body)
                    if handler.type is None:
                        handler.type = ast.copy_location(ast.Name(ANYTHING, ast.Load()), handler)
            case ast.Match():
                node.subject = self.told(self.inner.visit(node.subject))
                for case in node.cases:
                    case.body = self.block(case.body)
            case _:
                before = self._calls(changes([node], self.calls.modules, self.calls))
                return [*_expressions(before, node), self.inner.visit(node)]
        for name in ("body", "orelse", "finalbody"):
            if isinstance(getattr(node, name, None), list):
                setattr(node, name, self.block(getattr(node, name)))
        return [node]


def _suspended(node: ast.FunctionDef) -> ast.stmt:
    """A generator function only makes the generator, of its names and of what it finds around it.

    The lambda is never called: it holds the cells and the globals of the function.
    """
    own = function_scope(node).names
    read = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)} - own
    loads: list[ast.expr] = [ast.Name(name, ast.Load()) for name in sorted(read)]
    nothing = ast.arguments([], [], None, [], [], None, [])
    finder = ast.Lambda(nothing, ast.Tuple(loads, ast.Load()))
    names = [argument.arg for argument in all_arguments(node.args)]
    bound = ast.Dict(
        [ast.Constant(name) for name in names], [ast.Name(name, ast.Load()) for name in names]
    )
    made = ast.Call(ast.Name(GENERATOR, ast.Load()), [ast.Constant(node.lineno), bound, finder], [])
    return ast.copy_location(ast.Return(made), node.body[0])


def _expressions(calls: list[ast.expr], node: ast.stmt) -> list[ast.stmt]:
    return [ast.copy_location(ast.Expr(call), node) for call in calls]
