"""What a place may hold that can be called: functions, classes, objects of the script's classes."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from stepnet.source.classified import Kinds
from stepnet.source.declared import Callee
from stepnet.source.flow import Flow, Place

OBJECT = "the object"
"""The place in a class that a new object of it comes from; no name of a script is called so."""


@dataclass(eq=False)
class Held:
    """What a reading of a script found at its places."""

    values: dict[Place, list[Callee]] = field(default_factory=dict)
    """Functions."""
    classes: dict[Place, set[str]] = field(default_factory=dict)
    """Classes themselves."""
    kinds: dict[Place, set[str]] = field(default_factory=dict)
    """The classes of objects."""
    stored: frozenset[Place] = frozenset()
    """Places that the script assigns: what is called there may be an object of its own."""


def held_in(flow: Flow, functions: Mapping[str, list[Callee]], own: Kinds) -> Held:
    """Follow the functions, classes and objects of a script along the flow of its values."""
    values: dict[Place, list[Callee]] = defaultdict(list)
    classes: dict[Place, set[str]] = defaultdict(set)
    kinds: dict[Place, set[str]] = defaultdict(set)
    for name, callees in functions.items():
        for place in flow.after([("", name)], frozenset()) - {("", name)}:
            values[place] += callees
    for name in own.classes:
        for place in flow.after([("", name)], frozenset()) - {("", name)}:
            classes[place].add(name)
        for place in flow.after([(name, OBJECT)], frozenset()):
            kinds[place].add(name)
    stored = frozenset(place for step in flow.steps for place in step.into)
    return Held(dict(values), dict(classes), dict(kinds), stored)


def fits(callee: Callee, node: ast.Call) -> bool:
    """Can a function be called with what a call gives it?"""
    _, function, method = callee
    arguments = function.args
    if any(isinstance(part, ast.Starred) for part in node.args):
        return True
    if any(keyword.arg is None for keyword in node.keywords):
        return True
    names = [part.arg for part in (*arguments.posonlyargs, *arguments.args)][int(method) :]
    named = {keyword.arg for keyword in node.keywords}
    given = len(node.args)
    free = {*names[given:], *(part.arg for part in arguments.kwonlyargs)}
    if (given > len(names) and not arguments.vararg) or (named - free and not arguments.kwarg):
        return False
    return set(names[given : len(names) - len(arguments.defaults)]) <= named
