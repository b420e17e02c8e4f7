"""What native code runs of the script unseen, written on the tape while it runs.

``sum(w * x for w, x in pairs)`` over objects of the script calls their operators where the machine
sees one statement. Python tells of each line that is executed, so that its expressions can be
evaluated onto the tape as those of a statement are.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from stepnet.calculus.placing import place_now
from stepnet.calculus.reader import Reader
from stepnet.calculus.tape import Tape, Variable, is_plain
from stepnet.machine.machine import Machine
from stepnet.source.effects import loaded
from stepnet.source.instruction import Statement
from stepnet.source.mark import FILENAME
from stepnet.source.place import leaf_of
from stepnet.source.statements import targets_of

OPERATORS = frozenset(
    "__add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ __rtruediv__ __pow__ __neg__"
    " __matmul__ __getitem__".split()
)
"""Methods that Python runs where no call is written."""


class Unseen:
    """Writes a tape from what Python tells of the functions that native code calls."""

    def __init__(self, tape: Tape, machine: Machine) -> None:
        self.tape = tape
        self.machine = machine
        self.lines = _lines(machine.program.statements)
        self.units = machine.program.units
        self.running: dict[FrameType, _Line] = {}
        names = {unit.name.rpartition(".")[2] for unit in self.units.values()}
        self.has_operators = not names.isdisjoint(OPERATORS)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Follow what the machine's next step runs, where a script has operators of its own."""
        if not self.has_operators:
            yield
            return
        before = sys.gettrace()
        sys.settrace(self._called)
        try:
            yield
        finally:
            sys.settrace(before)
            self.running.clear()

    def _called(self, frame: FrameType, event: str, argument: object) -> Any:
        code = frame.f_code
        if code.co_filename != FILENAME or code.co_firstlineno not in self.units:
            return None
        names = [name for name in code.co_varnames[: code.co_argcount] if name in frame.f_locals]
        caller = self.running.get(frame.f_back) if frame.f_back is not None else None
        given = caller.given(code.co_name, len(names)) if caller is not None else []
        for name, variable in zip(names[len(names) - len(given) :], given, strict=True):
            if variable is not None and _agrees(variable, frame.f_locals[name]):
                self._bind(frame.f_locals[name], variable, self._unit(frame), name)
        return self._traced

    def _traced(self, frame: FrameType, event: str, argument: object) -> Any:
        line = self.running.pop(frame, None)
        if line is not None:
            if event == "return" and isinstance(line.statement.node, ast.Return):
                if line.value is not None and _agrees(line.value, argument):
                    self._bind(argument, line.value, self._unit(frame), ".")
            elif event != "exception":
                self._finish(line)
        statement = self.lines.get(frame.f_lineno)
        if event == "line" and statement is not None:
            reader = Reader(self.tape, self._stand_in(frame), statement, self.machine.tick)
            self.running[frame] = _Line(statement, reader)
        return self._traced

    def _finish(self, line: _Line) -> None:
        for target in targets_of(line.statement.node):
            place, thing = place_now(target, line.reader.look), line.reader.look(target)
            if not place or line.value is None or not _agrees(line.value, thing):
                continue
            self._bind(thing, line.value, line.reader.frame.unit.name, place)
            if isinstance(target, ast.Attribute) and is_plain(thing):
                holder = line.reader.look(target.value)
                self.tape.put(holder, target.attr, thing, line.value, line.statement)

    def _bind(self, thing: object, variable: Variable, unit: str, place: str) -> None:
        called = f"{unit}.{leaf_of(place)}" if place != "." else place
        self.tape.bind(thing, variable, called, self.machine.tick, place)

    def _unit(self, frame: FrameType) -> str:
        return self.units[frame.f_code.co_firstlineno].name

    def _stand_in(self, frame: FrameType) -> Any:
        return _StandIn(frame, self.units[frame.f_code.co_firstlineno])


class _Line:
    """One line that is being executed, evaluated on the tape before it is."""

    def __init__(self, statement: Statement, reader: Reader) -> None:
        self.statement = statement
        self.reader = reader
        node = getattr(statement.node, "value", None)
        self.value: Variable | None = None
        self.calls: list[tuple[str, list[Variable | None]]] = []
        """The calls that the line makes, in the order in which Python makes them."""
        if isinstance(statement.node, ast.AugAssign):
            added = statement.node
            self.value = reader.of(ast.BinOp(loaded(added.target), added.op, added.value))
        elif isinstance(node, ast.expr):
            self.value = reader.of(node)
        for call in _calls(node) if self.value is None and node is not None else ():
            given = [reader.of(part) for part in call.args if not isinstance(part, ast.Starred)]
            self.calls.append((getattr(call.func, "attr", getattr(call.func, "id", "")), given))

    def given(self, name: str, count: int) -> list[Variable | None]:
        """What the next call of a function is given; nothing where that is not known."""
        for place, (called, given) in enumerate(self.calls):
            if (called == name or name == "__init__") and len(given) <= count:
                del self.calls[: place + 1]
                return self._padded(given, count - (name == "__init__"))
        return []

    @staticmethod
    def _padded(given: list[Variable | None], count: int) -> list[Variable | None]:
        return given + [None] * (count - len(given)) if len(given) <= count else []


class _StandIn:
    """What a reader asks of a frame, for one of Python's own."""

    def __init__(self, frame: FrameType, unit: Any) -> None:
        self.frame = frame
        self.unit = unit

    @property
    def scope(self) -> dict[str, object]:
        return _Names(self.frame)


class _Names(dict[str, object]):
    """The names of a function that runs, and behind them those of its module."""

    def __init__(self, frame: FrameType) -> None:
        super().__init__(frame.f_locals)
        self.around = frame.f_globals
        self["__builtins__"] = frame.f_globals["__builtins__"]

    def __missing__(self, name: str) -> object:
        if name in self.around:
            return self.around[name]
        builtins = self["__builtins__"]
        assert isinstance(builtins, dict)
        if name in builtins:
            return builtins[name]
        raise NameError(name)


def _lines(statements: tuple[Statement, ...]) -> dict[int, Statement]:
    """The simple statements by the line they begin on, where it is theirs alone."""
    found: dict[int, Statement] = {}
    for part in statements:
        if isinstance(
            part.node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Return | ast.Expr
        ):
            found[part.line] = part
    return found


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    """The calls in an expression, inner ones first."""
    for part in ast.iter_child_nodes(node):
        yield from _calls(part)
    if isinstance(node, ast.Call):
        yield node


def _agrees(variable: Variable, thing: object) -> bool:
    """Is it the number that was evaluated?"""
    try:
        same = bool((variable.value == thing) if not variable.shape else variable.shape)
    except (TypeError, ValueError):
        return False
    return same and getattr(thing, "shape", ()) == variable.shape
