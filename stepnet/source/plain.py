"""Functions and statements that can run natively, and of which it is known what they run.

A plain function runs in one go where nobody wants to stop in it, and still counts every tick. It is
only ever called by its name, or, if it is a method, as an attribute of that name; what else it
calls the machine has to see when it runs, unless only such functions may be called.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from stepnet.source.calls import branches, is_kept
from stepnet.source.effects import Changes, changes, target_changes
from stepnet.source.guard import is_guarded
from stepnet.source.lowering import Context
from stepnet.source.mangle import mangled
from stepnet.source.reflection import matches_any, read_patterns, stored_patterns

SIMPLE = ast.Expr | ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Pass | ast.Delete | ast.Assert
_NEVER = (
    ast.Lambda
    | ast.NamedExpr
    | ast.Yield
    | ast.YieldFrom
    | ast.FunctionDef
    | ast.Global
    | ast.Nonlocal
    | ast.Import
)


Named = tuple[str, ast.FunctionDef]
"""A function and the name by which it is called: of a method with a dot in front."""


def plain_functions(tree: ast.Module, context: Context) -> frozenset[str]:
    """The names of all functions that are plain, and of classes whose objects are made plainly."""
    functions = list(_candidates(tree, context))
    names = {name for name, _ in functions}
    classes = _classes(tree)
    plain: set[str] = set()
    while True:
        context.plain = frozenset(plain)
        rough = {
            name
            for name, node in functions
            if not all(is_plain(part, context, inside_function=True) for part in node.body)
        }
        more = names - rough
        if INIT in more or not _defines_init(tree):
            more |= classes
        _keep_straight(functions, context)
        if more == plain:
            return frozenset(plain)
        plain = more


def certain(context: Context) -> Context:
    """The same script, where nothing is called but what is known ahead to be plain."""
    sure = replace(context, certain=True, straight={})
    sure.plain = plain_functions(context.tree, sure)
    return sure


def plain_methods(tree: ast.Module, context: Context) -> frozenset[int]:
    """The marks of the methods among them."""
    return frozenset(node.lineno for name, node, _ in _methods(tree) if name in context.plain)


INIT = ".__init__"


def _candidates(tree: ast.Module, context: Context) -> Iterator[Named]:
    callees = {id(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    uses = [n for n in ast.walk(tree) if isinstance(n, ast.Name)]
    as_values = {n.id for n in uses if id(n) not in callees}
    parameters = {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    named = [n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            alone = named.count(node.name) == 1 and node.name not in as_values | parameters
            if alone and not node.decorator_list and _is_fit(node, context):
                yield node.name, node
    methods = list(_methods(tree))
    held = _held(tree, callees)
    unfit = {
        name
        for name, node, top in methods
        if name in held or not top or _is_decorated(node) or not _is_fit(node, context)
    }
    unfit |= {f".{name}" for name in context.own.stored}
    computed = [*read_patterns(tree), *stored_patterns(tree)]
    unfit |= {name for name, _, _ in methods if matches_any(name[1:], computed)}
    if _classes(tree) != {n.name for n in ast.walk(tree) if isinstance(n, ast.ClassDef)}:
        unfit.add(INIT)
    for name, node, _ in methods:
        if name not in unfit:
            yield name, node


def _is_fit(node: ast.FunctionDef, context: Context) -> bool:
    defaults = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
    return not is_apart(node, context) and not any(map(context.calls.within, defaults))


def _methods(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef, bool]]:
    """Every method, by the name it is called by, and whether its class stands at the top level."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, ast.FunctionDef):
                    yield f".{mangled(part.name, node.name)}", part, node in tree.body


def _is_decorated(node: ast.FunctionDef) -> bool:
    named = (ast.unparse(part) for part in node.decorator_list)
    special = node.name.startswith("__") and node.name.endswith("__") and node.name != "__init__"
    return special or not all(name in ("staticmethod", "classmethod") for name in named)


def _held(tree: ast.Module, callees: set[int]) -> set[str]:
    """Attributes that are read as values, with a dot in front."""
    return {
        f".{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and id(node) not in callees
    }


def _classes(tree: ast.Module) -> set[str]:
    """Classes at the top level that are only called, based on, and asked about."""
    asked = {id(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    bound = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and not _loads(n)]
    bound += [n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)]
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            asked.update(map(id, node.bases))
            bound.append(node.name)
        elif isinstance(node, ast.FunctionDef):
            bound.append(node.name)
        elif isinstance(node, ast.Attribute):
            asked.add(id(node.value))
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("isinstance", "super"):
            asked.update(id(part) for argument in node.args for part in ast.walk(argument))
    values = {
        n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and _loads(n) and id(n) not in asked
    }
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.decorator_list
        if bound.count(node.name) == 1 and node.name not in values
    }


def _loads(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Load)


def _defines_init(tree: ast.Module) -> bool:
    return any(name == INIT for name, _, _ in _methods(tree))


