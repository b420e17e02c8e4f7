"""Softmax and cross-entropy, found in what was executed, whatever statements they were spread over.

A softmax is often written in two statements or as a function, its cross-entropy in a third place.
Taken apart, their derivatives are right but hopelessly long; taken together prediction minus
target is left. They are recognised by what they compute, and the derivative is compared with that
of the single operations before it is believed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from stepnet.calculus.adjoint import adjoints
from stepnet.calculus.compare import agree
from stepnet.calculus.rules.crossed import CROSSED
from stepnet.calculus.rules.idioms import idiom_of
from stepnet.calculus.rules.rule import NotInTable, Operation, Rule
from stepnet.calculus.rules.softmax import LOG_SOFTMAX, SOFTMAX
from stepnet.calculus.tape import Entry, Tape, Variable
from stepnet.calculus.written import TooLong, Writing
from stepnet.source.place import leaf_of

DEEPEST = 8
"""Operations between the scores and their shares, and between these and the loss."""
NEAREST = 2
"""Shares that are tried as the prediction of a loss."""


@dataclass(frozen=True, eq=False)
class _Shares:
    """A value that is the softmax, its logarithm or the sigmoid of another."""

    entry: Entry
    """As one operation."""
    kind: str

    @property
    def scores(self) -> Variable:
        return self.entry.inputs[0]


@dataclass(eq=False)
class _Search:
    writing: Writing
    live: frozenset[Variable]
    """Variables between the parameters and the loss."""
    claimed: frozenset[str]
    """Names whose derivative the script computes itself: they are not passed over."""
    shares: dict[Variable, _Shares] = field(default_factory=dict)


def fused(
    entries: list[Entry], writing: Writing, live: frozenset[Variable], claimed: frozenset[str]
) -> list[Entry]:
    """The same operations, every softmax and every cross-entropy behind one as a single one."""
    search = _Search(writing, live, claimed)
    for entry in entries:
        if entry.output in live:
            found = _shares(entry, search)
            if found is not None:
                search.shares[entry.output] = found
    swapped: dict[Variable, Entry] = {v: found.entry for v, found in search.shares.items()}
    for entry in reversed(entries):
        if entry.output in live and entry.output.shape == ():
            crossed = _crossed(entry, search)
            if crossed is not None:
                swapped[entry.output] = crossed
    return [swapped.get(entry.output, entry) for entry in entries]


def _shares(entry: Entry, search: _Search) -> _Shares | None:
    known = entry.known
    if known is not None and known.rule.name == "sigmoid" and len(entry.inputs) == 1:
        return _Shares(entry, "sigmoid")
    if not entry.output.shape or len(entry.inputs) > 2:
        return None
    if any(part in search.shares and search.writing.name_of(part) for part in entry.inputs):
        return None  # the logarithm of shares that have a name
    found: _Shares | None = None
    for scores, between in _sources(entry, search):
        rule_axis = _softmax(entry.output, scores, between)
        if rule_axis is not None:
            rule, axis = rule_axis
            settings: dict[str, ast.expr] = {} if axis is None else {"axis": ast.Constant(axis)}
            made = _operation(rule, settings, (_slot(0),), search)
            whole = _entry(entry, (scores,), made, {}, {})
            if _is_confirmed(whole, between):
                found = _Shares(whole, rule.name)
    return found


def _sources(entry: Entry, search: _Search) -> Iterator[tuple[Variable, list[Entry]]]:
    """Values of the same shape that it is a function of, with the operations between."""
    made_by, live = search.writing.made_by, search.live
    between = [entry]
    while len(between) <= DEEPEST:
        outputs = {part.output for part in between}
        open_ = {v for part in between for v in part.inputs if v in live and v not in outputs}
        if len(open_) == 1:
            (scores,) = open_
            if scores.shape == entry.output.shape:
                yield scores, between[::-1]
        inner = [made_by[v] for v in open_ if v in made_by and not _is_kept(v, search)]
        if not inner:
            return
        order = {id(part): n for n, part in enumerate(search.writing.tape.entries)}
        latest = max(inner, key=lambda part: order[id(part)])
        between.append(latest)


def _is_kept(variable: Variable, search: _Search) -> bool:
    return leaf_of(search.writing.name_of(variable)) in search.claimed


def _softmax(
    output: Variable, scores: Variable, between: list[Entry]
) -> tuple[Rule, int | None] | None:
    """The rule, and the axis over which the shares add up to 1."""
    generator = np.random.default_rng(1)
    tried = generator.normal(0, 3, scores.shape)
    values = {scores: tried}
    try:
        with np.errstate(all="ignore"):
            for entry in between:
                values[entry.output] = entry.again(values)
    except Exception:  # the script's own code, given other numbers
        return None
    found = np.asarray(values[output], dtype=float)
    for axis in (*range(tried.ndim), None):
        expected = tried - np.log(np.exp(tried).sum(axis=axis, keepdims=True))
        for rule, wanted in ((SOFTMAX, np.exp(expected)), (LOG_SOFTMAX, expected)):
            if found.shape == wanted.shape and np.allclose(found, wanted, rtol=1e-9, atol=1e-12):
                return rule, None if tried.ndim == 1 else axis
    return None


def _crossed(entry: Entry, search: _Search) -> Entry | None:
    """A loss together with the softmax or sigmoid that feeds it."""
    for prediction, shares in islice(_behind(entry, search), NEAREST):
        if _is_kept(prediction, search):
            continue
        p, z = ast.Name(".p", ast.Load()), ast.Name(".z", ast.Load())
        met: dict[str, Variable] = {}
        try:
            node = _expression(entry.output, {prediction: p}, met, search)
        except TooLong:
            continue
        if node is None:
            continue
        made = idiom_of(node, search.writing.tape.modules, {".p": _plain(shares, z, search)})
        if made is None or made.operation.rule not in CROSSED:
            continue
        found = _as_entry(entry, made.operation, prediction, shares, met, search)
        if found is not None:
            return found
    return None


def _behind(entry: Entry, search: _Search) -> Iterator[tuple[Variable, _Shares]]:
    """Shares that an entry is computed from, the nearest first."""
    above = {entry.output}
    for part in reversed(search.writing.tape.entries):
        if part.output in above:
            above.update(part.inputs)
            if part.output in search.shares:
                yield part.output, search.shares[part.output]


def _expression(
    variable: Variable,
    ends: dict[Variable, ast.expr],
    met: dict[str, Variable],
    search: _Search,
    depth: int = 0,
) -> ast.expr | None:
    """How a value is computed from the prediction; None if from anything else that is trained."""
    if variable in ends:
        node: ast.expr | None = ends[variable]
    elif variable not in search.live:
        node = search.writing.written(variable)
    else:
        entry = search.writing.made_by.get(variable)
        if entry is None or _is_kept(variable, search) or depth > DEEPEST:
            return None
        parts = [_expression(part, ends, met, search, depth + 1) for part in entry.inputs]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            return None
        node = search.writing.filled(entry, known)
    if node is not None:
        node = ast.fix_missing_locations(node)
        met.setdefault(ast.dump(node), variable)
    return node


def _plain(shares: _Shares, z: ast.expr, search: _Search) -> ast.expr:
    """What a prediction is, as it is written most often."""
    numpy = next((n for n, m in search.writing.tape.modules.items() if m == "numpy"), "np")
    if shares.kind == "sigmoid":
        text = f"1 / (1 + {numpy}.exp(-z))"
    else:
        axis = shares.entry.settings.get("axis")
        over = "" if axis is None else f"axis={axis}, keepdims=True"
        text = f"{numpy}.exp(z) / {numpy}.exp(z).sum({over})"
    body = ast.parse(text, mode="eval").body
    for part in ast.walk(body):
        if isinstance(part, ast.Name) and part.id == "z":
            part.id = ".z"
    return body


def _as_entry(
    entry: Entry,
    operation: Operation,
    prediction: Variable,
    shares: _Shares,
    met: dict[str, Variable],
    search: _Search,
) -> Entry | None:
    """The loss as one operation on scores and targets, if that is confirmed."""
    met = {**met, ast.dump(ast.Name(".z", ast.Load())): shares.scores}
    found = [met.get(ast.dump(part)) for part in operation.operands]
    inputs = tuple(part for part in found if part is not None)
    if len(inputs) < len(found) or inputs[-1] is not prediction:
        return None
    between = _between(entry.output, shares.scores, search)
    settings: dict[str, object] = {}
    for part in between:
        if part.known is not None and part.known.rule.name == "index" and prediction in part.inputs:
            settings["key"] = part.settings.get("key")
    if ("key" in operation.settings) != ("key" in settings):
        return None
    slots = tuple(_slot(place) for place in range(len(inputs)))
    made = _operation(operation.rule, dict(operation.settings), slots, search)
    whole = _entry(entry, inputs, made, settings, _values(made, between, search))
    return whole if _is_confirmed(whole, between) else None


def _values(made: Operation, between: list[Entry], search: _Search) -> dict[str, object]:
    """What the names in the settings stand for."""
    home = search.writing.home
    found: dict[str, object] = {}
    for part in between:
        found.update(part.names)
    used = [name for node in made.settings.values() for name in ast.walk(node)]
    for name in used:
        if isinstance(name, ast.Name) and name.id not in found:
            versions = search.writing.tape.named.get(f"{home}.{name.id}" if home else name.id)
            if versions:
                found[name.id] = versions[-1].value
    return found


def _between(output: Variable, source: Variable, search: _Search) -> list[Entry]:
    above = {output}
    found: list[Entry] = []
    for part in reversed(search.writing.tape.entries):
        if part.output in above and part.output is not source:
            found.append(part)
            above.update(part.inputs)
    return found[::-1]


def _is_confirmed(whole: Entry, between: list[Entry]) -> bool:
    """Is the derivative by the scores that of the single operations?"""
    output, scores = whole.output, whole.inputs[0]
    seed = np.random.default_rng(2).normal(size=output.shape)
    tape = Tape({})
    tape.entries = between
    try:
        single, unknown = adjoints(tape, output, seed)
        tape.entries = [whole]
        once, missing = adjoints(tape, output, seed)
    except NotInTable:
        return False
    if scores in unknown or scores in missing or scores not in single or scores not in once:
        return False
    return agree(once[scores], single[scores])


def _operation(
    rule: Rule, settings: dict[str, ast.expr], slots: tuple[ast.expr, ...], search: _Search
) -> Operation:
    return Operation(rule, slots, settings, slots[0], search.writing.tape.modules)


def _entry(
    entry: Entry,
    inputs: tuple[Variable, ...],
    made: Operation,
    settings: dict[str, object],
    names: dict[str, object],
) -> Entry:
    values: dict[str, object] = dict(settings)
    for name in ("axis", "count"):
        node = made.settings.get(name)
        if node is not None:
            values[name] = ast.literal_eval(node)
    return Entry(entry.output, inputs, made, entry.node, entry.code, names, values, entry.statement)


def _slot(place: int) -> ast.expr:
    return ast.Name(f".a{place}", ast.Load())
