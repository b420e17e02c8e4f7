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
from stepnet.source.beside import absolute, inside
from stepnet.source.brought import Brought, brought
from stepnet.source.optional import without_missing
from stepnet.source.refusal import Refusal, refuse
from stepnet.source.renamed import renamed
from stepnet.source.scope import names_bound_by
from stepnet.source.star import written_out

Importing = ast.Import | ast.ImportFrom


@dataclass(frozen=True, eq=False)
class File:
    """One file of a program: the script itself, whose name is empty, or a module."""

    name: str
    path: str
    tree: ast.Module

    @property
    def package(self) -> str:
        """What its relative imports start from, with a last part for the file itself."""
        return inside(self.name, self.path) if self.name else ""


class Linking:
    """Files while they are put together."""

    def __init__(self, files: list[File]) -> None:
        self.files = {file.name: file for file in files}
        self.refusals: list[Refusal] = []
        for file in files:
            written_out(file.tree)
            without_missing(file.tree, lambda name: name in MODULES or name in self.files)
        self._names = {file.name: _own_names(file.tree) for file in files}
        for own_package in (True, False):
            for file in files:
                self._names[file.name] -= self._submodules(file, own_package)
        self._public = {file.name: _public(file.tree) for file in files}
        self._brought = {file.name: brought(file.tree) for file in files}
        self._begun: set[str] = set()

    def _submodules(self, file: File, own_package: bool) -> set[str]:
        """Names that stand for files of the script: of a file's own package, or of another's."""
        found = set()
        for node in file.tree.body:
            if isinstance(node, ast.ImportFrom):
                base = absolute(node, file.package)
                for alias in node.names:
                    named = own_package or alias.name not in self._names.get(base, ())
                    is_file = f"{base}.{alias.name}" in self.files if base else False
                    if is_file and named and (base == file.name) == own_package:
                        found.add(alias.asname or alias.name)
        return found

    def linked(self) -> ast.Module:
        """The script with its modules in place; what cannot be linked is among the refusals."""
        return ast.Module(self._body(self.files[""]), [])

    def _body(self, file: File) -> list[ast.stmt]:
        self._begun.add(file.name)
        visible = self._visible(file)
        own = {name: f"{file.name}.{name}" for name in self._names[file.name]} if file.name else {}
        body: list[ast.stmt] = []
        later: list[str] = []
        for node in file.tree.body:
            if isinstance(node, Importing) and self._is_beside(node, file):
                body += self._imported(node, file)
                continue
            inner = _Inner(self, file)
            linked = inner.visit(node)
            for name in inner.now if file.name else [*inner.now, *inner.later]:
                body += self._run(name)
            later += inner.later
            body.append(renamed(linked, own, visible, self._names, self._constants(file)))
        for name in later:
            body += self._run(name)
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
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    if alias.name in self.files:
                        found[alias.asname or alias.name] = alias.name
            elif isinstance(node, ast.ImportFrom):
                base = absolute(node, file.package)
                for alias in node.names:
                    whole = f"{base}.{alias.name}" if base else alias.name
                    if whole in self.files and alias.name not in self._names.get(base, ()):
                        found[alias.asname or alias.name] = whole
        return found

    def _is_beside(self, node: Importing, file: File) -> bool:
        if isinstance(node, ast.Import):
            return any(alias.name in self.files for alias in node.names)
        base = absolute(node, file.package)
        return (
            bool(node.level)
            or base in self.files
            or any(f"{base}.{alias.name}" in self.files for alias in node.names)
        )

    def _imported(self, node: Importing, file: File) -> Iterator[ast.stmt]:
        """What an import of a module does: run it the first time, and bind names."""
        for name in self.modules_of(node, file):
            yield from self._run(name)
        yield from self.bound(node, file, f"{file.name}." if file.name else "")

    def modules_of(self, node: Importing, file: File) -> Iterator[str]:
        """The modules of the script that an import runs."""
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in self.files)
            return
        base = absolute(node, file.package)
        yield base
        for alias in node.names:
            whole = f"{base}.{alias.name}" if base else alias.name
            if alias.name not in self._names.get(base, ()) and whole in self.files:
                yield whole

    def bound(self, node: Importing, file: File, prefix: str) -> list[ast.stmt]:
        """What binds the names of an import of a module, each with `prefix` in front."""
        if isinstance(node, ast.Import):
            others = [alias for alias in node.names if alias.name not in self.files]
            told: ast.stmt = ast.Import(others) if others else ast.Pass()
            return [ast.copy_location(told, node)]
        base = absolute(node, file.package)
        made: list[ast.stmt] = []
        targets: list[ast.expr] = []
        values: list[ast.expr] = []
        for alias in self._aliases(node, base):
            whole = f"{base}.{alias.name}" if base else alias.name
            target = prefix + (alias.asname or alias.name)
            given = self._library(base, alias.name)
            if given is not None:
                made.append(given.imported(target))
            elif alias.name in self._names.get(base, ()):
                targets.append(ast.Name(target, ast.Store()))
                values.append(ast.Name(whole, ast.Load()))
            elif whole not in self.files:
                self.refusals.append(
                    refuse(alias, f"{base} has no name {alias.name}", "Look at what it defines.")
                )
        if len(targets) == 1:
            made.append(ast.Assign(targets, values[0]))
        elif targets:
            stored, loaded = ast.Tuple(targets, ast.Store()), ast.Tuple(values, ast.Load())
            made.append(ast.Assign([stored], loaded))
        made = made or [ast.Pass()]
        return [ast.fix_missing_locations(ast.copy_location(part, node)) for part in made]

    def _library(self, name: str, asked: str) -> Brought | None:
        """What of Python's library a module calls by a name, itself or by way of another one."""
        for _ in self.files:
            file = self.files.get(name)
            found = self._brought[name].get(asked) if file else None
            if file is None or found is None:
                return None
            if not found.level and found.module not in self.files:
                return found if found.module in MODULES else None
            statement = ast.ImportFrom(found.module, [], found.level)
            name, asked = absolute(statement, file.package), found.name
        return None

    def _aliases(self, node: ast.ImportFrom, base: str) -> list[ast.alias]:
        if node.names[0].name != "*":
            return node.names
        public = self._public.get(base)
        if public is None:
            names = self._names.get(base, frozenset())
            public = sorted(name for name in names if not name.startswith("_"))
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


