"""Where predictions meet their targets: in a difference, in a quotient, by a label."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from stepnet.source.flow import Place, Step


@dataclass(frozen=True)
class Known:
    """Which places depend on the parameters."""

    made: frozenset[Place]

    def met(self, step: Step) -> frozenset[Place]:
        """Where a statement puts a prediction that it has set against data; nowhere if it has not.

        ``error = y - out`` puts it into error, ``backward(y - out)`` into backward's parameter.
        """
        given = (part for part in step.handed if self._holds_pair(part.node, part.sources))
        own = step.into if self.meets(step) else frozenset[Place]()
        return own.union(part.place for part in given)

    def meets(self, step: Step) -> bool:
        """Does a statement set a prediction against data, in its own expression?"""
        node = step.node
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Sub):
            target = node.target
            return isinstance(target, ast.Subscript) and self._labels(
                target.slice, self._told(step.sources)
            )
        return self._holds_pair(getattr(node, "value", None), step.sources)

    def predictions(self, step: Step) -> frozenset[Place]:
        """What a statement sets against data; nothing where that has no name."""
        if isinstance(step.node, ast.AugAssign):
            return step.into & self.made
        value = getattr(step.node, "value", None)
        read = step.sources.union(*(part.sources for part in step.handed))
        told = self._told(read)
        pairs = [part for part in ast.walk(value) if self._pair(part, told)] if value else []
        names = {name for part in pairs for name in _names(part)}
        return frozenset(place for place in read & self.made if place[1] in names)

    def is_stepped_against(self, step: Step) -> bool:
        """Does a step on a parameter hold the error itself: ``w -= lr * (guess - y) * x``?"""
        value = getattr(step.node, "value", None)
        if isinstance(step.node, ast.Assign):
            value = value.right if isinstance(value, ast.BinOp) else None
        return self._holds_pair(value, step.sources)

    def _told(self, sources: frozenset[Place]) -> dict[str, bool]:
        return {place[1]: place in self.made for place in sources}

    def _holds_pair(self, value: ast.expr | None, sources: frozenset[Place]) -> bool:
        places = self._told(sources)
        return value is not None and any(self._pair(part, places) for part in ast.walk(value))

    def _pair(self, node: ast.AST, places: dict[str, bool]) -> bool:
        sides: list[ast.expr] = []
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub | ast.Div):
            sides = [node.left, node.right]
        elif isinstance(node, ast.Call) and _is_difference(node.func):
            sides = list(node.args)
        if len(sides) != 2:
            return False
        left, right = (self._kinds(side, places) for side in sides)
        if True in right and isinstance(sides[0], ast.Constant | ast.UnaryOp):
            return self._labelled(node, places)
        divides = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
        if divides and True not in right:
            return False
        return ({True} <= left and right == {False}) or ({True} <= right and left == {False})

    def _labelled(self, node: ast.AST, places: dict[str, bool]) -> bool:
        """``-1 / out[label]``: only the entry of the right class counts.

        What stands in a call is no such entry: ``1 / (1 + np.exp(-z[layer]))``.
        """
        if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Div):
            return False
        called = {
            id(inner)
            for part in ast.walk(node)
            if isinstance(part, ast.Call)
            for inner in ast.walk(part)
        }
        return any(
            isinstance(part, ast.Subscript) and self._labels(part.slice, places)
            for part in ast.walk(node)
            if id(part) not in called
        )

    def _labels(self, index: ast.expr, places: dict[str, bool]) -> bool:
        kinds = self._kinds(index, places)
        plain = isinstance(index, ast.Compare | ast.Slice)
        return False in kinds and True not in kinds and not plain

    def _kinds(self, node: ast.expr, places: dict[str, bool]) -> set[bool]:
        """Of the names in an expression: True for what depends on the parameters."""
        return {places[name] for name in _names(node) if name in places}


def _names(node: ast.AST) -> list[str]:
    return [
        part.id if isinstance(part, ast.Name) else part.attr
        for part in ast.walk(node)
        if isinstance(part, ast.Name | ast.Attribute)
    ]


def _is_difference(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and function.attr in ("subtract", "divide")
