"""Which places hold numbers that are drawn at random, as parameters are before they are trained."""

from __future__ import annotations

import ast
import re

from stepnet.source.instruction import Program, Statement
from stepnet.source.place import leaf_of, root_of

_DRAWN = frozenset({"random", "rand", "randn", "normal", "uniform", "standard_normal", "randint"})
DATA = re.compile(
    r"(x|y|t|inputs?|outputs?|targets?|labels?|data|features?|samples?|noise)(_?\d+|_?(train|test|val|valid|batch|data|set|true|raw|all))?",
    re.IGNORECASE,
)
"""What data are called, which may be drawn at random as parameters are."""
_FLAT = frozenset({"zeros", "ones", "full"})


def is_drawn(place: str, program: Program) -> bool:
    """Does the script draw what it keeps there at random?"""
    return any(
        is_made(name, statement)
        for statement in program.statements
        if isinstance(statement.node, ast.Assign)
        for name in statement.targets
        if place in (name, root_of(name)) or root_of(place) == name
    )


def is_made(name: str, statement: Statement) -> bool:
    """Does a statement draw it, or make it of zeros as a bias is made?"""
    called = {
        part.func.attr if isinstance(part.func, ast.Attribute) else getattr(part.func, "id", "")
        for part in ast.walk(statement.node)
        if isinstance(part, ast.Call)
    }
    if statement.phase == "data" or DATA.fullmatch(leaf_of(name)):
        return False
    if called & _DRAWN or (statement.phase == "parameters" and called & (_FLAT | {"array"})):
        return True
    return bool(called & _FLAT) and leaf_of(name).lower().startswith("b")