class _Inner(ast.NodeTransformer):
    """Imports of modules inside other statements: they bind names, and what they run is noted."""

    def __init__(self, linking: Linking, file: File) -> None:
        self.linking, self.file = linking, file
        self.now: list[str] = []
        """Modules that the statement itself imports."""
        self.later: list[str] = []
        """Those that a function imports when it is called, often because two need each other."""
        self._deep = False

    def visit_Import(self, node: Importing) -> ast.stmt | list[ast.stmt]:
        if not self.linking._is_beside(node, self.file):
            return node
        (self.later if self._deep else self.now).extend(self.linking.modules_of(node, self.file))
        return self.linking.bound(node, self.file, "")

    visit_ImportFrom = visit_Import  # noqa: N815  # these are the names that ast calls

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        outer, self._deep = self._deep, True
        self.generic_visit(node)
        self._deep = outer
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        if self._never(node.test):
            node.body = [ast.copy_location(ast.Pass(), node)]
        return self.generic_visit(node)

    def _never(self, test: ast.expr) -> bool:
        """Is a condition false by what it is: for type checkers, or for a file run by itself?"""
        text = ast.unparse(test)
        alone = "__name__ == '__main__'" if self.file.name else ""
        return text in (alone, "TYPE_CHECKING", "typing.TYPE_CHECKING")


def _public(tree: ast.Module) -> list[str] | None:
    """The names that ``__all__`` of a file lists, if it lists them as texts."""
    for node in tree.body:
        match node:
            case ast.Assign([ast.Name("__all__")], ast.List(names) | ast.Tuple(names)):
                texts = [part.value for part in names if isinstance(part, ast.Constant)]
                return [text for text in texts if isinstance(text, str)]
    return None


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
