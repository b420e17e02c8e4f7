"""A training script as text: where it is, what it is called, what it says of itself."""

from __future__ import annotations

import ast
import difflib
import re
import tokenize
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from stepnet.source.refusal import Refusal, SourceError


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

    @property
    def lines(self) -> tuple[str, ...]:
        """The text, line by line."""
        return tuple(self.text.splitlines())


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


def open_script(target: str) -> Script:
    """Read a built-in scenario by its name, or a ``.py`` file by its path.

    Raises NoSuchScript for a target that is neither, SourceError for a file that is not text.
    """
    path = builtin_paths().get(target) or Path(target)
    if path.is_dir() or not path.exists():
        raise NoSuchScript(_unknown(target))
    if path.suffix != ".py":
        raise NoSuchScript(
            f"{target} is not a Python script: stepnet opens .py files and built-in scenarios\n"
            "  stepnet list shows the built-in scenarios"
        )
    return script_from_text(path.stem, _read(path), path.resolve())


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
        with tokenize.open(path) as file:
            return file.read()
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
        "  stepnet list shows the built-in scenarios; a script is given by its path, ending in .py"
    )
