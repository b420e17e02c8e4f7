"""Which loops of a script are its iterations: epochs, batches, samples."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator

from stepnet.source.inferred import Inferred
from stepnet.source.instruction import Statement
from stepnet.source.lowering import Place
from stepnet.source.statements import target_names

LOSS_NAME = re.compile(r"(?i)^(total_|mean_|avg_|train_)?(loss|cost|error|mse|rss|sse)$")
LOSS_WORD = re.compile(r"(?i)(^|_)(loss|cost|err|error|mse|sse|rmse|nll|bce|cce|objective)(_|$)")
"""Less strict: only for what is known to measure the predictions."""
LOSS_LETTER = re.compile(r"^[ELJ]$")
"""On paper a loss is a capital letter; a small e is more often an exponential."""
_IN_LOOP = ("forward", "loss", "backward", "update")

_COUNTERS = frozenset({"epoch", "epochs", "iteration", "iter", "it", "step"})

Loop = ast.For | ast.While


def training_loops(
    tree: ast.Module, statements: dict[Place, Statement], trained: Inferred
) -> dict[Place, int]:
    """The nested loops that count as iterations, by place, outermost 0.

    They are those that were `trained` with, where the phases were inferred; else the loops around
    the forward pass. Where there are no phases, they are around the statement that assigns the
    loss; failing that around an update ``W -= …``, without those that select what is updated;
    failing that the longest loop at the top level that changes what was there before it. Loops
    around a call of the function that holds them count too.
    """
    if trained.loops:
        return {(loop.lineno, loop.col_offset): level for level, loop in enumerate(trained.loops)}
    chains = list(_chains(tree.body, ()))
    best = _chosen(chains, statements, _IN_LOOP)
    if best is None:
        return {}
    chain, function = best
    loops = (*_around_calls(chains, function, frozenset()), *chain)
    loops = _without_layers(loops, statements)
    return {(loop.lineno, loop.col_offset): level for level, loop in enumerate(loops)}


Chain = tuple[Loop, ...]
Found = tuple[ast.stmt, Chain, str]
"""A statement, the loops around it in its own function, and that function's name."""


def _chains(body: list[ast.stmt], loops: Chain, function: str = "") -> Iterator[Found]:
    for node in body:
        yield node, loops, function
        if isinstance(node, ast.FunctionDef):
            yield from _chains(node.body, (), node.name)
            continue
        inner = (*loops, node) if isinstance(node, Loop) else loops
        yield from _chains(getattr(node, "body", []), inner, function)
        for handler in getattr(node, "handlers", []):
            yield from _chains(handler.body, loops, function)
        yield from _chains(getattr(node, "orelse", []), loops, function)
        yield from _chains(getattr(node, "finalbody", []), loops, function)


def _chosen(
    chains: list[Found], statements: dict[Place, Statement], phases: tuple[str, ...]
) -> tuple[Chain, str] | None:
    def phase(node: ast.stmt) -> str:
        found = statements.get((node.lineno, node.col_offset))
        return found.phase if found else ""

    looped = [found for found in chains if _is_looped(found, chains)]
    for wanted in phases:
        for node, loops, function in looped:
            if phase(node) == wanted:
                return loops, function
    for node, loops, function in looped:
        if isinstance(node, ast.Assign | ast.AugAssign) and _assigns_loss(node):
            return loops, function
    for node, loops, function in looped:
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Sub):
            kept = _without_selecting(loops, node.target)
            if kept or _around_calls(chains, function, frozenset()):
                return kept, function
    top = [node for node, loops, function in chains if isinstance(node, Loop) and not function]
    changing = [loop for loop in top if _carries_on(loop, chains)]
    if not changing:
        return None
    longest = max(changing, key=lambda loop: sum(1 for _ in ast.walk(loop)))
    return (longest,), ""


def _without_layers(loops: Chain, statements: dict[Place, Statement]) -> Chain:
    """The loops that are iterations: one over the layers is no more than the forward pass.

    What is left has the loss, the backward pass or the update beside it.
    """
    while len(loops) > 1:
        inner = {id(node) for node in ast.walk(loops[-1])}
        around = [node for node in ast.walk(loops[-2]) if id(node) not in inner]
        if _goes_further(ast.walk(loops[-1]), statements) or not _goes_further(around, statements):
            break
        loops = loops[:-1]
    return loops


