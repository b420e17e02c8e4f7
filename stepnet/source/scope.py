"""Which names belong to which function, and how the others are reached.

The machine keeps a function's names in a dictionary whose lookups fall back to the function around
it. Reading works by itself; storing a name that a function declares ``global`` or ``nonlocal``
has to be aimed at its owner, so those names are rewritten as items of it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

MODULE_NAMES = ".module"
"""The name under which the module's dictionary is found from anywhere."""

Function = ast.FunctionDef | ast.Lambda
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass(frozen=True, eq=False)
class Scope:
    """The names of one function."""

    names: frozenset[str]
    """Local names, parameters included."""
    globals: frozenset[str]
    nonlocals: frozenset[str]

    @property
    def elsewhere(self) -> dict[str, str]:
        """Names that are stored elsewhere, with the dictionary that owns each."""
        owners = dict.fromkeys(self.globals, MODULE_NAMES)
        owners.update({name: owner_name(name) for name in self.nonlocals})
        return owners


def names_bound_by(body: list[ast.stmt]) -> frozenset[str]:
    """Names that a list of statements binds, functions inside them aside."""
    return frozenset(_bound(body))


def owner_name(name: str) -> str:
    """The name under which inner functions find the dictionary that owns `name`."""
    return f".owner_{name}"


def function_scope(node: Function) -> Scope:
    """The scope of a function or lambda."""
    parameters = {argument.arg for argument in all_arguments(node.args)}
    if isinstance(node, ast.Lambda):
        bound = set(_bound([node.body]))
        return Scope(frozenset(parameters | bound), frozenset(), frozenset())
    far: set[str] = set()
    near: set[str] = set()
    for part in _own_nodes(node.body):
        if isinstance(part, ast.Global):
            far.update(part.names)
        elif isinstance(part, ast.Nonlocal):
            near.update(part.names)
    names = (parameters | set(_bound(node.body))) - far - near
    return Scope(frozenset(names), frozenset(far), frozenset(near))


def all_arguments(arguments: ast.arguments) -> list[ast.arg]:
    """Every parameter, in the order in which Python lists them."""
    starred = [part for part in (arguments.vararg, arguments.kwarg) if part is not None]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *starred]


def is_generator(node: Function) -> bool:
    """Does a function hold a ``yield`` of its own?"""
    if isinstance(node, ast.Lambda):
        return False
    return any(isinstance(part, ast.Yield | ast.YieldFrom) for part in _own_nodes(node.body))


def suspends(tree: ast.AST) -> bool:
    """Does a script have generators of its own?"""
    return any(
        isinstance(part, ast.Yield | ast.YieldFrom | ast.GeneratorExp) for part in ast.walk(tree)
    )


def lent_names(node: Function) -> frozenset[str]:
    """Names of this function that a function inside it declares ``nonlocal``."""
    inner = {
        name for part in ast.walk(node) if isinstance(part, ast.Nonlocal) for name in part.names
    }
    return frozenset(inner) & function_scope(node).names


def aimed(node: ast.AST, elsewhere: dict[str, str], plain: frozenset[str] = frozenset()) -> ast.AST:
    """The tree with names that live elsewhere written as items of their owner; changes it.

    Names in `plain` are found by themselves when they are only read.

    Functions inside the tree become native code as a whole, so their own declarations are aimed
    too, except where the owner is native with them.
    """
    found: ast.AST = _Aim(elsewhere, frozenset(), plain).visit(node)
    return found


class _Aim(ast.NodeTransformer):
    def __init__(
        self, elsewhere: dict[str, str], inside: frozenset[str], plain: frozenset[str]
    ) -> None:
        self.elsewhere = elsewhere
        self.inside = inside
        self.plain = plain

    def visit_Name(self, node: ast.Name) -> ast.expr:
        owner = self.elsewhere.get(node.id)
        if owner is None or (isinstance(node.ctx, ast.Load) and node.id in self.plain):
            return node
        place = ast.Subscript(ast.Name(owner, ast.Load()), ast.Constant(node.id), node.ctx)
        return ast.fix_missing_locations(ast.copy_location(place, node))

    def visit_Global(self, node: ast.Global) -> ast.stmt:
        return ast.copy_location(ast.Pass(), node)

    def visit_Nonlocal(self, node: ast.Nonlocal) -> ast.stmt:
        native = [name for name in node.names if name not in self.elsewhere]
        return ast.copy_location(ast.Nonlocal(native) if native else ast.Pass(), node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.body = [self._inner(node).visit(part) for part in node.body]
        return self._header(node)

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        node.body = self._inner(node).visit(node.body)
        return self._header(node)

    def visit_comprehension_of(self, node: Comprehension) -> ast.AST:
        """The variables of a comprehension are its own; its first iterable is evaluated outside."""
        first = node.generators[0]
        first.iter = self.visit(first.iter)
        own = {
            part.id
            for generator in node.generators
            for part in ast.walk(generator.target)
            if isinstance(part, ast.Name)
        }
        inner = _Aim(
            {n: o for n, o in self.elsewhere.items() if n not in own}, self.inside, self.plain
        )
        evaluated, first.iter = first.iter, ast.Constant(None)
        inner.generic_visit(node)
        first.iter = evaluated
        return node

    visit_ListComp = visit_comprehension_of  # noqa: N815  # the name that ast calls
    visit_SetComp = visit_comprehension_of  # noqa: N815  # the name that ast calls
    visit_DictComp = visit_comprehension_of  # noqa: N815  # the name that ast calls
    visit_GeneratorExp = visit_comprehension_of  # noqa: N815  # the name that ast calls

    def _header(self, node: Function) -> Function:
        """Defaults are evaluated outside the function."""
        node.args.defaults = [self.visit(part) for part in node.args.defaults]
        node.args.kw_defaults = [part and self.visit(part) for part in node.args.kw_defaults]
        return node

    def _inner(self, node: Function) -> _Aim:
        scope = function_scope(node)
        elsewhere = {n: o for n, o in self.elsewhere.items() if n not in scope.names}
        elsewhere.update((n, o) for n, o in scope.elsewhere.items() if n not in self.inside)
        return _Aim(elsewhere, self.inside | scope.names, self.plain - scope.names)


def _own_nodes(body: list[ast.stmt] | list[ast.expr]) -> Iterator[ast.AST]:
    """Nodes of a function's own body, without those of functions inside it."""
    stack: list[ast.AST] = list(reversed(body))
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            stack.extend(reversed(list(ast.iter_child_nodes(node))))


def _bound(body: list[ast.stmt] | list[ast.expr]) -> Iterator[str]:
    """Names that a body binds itself; the variables of a comprehension are its own."""
    comprehended: set[int] = set()
    for node in _own_nodes(body):
        if isinstance(node, ast.comprehension):
            comprehended.update(id(part) for part in ast.walk(node.target))
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0]
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            if id(node) not in comprehended:
                yield node.id
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield node.name
