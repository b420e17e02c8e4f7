"""Compiling pieces of a script, and marking its functions so that they can be recognised.

A function object carries the line its code begins at. Each ``def`` and ``lambda`` of a script gets
a line number of its own beyond any real one, so that a function, wherever it has wandered, tells
which instructions belong to it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from types import CodeType

from stepnet.source.bounded import bounded

FILENAME = "<script>"


def mark_functions(tree: ast.Module) -> dict[int, ast.FunctionDef | ast.Lambda]:
    """Give every function and lambda its own line number; returns them by that number."""
    found: dict[int, ast.FunctionDef | ast.Lambda] = {}
    first = max((getattr(node, "end_lineno", 0) or 0 for node in ast.walk(tree)), default=0) + 1
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            mark = first + len(found)
            found[mark] = node
            _put_on_line(node, mark)
            decorators = getattr(node, "decorator_list", [])
            decorators[:] = [_apart(part) for part in decorators]
            for decorator in decorators:  # code begins at the first one
                _put_on_line(decorator, mark)
    return found


def _apart(node: ast.expr) -> ast.expr:
    """A decorator; a lambda has a line of its own, and may not be the decorator itself."""
    if not isinstance(node, ast.Lambda):
        return node
    alone = ast.Subscript(ast.Tuple([node], ast.Load()), ast.Constant(0), ast.Load())
    return ast.fix_missing_locations(ast.copy_location(alone, node))


def _put_on_line(node: ast.FunctionDef | ast.expr, line: int) -> None:
    """Give a node a line of its own; on one line it cannot end before it begins."""
    node.lineno = node.end_lineno = line
    node.end_col_offset = max(node.end_col_offset or 0, node.col_offset)


def qualified_names(tree: ast.Module) -> dict[int, str]:
    """What Python calls each marked function in its messages: ``Net.train``."""
    return dict(_qualified(tree, ""))


def _qualified(node: ast.AST, around: str) -> Iterator[tuple[int, str]]:
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.FunctionDef | ast.Lambda):
            name = around + getattr(part, "name", "<lambda>").rpartition(".")[2]
            yield part.lineno, name
            yield from _qualified(part, f"{name}.<locals>.")
        elif isinstance(part, ast.ClassDef):
            yield from _qualified(part, f"{around}{part.name.rpartition('.')[2]}.")
        else:
            yield from _qualified(part, around)


def run_code(*nodes: ast.stmt) -> CodeType:
    """Code that executes statements of a script, which has to be bounded."""
    return statement_code(*map(bounded, nodes))


def expression_code(node: ast.expr) -> CodeType:
    """Code that evaluates an expression."""
    tree = ast.fix_missing_locations(ast.Expression(node))
    return compile(tree, FILENAME, "eval", dont_inherit=True)


def statement_code(*nodes: ast.stmt) -> CodeType:
    """Code that executes statements in the names it is given."""
    module = ast.Module(body=list(nodes), type_ignores=[])
    code = compile(ast.fix_missing_locations(module), FILENAME, "exec", dont_inherit=True)
    return _bare(code, "") if any("." in name for name in _defined(code)) else code


def _defined(code: CodeType) -> Iterator[str]:
    """Names of the functions and classes that code makes."""
    return (const.co_name for const in code.co_consts if isinstance(const, CodeType))


def _bare(code: CodeType, prefix: str) -> CodeType:
    """The same code, whose functions and classes do not call themselves after their file."""
    consts: list[object] = []
    for const in code.co_consts:
        if isinstance(const, CodeType):
            own = const.co_name.rpartition(".")[0]
            const = _bare(const, f"{own}." if own else prefix)
        elif prefix and isinstance(const, str) and const == code.co_qualname:
            const = const.removeprefix(prefix)
        consts.append(const)
    return code.replace(
        co_consts=tuple(consts),
        co_name=code.co_name.rpartition(".")[2],
        co_qualname=code.co_qualname.removeprefix(prefix),
    )
