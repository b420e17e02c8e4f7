"""Pieces of a unit that can be run at once, when nobody wants to stop inside them."""

from __future__ import annotations

import ast
from collections.abc import Callable

from stepnet.source.instruction import Unit
from stepnet.source.lowering import Context, Lowering


def plain_functions(tree: ast.Module, context: Context) -> frozenset[str]:
    """Functions that can run natively and still count every tick."""
    return frozenset()


def fuse(
    unit: Unit, lowering: Lowering, plain: frozenset[str], real: Callable[[int], int]
) -> None:
    """Fill `unit.fused`."""
