"""The phases of a script that marks none, inferred from how its values flow.

What training steps are its parameters: names that are changed from their old value, and that lead
to an error. An error is where what the parameters made meets the data for the first time in a
difference, a quotient or by a label. What leads there is the forward pass; what leads from there
to the parameters is the backward pass; what changes them is the update.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from stepnet.source.by_name import assigning
from stepnet.source.flow import Flow, Place, Step
from stepnet.source.gathered import gathered_names
from stepnet.source.made_once import made_once
from stepnet.source.meeting import Known
from stepnet.source.passage import flow_of
from stepnet.source.rounds import rounds

PHASES = frozenset({"forward", "loss", "backward", "update"})
"""The phases whose markers say that a script tells its phases itself."""
_ACCUMULATED = ast.Add | ast.Sub


@dataclass(frozen=True, eq=False)
class Inferred:
    """What the flow of values says of a script that trains."""

    phases: dict[int, str]
    """By identity of the statement's node."""
    errors: tuple[ast.stmt, ...]
    """Statements where predictions meet their targets."""
    measures: frozenset[int]
    """By identity: statements that tell of the predictions and change no parameter; the loss is
    one of them."""
    loops: tuple[ast.For | ast.While, ...]
    """Those that train, outermost first."""


NOTHING = Inferred({}, (), frozenset(), ())


def inferred(tree: ast.Module) -> Inferred:
    """The phase of each statement that has one; nothing of a script that does not train."""
    flow = flow_of(tree)
    loops = _loops(tree)
    once = made_once(tree)
    carried = _carried(flow, loops, gathered_names(tree), once)
    cut = frozenset(carried)
    states = {place for number in carried for place in flow.steps[number].into}
    errors = _errors(flow, states, cut)
    if not errors:
        return NOTHING
    met = _met(flow, errors)
    parameters = {
        place
        for place in states
        if met & flow.after([place], cut) and _is_stepped(place, carried, flow, errors)
    }
    if not parameters:
        return NOTHING
    phases = _phases(flow, parameters, errors, carried, loops, once)
    known = Known(flow.after(parameters, cut))
    predictions = {n: known.predictions(flow.steps[n]) - parameters for n in errors}
    return Inferred(
        _settled(flow, phases),
        tuple(flow.steps[number].node for number in errors),
        _measures(flow, parameters, carried),
        rounds(tree, flow, phases, predictions),
    )


def _carried(
    flow: Flow, loops: dict[int, int], gathered: frozenset[int], once: frozenset[int]
) -> dict[int, Step]:
    """Statements that make a new value of a place from its old one: ``W -= …``, ``t += 1``.

    A place that is made anew wherever it is added to, as a gradient is, carries nothing on, nor
    does a sum that is `gathered`.
    """
    stored = {place for step in flow.steps for place in step.into}
    stored |= {place for targets in flow.edges.values() for place, _ in targets}
    own = {
        number: step
        for number, step in enumerate(flow.steps)
        if step.into & step.sources and _steps_itself(step.node) and _by_another(step, stored)
        if id(step.node) not in gathered
    }
    again = {n: step for n, step in own.items() if step.unit or loops.get(id(step.node))}
    own = again or own  # what is changed once, before the training, is data
    made: dict[Place, list[Step]] = defaultdict(list)
    for number, step in enumerate(flow.steps):
        assigns = isinstance(assigning(step.node), ast.Assign | ast.AnnAssign)
        if number not in own and assigns and id(step.node) not in once:
            for place in step.into - step.sources:
                made[place].append(step)
    return {
        number: step
        for number, step in own.items()
        if not any(_is_renewed(step, part, loops) for place in step.into for part in made[place])
    }


def _by_another(step: Step, stored: set[Place]) -> bool:
    """Is a value changed by another one? ``z = z - z.max()`` only looks at itself."""
    return isinstance(step.node, ast.AugAssign) or bool((step.sources - step.into) & stored)


def _loops(tree: ast.Module) -> dict[int, int]:
    """By identity of a statement, the innermost loop around it in its own function."""
    found: dict[int, int] = {}

    def visit(body: list[ast.stmt], loop: int) -> None:
        for node in body:
            found[id(node)] = loop
            inner = id(node) if isinstance(node, ast.For | ast.While) else loop
            inner = 0 if isinstance(node, ast.FunctionDef) else inner
            for name in ("body", "orelse", "finalbody"):
                visit(getattr(node, name, []), inner)

    visit(tree.body, 0)
    return found


def _is_renewed(step: Step, made: Step, loops: dict[int, int]) -> bool:
    """Is a place made anew before each time that it is changed?"""
    if made.unit != step.unit:
        return False
    loop = loops.get(id(step.node), 0)
    return loop == loops.get(id(made.node), 0) and bool(loop or step.unit)


