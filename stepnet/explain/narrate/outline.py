"""What a script says about itself before it runs: who makes a value, what for, and from what.

Values go by the names of their places: ``W1`` is ``W1``, ``params["W1"]`` and ``self.W1`` alike,
because a function calls by one what another calls by the other.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cached_property

from stepnet.calculus.roles import Roles
from stepnet.calculus.rules.idioms import idiom_of
from stepnet.calculus.rules.operation import operation_of
from stepnet.calculus.rules.probe import replaced
from stepnet.calculus.rules.rule import Operation
from stepnet.explain.narrate.syntax import (
    base_of,
    computed_from,
    is_alias,
    leaves_in,
    read_leaves,
    returned,
    value_of,
)
from stepnet.source.inferred import PHASES
from stepnet.source.instruction import Program, Statement
from stepnet.source.narration import narration
from stepnet.source.permit import imported_modules
from stepnet.source.place import leaf_of, place_of, places_in
from stepnet.source.unwarned import tree_of

WEIGHTS = re.compile(r"[Ww](eights?)?_?\d*|[Tt]heta_?\d*|W_?[a-z]{1,2}")
"""What weights are called, where an update does not tell which they are."""


class Outline:
    """The statements of a program by the values they make and read."""

    def __init__(self, program: Program, roles: Roles) -> None:
        self.program = program
        self.roles = roles
        self._computed: dict[int, tuple[ast.expr, Operation | None]] = {}
        self._bodies: dict[int, tuple[ast.expr, ast.expr | None]] = {}
        self.slopes: dict[tuple[int, int], tuple[ast.AST, object]] = {}
        """What `slopes.slope_in` has found, by statement and expression."""

    @cached_property
    def modules(self) -> dict[str, str]:
        """What names stand for modules and their functions."""
        return imported_modules(tree_of(self.program.text))

    @cached_property
    def makers(self) -> dict[str, tuple[Statement, ...]]:
        """The statements that assign each value, in the order of the lines."""
        found: dict[str, list[Statement]] = {}
        for statement in self.program.statements:
            if isinstance(statement.node, ast.Assign | ast.AnnAssign | ast.AugAssign):
                for name in dict.fromkeys(map(leaf_of, statement.targets)):
                    found.setdefault(name, []).append(statement)
        return {name: tuple(made) for name, made in found.items()}

    @cached_property
    def places(self) -> dict[str, frozenset[str]]:
        """Every place that goes by a name: ``W1`` and ``self.W1``."""
        found: dict[str, set[str]] = {}
        for statement in self.program.statements:
            for place in (*statement.targets, *places_in(statement.node)):
                found.setdefault(leaf_of(place), set()).add(place)
        return {leaf: frozenset(places) for leaf, places in found.items()}

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef]:
        """The script's own functions, and methods by their bare names."""
        nodes = (statement.node for statement in self.program.statements)
        return {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}

    @cached_property
    def recursive(self) -> frozenset[str]:
        """Functions that come to call themselves."""
        calls = {
            name: set(leaves_in(node)) & self.functions.keys()
            for name, node in self.functions.items()
        }
        for _ in calls:
            calls = {
                name: found.union(*(calls[other] for other in found))
                for name, found in calls.items()
            }
        return frozenset(name for name, found in calls.items() if name in found)

    @cached_property
    def gradients(self) -> frozenset[str]:
        """What holds gradients; what only hands on a value of the forward pass is none."""
        steps = self.roles.steps
        made = (p for p in self.roles.gradients if not is_alias(p) and id(p) not in steps)
        return frozenset(leaf_of(name) for part in made for name in part.targets)

    @cached_property
    def parameters(self) -> frozenset[str]:
        """What training changes, also where it adds to it what is minus a gradient."""
        known = {leaf_of(name) for name, role in self.roles.of.items() if role == "parameter"}
        if not PHASES & {marker.phase for marker in narration(self.program.text).markers.values()}:
            known = set()  # the phases were inferred: better to see for oneself
        for part in self.program.statements:
            known |= {leaf for leaf in map(leaf_of, part.targets) if self._is_stepped(leaf, part)}
        return frozenset(known - self.gradients - {self.program.loss})

    def _is_stepped(self, leaf: str, statement: Statement) -> bool:
        """``W += X.T @ delta`` and ``W = W - rate * dW``: is something of gradients taken?"""
        match statement.node:
            case ast.AugAssign(op=ast.Sub()):
                return True
            case ast.AugAssign(op=ast.Add(), value=step):
                if len(self.makers[leaf]) < 2:
                    return False
                turned = any(
                    isinstance(part, ast.Attribute) and part.attr in ("T", "transpose")
                    for part in ast.walk(step)
                )
                return turned or self.is_gradient(step)
            case ast.Assign(value=ast.BinOp(left=old, op=ast.Add() | ast.Sub(), right=step)):
                return leaf_of(place_of(old)) == leaf and self.is_gradient(step)
        return False

    @cached_property
    def updates(self) -> tuple[Statement, ...]:
        """The statements that change a parameter."""
        return tuple(part for part in self.program.statements if self.is_update(part))

    def is_update(self, statement: Statement) -> bool:
        """Does a statement change a parameter: ``W -= …`` or ``W = W - …``?"""
        name = leaf_of(statement.targets[0]) if statement.targets else ""
        if name not in self.parameters:
            return False
        match statement.node:
            case ast.AugAssign(op=ast.Add() | ast.Sub()):
                return True
            case ast.Assign(value=ast.BinOp(left=old, op=ast.Add() | ast.Sub())):
                return leaf_of(place_of(old)) == name
        return False

    @cached_property
    def forward(self) -> frozenset[int]:
        """The statements that the loss is computed from, or that gradients need, by identity."""
        found: set[int] = set()
        ends = {self.program.loss} if self.program.loss else set()
        waiting = ends or {name for part in self.roles.gradients for name in read_leaves(part)}
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            seen.add(name)
            for part in self.makers.get(name, ()):
                if part not in self.updates and part not in self.roles.gradients:
                    found.add(id(part))
                    waiting |= set(self._read_by(part)) - seen
        return frozenset(found)

    def _read_by(self, statement: Statement) -> Iterator[str]:
        """What a statement reads, what the functions it calls read included."""
        for name in read_leaves(statement):
            yield name
            if name in self.functions:
                for inner in self.within(name):
                    yield from (*read_leaves(inner), *map(leaf_of, inner.targets))

    def within(self, function: str) -> Iterator[Statement]:
        """The statements of a function, or of every method that is called so."""
        for part in self.program.statements:
            if part.unit and part.unit.rpartition(".")[2] == function:
                yield part

    def maker(self, name: str, before: Statement) -> Statement | None:
        """The statement that gave a value its place: the last one above, else the last of all.

        One in the same function comes first; who only hands it on under another name, last.
        """
        made = self.makers.get(name, ())
        for chosen in (
            [part for part in made if part.unit == before.unit and not is_alias(part)],
            [part for part in made if not is_alias(part)],
        ):
            above = [part for part in chosen if part.line < before.line] or chosen
            if above:
                return above[-1]
        return None

    def readers(self, name: str) -> tuple[Statement, ...]:
        """The statements that read a value."""
        return self._readers.get(name, ())

    @cached_property
    def _readers(self) -> dict[str, tuple[Statement, ...]]:
        found: dict[str, list[Statement]] = {}
        for part in self.program.statements:
            for name in read_leaves(part):
                found.setdefault(name, []).append(part)
        return {name: tuple(parts) for name, parts in found.items()}

    def uses(self, name: str, near: Statement) -> tuple[int, ...]:
        """The lines on the way to the loss that compute with a value, where it is made or near."""
        made = self.maker(name, near)
        if len(self.makers.get(name, ())) > 1 and name not in self.parameters:
            return ()  # one name for several values
        units = {near.unit, made.unit if made is not None else near.unit}
        lines = (
            part.line
            for part in self.readers(name)
            if id(part) in self.forward and part.unit in units and not is_alias(part)
            if name in computed_from(value_of(part) or part.node)
        )
        return tuple(dict.fromkeys(lines))

    def is_parameter(self, node: ast.expr) -> bool:
        """Is an expression a parameter, or one that is turned?"""
        if isinstance(node, ast.Attribute) and node.attr == "T":
            return self.is_parameter(node.value)
        base = base_of(node)
        return base in self.parameters or bool(
            WEIGHTS.fullmatch(base) and not self.is_gradient(node)
        )

    def is_gradient(self, node: ast.expr) -> bool:
        """Does an expression speak of a gradient?"""
        return any(name in self.gradients for name in leaves_in(node))

    def depends(self, name: str) -> bool:
        """Is a value computed from parameters?"""
        return name in self._dependent

    @cached_property
    def _dependent(self) -> frozenset[str]:
        """All that is computed from parameters, and the functions that read them."""
        found = set(self.parameters)
        updates = set(map(id, self.updates))
        flows = [
            (read_leaves(part), {*map(leaf_of, part.targets), part.unit.rpartition(".")[2]} - {""})
            for part in self.program.statements
            if id(part) not in updates
        ]
        size = -1
        while size != len(found):
            size = len(found)
            for read, made in flows:
                if not read.isdisjoint(found):
                    found |= made
        return frozenset(found)

    def computes(self, node: ast.expr | None) -> Operation | None:
        """The activation or loss that an expression is, also by a call of the script's own."""
        if node is None:
            return None
        # The node is kept beside its answer, so that its identity stays its own.
        if id(node) not in self._computed:
            self._computed[id(node)] = node, self._computes(node)
        return self._computed[id(node)][1]

    def _computes(self, node: ast.expr) -> Operation | None:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            inside = self.body_of(node)
            return self.computes(inside) if inside is not None else None
        found = idiom_of(node, self.modules)
        if found is None and (defined := self._defined(node)):
            found = idiom_of(node, self.modules, defined)
        if found is not None:
            return found.operation
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".tanh"):
            return operation_of(node, self.modules)
        return None

    def _defined(self, node: ast.expr) -> dict[str, ast.expr]:
        """What names stand for that an expression is looked through: a softmax in two lines."""
        called = {getattr(p, "attr", getattr(p, "id", "")) for p in ast.walk(node)}
        if not called & {"sum", "mean", "log"}:
            return {}
        return {
            name: value
            for name in leaves_in(node)
            for made in self.makers.get(name, ())
            if len(self.makers[name]) == 1 and isinstance(made.node, ast.Assign)
            for value in [made.node.value]
            if self.roles.of.get(name) != "data" and not is_alias(made)
        }

    def body_of(self, call: ast.Call) -> ast.expr | None:
        """What a call of the script's own function computes, in the caller's own terms."""
        if id(call) not in self._bodies:
            self._bodies[id(call)] = call, self._body_of(call)
        return self._bodies[id(call)][1]

    def _body_of(self, call: ast.Call) -> ast.expr | None:
        function = self.functions.get(call.func.id) if isinstance(call.func, ast.Name) else None
        if function is None or function.name in self.recursive:
            return None
        value = returned(function, call)
        if value is None:
            return None
        given: list[tuple[ast.expr, ast.expr]] = [
            (ast.Name(parameter.arg, ast.Load()), argument)
            for parameter, argument in zip(function.args.args, call.args, strict=False)
        ]
        given += [
            (ast.Name(word.arg, ast.Load()), word.value) for word in call.keywords if word.arg
        ]
        return replaced(value, given)
