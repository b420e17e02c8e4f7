"""An expression that can be differentiated: an operation of the rule table, or an idiom."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from stepnet.calculus.rules.idioms import idiom_of
from stepnet.calculus.rules.operation import Operation, operation_of

Known = Operation


def known_operation(node: ast.expr, modules: Mapping[str, str]) -> Known | None:
    """How an expression is differentiated; None where the rule table does not hold it.

    What is an idiom as a whole is not taken apart: the derivative of a sigmoid reads
    ``a * (1 - a)``, however the sigmoid is written.
    """
    idiom = idiom_of(node, modules)
    return idiom.operation if idiom is not None else operation_of(node, modules)
