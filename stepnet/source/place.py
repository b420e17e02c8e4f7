"""Places: where a script keeps a value, as it is written: ``W1``, ``grads["dW1"]``, ``self.W1``.

An item of a dictionary and an attribute are places like names. What a place is called is its leaf:
``dW1`` for ``grads["dW1"]``; an item of a list keeps its number: ``W[0]``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

import numpy as np

MANY = 100
"""Elements of a list that are looked at."""
NOWHERE = object()
"""For `value_at`: stands for no value."""
_KEY = re.compile(r"\w+")


def place_of(node: ast.expr) -> str:
    """The place that an expression is, where syntax alone tells it; else ``""``."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            base = place_of(value)
            return f"{base}.{attr}" if base else ""
        case ast.Subscript(value=value, slice=ast.Constant(value=str(key))):
            base = place_of(value)
            return item_of(base, key) if base else ""
        case _:
            return ""


def item_of(place: str, key: object) -> str:
    """The place of an item; ``""`` for a key that is no word and no number."""
    if isinstance(key, str) and _KEY.fullmatch(key):
        return f'{place}["{key}"]'
    if isinstance(key, int) and not isinstance(key, bool):
        return f"{place}[{key}]"
    return ""


def places_in(node: ast.AST) -> Iterator[str]:
    """Every place that an expression names, those inside of others too."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name | ast.Attribute | ast.Subscript) and (found := place_of(part)):
            yield found


def leaf_of(place: str) -> str:
    """What a place is called: ``W1`` for ``params["W1"]`` and ``self.W1``, ``W[0]`` for itself."""
    steps = _steps(place)
    if steps is None:
        return place.rpartition(".")[2]
    tail = ""
    for step in reversed(steps):
        if isinstance(step, str):
            return step.removeprefix(".") + tail
        tail = f"[{step}]" + tail
    return place


def root_of(place: str) -> str:
    """The name that a place begins with: ``params`` for ``params["W1"]``."""
    steps = _steps(place)
    return str(steps[0]) if steps else place


def container_of(place: str) -> str:
    """The place that a place is an item or an attribute of; ``""`` for a plain name."""
    steps = _steps(place)
    if steps is None or len(steps) < 2:
        return ""
    attribute = str(steps[-1]).startswith(".")
    return place[: place.rindex("." if attribute else "[")]


def value_at(names: Mapping[str, object], place: str, default: object = None) -> object:
    """What stands in a place, with these names; `default` where nothing does.

    Nothing of the script's own runs for it.
    """
    steps = _steps(place)
    if steps is None:
        return default
    root, *rest = steps
    thing = names.get(str(root), default)
    for step in rest:
        try:
            if isinstance(step, str) and step.startswith("."):
                thing = vars(thing)[step[1:]]
            elif type(thing) in (dict, list, tuple):
                thing = thing[step]  # type: ignore[index]  # one of the three
            else:
                return default
        except (KeyError, IndexError, TypeError):
            return default
    return thing


def places_held(place: str, thing: object, depth: int = 2) -> Iterator[tuple[str, object]]:
    """The places in a dictionary, a list or an object where arrays stand, with the arrays."""
    inside: list[tuple[str, object]] = []
    if type(thing) is dict:
        inside = [(item_of(place, key), value) for key, value in thing.items()]
    elif type(thing) in (list, tuple):
        assert isinstance(thing, list | tuple)
        inside = [(item_of(place, at), value) for at, value in enumerate(thing[:MANY])]
    elif type(thing).__module__ == "__main__" and isinstance(getattr(thing, "__dict__", 0), dict):
        inside = [(f"{place}.{name}", value) for name, value in vars(thing).items()]
    for name, value in inside:
        if name and isinstance(value, np.ndarray) and value.ndim:
            yield name, value
        elif name and depth > 1:
            yield from places_held(name, value, depth - 1)


@lru_cache(maxsize=4096)
def _steps(place: str) -> tuple[str | int, ...] | None:
    """Root, then ``.attribute``, ``key`` or a number each; None for what is no place."""
    try:
        node = ast.parse(place, mode="eval").body
    except SyntaxError:
        return None
    found: list[str | int] = []
    while not isinstance(node, ast.Name):
        match node:
            case ast.Attribute(value=value, attr=attr):
                found.append(f".{attr}")
            case ast.Subscript(value=value, slice=ast.Constant(value=str() | int() as key)):
                found.append(key)
            case _:
                return None
        node = value
    return (node.id, *reversed(found))
