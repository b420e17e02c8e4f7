"""Where a statement stores: a name, an attribute, an item of a dictionary or a list."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType
from typing import Any

import numpy as np

from stepnet.machine.frame import Frame
from stepnet.source.effects import is_pure, loaded
from stepnet.source.instruction import Statement
from stepnet.source.mark import expression_code

MOST = 100
"""Items of a container that are looked at."""


@dataclass(frozen=True, eq=False)
class Slot:
    """One target of a statement."""

    statement: Statement
    text: str
    """Of an item, the container's."""
    code: CodeType
    key: CodeType | None = None
    """Evaluates to the key, where an item is stored."""

    @property
    def root(self) -> str:
        """The name that it hangs on."""
        return self.text.partition(".")[0].partition("[")[0]

    def stored(self, frame: Frame) -> list[tuple[str, object]]:
        """What it holds after the statement has run, and how that is written."""
        text = self.text
        if self.key is None and text in frame.names:
            return [(text, frame.names[text])]
        found: Any = self._found(self.code, frame)
        if self.key is None or isinstance(found, np.ndarray):
            return [(text, found)]
        if not isinstance(found, dict | list):
            return []
        key: Any = self._found(self.key, frame)
        try:
            return [(f"{text}[{key!r}]", found[key])]
        except (LookupError, TypeError):
            return []

    def everything(self, frame: Frame) -> Iterator[tuple[str, object]]:
        """What it holds at any other moment: of a container, every item."""
        found = self._found(self.code, frame)
        if self.key is None or isinstance(found, np.ndarray):
            yield self.text, found
            return
        items: list[tuple[object, object]] = []
        if isinstance(found, dict):
            items = list(found.items())
        elif isinstance(found, list):
            items = list(enumerate(found))
        for key, value in items[:MOST]:
            yield f"{self.text}[{key!r}]", value

    def _found(self, code: CodeType, frame: Frame) -> object:
        try:
            return eval(code, frame.globals, frame.names)
        except Exception:
            return None


def slots(statement: Statement) -> tuple[Slot, ...]:
    """The targets of an assignment, a plain or an augmented one."""
    node = statement.node
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AugAssign) or (isinstance(node, ast.AnnAssign) and node.value):
        targets = [node.target]
    else:
        return ()
    return tuple(slot for target in targets for slot in _slots(target, statement))


def _slots(target: ast.expr, statement: Statement) -> Iterator[Slot]:
    if isinstance(target, ast.Tuple | ast.List):
        for part in target.elts:
            yield from _slots(part, statement)
    elif isinstance(target, ast.Starred):
        yield from _slots(target.value, statement)
    elif isinstance(target, ast.Subscript) and is_pure(target.value) and is_pure(target.slice):
        container, key = _code(target.value), _key_code(target.slice)
        yield Slot(statement, ast.unparse(target.value), container, key)
    elif isinstance(target, ast.Name | ast.Attribute) and is_pure(loaded(target)):
        yield Slot(statement, ast.unparse(target), _code(target))


def _code(node: ast.expr) -> CodeType:
    return expression_code(loaded(node))


def _key_code(node: ast.expr) -> CodeType:
    return expression_code(ast.Subscript(ast.Name(".key", ast.Load()), node, ast.Load()))


def array_of(value: object) -> np.ndarray | None:
    """The numbers of a value, if it is one, an array of them, or lists of them."""
    if isinstance(value, list):
        try:
            value = np.array(value, dtype=float)
        except (ValueError, TypeError):
            return None
    if isinstance(value, float | np.floating | np.complexfloating):
        return np.asarray(value)
    if isinstance(value, np.ndarray) and value.dtype.kind in "fc":
        return value
    return None
