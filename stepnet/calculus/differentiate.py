"""The backward pass, written: derivative statements in the script's own names.

The operations that were executed are walked in reverse from the loss. Each value that has a name
gets a statement for its derivative; values without one are written out where they are used. There
are no closures and no hidden tape: what is derived can be read, run and stepped through.
"""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass, field, replace

import numpy as np

from stepnet.calculus.check import Truth
from stepnet.calculus.claims import symbol
from stepnet.calculus.fused import fused
from stepnet.calculus.naming import Naming, gradient_names
from stepnet.calculus.rules.broadcasting import unbroadcast
from stepnet.calculus.rules.derive import Derivation, derivative
from stepnet.calculus.rules.rule import NotInTable, Shapes
from stepnet.calculus.rules.simplify import plus
from stepnet.calculus.tape import Entry, Variable
from stepnet.calculus.written import Writing, require_short
from stepnet.source.instruction import Statement
from stepnet.source.place import leaf_of, root_of

Shape = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Derived:
    """One statement of a derived backward pass."""

    text: str
    name: str
    """What it assigns."""
    claim: str
    """``∂E/∂w``; ``""`` for one that only begins to build it."""
    of: Statement | None
    """The forward statement that it differentiates."""
    variable: Variable
    place: str = ""
    """Where the script keeps the value that it derives by: ``W1``, ``params["W1"]``."""
    is_parameter: bool = False


@dataclass(eq=False)
class _Walk:
    """The walk back while it is under way."""

    truth: Truth
    writing: Writing
    entries: list[Entry]
    live: frozenset[Variable]
    """Variables between the parameters and the loss."""
    trained: frozenset[Variable]
    """The parameters themselves."""
    naming: Naming
    uses: Counter[Variable]
    """How many uses of each variable are still to be walked over."""
    terms: dict[Variable, tuple[ast.expr, Shape]] = field(default_factory=dict)
    origin: dict[Variable, Statement] = field(default_factory=dict)
    built: dict[Variable, str] = field(default_factory=dict)
    """Derivatives that have been built in statements of their own, by the name they have."""
    out: list[Derived] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)


def derived(truth: Truth, parameters: frozenset[str], home: str = "") -> tuple[Derived, ...]:
    """The derivative statements for these parameters, from the loss back.

    Raises NotInTable where an operation on the way is not in the rule table, TooLong where values
    on the way have no name and are too long to be written out.
    """
    if truth.root is None:
        return ()
    walk = _begun(truth, parameters, home)
    walk.terms[truth.root] = (ast.Constant(1), ())
    for entry in reversed(walk.entries):
        if entry.output in walk.terms and entry.output in walk.live:
            _through(entry, walk)
    return tuple(walk.out)


def _begun(truth: Truth, parameters: frozenset[str], home: str) -> _Walk:
    assert truth.root is not None
    tape = truth.gathered.tape
    entries = tape.entries
    above: set[Variable] = {truth.root}
    for entry in reversed(entries):
        if entry.output in above:
            above.update(entry.inputs)
    made_by = {entry.output: entry for entry in entries}
    writing = Writing(tape, home, truth.root.tick, made_by)
    trained = frozenset(v for v in above if _is_parameter(writing.name_of(v), parameters))
    below = set(trained)
    for entry in entries:
        if below.intersection(entry.inputs):
            below.add(entry.output)
    live = frozenset(above & below)
    naming = gradient_names(truth.roles, truth.loss)
    entries = fused(entries, writing, live, frozenset(naming.known))
    return _Walk(
        truth=truth,
        writing=writing,
        entries=entries,
        live=live,
        trained=trained,
        naming=naming,
        uses=_uses(entries, truth.root, live),
    )


def _is_parameter(place: str, parameters: frozenset[str]) -> bool:
    """Is it one of these, or an item of one: ``params["W1"]`` of ``params``?"""
    return bool(place) and not parameters.isdisjoint((place, leaf_of(place), root_of(place)))


def _uses(entries: list[Entry], root: Variable, live: frozenset[Variable]) -> Counter[Variable]:
    """How often each variable is used on a way from the loss that a gradient takes."""
    reached, uses = {root}, Counter[Variable]()
    for entry in reversed(entries):
        if entry.output not in reached or entry.output not in live:
            continue
        for place, variable in enumerate(entry.inputs):
            passes = entry.known is None or entry.known.rule.derivative_of(place) is not None
            if variable in live:
                uses[variable] += 1
                reached.update([variable] if passes else [])
    return uses


