"""A script becomes a program."""

from __future__ import annotations

import ast
import copy
from dataclasses import replace
from types import CodeType

from stepnet.source.allowed import BUILTINS, RANDOM_DRAWS
from stepnet.source.calls import Callables, Comprehension
from stepnet.source.fuse import fuse
from stepnet.source.inferred import NOTHING, PHASES, Inferred, inferred
from stepnet.source.instruction import Program, Statement, Unit
from stepnet.source.levels import loss_name, training_loops
from stepnet.source.lower import lower_body
from stepnet.source.lowering import Context, Lowering, Place
from stepnet.source.mark import mark_functions, qualified_names, statement_code
from stepnet.source.members import members
from stepnet.source.modules import called_of
from stepnet.source.narration import narration
from stepnet.source.own_class import class_named
from stepnet.source.permit import bound_names, checked_tree, imported_modules
from stepnet.source.plain import plain_functions, plain_methods
from stepnet.source.scope import (
    Function,
    aimed,
    all_arguments,
    function_scope,
    is_generator,
    lent_names,
    names_bound_by,
    suspends,
)
from stepnet.source.script import Script
from stepnet.source.statements import described, spans
from stepnet.source.unwarned import unwarned
from stepnet.source.whole import whole


@unwarned()
def compile_program(script: Script, *, apart: frozenset[tuple[int, int]] = frozenset()) -> Program:
    """Turn a script into instructions.

    No fused piece goes on behind a statement whose line and column are in `apart`; the
    instructions are the same whatever is.

    Raises SourceError if any part of it cannot be opened.
    """
    tree, left_out = checked_tree(script)
    _quiet_annotations(tree)
    places = spans(tree)
    told = narration(script.text)
    functions = mark_functions(tree)
    qualified = qualified_names(tree)
    statements = described(tree, script, places, told)
    modules = imported_modules(tree)
    trained = NOTHING
    if not PHASES & {marker.phase for marker in told.markers.values()}:
        trained = _infer_phases(tree, statements)
    measures = trained.measures if trained.phases else None
    levels = training_loops(tree, statements, trained)
    for place in levels:
        statements[place] = replace(statements[place], phase="")
    own = members(tree)
    calls = Callables(
        bound_names(tree),
        own.callable,
        modules,
        own.properties,
        suspends(tree),
        own.attributes if own.finds else None,
    )
    context = Context(
        tree=tree,
        calls=calls,
        own=own,
        statements=statements,
        levels=levels,
        unstable=_rebound(tree),
        module_names=_module_names(tree, modules),
        apart=frozenset(
            place for place, part in statements.items() if (part.line, part.column) in apart
        ),
    )
    context.plain = plain_functions(tree, context)
    context.counted = plain_methods(tree, context)
    module = _module_unit(tree, context)
    for mark, node in functions.items():
        context.units[mark] = _function_unit(node, qualified[mark], context)
    return Program(
        name=script.name,
        path=str(script.path),
        text=script.text,
        module=module,
        units=context.units,
        statements=tuple(sorted(statements.values(), key=lambda part: (part.line, part.column))),
        levels=len(levels),
        loss=loss_name(statements, levels, measures),
        seeds=_seeds(tree, modules),
        sections=script.sections,
        left_out=left_out,
    )


def _infer_phases(tree: ast.Module, statements: dict[Place, Statement]) -> Inferred:
    """Give the statements of a script without markers the phases that its values tell of."""
    found = inferred(tree)
    for place, statement in statements.items():
        phase = found.phases.get(id(statement.node), "")
        if phase and not statement.phase:
            statements[place] = replace(statement, phase=phase)
    return found


def _module_unit(tree: ast.Module, context: Context) -> Unit:
    unit = Unit("", None)
    body = [copy.deepcopy(node) for node in tree.body]
    if not body:
        return unit
    lowering = lower_body(unit, body, None, context)
    _finish(unit, lowering)
    return unit


def _function_unit(node: Function, qualified: str, context: Context) -> Unit:
    scope = function_scope(node)
    node = copy.deepcopy(node)
    statement, body = _body(node, context)
    name = "<lambda>" if isinstance(node, ast.Lambda) else statement.label
    unit = Unit(
        name,
        statement,
        scope.names,
        _binder(node, qualified),
        is_flat=_is_flat(node, context),
        parameters=_plain_parameters(node),
        is_generator=is_generator(node),
        lent=lent_names(node),
        rebinds=any(isinstance(part, ast.Nonlocal) for part in ast.walk(node)),
        whole=whole(node, context),
    )
    plain = scope.globals if not statement.unit else frozenset()
    aimed_body = [aimed(class_named(part, node.args), scope.elsewhere, plain) for part in body]
    lowering = lower_body(unit, aimed_body, scope, context)  # type: ignore[arg-type]  # statements stay statements
    _finish(unit, lowering)
    return unit


