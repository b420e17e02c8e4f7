"""What a class statement finds by itself, and what is written out for it.

Python finds the class of ``super()`` in a cell that it makes while it compiles the class. A method
that runs statement by statement finds it under the name of that cell instead. And the body of a
class looks for names in a plain dictionary only, not in the names of a function around it as we
keep them; a lambda in it does.
"""

from __future__ import annotations

import ast

from stepnet.source.scope import names_bound_by

CLASS = "__class__"
"""The name of Python's cell."""


def class_named(node: ast.AST, arguments: ast.arguments) -> ast.AST:
    """The tree of a function's statement with every ``super()`` written out; changes it."""
    found: ast.AST = _Written(arguments).visit(node)
    return found


class _Written(ast.NodeTransformer):
    def __init__(self, arguments: ast.arguments) -> None:
        named = [*arguments.posonlyargs, *arguments.args]
        self.first = named[0].arg if named else ""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name == "super" and self.first and not node.args and not node.keywords:
            node.args = [ast.Name(CLASS, ast.Load()), ast.Name(self.first, ast.Load())]
            ast.fix_missing_locations(node)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        inner = _Written(node.args)
        node.body = [inner.visit(part) for part in node.body]
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        if node.args.args or node.args.posonlyargs:
            node.body = _Written(node.args).visit(node.body)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """A class inside has a cell of its own."""
        return node


def found_outside(node: ast.ClassDef) -> ast.ClassDef:
    """A class inside a function, whose body finds the names around it; changes it."""
    outside = _Outside(names_bound_by(node.body))
    node.body = [outside.visit(part) for part in node.body]
    return ast.fix_missing_locations(node)


class _Outside(ast.NodeTransformer):
    def __init__(self, own: frozenset[str]) -> None:
        self.own = own

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if not isinstance(node.ctx, ast.Load) or node.id in self.own:
            return node
        nothing = ast.arguments([], [], None, [], [], None, [])
        return ast.copy_location(ast.Call(ast.Lambda(nothing, node), [], []), node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.decorator_list = [self.visit(part) for part in node.decorator_list]
        self._defaults(node.args)
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self._defaults(node.args)
        return node

    def visit_ListComp(self, node: ast.ListComp) -> ast.AST:
        node.generators[0].iter = self.visit(node.generators[0].iter)
        return node

    visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp  # type: ignore[assignment]  # noqa: N815  # these are the names that ast calls

    def _defaults(self, arguments: ast.arguments) -> None:
        arguments.defaults = [self.visit(part) for part in arguments.defaults]
        arguments.kw_defaults = [part and self.visit(part) for part in arguments.kw_defaults]
