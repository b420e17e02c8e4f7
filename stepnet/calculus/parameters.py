"""Which names of a script are its parameters, also where nothing updates them yet."""

from __future__ import annotations

import ast

from stepnet.calculus.drawn import is_made
from stepnet.calculus.roles import Roles
from stepnet.source.instruction import Program


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
        if isinstance(statement.node, ast.Assign) and is_made(name, statement)
    )
