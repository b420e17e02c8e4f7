"""The expressions of one instruction, written on the tape before the machine executes it."""

from __future__ import annotations

import ast
import copy
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from stepnet.calculus.gaps import Gap, is_float, numbers_in, row_of
from stepnet.calculus.gaps import sources as read_in
from stepnet.calculus.known import known_operation
from stepnet.calculus.owned import runs_own_code
from stepnet.calculus.placing import place_now
from stepnet.calculus.tape import Tape, Variable, is_plain
from stepnet.calculus.unrolled import TooMuchError, has_comprehension, unrolled
from stepnet.machine.frame import Frame
from stepnet.source.by_name import read_by_name
from stepnet.source.effects import is_pure, loaded
from stepnet.source.instruction import Statement
from stepnet.source.mark import expression_code
from stepnet.source.place import leaf_of


@dataclass(frozen=True, eq=False)
class Reader:
    """Evaluates expressions where an instruction stands, each operation onto the tape."""

    tape: Tape
    frame: Frame
    statement: Statement
    tick: int
    kept: dict[str, Variable | None] = field(default_factory=dict)
    """Temporaries that hold what is written before a call."""
    inner: dict[str, object] = field(default_factory=dict)
    """The variables of the comprehensions around the expression."""

    @property
    def names(self) -> Mapping[str, Any]:
        """Everything that an expression finds here."""
        return ChainMap(self.inner, self.frame.scope) if self.inner else self.frame.scope

    def look(self, node: ast.expr) -> Any:
        """The value of an expression; None if it has none or getting it would change anything."""
        if not is_pure(node, self.tape.modules) or runs_own_code(node, self._found):
            return None  # looking must not draw, print or change anything
        return self._found(node)

    def _found(self, node: ast.expr) -> Any:
        try:
            code = expression_code(loaded(copy.deepcopy(node)))
            return (
                eval(code, self.frame.scope, self.inner)
                if self.inner
                else eval(code, self.frame.scope)
            )
        except Exception:
            return None

    def of(self, node: ast.expr) -> Variable | None:
        """The variable that an expression evaluates to; None for what is not a number."""
        if isinstance(node, ast.Starred):
            return None
        if has_comprehension(node):
            try:
                node = unrolled(node, self)
            except TooMuchError:
                return None
        names = self.names
        known = known_operation(node, self.tape.modules)
        if known is not None and is_pure(node, self.tape.modules):
            inputs = [self.of(part) for part in known.operands]
            if all(part is not None for part in inputs):
                given = tuple(part for part in inputs if part is not None)
                return self.tape.add(node, known, known.operands, given, names, self.statement)
        elif known is not None and known.rule.name == "copy":
            return self.of(known.operands[0])  # a deep copy of numbers is the same variable
        if isinstance(node, ast.Name) and node.id in self.kept:
            return self.kept[node.id]
        if isinstance(node, ast.IfExp) and is_pure(node.test, self.tape.modules):
            return self._chosen(node)
        named = read_by_name(node) is not None
        if named or isinstance(node, ast.Name | ast.Attribute | ast.Subscript | ast.Constant):
            thing = self.look(node)
            place = place_now(node, self.look)
            if not place and isinstance(node, ast.Subscript) and is_float(thing):
                self.gap(thing, self.sources(node))
            name = qualified(self.frame, place)
            if isinstance(node, ast.Attribute) and place and is_plain(thing):
                holder = self.look(node.value)
                return self.tape.held(holder, node.attr, thing, self.tick, name, place)
            return self.tape.variable(thing, self.tick, name, place)
        return self._opaque(node) if is_pure(node, self.tape.modules) else None

    def _chosen(self, node: ast.IfExp) -> Variable | None:
        """The branch that is taken; None right between the two, where there is no slope."""
        rectified = _rectified(node)
        if rectified is not None:
            largest = ast.Call(ast.Name("max", ast.Load()), [ast.Constant(0), rectified], [])
            return self.of(ast.copy_location(largest, node))
        if isinstance(node.test, ast.Compare) and len(node.test.comparators) == 1:
            left, right = self.look(node.test.left), self.look(node.test.comparators[0])
            if is_plain(left) and is_plain(right) and left == right:
                return None
        chosen = self.look(node.test)
        if isinstance(chosen, np.ndarray):
            return None
        return self.of(node.body if chosen else node.orelse)

    def called(self, node: ast.Call) -> Variable | None:
        """A native function under a name of the script: ``activation = np.tanh``, ``x.var()``
        where an attribute of the script is called ``var`` too."""
        if isinstance(node.func, ast.Name) and node.func.id in self.tape.modules:
            return self.of(node)
        function = self.look(node.func)
        if isinstance(getattr(function, "__self__", None), np.ndarray):
            return self.of(node)
        name = getattr(function, "__name__", "")
        if function is not None and getattr(np, name, None) is function:
            module = next((n for n, m in self.tape.modules.items() if m == "numpy"), "np")
            plain = ast.Attribute(ast.Name(module, ast.Load()), name, ast.Load())
            return self.of(ast.copy_location(ast.Call(plain, node.args, node.keywords), node))
        return None

    def _opaque(self, node: ast.expr) -> Variable | None:
        """An operation that the table does not hold: a function of the numbers it names."""
        if runs_own_code(node, self._found):
            return None
        operands, inputs = [], []
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
                variable = self.tape.variable(self.look(part), self.tick, part.id)
                if variable is not None:
                    operands.append(part)
                    inputs.append(variable)
        if not inputs:
            return None
        names = self.names
        made = self.tape.add(node, None, tuple(operands), tuple(inputs), names, self.statement)
        others = tuple(part for part in self.sources(node) if part not in inputs)
        if made is not None and others:
            self.tape.gaps[made] = Gap(others, self.statement)
        return made

    def sources(self, node: ast.expr) -> tuple[Variable, ...]:
        """The arrays and numbers that an expression reads, inside of what it names too."""
        found: dict[Variable, None] = {}
        for part, thing in read_in(node, self.look):
            place = place_now(part, self.look)
            if is_float(thing):
                self.tape.variable(thing, self.tick, qualified(self.frame, place), place)
            for number in numbers_in(thing):
                variable = self.tape.met(number, self.tick)
                if variable is not None:
                    found[variable] = None
        return tuple(found)

    def gap(self, thing: object, given: tuple[Variable, ...]) -> None:
        """What is new in a thing came about in a way that is not followed."""
        for number in numbers_in(thing) if given else ():
            if id(number) in self.tape.known or self._is_row(number, given):
                continue
            variable = self.tape.met(number, self.tick)
            if variable is not None:
                self.tape.gaps[variable] = Gap(given, self.statement)

    def _is_row(self, thing: object, given: tuple[Variable, ...]) -> bool:
        """A loop over an array gives its rows: is it one of those that were read?"""
        for variable in given:
            row = row_of(variable.kept, thing)
            if row is not None:
                node = ast.parse(f"rows[{row}]", mode="eval").body
                assert isinstance(node, ast.Subscript)
                known = known_operation(node, self.tape.modules)
                made = self.tape.add(node, known, (node.value,), (variable,), {}, self.statement)
                if made is not None:
                    self.tape.bind(thing, made, ".", self.tick)
                    self.tape.nameless.add(made)
                    return True
        return False


def _rectified(node: ast.IfExp) -> ast.expr | None:
    """The z of ``z if z > 0 else 0``."""
    match node.test:
        case ast.Compare(z, [ast.Gt() | ast.GtE()], [ast.Constant(value=0)]):
            kept, zero = node.body, node.orelse
        case ast.Compare(z, [ast.Lt() | ast.LtE()], [ast.Constant(value=0)]):
            kept, zero = node.orelse, node.body
        case _:
            return None
    is_zero = isinstance(zero, ast.Constant) and zero.value == 0
    return z if is_zero and ast.dump(kept) == ast.dump(z) else None


def qualified(frame: Frame, place: str) -> str:
    """What a place is called, with its function; temporaries have no function."""
    if place[:1] in ("", "."):
        return place
    return f"{frame.unit.name}.{leaf_of(place)}" if frame.unit.name else leaf_of(place)