def _steps_itself(node: ast.stmt) -> bool:
    """``W -= …``, ``W = W - …``, ``m = b * m + …``, ``W = [w - … for w, … in zip(W, …)]``."""
    node = assigning(node)
    if isinstance(node, ast.AugAssign):
        return isinstance(node.op, _ACCUMULATED)
    if not isinstance(node, ast.Assign):
        return False
    value = node.value
    if isinstance(value, ast.ListComp):
        return isinstance(value.elt, ast.BinOp) and isinstance(value.elt.op, _ACCUMULATED)
    written = {ast.unparse(target) for target in node.targets}
    return isinstance(value, ast.BinOp) and any(
        ast.unparse(part) in written for part in _summands(value, summed=False)
    )


def _summands(node: ast.expr, *, summed: bool) -> Iterator[ast.expr]:
    """What is added up, without what it is multiplied by; nothing where nothing is added."""
    adds = isinstance(node, ast.BinOp) and isinstance(node.op, _ACCUMULATED)
    scales = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div)
    if isinstance(node, ast.BinOp) and (adds or (scales and summed)):
        yield from _summands(node.left, summed=True)
        yield from _summands(node.right, summed=True)
    elif summed:
        yield node


def _errors(flow: Flow, states: set[Place], cut: frozenset[int]) -> dict[int, frozenset[Place]]:
    """Statements where what depends on the parameters meets data, and that lead to an update.

    Each with the places that the error goes to.
    """
    made = flow.after(states, cut)
    stepped = (flow.steps[number] for number in cut if _feeds_back(flow.steps[number], flow))
    leading = flow.before({place for step in stepped for place in step.sources}, cut)
    known = Known(made)
    found = {
        number: places
        for number, step in enumerate(flow.steps)
        if (places := known.met(step)) & leading and (number not in cut or places - step.into)
        # ``set_weights(W + nudge)`` hands over parameters themselves, not an error.
        if not flow.after(places - step.into, cut) & states
    }
    first = flow.after([p for places in found.values() for p in places], cut)
    fresh = {n: found[n] for n in found if not (_read(flow.steps[n]) & made) <= first}
    # ``w -= lr * (guess - y) * x`` steps against its errors without giving them a name.
    against = [n for n in sorted(cut) if known.is_stepped_against(flow.steps[n])]
    return fresh or found or {n: flow.steps[n].into for n in against}


def _read(step: Step) -> frozenset[Place]:
    return step.sources.union(*(part.sources for part in step.handed))


def _met(flow: Flow, errors: dict[int, frozenset[Place]]) -> set[Place]:
    """The predictions and targets that meet in errors: no list that errors are put into."""
    steps = [flow.steps[number] for number in errors]
    return {
        place
        for step in steps
        for place in _read(step) - (step.into if isinstance(step.node, ast.Expr) else frozenset())
    }


def _feeds_back(step: Step, flow: Flow) -> bool:
    """Does what is changed lead to what it is changed by? A sum of losses leads nowhere."""
    return bool(flow.after(step.into, frozenset()) & (step.sources - step.into))


def _is_stepped(
    place: Place, carried: dict[int, Step], flow: Flow, errors: dict[int, frozenset[Place]]
) -> bool:
    """Does the error come back to a place that it was made from?"""
    shown = {place for places in errors.values() for place in places}
    own = {number: step for number, step in carried.items() if place in step.into}
    returned = flow.after(shown, frozenset(own))
    return any(
        number in errors or (step.sources - {place}) & returned for number, step in own.items()
    )


def _phases(
    flow: Flow,
    parameters: set[Place],
    errors: dict[int, frozenset[Place]],
    carried: dict[int, Step],
    loops: dict[int, int],
    once: frozenset[int],
) -> dict[int, str]:
    """The phase of each statement, by its number."""
    cut = frozenset(carried)
    shown = {p for n in errors for p in errors[n] if n not in cut or p not in flow.steps[n].into}
    behind = flow.after(shown, cut)
    ahead = flow.before(_met(flow, errors), cut)
    made = flow.after(parameters, cut)
    returned = flow.after({p for places in errors.values() for p in places}, frozenset())
    stepped = {
        n
        for n, step in carried.items()
        if step.sources & behind or (step.into & parameters and not _is_nudged(step, returned))
    }
    wanted = {place for number in stepped for place in flow.steps[number].sources}
    leading = flow.before(wanted, cut)
    optimised = flow.after(
        {p for n in stepped for p in flow.steps[n].into if p not in parameters}, cut
    )
    stems = {_stem(place) for place in parameters}
    begun = _begun(flow, behind, cut)
    phases: dict[int, str] = {}
    for number, step in enumerate(flow.steps):
        if isinstance(step.node, ast.For | ast.While | ast.With):
            continue
        if not (step.into or number in errors):
            continue
        if step.into and step.into <= parameters and number not in stepped and step.sources & made:
            continue
        if number in stepped:
            kept = step.into & parameters or not _is_gathered(step, flow, carried, loops, once)
            phases[number] = "update" if kept else "backward"
        elif number in errors or (step.into <= shown and step.sources & made):
            phases[number] = "backward"
        elif step.into & optimised & leading and step.sources & optimised:
            phases[number] = "update"
        elif step.into & behind & leading and (step.sources & behind or _stores(step.node)):
            phases[number] = "backward"
        elif step.into & parameters and not step.sources & made:
            phases[number] = "parameters"
        elif step.into & made & ahead and step.sources & made:
            phases[number] = "forward"
        elif step.into & made & leading - ahead and _is_slope(step, made, begun):
            phases[number] = "backward"
        elif not step.unit and step.into & ahead - made and _is_data(step, stems):
            phases[number] = "data"
    return phases


