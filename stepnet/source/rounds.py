"""Which loops of a script are its iterations, where it is known what each statement calls."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from stepnet.source.classified import defined
from stepnet.source.flow import Flow, Place

Loop = ast.For | ast.While


def rounds(
    tree: ast.Module,
    flow: Flow,
    phases: Mapping[int, str],
    errors: Mapping[int, frozenset[Place]],
) -> tuple[Loop, ...]:
    """The nested loops that train, outermost first, through the functions that they call.

    A turn of each makes predictions, sets them against their targets and goes back. One over the
    layers does not, though its backward pass may well compute an activation again, and begin with
    the error at the last layer. The outermost one changes parameters too, if any does.
    `phases` and `errors` are by number of the step; an error has the predictions that it reads.
    """
    reading = _Reading(tree, flow, phases, errors)
    for wanted in ("update", "backward"):
        found = reading.chain(tree.body, frozenset(), wanted)
        if found:
            return tuple(found)
    return ()


class _Reading:
    def __init__(
        self,
        tree: ast.Module,
        flow: Flow,
        phases: Mapping[int, str],
        errors: Mapping[int, frozenset[Place]],
    ) -> None:
        self.flow, self.errors = flow, errors
        self.phases = {n: phases[n] for n in phases if not _only_selects(flow.steps[n].node)}
        self.numbers: dict[int, list[int]] = defaultdict(list)
        """The steps of a statement, by identity of its node."""
        for number, step in enumerate(flow.steps):
            self.numbers[id(step.node)].append(number)
        written = {id(node) for node in ast.walk(tree)}
        self.elsewhere = frozenset(
            number
            for number, step in enumerate(flow.steps)
            if id(step.node) in written and not _is_lambda(step.node)
        )
        """The steps that are not part of any turn unless a loop goes through them."""
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
            for unit in sorted(self._called(node) - within):
                inner = self.bodies.get(unit, [])
                if found := self.chain(inner, within | {unit}, wanted):
                    return found
        return []

    def _is_half(self, loop: Loop, around: list[ast.stmt]) -> bool:
        """Through time it goes forward in one loop and back in another one beside it."""
        beside = [node for node in _statements(around) if isinstance(node, Loop)]
        return loop in beside and any(
            loop not in ast.walk(node) and "backward" in self._told(self._turn(node))
            for node in beside
            if node not in ast.walk(loop)
        )

    def _trains(self, loop: Loop, wanted: str) -> bool:
        turn = self._turn(loop)
        told = self._told(turn)
        back = {wanted} if wanted else {"backward", "update"}
        return "forward" in told and bool(told & back) and self._meets(turn)

    def _meets(self, turn: frozenset[int]) -> bool:
        """Is there an error in a turn whose predictions the same turn makes?

        An error whose predictions have no name is believed.
        """
        made = self.flow.after(
            (p for n in turn if self.phases.get(n) == "forward" for p in self.flow.steps[n].into),
            self.elsewhere - turn,
        )
        met = (self.errors[number] for number in turn if number in self.errors)
        return any(not predictions or predictions & made for predictions in met)

    def _told(self, turn: frozenset[int]) -> set[str]:
        """The phases of a turn."""
        return {self.phases[number] for number in turn if number in self.phases}

    def _called(self, node: ast.AST) -> set[str]:
        """The functions that a statement may call."""
        steps = (self.flow.steps[number] for number in self.numbers.get(id(node), ()))
        return {unit for step in steps for unit in step.calls}

    def _turn(self, loop: Loop) -> frozenset[int]:
        """The steps of a turn of a loop, with all that it calls."""
        found: set[int] = set()
        units: set[str] = set()
        waiting = [loop.body]
        while waiting:
            for node in _statements(waiting.pop()):
                found.update(self.numbers.get(id(node), ()))
                new = self._called(node) - units
                units |= new
                waiting += [self.bodies[unit] for unit in new if unit in self.bodies]
        return frozenset(found)


def _only_selects(node: ast.stmt) -> bool:
    """``neuron = layer[j - 1]`` computes nothing: it is no forward pass."""
    if not isinstance(node, ast.Assign):
        return False
    value = node.value
    parts = value.elts if isinstance(value, ast.Tuple) else [value]
    return all(isinstance(_selected_from(part), ast.Name) for part in parts)


def _selected_from(value: ast.expr) -> ast.expr:
    while isinstance(value, ast.Attribute | ast.Subscript):
        value = value.value
    return value


def _is_lambda(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda)


_BODIES = ("body", "orelse", "handlers", "finalbody")


def _statements(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node
            for name in _BODIES:
                yield from _statements(getattr(node, name, []))
