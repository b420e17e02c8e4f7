"""A function that runs in one go, whoever calls it.

Its counted twin is the same code, with its ticks counted and its changes announced. Fused code
runs it where only the run tells what is called.
"""

from __future__ import annotations

import ast
import copy
from functools import cache
from types import CodeType

from stepnet.source.fuse import counted_function
from stepnet.source.instruction import Whole
from stepnet.source.lowering import Context
from stepnet.source.mark import run_code
from stepnet.source.own_class import CLASS
from stepnet.source.plain import is_apart, is_plain
from stepnet.source.scope import Function, is_generator


def whole(node: Function, context: Context) -> Whole:
    """What makes the code of a function's counted twin, given the names that it holds in cells.

    It makes None where the function cannot run in one go.
    """
    node = copy.deepcopy(node)

    @cache
    def made(cells: tuple[str, ...]) -> CodeType | None:
        twin = _alone(node)
        if CLASS in cells or is_generator(twin) or is_apart(twin, context):
            return None
        if not all(is_plain(part, context, inside_function=True) for part in twin.body):
            return None
        counted_function(twin, context)
        around = ast.arguments([], [ast.arg(name) for name in cells], None, [], [], None, [])
        outer = ast.FunctionDef("around", around, [twin], [], None)
        code = _first_code(_first_code(run_code(ast.copy_location(outer, node))))
        return code if code.co_freevars == cells else None

    return made


def _alone(node: Function) -> ast.FunctionDef:
    """The function without what is evaluated where it is defined."""
    arguments = copy.deepcopy(node.args)
    nothing = ast.Constant(None)
    arguments.defaults = [nothing for _ in arguments.defaults]
    arguments.kw_defaults = [part and nothing for part in arguments.kw_defaults]
    for argument in ast.walk(arguments):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    if isinstance(node, ast.FunctionDef):
        name, body = node.name, copy.deepcopy(node.body)
    else:
        name, body = "function", [ast.copy_location(ast.Return(copy.deepcopy(node.body)), node)]
    return ast.copy_location(ast.FunctionDef(name, arguments, body, [], None), node)


def _first_code(code: CodeType) -> CodeType:
    return next(const for const in code.co_consts if isinstance(const, CodeType))