def _keep_straight(functions: list[Named], context: Context) -> None:
    """Note which plain functions run the same statements at every call, and which those are."""
    for name, node in functions:
        alone = sum(name == other for other, _ in functions) == 1
        body = [part for part in node.body if not isinstance(part, ast.Return)]
        returns = len(node.body) - len(body)
        straight = all(isinstance(part, SIMPLE) for part in body)
        called = [each for part in node.body for each in called_names(part, context)]
        known = all(each in context.straight for each in called)
        if alone and name in context.plain and straight and known and returns <= 1:
            labels = [label for part in node.body for label in labels_of(part, context)]
            own = context.statements[(node.lineno, node.col_offset)].label
            context.straight[name] = (own, *labels, *([] if returns else [own]))


def labels_of(node: ast.stmt, context: Context) -> list[str]:
    """How addresses name all that a simple statement runs: itself, and the functions it calls."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return []
    inner = [label for name in called_names(node, context) for label in context.straight[name]]
    return [*inner, context.statements[(node.lineno, node.col_offset)].label]


def called_names(node: ast.AST, context: Context) -> list[str]:
    """The script's functions that an expression calls."""
    return [
        _call_name(part)
        for part in ast.walk(node)
        if isinstance(part, ast.Call) and context.calls.reaches(part)
    ]


def _call_name(node: ast.Call) -> str:
    """The name by which a function is called: of a method with a dot in front."""
    if isinstance(node.func, ast.Attribute):
        return f".{node.func.attr}"
    return node.func.id if isinstance(node.func, ast.Name) else ""


def is_foreseen(node: ast.Call, context: Context) -> bool:
    """Does a call of the script's functions certainly call one that counts its ticks?"""
    return _call_name(node) in context.plain


def _is_entered(node: ast.Call, context: Context) -> bool:
    """Is a call that is stepped through a call instruction?

    What is called is not seen any more where it had to be kept while something else was called.
    """
    parts = [node.func, *node.args, *(part.value for part in node.keywords)]
    if isinstance(node.func, ast.Attribute):
        return True
    if isinstance(node.func, ast.Name) and node.func.id not in context.unstable:
        return True
    return not any(map(context.calls.within, parts))


def is_plain(
    node: ast.stmt, context: Context, *, inside_function: bool, looped: bool = False
) -> bool:
    """Can this statement run natively without anything being lost but the chance to stop in it?"""
    if isinstance(node, ast.Return):
        plain = _is_plain_part(node, context) and not own_changes(node, context).wholesale
        return inside_function and plain
    if isinstance(node, ast.Break | ast.Continue):
        return looped
    if isinstance(node, ast.Assert) and node.msg and context.calls.within(node.msg):
        return False
    if isinstance(node, SIMPLE | ast.Raise):
        return _is_plain_part(node, context) and not own_changes(node, context).wholesale
    if (node.lineno, node.col_offset) in context.levels:
        return False
    if isinstance(node, ast.If):
        head, inner_looped = [node.test], looped
    elif isinstance(node, ast.While):
        head, inner_looped = [node.test], True
    elif isinstance(node, ast.For):
        head, inner_looped = [node.iter, node.target], True
        if isinstance(node.iter, ast.GeneratorExp) or context.own.runs_unseen:
            return False
        if context.calls.suspends and not _is_range(node.iter):
            return False
    else:
        return False
    if not all(_is_plain_part(part, context) for part in head):
        return False
    if not _is_quiet(node, context) or is_apart(node, context):
        return False
    inner = (inside_function, inner_looped)
    return all(
        is_plain(part, context, inside_function=inner[0], looped=inner[1]) for part in node.body
    ) and all(
        is_plain(part, context, inside_function=inner[0], looped=looped) for part in node.orelse
    )


def is_apart(node: ast.stmt, context: Context) -> bool:
    """Does somebody want to look after this statement, or after one inside it?"""
    return bool(context.apart) and any(
        (part.lineno, part.col_offset) in context.apart
        for part in ast.walk(node)
        if isinstance(part, ast.stmt)
    )


def _is_range(node: ast.expr) -> bool:
    """``range(…)``: certainly no generator of the script."""
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range"
    )


def _is_plain_part(node: ast.AST, context: Context) -> bool:
    """An expression, or a simple statement, that calls the script only where we can count it."""
    for part in ast.walk(node):
        if isinstance(part, _NEVER) or context.own.may_run(part) or is_kept(part):
            return False
        if is_guarded(part, context.own):
            return False
        if not isinstance(part, ast.Call) or not context.calls.reaches(part):
            continue
        if not is_foreseen(part, context) and (context.certain or not _is_entered(part, context)):
            return False
    return not branches(node, context.calls)


def _is_quiet(node: ast.If | ast.While | ast.For, context: Context) -> bool:
    """Does its head change nothing in place that could not be announced ahead?

    What a loop does in every turn, its test and storing its element, is done between statements.
    """
    head = own_changes(node.iter if isinstance(node, ast.For) else node.test, context)
    every = Changes()
    if isinstance(node, ast.For):
        target_changes(node.target, every)
    elif isinstance(node, ast.While):
        every = head
    return not head.wholesale and every.is_silent


def own_changes(node: ast.stmt | ast.expr, context: Context) -> Changes:
    """What a statement changes, by its syntax."""
    return changes([node], context.calls.modules, context.calls)
