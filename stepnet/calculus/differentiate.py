"""The backward pass, written: derivative statements in the script's own names.

The operations that were executed are walked in reverse from the loss. Each value that has a name
gets a statement for its derivative; values without one are written out where they are used. There
are no closures and no hidden tape: what is derived can be read, run and stepped through.
"""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from stepnet.calculus.check import Truth
from stepnet.calculus.claims import symbol
from stepnet.calculus.naming import Naming, gradient_names
from stepnet.calculus.rules.broadcasting import unbroadcast
from stepnet.calculus.rules.derive import derivative
from stepnet.calculus.rules.rule import NotInTable, Shapes
from stepnet.calculus.rules.simplify import plus
from stepnet.calculus.tape import Entry, Variable
from stepnet.source.instruction import Statement

Shape = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Derived:
    """One statement of a derived backward pass."""

    text: str
    name: str
    """What it assigns."""
    claim: str
    """``∂E/∂w``."""
    of: Statement | None
    """The forward statement that it differentiates."""
    variable: Variable


@dataclass(eq=False)
class _Walk:
    """The walk back while it is under way."""

    truth: Truth
    home: str
    """The function whose names can be written as they are; ``""`` for the module."""
    live: frozenset[Variable]
    """Variables between the parameters and the loss."""
    naming: Naming
    made_by: dict[Variable, Entry]
    uses: Counter[Variable]
    """How many uses of each variable are still to be walked over."""
    terms: dict[Variable, tuple[ast.expr, Shape]] = field(default_factory=dict)
    origin: dict[Variable, Statement] = field(default_factory=dict)
    out: list[Derived] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)


def derived(truth: Truth, parameters: frozenset[str], home: str = "") -> tuple[Derived, ...]:
    """The derivative statements for these parameters, from the loss back.

    Raises NotInTable where an operation on the way is not in the rule table.
    """
    if truth.root is None:
        return ()
    walk = _begun(truth, parameters, home)
    walk.terms[truth.root] = (ast.Constant(1), ())
    for entry in reversed(truth.gathered.tape.entries):
        if entry.output in walk.terms and entry.output in walk.live:
            _through(entry, walk)
    return tuple(walk.out)


def _begun(truth: Truth, parameters: frozenset[str], home: str) -> _Walk:
    assert truth.root is not None
    entries = truth.gathered.tape.entries
    above: set[Variable] = {truth.root}
    for entry in reversed(entries):
        if entry.output in above:
            above.update(entry.inputs)
    below = {v for v in above if _bare(v.name, home) in parameters}
    for entry in entries:
        if below.intersection(entry.inputs):
            below.add(entry.output)
    live = frozenset(above & below)
    on_the_way = [entry for entry in entries if entry.output in live]
    return _Walk(
        truth=truth,
        home=home,
        live=live,
        naming=gradient_names(truth.roles, truth.loss),
        made_by={entry.output: entry for entry in entries},
        uses=Counter(v for entry in on_the_way for v in entry.inputs if v in live),
    )


def _through(entry: Entry, walk: _Walk) -> None:
    """Carry the derivative of an operation's result to its operands."""
    if entry.known is None:
        raise NotInTable(ast.unparse(entry.node))
    upstream, shape = _upstream(entry, walk)
    operands = tuple(_written(variable, walk) for variable in entry.inputs)
    operation = replace(entry.known, operands=operands, settings=_settings(entry, walk))
    values = tuple(variable.value for variable in entry.inputs)
    for place, variable in enumerate(entry.inputs):
        if variable not in walk.live:
            continue
        shapes = Shapes.of(values, entry.output.value, entry.settings, shape)
        out = _written(entry.output, walk)
        made = derivative(operation, place, upstream, out, shapes)
        if made is not None:
            named = bool(_name_of(variable, walk)) or variable not in walk.made_by
            value, has = (made.value, made.shape) if named else (made.compact, made.compact_shape)
            if named:
                value, has = unbroadcast(value, has, variable.shape), variable.shape
            _add(variable, value, has, entry.statement, walk)
        walk.uses[variable] -= 1
        if not walk.uses[variable] and variable not in walk.made_by and variable in walk.terms:
            _statement(variable, walk)


def _upstream(entry: Entry, walk: _Walk) -> tuple[ast.expr, Shape | None]:
    """The derivative of an operation's result; given a name first, if the result has one."""
    expression, shape = walk.terms[entry.output]
    if _name_of(entry.output, walk) and entry.output is not walk.truth.root:
        return _statement(entry.output, walk), None
    return expression, shape if shape != entry.output.shape else None


def _statement(variable: Variable, walk: _Walk) -> ast.expr:
    """Write ``dW = …``; returns the name."""
    expression, _ = walk.terms[variable]
    of = _name_of(variable, walk)
    name = walk.naming.of(of)
    walk.taken[name] += 1
    if walk.taken[name] > 1:
        name = f"{name}_{walk.taken[name]}"
    text = f"{name} = {ast.unparse(ast.fix_missing_locations(expression))}"
    claim = f"∂{symbol(walk.truth.loss)}/∂{symbol(of)}"
    walk.out.append(Derived(text, name, claim, walk.origin.get(variable), variable))
    return ast.Name(name, ast.Load())


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


def _settings(entry: Entry, walk: _Walk) -> dict[str, ast.expr]:
    """Settings as they can be written here: a function's own name stands for what it was given."""
    assert entry.known is not None
    unit = entry.statement.unit
    if unit == walk.home:
        return dict(entry.known.settings)
    named = walk.truth.gathered.tape.named
    settings = {}
    for key, node in entry.known.settings.items():
        parts = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
        known = {id(p): named[f"{unit}.{p.id}"][-1] for p in parts if f"{unit}.{p.id}" in named}
        settings[key] = _replaced(node, {place: _written(v, walk) for place, v in known.items()})
    return settings


def _written(variable: Variable, walk: _Walk) -> ast.expr:
    """A value as the script writes it: by its name, or by the expression that makes it."""
    name = _name_of(variable, walk)
    if name:
        return ast.Name(name, ast.Load())
    entry = walk.made_by.get(variable)
    if entry is None:
        return _number(variable.value)
    inner = {f".a{n}": _written(part, walk) for n, part in enumerate(entry.inputs)}
    return _filled(entry.node, inner)


def _name_of(variable: Variable, walk: _Walk) -> str:
    """The name that a variable has where the statements will stand; ``""`` if it has none."""
    return _bare(variable.name, walk.home)


def _bare(name: str, home: str) -> str:
    unit, _, bare = name.rpartition(".")
    return bare if unit == home else ""


def _number(value: Any) -> ast.expr:
    """A plain number as it is written; an array without a name as a list."""
    if isinstance(value, np.ndarray):
        return ast.parse(f"np.array({value.tolist()!r})", mode="eval").body
    return ast.Constant(value.item() if isinstance(value, np.generic) else value)


def _filled(node: ast.expr, inner: dict[str, ast.expr]) -> ast.expr:
    """An expression with its operands written out in it."""
    places = {id(part): part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    wanted = {place: name for place, name in places.items() if name in inner}
    filled: ast.expr = _replaced(node, {place: inner[name] for place, name in wanted.items()})
    return filled


def _replaced(node: Any, parts: dict[int, ast.expr]) -> Any:
    if isinstance(node, list):
        return [_replaced(part, parts) for part in node]
    if not isinstance(node, ast.AST):
        return node
    if id(node) in parts:
        return parts[id(node)]
    return type(node)(**{key: _replaced(value, parts) for key, value in ast.iter_fields(node)})
