"""Which scripts can be opened: every refusal at once, before anything runs."""

from __future__ import annotations

import ast
import builtins
import difflib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from stepnet.source.allowed import (
    ABOUT,
    BUILTINS,
    FORBIDDEN_ATTRIBUTES,
    GLOBALS,
    MODULES,
    REINTERPRETING,
)
from stepnet.source.classes import class_refusals
from stepnet.source.formats import has_plain_fields, is_literal_format
from stepnet.source.lazy import lazy_refusals
from stepnet.source.linked import Linking
from stepnet.source.mangle import mangle
from stepnet.source.members import Members, members
from stepnet.source.modules import called_of, module_of
from stepnet.source.offered import GONE, INSTEAD, OFFERED
from stepnet.source.parsed import parsed_files
from stepnet.source.reflection import ASKING, reflection_refusals
from stepnet.source.refusal import Refusal, SourceError, refuse
from stepnet.source.script import Script
from stepnet.source.special import (
    class_statement_refusals,
    of_own_making,
    underscore_refusals,
)
from stepnet.source.tuples import tuples_called
from stepnet.source.unused import leave_out

_UNSUPPORTED: dict[type[ast.AST], tuple[str, str]] = {
    ast.TryStar: ("'except*' cannot be opened", "Write except."),
    ast.Await: ("asynchronous code does not compute a network", "Call the function directly."),
    ast.AsyncFunctionDef: ("asynchronous code does not compute a network", "Use a plain def."),
    ast.AsyncFor: ("asynchronous code does not compute a network", "Use a plain for."),
    ast.AsyncWith: ("asynchronous code does not compute a network", "Leave the context out."),
}  # fmt: skip

_DANGEROUS: dict[str, str] = {
    "eval": "Write the expression out.",
    "exec": "Write the statements out.",
    "compile": "Write the statements out.",
    "globals": 'Keep the values in a dictionary: params["W1"].',
    "locals": "Write the names out: dict(lr=lr, epochs=epochs).",
    "dir": "Write the names out, or ask vars(x) for what an object holds.",
    "breakpoint": "Set a breakpoint in stepnet instead.",
}

USUAL = ("math", "random", "time", "collections", "itertools", "functools", "csv", "json", "copy")
"""Modules that are named where another one is asked for."""

_OUTSIDE = frozenset({"open", "input", "exit", "quit", "next", *OFFERED}) - frozenset(
    {"random", "collections", "copy", "functools", "itertools", "operator", "os.path",
     "statistics", "string", "typing"}
)  # fmt: skip
"""Builtins and modules that do more than their value shows."""

Found = Iterator[Refusal]


def checked_tree(script: Script) -> tuple[ast.Module, tuple[str, ...]]:
    """The script's syntax tree, if all of it may be opened, and the modules that are left out.

    Raises SourceError with every refusal, in the order of the lines.
    """
    files, old = parsed_files(script)
    linking = Linking(files)
    tree = linking.linked()
    left_out = leave_out(tree)
    mangle(tree)
    bound = bound_names(tree)
    modules = imported_modules(tree)
    tuples_called(tree, modules)
    refusals = [*linking.refusals, *_refusals(tree, bound, modules)]
    if refusals or old:
        lines = script.lines
        refusals = [*old, *(_in_characters(refusal, lines) for refusal in refusals)]
        refusals.sort(key=lambda refusal: (refusal.line, refusal.column))
        raise SourceError(script.path.name, script.text, refusals, script.sections)
    return tree, left_out


def expression_refusals(
    node: ast.expr, text: str, bound: frozenset[str], modules: dict[str, str]
) -> list[Refusal]:
    """What an expression of one line may not hold, if the script's names are `bound`."""
    tree = ast.Module([ast.Expr(node)], [])
    found = [*_refusals(tree, bound, modules), *_reaching_out(tree, bound, modules)]
    return [_in_characters(refusal, (text,)) for refusal in found]


def _reaching_out(tree: ast.AST, bound: frozenset[str], modules: dict[str, str]) -> Found:
    """Calls that read the clock, a file or a typed line: only the script itself may do that."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        module, name = called_of(node.func, modules)
        outside = bool(module) and (module in _OUTSIDE or name in ("load", "save", "savez"))
        named = isinstance(node.func, ast.Name) and node.func.id in _OUTSIDE - bound
        if outside or named:
            told = f"{ast.unparse(node.func)} reaches out of the computation"
            yield refuse(node.func, told, "Asking must not change anything.")


def bound_names(tree: ast.AST) -> frozenset[str]:
    """Every name that the script binds anywhere: targets, parameters, functions."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar):
            names.update(filter(None, [node.name]))
    return frozenset(names)


