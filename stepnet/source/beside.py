"""Files beside a script that it imports, and those that they import, found before anything runs."""

from __future__ import annotations

import ast
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stepnet.source.allowed import MODULES
from stepnet.source.offered import INSTEAD
from stepnet.source.python2 import modernised


@dataclass(frozen=True)
class Module:
    """A file that is imported."""

    name: str
    """As import statements write it, from the script's folder: ``layers.dense``."""
    path: Path
    text: str


def modules_beside(text: str, folder: Path) -> list[Module]:
    """Every file in the script's folder that the script imports, directly or through another.

    Raises OSError, SyntaxError or UnicodeDecodeError for one that cannot be read as text.
    """
    found: dict[str, Module] = {}
    waiting = [(text, "")]
    while waiting:
        code, importer = waiting.pop(0)
        for name in imported_names(code, importer):
            path = path_of(name, folder)
            if path is not None and name not in found:
                found[name] = Module(name, path, text_of(path))
                waiting.append((found[name].text, inside(name, path)))
    return list(found.values())


def imported_names(text: str, importer: str) -> Iterator[str]:
    """The modules that a text may import, as seen from the script's folder."""
    try:
        tree = _tree(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _with_packages(alias.name)
        elif isinstance(node, ast.ImportFrom):
            base = absolute(node, importer)
            if base:
                yield from _with_packages(base)
            for alias in node.names:
                yield f"{base}.{alias.name}" if base else alias.name


def _tree(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError:
        return ast.parse(modernised(text)[0])


def inside(name: str, path: str | Path) -> str:
    """What relative imports of a file start from; a package's own file stands inside of it."""
    return f"{name}.__init__" if Path(path).name == "__init__.py" else name


def absolute(node: ast.ImportFrom, importer: str) -> str:
    """The module that a ``from`` names, relative to the script's folder."""
    if not node.level:
        return node.module or ""
    around = importer.split(".")[: -node.level]
    return ".".join([*around, *filter(None, [node.module])])


def path_of(name: str, folder: Path) -> Path | None:
    """The file that a module is; None for one that is none of the script's."""
    root = name.partition(".")[0]
    of_python = root in MODULES or root in INSTEAD.keys() & sys.stdlib_module_names
    if of_python or not all(map(str.isidentifier, name.split("."))):
        return None
    place = folder.joinpath(*name.split("."))
    for path in (place.with_suffix(".py"), place / "__init__.py"):
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            return path
    return None


def text_of(path: Path) -> str:
    """What a source file says, in the encoding that it names."""
    with tokenize.open(path) as file:
        return file.read()


def _with_packages(name: str) -> Iterator[str]:
    parts = name.split(".")
    for length in range(1, len(parts) + 1):
        yield ".".join(parts[:length])
