"""``super()`` without arguments, outside of the class statement.

Python finds the class in a cell that it makes while it compiles the class. A method that runs
statement by statement finds it under the name of that cell instead.
"""

from __future__ import annotations

import ast

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
