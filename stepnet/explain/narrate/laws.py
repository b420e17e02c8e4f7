"""The rule's own words: which operation of the forward pass a gradient goes back through."""

from __future__ import annotations

import ast
import re

from stepnet.calculus.known import known_operation
from stepnet.calculus.rules.rule import Operation
from stepnet.explain.narrate.scene import Scene
from stepnet.explain.narrate.syntax import base_of, leaves_in, value_of
from stepnet.explain.narrate.words import written
from stepnet.source.instruction import Statement

ON_PAPER = {"ŷ": ("y_hat", "yhat")}
"""What claims call names."""
PRODUCTS = frozenset({"matmul", "dot"})
SYMMETRIC = frozenset({"add", "multiply"})
"""Rules whose formula is written for the first operand."""
LETTER = re.compile(r"(?<!\w)[abxzpyt](?![a-zA-Z_0-9])")
LONGEST = 24
PLAIN = frozenset({"index", "copy", "made", "length", "array"})
"""Rules that say nothing about a derivative on paper."""


def law(scene: Scene) -> str | None:
    """``∂A/∂B``: how A is made of B, and what its rule says of that."""
    if not scene.is_gradient or not scene.claim or scene.node is None:
        return None
    called = ast.unparse(scene.node.func) if isinstance(scene.node, ast.Call) else ""
    if called.endswith(("copy", "zeros", "zeros_like")):
        return None  # what will become a gradient
    of, _, by = scene.claim.removeprefix("∂").partition("/∂")
    found = _link(scene, _names(of), _names(by))
    if found is None:
        return None
    statement, made, which = found
    goes = "goes back through" if of == scene.outline.program.loss else "is a derivative of"
    words = made.rule.words[0].lower() + made.rule.words[1:]
    if made.rule.name in PRODUCTS:
        words = _with_names(words, made, which)
    return (
        f"{scene.title} {goes} {statement.at}, {statement.text}: "
        f"{_with_names(made.rule.local, made, which)}; {words}"
    )


def _with_names(text: str, made: Operation, which: int) -> str:
    """A formula in the script's names; of two factors the one that is meant comes first."""
    parts = list(made.operands[:2])
    if which == 1 and made.rule.name in SYMMETRIC:
        parts.reverse()
    names = dict(zip(made.names, map(written, parts), strict=False))
    names = {letter: name for letter, name in names.items() if len(name) <= LONGEST}
    return LETTER.sub(lambda found: names.get(found[0], found[0]), text)


def _names(symbol: str) -> tuple[str, ...]:
    return ON_PAPER.get(symbol, (symbol,))


def _link(
    scene: Scene, of: tuple[str, ...], by: tuple[str, ...]
) -> tuple[Statement, Operation, int] | None:
    """The forward statement that reads the one, and the operation in it that is given it."""
    outline = scene.outline
    makers = [part for name in of for part in outline.makers.get(name, ()) if _reads(part, by)]
    readers = [part for name in by for part in outline.readers(name)]
    forward = [part for part in readers if id(part) in outline.forward]
    for statement in (*makers, *forward):
        found = _given(scene, statement, by)
        if found is not None and found[0].rule.name not in PLAIN:
            return statement, *found
    return None


def _reads(statement: Statement, names: tuple[str, ...]) -> bool:
    value = value_of(statement)
    return value is not None and any(name in names for name in leaves_in(value))


def _given(
    scene: Scene, statement: Statement, names: tuple[str, ...]
) -> tuple[Operation, int] | None:
    """The operation, as a whole or inside, that has one of these names as an operand."""
    value = value_of(statement)
    if value is None:
        return None
    for node in ast.walk(value):
        if not isinstance(node, ast.expr):
            continue
        whole = scene.outline.computes(node) if node is value else None
        made = whole or known_operation(node, scene.outline.modules)
        operands = made.operands if made is not None else ()
        for which, part in enumerate(operands):
            if made is not None and base_of(part) in names:
                return made, which
    return None