def _without_selecting(loops: Chain, target: ast.expr) -> Chain:
    """The loops around an update that repeat it, not those that say what is updated.

    ``for l in …: W[l] -= …`` and ``for p, g in …: p -= …`` go over the parameters.
    """
    names = {part.id for part in ast.walk(target) if isinstance(part, ast.Name)}
    while loops and isinstance(loops[-1], ast.For):
        if not names & set(target_names(loops[-1].target)):
            break
        loops = loops[:-1]
    return loops


def _goes_further(nodes: Iterable[ast.AST], statements: dict[Place, Statement]) -> bool:
    """Is there more than a forward pass among these?"""
    for node in nodes:
        if isinstance(node, ast.stmt):
            found = statements.get((node.lineno, node.col_offset))
            if found is not None and found.phase in ("loss", "backward", "update"):
                return True
        if isinstance(node, ast.Assign | ast.AugAssign) and _assigns_loss(node):
            return True
    return False


def _carries_on(loop: Loop, chains: list[Found]) -> bool:
    """Does a loop change what was there before it, as training does and printing does not?

    A loop that says by its variable's name that it counts epochs is believed.
    """
    if isinstance(loop, ast.For) and set(target_names(loop.target)) & _COUNTERS:
        return True
    before = {
        name
        for node, loops, _ in chains
        if not loops and node.lineno < loop.lineno and isinstance(node, ast.Assign)
        for target in node.targets
        for name in target_names(target)
    }
    return any(
        name in before
        for node in ast.walk(loop)
        if isinstance(node, ast.Assign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        for name in target_names(target)
    )


def _is_looped(found: Found, chains: list[Found]) -> bool:
    _, loops, function = found
    return bool(loops or (function and _around_calls(chains, function, frozenset())))


def _around_calls(chains: list[Found], function: str, seen: frozenset[str]) -> list[Loop]:
    """Loops around the first call of a function that stands in any, outermost first.

    A call from a function of the same name, a network's ``backward`` of a layer's, counts only
    where there is no other.
    """
    if not function:
        return []
    within: list[Loop] = []
    for node, loops, caller in chains:
        if isinstance(node, Loop | ast.If | ast.FunctionDef):
            continue
        if isinstance(node, ast.ClassDef | ast.With | ast.Try):
            continue
        called = (part.func for part in ast.walk(node) if isinstance(part, ast.Call))
        if any(_named(part) == function for part in called):
            if caller in seen | {function}:
                within = within or list(loops)
            elif around := [*_around_calls(chains, caller, seen | {function}), *loops]:
                return around
    return within


def _named(function: ast.expr) -> str:
    """The name by which a function or a method is called."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _assigns_loss(node: ast.Assign | ast.AugAssign) -> bool:
    """``loss = …``, ``loss += …``, ``loss, grad = model.loss(X, y)``"""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    parts = [part for target in targets for part in _unpacked(target)]
    return any(isinstance(part, ast.Name) and _is_loss(part.id) for part in parts)


def _unpacked(target: ast.expr) -> list[ast.expr]:
    """The targets that a value is unpacked into."""
    if isinstance(target, ast.Tuple | ast.List):
        return [part for inner in target.elts for part in _unpacked(inner)]
    return [target]


def loss_name(
    statements: dict[Place, Statement],
    levels: dict[Place, int],
    measures: frozenset[int] | None = None,
) -> str:
    """The name that holds the loss: assigned in the loss phase, or named like one.

    `measures`, where they are known, are the statements that can: nodes by identity.
    """
    loops = [statements[place] for place in levels if place in statements]
    home = loops[-1].unit if loops else ""
    found = [
        (statement, target)
        for statement in statements.values()
        for target in statement.targets
        if not isinstance(statement.node, ast.FunctionDef)
        if measures is None or id(statement.node) in measures
    ]
    choices: list[Callable[[Statement, str], bool]] = [
        lambda statement, name: statement.phase == "loss" and _is_loss(name),
        lambda statement, name: statement.unit == home and bool(LOSS_NAME.match(name)),
        lambda statement, name: statement.unit == home and _is_loss(name),
        lambda statement, name: (
            statement.unit == home and measures is not None and bool(LOSS_WORD.search(name))
        ),
        lambda statement, name: statement.phase == "loss",
        lambda statement, name: _is_loss(name),
        lambda statement, name: measures is not None and bool(LOSS_WORD.search(name)),
    ]
    for choice in choices:
        for statement, target in found:
            if choice(statement, target):
                return target
    return ""


def _is_loss(name: str) -> bool:
    return bool(LOSS_NAME.match(name) or LOSS_LETTER.match(name))
