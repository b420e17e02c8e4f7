"""The files of a script as syntax trees whose lines are those of the whole text."""

from __future__ import annotations

import ast
from dataclasses import replace

from stepnet.source.linked import File
from stepnet.source.matching import written_out
from stepnet.source.python2 import modernised
from stepnet.source.refusal import Refusal, SourceError
from stepnet.source.script import Script

DEEPEST = 200
"""Levels of nesting that are opened; Python's own compiler gives up not far beyond."""


def parsed_files(script: Script) -> tuple[list[File], list[Refusal]]:
    """The script and the modules that it imports, and what of them is Python 2.

    Raises SourceError where one is neither that nor Python 3.
    """
    lines = script.text.split("\n")
    modules = [section for section in script.sections if section.module]
    ends = [section.first - 1 for section in modules] + [len(lines)]
    old: list[Refusal] = []
    files = [File("", str(script.path), _read(script, "\n".join(lines[: ends[0]]), 1, old))]
    for section, end in zip(modules, ends[1:], strict=True):
        text = "\n".join(lines[section.first - 1 : end])
        path = str(script.path.parent / section.name)
        files.append(File(section.module, path, _read(script, text, section.first, old)))
    return files, old


def _read(script: Script, text: str, first: int, old: list[Refusal]) -> ast.Module:
    """The tree of one file; what of it is Python 2 is added to `old`."""
    try:
        return _parsed(script, text, first)
    except SourceError as error:
        modern, places = modernised(text)
        if not places:
            raise
        old += [replace(place, line=place.line + first - 1) for place in places]
        try:
            return _parsed(script, modern, first)
        except SourceError as further:
            raise SourceError(
                script.path.name, script.text, [*old, *further.refusals], script.sections
            ) from error


def _parsed(script: Script, text: str, first: int) -> ast.Module:
    try:
        tree = ast.parse(text, filename=script.path.name)
        compile(tree, script.path.name, "exec")
    except SyntaxError as error:
        column = max(0, (error.offset or 1) - 1)
        same_line = error.end_lineno == error.lineno
        end = (error.end_offset or 0) - 1 if same_line else column + 1
        line = (error.lineno or 1) + first - 1
        advice = "Indent with spaces only." if isinstance(error, TabError) else ""
        raise _refused(
            script, Refusal(line, column, max(end, column + 1), error.msg, advice)
        ) from error
    except (ValueError, RecursionError, MemoryError) as error:
        message = f"Python cannot read this: {error}"
        raise _refused(script, Refusal(first, 0, 1, message, "")) from error
    if _depth(tree) > DEEPEST:
        message = "expressions are nested too deeply"
        raise _refused(script, Refusal(first, 0, 1, message, "Name the inner parts."))
    written_out(tree)
    ast.increment_lineno(tree, first - 1)
    return tree


def _refused(script: Script, refusal: Refusal) -> SourceError:
    return SourceError(script.path.name, script.text, [refusal], script.sections)


def _depth(tree: ast.AST) -> int:
    deepest, level = 0, [tree]
    while level:
        deepest += 1
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return deepest