def imported_modules(tree: ast.AST) -> dict[str, str]:
    """Names that stand for modules, or for what was imported from one.

    ``{"np": "numpy", "randn": "numpy.random.randn"}``
    """
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                root = alias.name.partition(".")[0]
                modules[alias.asname or root] = alias.name if alias.asname else root
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                modules[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return modules


def _in_characters(refusal: Refusal, lines: tuple[str, ...]) -> Refusal:
    """Columns of a syntax tree count bytes; people count characters."""
    encoded = lines[refusal.line - 1].encode() if refusal.line <= len(lines) else b""
    start, end = (
        len(encoded[:column].decode(errors="replace"))
        for column in (refusal.column, refusal.end_column)
    )
    return replace(refusal, column=start, end_column=max(end, start + 1))


def _refusals(tree: ast.Module, bound: frozenset[str], modules: dict[str, str]) -> Found:
    passed = _module_bases(tree, bound, modules)
    yield from lazy_refusals(tree, bound, modules)
    yield from class_refusals(tree, bound, modules)
    yield from class_statement_refusals(tree, bound, modules)
    own = members(tree)
    yield from underscore_refusals(tree, own)
    reached = partial(_reached, bound=bound, modules=modules, own=own)
    yield from reflection_refusals(tree, reached, own.attributes)
    opened = of_own_making(tree, own) | frozenset(_caught(tree))
    for node in ast.walk(tree):
        for kind, (message, advice) in _UNSUPPORTED.items():
            if type(node) is kind:
                yield refuse(node, message, advice)
        check = _CHECKS.get(type(node))
        if check is not None and id(node) not in opened:
            yield from check(node, bound, modules)
        if isinstance(node, ast.Name | ast.Attribute) and id(node) not in passed:
            name = module_of(node, modules)
            if name is not None and isinstance(node.ctx, ast.Load):
                yield refuse(
                    node,
                    f"the module {name} is used as a value",
                    f"Write the function you need: {ast.unparse(node)}.something.",
                )


def _module_bases(tree: ast.Module, bound: frozenset[str], modules: dict[str, str]) -> set[int]:
    """Nodes that stand for a module rightly, in front of a dot, or are refused already."""
    if not modules:
        return set()
    bases = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=value):
                bases.add(id(value))
            case ast.Call(func=ast.Name(id=name), args=[value, *_]) if (
                name in ASKING.keys() - bound
            ):
                bases.add(id(value))
    return bases


def _import(node: ast.AST, bound: frozenset[str], modules: dict[str, str]) -> Found:
    assert isinstance(node, ast.Import)
    for alias in node.names:
        if alias.name not in MODULES:
            yield refuse(alias, f"'import {alias.name}' is not opened", _other_import(alias.name))
        name = alias.asname or alias.name.partition(".")[0]
        if name in bound:
            yield refuse(alias, f"{name} is a module and is assigned too", "Use another name.")


def _import_from(node: ast.AST, bound: frozenset[str], modules: dict[str, str]) -> Found:
    assert isinstance(node, ast.ImportFrom)
    offered = MODULES.get(node.module or "") if not node.level else None
    if node.module == "__future__":
        return
    if offered is None:
        name = "." * node.level + (node.module or "")
        yield refuse(node, f"'from {name} import …' is not opened", _other_import(name))
        return
    for alias in node.names:
        if alias.name == "*":
            yield refuse(node, "a star import hides where names come from", "Import by name.")
        elif alias.name not in offered:
            yield refuse(alias, *_unoffered(node.module or "", alias.name))


def _other_import(name: str) -> str:
    inner = name.lstrip(".")
    while inner:
        if inner in INSTEAD:
            return INSTEAD[inner]
        inner = inner.rpartition(".")[0]
    root = name.lstrip(".").partition(".")[0]
    near = difflib.get_close_matches(root, [known for known in MODULES if "." not in known], n=1)
    if near and near[0] != root:
        return f"Did you mean {near[0]}?"
    return "A script may import numpy and what computes in Python's library: " + ", ".join(USUAL)