def _body(node: Function, context: Context) -> tuple[Statement, list[ast.stmt]]:
    if isinstance(node, ast.FunctionDef):
        return context.statements[(node.lineno, node.col_offset)], node.body
    value = ast.Return(node.body)
    ast.copy_location(value, node.body)
    return _around(node, context), [ast.fix_missing_locations(value)]


def _around(node: ast.Lambda, context: Context) -> Statement:
    """The statement that a lambda stands in."""
    for statement in context.statements.values():
        if any(
            isinstance(part, ast.Lambda) and part.lineno == node.lineno
            for part in ast.walk(statement.node)
        ):
            inner = statement
    return inner


def _is_flat(node: Function, context: Context) -> bool:
    """Can its names be looked up as Python looks up a module's?

    A local name that also is one of the module's or a builtin would be found there while it is
    not bound yet, so only parameters may be.
    """
    nested = ast.Lambda | ast.FunctionDef | Comprehension
    if any(isinstance(part, nested) for part in ast.walk(node) if part is not node):
        return False
    parameters = {argument.arg for argument in all_arguments(node.args)}
    deleted = {
        part.id
        for part in ast.walk(node)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Del)
    }
    own = function_scope(node).names - (parameters - deleted)
    return not own & (context.module_names | BUILTINS)


def _plain_parameters(node: Function) -> tuple[str, ...] | None:
    arguments = node.args
    if arguments.kwonlyargs or arguments.vararg or arguments.kwarg:
        return None
    return tuple(argument.arg for argument in (*arguments.posonlyargs, *arguments.args))


def _binder(node: Function, qualified: str) -> CodeType:
    """Code of a function with the same parameters that returns them by name.

    It is called what Python calls the function, because errors in a call tell its name.
    """
    arguments = copy.deepcopy(node.args)
    for argument in all_arguments(arguments):
        argument.annotation = None
    nothing = ast.Constant(None)
    arguments.defaults = [nothing for _ in arguments.defaults]
    arguments.kw_defaults = [part and nothing for part in arguments.kw_defaults]
    call = ast.Call(ast.Name("locals", ast.Load()), [], [])
    name = getattr(node, "name", "<lambda>")
    definition = ast.FunctionDef("binder", arguments, [ast.Return(call)], [], None)
    module = statement_code(definition)
    code = next(const for const in module.co_consts if isinstance(const, CodeType))
    return code.replace(co_name=name, co_qualname=qualified)


def _finish(unit: Unit, lowering: Lowering) -> None:
    unit.instructions, real = lowering.builder.instructions()
    unit.handlers = lowering.builder.handlers
    fuse(unit, lowering, real)


def _module_names(tree: ast.Module, modules: dict[str, str]) -> frozenset[str]:
    """Names that the module binds, by itself or from a function."""
    declared = {
        name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names
    }
    return names_bound_by(tree.body) | declared | frozenset(modules)


def _quiet_annotations(tree: ast.Module) -> None:
    """Silence the annotations that Python does not evaluate; changes the tree."""
    future = [
        alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "__future__"
        for alias in node.names
    ]
    late = "annotations" in future
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for part in [tree] if late else functions:
        for node in ast.walk(part):
            if isinstance(node, ast.AnnAssign):
                node.annotation = ast.copy_location(ast.Constant(None), node.annotation)
    for function in functions if late else ():
        function.returns = None
        for argument in all_arguments(function.args):
            argument.annotation = None


def _rebound(tree: ast.Module) -> frozenset[str]:
    """Names that a function may rebind while an expression outside is being evaluated."""
    return frozenset(
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Global | ast.Nonlocal)
        for name in node.names
    ) | frozenset(node.target.id for node in ast.walk(tree) if isinstance(node, ast.NamedExpr))


def _seeds(tree: ast.Module, modules: dict[str, str]) -> bool:
    """Does the script seed what it draws from, or draw nothing?"""
    draws: set[str] = set()
    seeded: set[str] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        module, name = called_of(node.func, modules)
        if module not in ("numpy.random", "random"):
            continue
        if name == "seed" and (node.args or node.keywords):
            seeded.add(module)
        elif name in RANDOM_DRAWS or (name == "default_rng" and not node.args):
            draws.add(module)
    return draws <= seeded
