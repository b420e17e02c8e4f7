"""The table of derivatives, complete."""

from __future__ import annotations

from stepnet.calculus.rules.arithmetic import ARITHMETIC
from stepnet.calculus.rules.arrangement import ARRANGEMENT
from stepnet.calculus.rules.constants import CONSTANTS
from stepnet.calculus.rules.functions import FUNCTIONS
from stepnet.calculus.rules.indexing import INDEXING
from stepnet.calculus.rules.products import PRODUCTS
from stepnet.calculus.rules.reductions import REDUCTIONS
from stepnet.calculus.rules.rule import Rule

ROWS: tuple[Rule, ...] = (
    *ARITHMETIC,
    *FUNCTIONS,
    *PRODUCTS,
    *REDUCTIONS,
    *ARRANGEMENT,
    *INDEXING,
    *CONSTANTS,
)

RULES: dict[str, Rule] = {rule.name: rule for rule in ROWS}
"""Every operation that has a derivative in closed form, by name."""
