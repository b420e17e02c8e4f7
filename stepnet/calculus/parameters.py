"""Which names of a script are its parameters, also where nothing updates them yet."""

from __future__ import annotations

import ast
import re

from stepnet.calculus.roles import Roles
from stepnet.source.instruction import Program, Statement

_DRAWN = frozenset({"random", "rand", "randn", "normal", "uniform", "standard_normal", "randint"})
_DATA = re.compile(
    r"(x|y|t|inputs?|outputs?|targets?|labels?|data|features?|samples?|noise)(_?\d+|_?(train|test|val|valid|batch|data|set|true|raw|all))?",
    re.IGNORECASE,
)
"""What data are called, which may be drawn at random as parameters are."""
_FLAT = frozenset({"zeros", "ones", "full"})


def parameters(program: Program, roles: Roles) -> frozenset[str]:
    """Names that training changes; where it does not yet, those that are drawn at random.

    A name made of zeros counts with them if it begins like a bias.
    """
    updated = frozenset(name for name, role in roles.of.items() if role == "parameter")
    if updated:
        return updated
    return frozenset(
        name
        for statement in program.statements
        for name in statement.targets
        if isinstance(statement.node, ast.Assign) and _is_made(name, statement)
    )


def _is_made(name: str, statement: Statement) -> bool:
    called = {
        part.func.attr if isinstance(part.func, ast.Attribute) else getattr(part.func, "id", "")
        for part in ast.walk(statement.node)
        if isinstance(part, ast.Call)
    }
    if statement.phase == "data" or _DATA.fullmatch(name):
        return False
    if called & _DRAWN or (statement.phase == "parameters" and called & (_FLAT | {"array"})):
        return True
    return bool(called & _FLAT) and name.lower().startswith("b")
