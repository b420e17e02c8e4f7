"""A training script as text: where it is, what it is called, what it says of itself."""

from __future__ import annotations

import ast
import difflib
import re
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from stepnet.source.beside import modules_beside, text_of
from stepnet.source.notebook import NotANotebook, read_notebook
from stepnet.source.refusal import Refusal, SourceError
from stepnet.source.section import Section, place
from stepnet.source.unwarned import unwarned


@dataclass(frozen=True)
class Script:
    """One script, read but not yet understood."""

    name: str
    """Built-in name or file name without its ending."""
    path: Path
    """Absolute path of the file."""
    text: str
    title: str
    """First line of the docstring, or the name."""
    introduction: str
    """The rest of the docstring."""
    source: str
    """Where it comes from: the docstring's ``Source:`` line, or the path."""
    sections: tuple[Section, ...] = ()
    """Parts of the text with names of their own: cells, files that are imported."""
    notes: tuple[str, ...] = ()
    """What was left out of it, a sentence each."""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The text, line by line, as Python counts them."""
        lines = self.text.split("\n")
        return tuple(lines[:-1] if lines[-1] == "" else lines)

    def place(self, line: int) -> str:
        """A line as people find it: ``net.py:12``, ``net.ipynb, cell 3, line 2``."""
        return place(self.path.name, self.sections, line)


class NoSuchScript(Exception):
    """A target that is neither a built-in scenario nor a file."""


def scenario_folder() -> Path | None:
    """The folder of the built-in scenarios, found without importing it."""
    spec = find_spec("scenarios")
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]) if places else None


def builtin_paths() -> dict[str, Path]:
    """Built-in scenarios by name, in alphabetical order."""
    folder = scenario_folder()
    files = sorted(folder.glob("*.py")) if folder else []
    return {file.stem: file for file in files if not file.stem.startswith("_")}


@unwarned()
def open_script(target: str) -> Script:
    """Read a built-in scenario by its name, a ``.py`` or an ``.ipynb`` file by its path.

    Modules beside the script that it imports are read with it. Raises NoSuchScript for a target
    that is neither, SourceError for a file that is not text.
    """
    path = builtin_paths().get(target) or Path(target)
    if path.is_dir() or not path.exists():
        raise NoSuchScript(_unknown(target))
    if path.suffix == ".ipynb":
        return with_modules(_from_notebook(path))
    if path.suffix != ".py":
        raise NoSuchScript(
            f"{target} is not a Python script: stepnet opens .py and .ipynb files and built-in "
            "scenarios\n  stepnet list shows the built-in scenarios"
        )
    return with_modules(script_from_text(path.stem, _read(path), path.resolve()))


def with_modules(script: Script) -> Script:
    """The script followed by the files beside it that it imports.

    Raises SourceError for one of them that is not text.
    """
    text, sections = script.text, list(script.sections)
    try:
        modules = modules_beside(script.text, script.path.parent)
    except (SyntaxError, UnicodeDecodeError, OSError) as error:
        refusal = Refusal(1, 0, 1, f"a file that it imports is not text: {error}", "")
        raise SourceError(script.path.name, script.text, [refusal]) from error
    for module in modules:
        file = module.path.relative_to(script.path.parent).as_posix()
        lead = f"\n\n# ── {file} ──\n\n"
        text = text.rstrip("\n") + lead
        sections.append(Section(file, text.count("\n") + 1, module=module.name))
        text += module.text
    return replace(script, text=text, sections=tuple(sections))


def _from_notebook(path: Path) -> Script:
    try:
        book = read_notebook(_read(path))
    except NotANotebook as error:
        refusal = Refusal(1, 0, 1, f"not a notebook: {error}", "Open it in Jupyter and save it.")
        raise SourceError(path.name, "", [refusal]) from error
    script = script_from_text(path.stem, book.text, path.resolve())
    return replace(
        script,
        title=book.title or script.title,
        introduction=book.introduction or script.introduction,
        sections=tuple(book.sections),
        notes=book.notes,
    )


def script_from_text(name: str, text: str, path: Path) -> Script:
    """A script from its text; `path` says where relative data files are looked for."""
    docstring = _docstring(text)
    title, _, rest = docstring.partition("\n")
    source = re.search(r"^Source:\s*(.+?)\s*\Z", rest, re.MULTILINE | re.DOTALL)
    introduction = rest[: source.start()] if source else rest
    return Script(
        name=name,
        path=path,
        text=text,
        title=title.strip().rstrip(".") or name,
        introduction=introduction.strip(),
        source=" ".join(source.group(1).split()) if source else str(path),
    )


def _read(path: Path) -> str:
    try:
        return text_of(path)
    except (SyntaxError, UnicodeDecodeError) as error:
        refusal = Refusal(1, 0, 1, f"not a text file in UTF-8: {error}", "Save it as UTF-8.")
        raise SourceError(path.name, "", [refusal]) from error
    except OSError as error:
        raise NoSuchScript(f"{path} cannot be read: {error.strerror}") from error


def _docstring(text: str) -> str:
    try:
        return ast.get_docstring(ast.parse(text)) or ""
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""


def _unknown(target: str) -> str:
    names = list(builtin_paths())
    near = difflib.get_close_matches(target, names, n=1, cutoff=0.5)
    hint = f"\n  did you mean {near[0]}?" if near else ""
    return (
        f"no scenario and no file is called {target!r}{hint}\n"
        "  stepnet list shows the built-in scenarios; a script is given by its path, ending in .py "
        "or .ipynb"
    )
