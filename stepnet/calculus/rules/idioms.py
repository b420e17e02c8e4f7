"""Expressions of several operations that are better differentiated as one.

The derivative of a sigmoid then reads ``a * (1 - a)``, however the sigmoid is written: an idiom is
recognised by what it computes, not by how it is spelled.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import lru_cache

from stepnet.calculus.rules.activations import ACTIVATIONS, WITH_SETTING, activation_of
from stepnet.calculus.rules.crossed import CROSSED, crossed_of, labels_of
from stepnet.calculus.rules.idiom import Idiom
from stepnet.calculus.rules.losses import LOSSES, loss_of
from stepnet.calculus.rules.probe import Exchange, alike, replaced
from stepnet.calculus.rules.rule import Rule
from stepnet.calculus.rules.softmax import LOG_SOFTMAX, SOFTMAX, softmax_of

__all__ = ["IDIOMS", "Idiom", "idiom_of"]

IDIOMS: tuple[Rule, ...] = (
    *ACTIVATIONS,
    *WITH_SETTING,
    SOFTMAX,
    LOG_SOFTMAX,
    *LOSSES,
    *CROSSED,
)

DEEPEST = 3
"""How many definitions are looked through, one after the other."""


def idiom_of(
    node: ast.expr, modules: Mapping[str, str], defined: Mapping[str, ast.expr] | None = None
) -> Idiom | None:
    """The idiom that an expression is, or None.

    `defined` holds expressions that names stand for, if they may be looked through: a softmax is
    often written in two statements, and its cross-entropy in a third.
    """
    if not defined:
        return _alone(node, frozenset(modules.items()))
    names: Exchange = [(ast.Name(name, ast.Load()), of) for name, of in defined.items()]
    for _ in range(DEEPEST + 1):
        found = _recognised(node, modules, defined)
        if found is not None:
            return found
        further = replaced(node, names)
        if alike(further, node):
            return None
        node = further
    return None


@lru_cache(maxsize=512)
def _alone(node: ast.expr, modules: frozenset[tuple[str, str]]) -> Idiom | None:
    return _recognised(node, dict(modules), {})


def _recognised(
    node: ast.expr, modules: Mapping[str, str], defined: Mapping[str, ast.expr]
) -> Idiom | None:
    found = activation_of(node, modules) or softmax_of(node, modules)
    if found is not None:
        return found
    loss = loss_of(node, modules, defined)
    if loss is not None:
        return crossed_of(loss, modules, defined) or loss
    return labels_of(node, modules, defined)