def _unoffered(module: str, name: str) -> tuple[str, str]:
    if module == "numpy" and name in GONE:
        return f"numpy.{name} is not opened", GONE[name]
    near = difflib.get_close_matches(name, MODULES[module], n=1, cutoff=0.75)
    advice = f"Did you mean {near[0]}?" if near else "Only what computes can be used."
    return f"{module}.{name} is not opened", advice


def _attribute(node: ast.AST, bound: frozenset[str], modules: dict[str, str]) -> Found:
    assert isinstance(node, ast.Attribute)
    module = module_of(node.value, modules)
    if module is not None:
        if not isinstance(node.ctx, ast.Load):
            yield _refuse_attribute(node, f"{module} cannot be changed", "Use a name of your own.")
        elif node.attr not in MODULES[module]:
            yield _refuse_attribute(node, *_unoffered(module, node.attr))
    elif node.attr in REINTERPRETING and not isinstance(node.ctx, ast.Load):
        yield _refuse_attribute(
            node, f"the attribute {node.attr} cannot be assigned", "Use x.astype(...)."
        )
    elif node.attr in FORBIDDEN_ATTRIBUTES:
        advice = "Write x = x.reshape(...)." if node.attr == "resize" else "Use the array's values."
        yield _refuse_attribute(node, f"the attribute {node.attr} does more than compute", advice)
    elif is_literal_format(node) and not has_plain_fields(ast.literal_eval(node.value)):
        advice = 'Use an f-string: f"{value:.2f}".'
        yield _refuse_attribute(node, "format() can reach inside objects", advice)


_ONLY_CAUGHT = ("KeyboardInterrupt", "GeneratorExit")


def _caught(tree: ast.Module) -> Iterator[int]:
    """``except KeyboardInterrupt:`` waits for what never comes; raising it would stop stepnet."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and node.type is not None:
            for part in node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]:
                if isinstance(part, ast.Name) and part.id in _ONLY_CAUGHT:
                    yield id(part)


def _reached(
    node: ast.Attribute, bound: frozenset[str], modules: dict[str, str], own: Members
) -> Found:
    """An attribute that is asked for by its name; of a module it is written with a dot."""
    if module_of(node.value, modules) is not None:
        advice = 'Write it with a dot, or keep functions in a dictionary: {"tanh": np.tanh}[name].'
        yield refuse(node, "a module cannot be asked", advice)
    elif node.attr not in own.guarded:
        yield from _attribute(node, bound, modules)


def _name(node: ast.AST, bound: frozenset[str], modules: dict[str, str]) -> Found:
    assert isinstance(node, ast.Name)
    name = node.id
    if name.startswith("__"):
        told = name in GLOBALS and isinstance(node.ctx, ast.Load)
        if not told and name not in ABOUT:
            yield refuse(node, f"{name} belongs to the interpreter", "Use a name of your own.")
    elif hasattr(builtins, name) and name not in BUILTINS | bound | set(modules):
        advice = _DANGEROUS.get(name, "A script may only compute.")
        yield refuse(node, f"the builtin {name} is not opened", advice)


def _parameter(node: ast.AST, bound: frozenset[str], modules: dict[str, str]) -> Found:
    assert isinstance(node, ast.arg)
    if node.arg.startswith("__"):
        yield refuse(node, f"{node.arg} belongs to the interpreter", "Use another name.")


def _generator(node: ast.AST, bound: frozenset[str], modules: dict[str, str]) -> Found:
    assert isinstance(node, ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp)
    for part in node.generators:
        if part.is_async:
            yield refuse(part.target, "asynchronous code does not compute a network", "Use for.")


def _call(node: ast.AST, bound: frozenset[str], modules: dict[str, str]) -> Found:
    assert isinstance(node, ast.Call)
    if isinstance(node.func, ast.Name) and node.func.id == "type" and len(node.args) != 1:
        yield refuse(node, "type() with three arguments builds a class", "Use type(value).")


_CHECKS: dict[type[ast.AST], Callable[[ast.AST, frozenset[str], dict[str, str]], Found]] = {
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Attribute: _attribute,
    ast.Name: _name,
    ast.arg: _parameter,
    ast.Call: _call,
    ast.ListComp: _generator,
    ast.SetComp: _generator,
    ast.DictComp: _generator,
    ast.GeneratorExp: _generator,
}


def _refuse_attribute(node: ast.Attribute, message: str, advice: str) -> Refusal:
    """Points at the attribute's own name, not at what stands before the dot."""
    line = node.end_lineno or node.lineno
    end = node.end_col_offset or 1
    return Refusal(line, end - len(node.attr), end, message, advice)