def _is_nudged(step: Step, returned: frozenset[Place]) -> bool:
    """``W[i] += eps``: does a parameter move by what no error comes back to?"""
    if not isinstance(step.node, ast.AugAssign) or (step.sources - step.into) & returned:
        return False
    own = ast.unparse(step.node.target)
    return own not in {ast.unparse(part) for part in ast.walk(step.node.value)}


def _measures(flow: Flow, parameters: set[Place], carried: dict[int, Step]) -> frozenset[int]:
    cut = frozenset(carried)
    made = flow.after(parameters, cut)
    stepping = [step for step in carried.values() if step.into & parameters]
    leading = flow.before({place for step in stepping for place in step.sources}, frozenset())
    return frozenset(
        id(step.node)
        for step in flow.steps
        if step.sources & made and step.into and not step.into & leading
    )


def _is_gathered(
    step: Step,
    flow: Flow,
    carried: dict[int, Step],
    loops: dict[int, int],
    once: frozenset[int],
) -> bool:
    """Is a place that is added to made for each iteration, as a gradient's zeros are?"""
    return any(
        part.unit == step.unit and part.into & step.into and number not in carried
        for number, part in enumerate(flow.steps)
        if (step.unit or loops.get(id(part.node))) and id(part.node) not in once
    )


def _begun(flow: Flow, behind: frozenset[Place], cut: frozenset[int]) -> dict[str, int]:
    """By function, the line where its backward pass begins."""
    begun: dict[str, int] = {}
    for number, step in enumerate(flow.steps):
        if number not in cut and step.into & behind and isinstance(step.node, ast.Assign):
            begun.setdefault(step.unit, step.node.lineno)
    return begun


def _is_slope(step: Step, made: frozenset[Place], begun: dict[str, int]) -> bool:
    """A local derivative: computed in a backward pass, though not from the error."""
    if not isinstance(step.node, ast.Assign) or isinstance(step.node.value, ast.Name | ast.Tuple):
        return False
    return bool(step.sources & made) and begun.get(step.unit, 1 << 62) < step.node.lineno


def _stores(node: ast.stmt) -> bool:
    """``dhidden[h <= 0] = 0``"""
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript)


def _is_data(step: Step, stems: set[str]) -> bool:
    """Is an array made that is neither a number nor called like a parameter?"""
    if any(_stem(place) in stems for place in step.into):
        return False
    value = getattr(step.node, "value", None)
    computed = isinstance(value, ast.Call | ast.BinOp | ast.Attribute | ast.Subscript)
    return isinstance(value, ast.List) or (computed and bool(step.sources))


def _stem(place: Place) -> str:
    """``W`` of ``W1`` and ``W2``: what belongs together is numbered."""
    return place[1].rstrip("0123456789_")


def _settled(flow: Flow, phases: dict[int, str]) -> dict[int, str]:
    """Phases by statement, functions considered.

    What a function that serves several phases does belongs to whoever calls it; a statement that
    calls one which goes through several phases belongs to none of them.
    """
    inside: dict[str, set[str]] = defaultdict(set)
    told: dict[int, set[str]] = defaultdict(set)
    for number, phase in phases.items():
        step = flow.steps[number]
        told[id(step.node)].add(phase)
        if not isinstance(step.node, ast.Return):
            inside[step.unit].add(phase)
    _with_called(flow, inside)
    serves = _serves(flow, told)
    settled: dict[int, str] = {}
    for step in flow.steps:
        own = told.get(id(step.node), set())
        called = {phase for unit in step.calls for phase in inside[unit]}
        if "update" in called:
            own = called
        if len(own) != 1 or len(called & PHASES) > 1:
            continue
        if step.unit and len(serves[step.unit]) > 1:
            continue
        if not (isinstance(step.node, ast.Return) and "update" in inside[step.unit]):
            settled[id(step.node)] = next(iter(own))
    return settled


def _with_called(flow: Flow, inside: dict[str, set[str]]) -> None:
    """Add to each function the phases of those that it calls."""
    grows = True
    while grows:
        grows = False
        for step in flow.steps:
            for unit in step.calls if step.unit else ():
                grows = grows or not inside[unit] <= inside[step.unit]
                inside[step.unit] |= inside[unit]


def _serves(flow: Flow, told: dict[int, set[str]]) -> dict[str, set[str]]:
    """By function, the phases of the statements that use its result and have but one phase."""
    found: dict[str, set[str]] = defaultdict(set)
    for step in flow.steps:
        phases = told.get(id(step.node), set())
        if len(phases) == 1:
            for unit in step.calls:
                found[unit] |= phases
    return found