def _through(entry: Entry, walk: _Walk) -> None:
    """Carry the derivative of an operation's result to its operands."""
    if entry.known is None:
        raise NotInTable(ast.unparse(entry.node))
    upstream, shape = _upstream(entry, walk)
    written = walk.writing.written
    operands = tuple(written(variable) for variable in entry.inputs)
    operation = replace(entry.known, operands=operands, settings=walk.writing.settings(entry))
    values = tuple(variable.value for variable in entry.inputs)
    for place, variable in enumerate(entry.inputs):
        if variable not in walk.live:
            continue
        shapes = Shapes.of(values, entry.output.value, entry.settings, shape)
        out, target = written(entry.output), _target(variable, walk)
        made = derivative(operation, place, upstream, out, shapes, target)
        if made is not None:
            _prelude(made, target, variable, entry.statement, walk)
            named = _is_named(variable, walk)
            value, has = (made.value, made.shape) if named else (made.compact, made.compact_shape)
            if named:
                value, has = unbroadcast(value, has, variable.shape), variable.shape
            _add(variable, value, has, entry.statement, walk)
        walk.uses[variable] -= 1
        leaf = variable not in walk.writing.made_by
        if leaf and not walk.uses[variable] and variable in walk.terms:
            _statement(variable, walk)


def _is_named(variable: Variable, walk: _Walk) -> bool:
    return bool(walk.writing.name_of(variable)) or variable not in walk.writing.made_by


def _target(variable: Variable, walk: _Walk) -> str:
    """What statements assign that build a derivative: its own name, if that is all there is."""
    name = walk.naming.of(walk.writing.name_of(variable) or "part")
    alone = walk.uses[variable] == 1 and variable not in walk.terms
    if alone and _is_named(variable, walk) and not walk.taken[name]:
        return name
    return f"{name}_{walk.taken[name] + 1}"


def _prelude(
    made: Derivation, target: str, variable: Variable, statement: Statement, walk: _Walk
) -> None:
    """Write the statements that build a derivative where an expression is not enough."""
    if not made.prelude:
        return
    of = walk.writing.name_of(variable)
    if target == walk.naming.of(of):
        walk.built[variable] = target
    else:
        walk.taken[walk.naming.of(of or "part")] += 1
    for line in made.prelude:
        text = ast.unparse(ast.fix_missing_locations(line))
        walk.out.append(Derived(text, target, "", statement, variable))


def _upstream(entry: Entry, walk: _Walk) -> tuple[ast.expr, Shape | None]:
    """The derivative of an operation's result; given a name first, if the result has one."""
    expression, shape = walk.terms[entry.output]
    require_short(expression)
    if walk.writing.name_of(entry.output) and entry.output is not walk.truth.root:
        return _statement(entry.output, walk), None
    return expression, shape if shape != entry.output.shape else None


def _statement(variable: Variable, walk: _Walk) -> ast.expr:
    """Write ``dW = …``; returns the name."""
    expression, _ = walk.terms[variable]
    of = walk.writing.name_of(variable)
    name = walk.naming.of(of)
    walk.taken[name] += 1
    if walk.taken[name] > 1:
        name = f"{name}_{walk.taken[name]}"
    claim = f"∂{symbol(walk.truth.loss)}/∂{symbol(leaf_of(of))}"
    text = _assigned(name, expression, built=walk.built.get(variable) == name)
    if text:
        origin, trained = walk.origin.get(variable), variable in walk.trained
        walk.out.append(Derived(text, name, claim, origin, variable, of, trained))
    else:
        walk.out[-1] = replace(walk.out[-1], claim=claim)
    return ast.Name(name, ast.Load())


def _assigned(name: str, value: ast.expr, *, built: bool) -> str:
    """``dz = …``; what was built in statements is only divided: ``dz /= N``, or is done."""
    ast.fix_missing_locations(value)
    if built and isinstance(value, ast.Name) and value.id == name:
        return ""
    match value:
        case ast.BinOp(ast.Name(id=left), ast.Div(), right) if built and left == name:
            return f"{name} /= {ast.unparse(right)}"
    return f"{name} = {ast.unparse(value)}"


def _add(
    variable: Variable, value: ast.expr, shape: Shape, statement: Statement, walk: _Walk
) -> None:
    """One more use of a variable: the derivatives of its uses add."""
    walk.origin.setdefault(variable, statement)
    old = walk.terms.get(variable)
    if old is None:
        walk.terms[variable] = (value, shape)
        return
    wider = np.broadcast_shapes(old[1], shape)
    walk.terms[variable] = (plus(old[0], value), wider)
