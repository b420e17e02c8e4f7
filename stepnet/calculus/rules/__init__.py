"""The table of derivatives, the only place where mathematics lives, and how it is read.

`operation_of` says which operation an expression is, `derivative` writes the adjoint of an
operand as NumPy code, `unbroadcast` sums it to the operand's shape, `cell` takes one entry apart.
"""

from stepnet.calculus.rules.broadcasting import unbroadcast
from stepnet.calculus.rules.cell import Cell, Read, Term
from stepnet.calculus.rules.derive import Derivation, derivative
from stepnet.calculus.rules.idioms import IDIOMS, Idiom, idiom_of
from stepnet.calculus.rules.operation import operation_of, setting_values, stored
from stepnet.calculus.rules.rule import NotInTable, Operation, Rule, Shape, Shapes
from stepnet.calculus.rules.table import RULES
from stepnet.calculus.rules.terms import cell, terms

__all__ = [
    "IDIOMS",
    "RULES",
    "Cell",
    "Derivation",
    "Idiom",
    "NotInTable",
    "Operation",
    "Read",
    "Rule",
    "Shape",
    "Shapes",
    "Term",
    "cell",
    "derivative",
    "idiom_of",
    "operation_of",
    "setting_values",
    "stored",
    "terms",
    "unbroadcast",
]
