"""``class Batch(NamedTuple)`` as the call that makes the same class, or that its methods extend."""

from __future__ import annotations

import ast

from stepnet.source.modules import called_of

TUPLE = ("typing", "NamedTuple")
"""What such a class is based on; the hints that it is given are dropped where it is made."""


def tuples_called(tree: ast.Module, modules: dict[str, str]) -> None:
    """Write out the classes that only name the parts of a tuple; changes the tree."""
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            body = getattr(node, field, None)
            if isinstance(body, list):
                body[:] = [_called(part, modules) for part in body]


def _called(node: ast.stmt, modules: dict[str, str]) -> ast.stmt:
    if not isinstance(node, ast.ClassDef) or len(node.bases) != 1 or node.keywords:
        return node
    if called_of(node.bases[0], modules) != TUPLE or node.decorator_list:
        return node
    named: list[ast.expr] = []
    defaults: list[ast.expr] = []
    methods: list[ast.stmt] = []
    for part in node.body:
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
            named.append(ast.Constant(part.target.id))
            defaults += [part.value] if part.value is not None else []
        elif isinstance(part, ast.FunctionDef):
            methods.append(part)
        elif not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant)):
            return node
    given: list[ast.expr] = [
        ast.Constant(node.name.rpartition(".")[2]),
        ast.List(named, ast.Load()),
        ast.Tuple(defaults, ast.Load()),
    ]
    call = ast.Call(node.bases[0], given, [])
    made: ast.stmt = ast.Assign([ast.Name(node.name, ast.Store())], call)
    if methods:
        made = ast.ClassDef(node.name, [call], [], methods, [])
    return ast.fix_missing_locations(ast.copy_location(made, node))
