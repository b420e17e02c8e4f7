"""A script and the files that it imports, as one tree.

A file runs where it is first imported, as in Python. Its own names carry its name in front:
``sigmoid`` of ``activations.py`` is the name ``activations.sigmoid``, which no script can bind
otherwise. So its statements are stepped, its functions entered and its names shown like any other.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from stepnet.source.allowed import MODULES
from stepnet.source.beside import absolute
from stepnet.source.refusal import Refusal, refuse
from stepnet.source.renamed import renamed
from stepnet.source.scope import names_bound_by


@dataclass(frozen=True, eq=False)
class File:
    """One file of a program: the script itself, whose name is empty, or a module."""

    name: str
    path: str
    tree: ast.Module


class Linking:
    """Files while they are put together."""

    def __init__(self, files: list[File]) -> None:
        self.files = {file.name: file for file in files}
        self.refusals: list[Refusal] = []
        self._names = {file.name: _own_names(file.tree) for file in files}
        self._begun: set[str] = set()

    def linked(self) -> ast.Module:
        """The script with its modules in place; what cannot be linked is among the refusals."""
        return ast.Module(self._body(self.files[""]), [])

    def _body(self, file: File) -> list[ast.stmt]:
        self._begun.add(file.name)
        visible = self._visible(file)
        own = {name: f"{file.name}.{name}" for name in self._names[file.name]} if file.name else {}
        body: list[ast.stmt] = []
        for node in file.tree.body:
            if isinstance(node, ast.Import | ast.ImportFrom) and self._is_beside(node, file):
                body += self._imported(node, file)
            else:
                self._refuse_inner(node, file)
                body.append(renamed(node, own, visible, self._names, self._constants(file)))
        self.refusals += _unknown(body, visible, self._names)
        return body

    def _constants(self, file: File) -> dict[str, str | None]:
        if not file.name:
            return {}
        told = {"__name__": file.name, "__file__": file.path}
        return {**told, "__doc__": ast.get_docstring(file.tree)}

    def _visible(self, file: File) -> dict[str, str]:
        """The names by which a file calls modules of the script: ``{"act": "activations"}``."""
        found: dict[str, str] = {}
        for node in file.tree.body:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    if alias.name in self.files:
                        found[alias.asname or alias.name] = alias.name
            elif isinstance(node, ast.ImportFrom):
                base = absolute(node, _package(file))
                for alias in node.names:
                    whole = f"{base}.{alias.name}" if base else alias.name
                    if whole in self.files and alias.name not in self._names.get(base, ()):
                        found[alias.asname or alias.name] = whole
        return found

    def _is_beside(self, node: ast.Import | ast.ImportFrom, file: File) -> bool:
        if isinstance(node, ast.Import):
            return any(alias.name in self.files for alias in node.names)
        base = absolute(node, _package(file))
        return (
            bool(node.level)
            or base in self.files
            or any(f"{base}.{alias.name}" in self.files for alias in node.names)
        )

    def _imported(self, node: ast.Import | ast.ImportFrom, file: File) -> Iterator[ast.stmt]:
        """What an import of a module does: run it the first time, and bind names."""
        if isinstance(node, ast.Import):
            others = [alias for alias in node.names if alias.name not in self.files]
            for alias in node.names:
                if alias.name in self.files:
                    yield from self._run(alias.name)
            told: ast.stmt = ast.Import(others) if others else ast.Pass()
            yield ast.copy_location(told, node)
            return
        base = absolute(node, _package(file))
        yield from self._run(base)
        targets: list[ast.expr] = []
        values: list[ast.expr] = []
        for alias in self._aliases(node, base):
            whole = f"{base}.{alias.name}" if base else alias.name
            if alias.name in self._names.get(base, ()):
                target = alias.asname or alias.name
                target = f"{file.name}.{target}" if file.name else target
                targets.append(ast.Name(target, ast.Store()))
                values.append(ast.Name(whole, ast.Load()))
            elif whole in self.files:
                yield from self._run(whole)
            else:
                self.refusals.append(
                    refuse(alias, f"{base} has no name {alias.name}", "Look at what it defines.")
                )
        told = ast.Pass()
        if len(targets) == 1:
            told = ast.Assign(targets, values[0])
        elif targets:
            told = ast.Assign([ast.Tuple(targets, ast.Store())], ast.Tuple(values, ast.Load()))
        yield ast.fix_missing_locations(ast.copy_location(told, node))

    def _aliases(self, node: ast.ImportFrom, base: str) -> list[ast.alias]:
        if node.names[0].name != "*":
            return node.names
        public = sorted(name for name in self._names.get(base, ()) if not name.startswith("_"))
        return [ast.copy_location(ast.alias(name), node) for name in public]

    def _run(self, name: str) -> list[ast.stmt]:
        """The body of a module and of the packages around it, if they have not run."""
        parts = name.split(".")
        body: list[ast.stmt] = []
        for length in range(1, len(parts) + 1):
            whole = ".".join(parts[:length])
            if whole in self.files and whole not in self._begun:
                body += self._body(self.files[whole])
        return body

    def _refuse_inner(self, node: ast.stmt, file: File) -> None:
        for part in ast.walk(node):
            if isinstance(part, ast.Import | ast.ImportFrom) and self._is_beside(part, file):
                message = "a file beside the script is imported inside a block"
                self.refusals.append(refuse(part, message, "Import it at the top of the file."))


def _package(file: File) -> str:
    """What relative imports of a file start from, with a last part for the file itself."""
    return f"{file.name}.__init__" if file.path.endswith("__init__.py") else file.name


def _own_names(tree: ast.Module) -> frozenset[str]:
    """Names that a file binds for itself, modules of Python's library aside."""
    declared = {
        name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names
    }
    libraries: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            libraries |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            libraries |= {
                alias.asname or alias.name
                for alias in node.names
                if f"{node.module}.{alias.name}" in MODULES
            }
    return (names_bound_by(tree.body) | declared) - libraries


def _unknown(
    body: list[ast.stmt], visible: dict[str, str], names: dict[str, frozenset[str]]
) -> Iterator[Refusal]:
    """Modules of the script that are used as values, or asked for what they do not have."""
    for node in (part for statement in body for part in ast.walk(statement)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = visible.get(node.value.id)
            if module is not None and node.attr not in names[module]:
                yield refuse(node, f"{module} has no name {node.attr}", "Look at what it defines.")
