"""Names of a file that is imported, as the whole program calls them."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from typing import Any

from stepnet.source.scope import (
    Comprehension,
    Function,
    all_arguments,
    function_scope,
    names_bound_by,
)


def renamed(
    node: ast.stmt,
    own: Mapping[str, str],
    visible: Mapping[str, str],
    names: Mapping[str, Collection[str]],
    constants: Mapping[str, str | None],
) -> ast.stmt:
    """A statement of a file with the names of its top level as the program calls them.

    `own` says what those are called; `visible` which names stand for modules of the script, and
    `names` what these hold. `constants` are names that stand for a text. Changes the tree.
    """
    if not own and not visible:
        return node
    found: ast.stmt = _Renaming(own, visible, names, constants, frozenset()).visit(node)
    return found


class _Renaming(ast.NodeTransformer):
    def __init__(
        self,
        own: Mapping[str, str],
        visible: Mapping[str, str],
        names: Mapping[str, Collection[str]],
        constants: Mapping[str, str | None],
        local: frozenset[str],
    ) -> None:
        self.own, self.visible, self.names, self.constants = own, visible, names, constants
        self.local = local
        """Names that mean something else here."""

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self.local:
            return node
        if node.id in self.constants and isinstance(node.ctx, ast.Load):
            return ast.copy_location(ast.Constant(self.constants[node.id]), node)
        node.id = self.own.get(node.id, node.id)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        module = self._module(node.value)
        if module is not None and node.attr in self.names[module]:
            return ast.copy_location(ast.Name(f"{module}.{node.attr}", node.ctx), node)
        self.generic_visit(node)
        return node

    def _module(self, node: ast.expr) -> str | None:
        if isinstance(node, ast.Name):
            return None if node.id in self.local else self.visible.get(node.id)
        if isinstance(node, ast.Attribute):
            return self.visible.get(ast.unparse(node))
        return None

    def visit_Global(self, node: ast.Global) -> ast.stmt:
        node.names = [self.own.get(name, name) for name in node.names]
        return node

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.AST:
        node.name = self._stored(node.name)
        return self.generic_visit(node)

    def visit_alias(self, node: ast.alias) -> ast.AST:
        name = node.asname or node.name
        if self._stored(name) != name:
            node.asname = self._stored(name)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.decorator_list = [self.visit(part) for part in node.decorator_list]
        self._header(node)
        node.returns = node.returns and self.visit(node.returns)
        for argument in all_arguments(node.args):
            argument.annotation = argument.annotation and self.visit(argument.annotation)
        inner = self._inside(function_scope(node).names)
        node.body = [inner.visit(part) for part in node.body]
        node.name = self._stored(node.name) or node.name
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self._header(node)
        node.body = self._inside(function_scope(node).names).visit(node.body)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.decorator_list = [self.visit(part) for part in node.decorator_list]
        node.bases = [self.visit(part) for part in node.bases]
        node.keywords = [self.visit(part) for part in node.keywords]
        body = self._inside(names_bound_by(node.body))
        for number, part in enumerate(node.body):
            is_method = isinstance(part, ast.FunctionDef)
            node.body[number] = self._method(part) if is_method else body.visit(part)
        node.name = self._stored(node.name) or node.name
        return node

    def _method(self, node: Any) -> Any:
        """A method does not see the names of its class; its name is one of them."""
        name = node.name
        found = self.visit_FunctionDef(node)
        node.name = name
        return found

    def visit_comprehension_of(self, node: Comprehension) -> ast.AST:
        """The variables of a comprehension are its own; its first iterable is evaluated outside."""
        first = node.generators[0]
        evaluated = self.visit(first.iter)
        own = frozenset(
            part.id
            for generator in node.generators
            for part in ast.walk(generator.target)
            if isinstance(part, ast.Name)
        )
        first.iter = ast.Constant(None)
        self._inside(own).generic_visit(node)
        first.iter = evaluated
        return node

    visit_ListComp = visit_comprehension_of  # noqa: N815  # the name that ast calls
    visit_SetComp = visit_comprehension_of  # noqa: N815  # the name that ast calls
    visit_DictComp = visit_comprehension_of  # noqa: N815  # the name that ast calls
    visit_GeneratorExp = visit_comprehension_of  # noqa: N815  # the name that ast calls

    def _stored(self, name: str | None) -> str | None:
        return name if name is None or name in self.local else self.own.get(name, name)

    def _header(self, node: Function) -> None:
        node.args.defaults = [self.visit(part) for part in node.args.defaults]
        node.args.kw_defaults = [part and self.visit(part) for part in node.args.kw_defaults]

    def _inside(self, names: frozenset[str]) -> _Renaming:
        return _Renaming(self.own, self.visible, self.names, self.constants, self.local | names)
