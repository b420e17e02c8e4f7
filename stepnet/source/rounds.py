"""Which loops of a script are its iterations, where it is known what each statement calls."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from stepnet.source.classified import defined

Loop = ast.For | ast.While

ERROR = "error"
"""What is told, besides its phase, of a statement where predictions meet their targets."""


def rounds(
    tree: ast.Module, phases: Mapping[int, set[str]], calls: Mapping[int, set[str]]
) -> tuple[Loop, ...]:
    """The nested loops that train, outermost first, through the functions that they call.

    A turn of each goes forward, meets the targets and goes back; one over the layers, whose
    backward pass may well compute an activation again, meets no target. The outermost one changes
    parameters too, if any does.
    `phases` and `calls` are by identity of the statement; what is called is named by its unit.
    """
    reading = _Reading(tree, phases, calls)
    for wanted in ("update", "backward"):
        found = reading.chain(tree.body, frozenset(), wanted)
        if found:
            return tuple(found)
    return ()


class _Reading:
    def __init__(
        self, tree: ast.Module, phases: Mapping[int, set[str]], calls: Mapping[int, set[str]]
    ) -> None:
        self.phases, self.calls = phases, calls
        self.bodies = {
            unit: node.body
            for unit, node in defined(tree.body)
            if isinstance(node, ast.FunctionDef)
        }

    def chain(self, body: Iterable[ast.stmt], within: frozenset[str], wanted: str) -> list[Loop]:
        """The first loop that trains among these statements, and those inside it."""
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                continue
            parts = [part for name in _BODIES for part in getattr(node, name, [])]
            if isinstance(node, Loop) and self._trains(node, wanted):
                inside = self.chain(parts, within, "")
                return [node, *([] if inside and self._is_half(inside[0], parts) else inside)]
            if found := self.chain(parts, within, wanted):
                return found
            for unit in sorted(self.calls.get(id(node), set()) - within):
                inner = self.bodies.get(unit, [])
                if found := self.chain(inner, within | {unit}, wanted):
                    return found
        return []

    def _is_half(self, loop: Loop, around: list[ast.stmt]) -> bool:
        """Through time it goes forward in one loop and back in another one beside it."""
        beside = [node for node in _statements(around) if isinstance(node, Loop)]
        return loop in beside and any(
            loop not in ast.walk(node) and "backward" in self._told(node)
            for node in beside
            if node not in ast.walk(loop)
        )

    def _trains(self, loop: Loop, wanted: str) -> bool:
        found = self._told(loop)
        back = {wanted} if wanted else {"backward", "update"}
        return {"forward", ERROR} <= found and bool(found & back)

    def _told(self, loop: Loop) -> set[str]:
        """The phases of a turn of a loop, with all that it calls."""
        told: set[str] = set()
        units: set[str] = set()
        waiting = [loop.body]
        while waiting:
            for node in _statements(waiting.pop()):
                if not (isinstance(node, ast.Assign) and _only_selects(node.value)):
                    told |= self.phases.get(id(node), set())
                new = self.calls.get(id(node), set()) - units
                units |= new
                waiting += [self.bodies[unit] for unit in new if unit in self.bodies]
        return told


def _only_selects(value: ast.expr) -> bool:
    """``neuron = layer[j]`` computes nothing: it is no forward pass."""
    return all(
        isinstance(part, ast.Name | ast.Attribute | ast.Subscript | ast.expr_context | ast.Constant)
        for part in ast.walk(value)
    )


_BODIES = ("body", "orelse", "handlers", "finalbody")


def _statements(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node
            for name in _BODIES:
                yield from _statements(getattr(node, name, []))
