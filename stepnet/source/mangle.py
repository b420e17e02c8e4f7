"""Private names of a class: inside ``class Net``, ``__x`` means ``_Net__x``.

Python does this when it compiles a class. Here methods are also compiled outside of it, one
statement at a time, so the names are written out once, in the tree.
"""

from __future__ import annotations

import ast


def mangle(tree: ast.Module) -> None:
    """Write out the private names of every class; changes the tree."""
    _Mangler("").visit(tree)


def mangled(name: str, owner: str) -> str:
    """What Python makes of a name inside a class."""
    bare = owner.rpartition(".")[2].lstrip("_")
    private = name.startswith("__") and not name.endswith("__") and "." not in name
    return f"_{bare}{name}" if private and bare else name


class _Mangler(ast.NodeVisitor):
    def __init__(self, owner: str) -> None:
        self.owner = owner

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for part in (*node.decorator_list, *node.bases, *node.keywords):
            self.visit(part)
        inner = _Mangler(node.name)
        node.name = mangled(node.name, self.owner)
        for part in node.body:
            if isinstance(part, ast.FunctionDef):
                kept = part.name  # Python mangles where it binds a method, not what it is called
                inner.visit(part)
                part.name = kept
            else:
                inner.visit(part)

    def generic_visit(self, node: ast.AST) -> None:
        if self.owner:
            for field in _NAMING.get(type(node), ()):
                self._write_out(node, field)
        super().generic_visit(node)

    def _write_out(self, node: ast.AST, field: str) -> None:
        value = getattr(node, field)
        if isinstance(value, str):
            setattr(node, field, mangled(value, self.owner))
        elif isinstance(value, list):
            setattr(node, field, [mangled(name, self.owner) for name in value])


_NAMING: dict[type[ast.AST], tuple[str, ...]] = {
    ast.Name: ("id",),
    ast.Attribute: ("attr",),
    ast.FunctionDef: ("name",),
    ast.arg: ("arg",),
    ast.keyword: ("arg",),
    ast.Global: ("names",),
    ast.Nonlocal: ("names",),
    ast.ExceptHandler: ("name",),
    ast.alias: ("asname",),
    ast.MatchAs: ("name",),
    ast.MatchStar: ("name",),
    ast.MatchMapping: ("rest",),
}
"""Where a node holds names that Python mangles."""
