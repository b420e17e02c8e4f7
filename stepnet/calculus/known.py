"""An expression that can be differentiated: an operation of the rule table, or an idiom."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from stepnet.calculus.rules.operation import Operation, operation_of

Known = Operation


def known_operation(node: ast.expr, modules: Mapping[str, str]) -> Known | None:
    """How an expression is differentiated; None where the rule table does not hold it."""
    return operation_of(node, modules)
