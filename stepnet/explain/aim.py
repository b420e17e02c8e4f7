"""What a statement computed for one entry: the expression, and the entry of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from types import MethodType
from typing import Any

import numpy as np

from stepnet.explain.expression import UNKNOWN
from stepnet.explain.subject import Field, Gone, Index, Subject, same_place, way
from stepnet.machine.contents import IMMUTABLE
from stepnet.machine.cursor import Along, Counted, Indexed, Together
from stepnet.machine.event import Event
from stepnet.machine.frame import Frame
from stepnet.machine.machine import Machine
from stepnet.source.effects import loaded
from stepnet.source.instruction import Begin, Call, Next, Return, Run
from stepnet.source.mark import expression_code


@dataclass(frozen=True, eq=False)
class Stored:
    """``array[key] = value``."""

    array: ast.expr
    key: ast.expr
    value: ast.expr


@dataclass(frozen=True, eq=False)
class Aim:
    """The expression that made an entry, before it is evaluated."""

    node: ast.expr | None
    index: Index
    frame: Frame
    before: bool = False
    """It has to be evaluated as things stood before the instruction."""
    is_whole: bool = False
    """Its value is the array that is there now."""
    result: object = UNKNOWN
    """Its value, where that is another array that is there now."""
    stores: Stored | None = None
    note: str = ""


def frame_of(machine: Machine, event: Event, depth: int) -> Frame:
    """The frame that is so many calls deep, one that has just been left included.

    Raises Gone where there is none.
    """
    for frame in (machine.frame, event.frame):
        at: Frame | None = frame
        while at is not None:
            if at.depth == depth:
                return at
            at = at.caller
    raise Gone(f"frame {depth}")


class Search:
    """What is known of one instruction that wrote an entry."""

    def __init__(
        self, machine: Machine, event: Event, subject: Subject, depth: int, value: Any
    ) -> None:
        self.machine = machine
        self.event = event
        self.subject = subject
        self.home = frame_of(machine, event, depth)
        self.value = value

    def aim(self) -> Aim | None:
        """The expression; None where the instruction changed the entry in another way."""
        instruction, frame = self.event.instruction, self.event.frame
        index = self.subject.index
        match instruction:
            case Return(value=node) if node is not None:
                return self._aimed(node, self.subject.path, frame, is_whole=True)
            case Call(value=ast.Call() as call) if self.home is not frame:
                node = self._argument(call)
                if node is None:
                    return Aim(None, index, frame, note="it is the default of the parameter")
                return self._aimed(node, self.subject.path, frame, is_whole=True)
            case Begin() | Next():
                return self._looped(frame)
            case Run(value=value):
                return self._statement(value)
        return None

    def _looped(self, frame: Frame) -> Aim:
        """An element of what a loop runs over; its own entry, where that has a name."""
        told = f"taken by {self.event.statement.text.rstrip(':')}"
        nothing = Aim(None, self.subject.index, frame, note=told)
        node, slot = self.event.statement.node, getattr(self.event.instruction, "slot", None)
        if not isinstance(node, ast.For) or slot not in frame.loops:
            return nothing
        for target, taken, position in _pairs(node.target, node.iter, frame.loops[slot]):
            own = isinstance(target, ast.Name) and self._is_own(target.id)
            if not own or not isinstance(position, Along | Indexed):
                continue
            element = self._element(taken, position)
            if element is not None:
                return self._aimed(element, self.subject.path, frame, is_whole=True)
        return nothing

    def _element(self, taken: ast.expr, position: Along | Indexed) -> ast.expr | None:
        """The element that was taken, by the name of the sequence or list that it stands in."""
        if self._look(taken) is position.sequence:
            return ast.Subscript(taken, ast.Constant(position.at - 1), ast.Load())
        element = position.sequence[position.at - 1]
        if isinstance(element, IMMUTABLE):
            return None
        for part in ast.walk(taken):
            listed = self._look(part) if isinstance(part, ast.Name) else None
            if not isinstance(part, ast.Name) or not isinstance(listed, list | tuple):
                continue
            for place, other in enumerate(listed):
                if other is element:
                    return ast.Subscript(part, ast.Constant(place), ast.Load())
        return None

    def _argument(self, call: ast.Call) -> ast.expr | None:
        """The expression in the caller that became the parameter."""
        name = self.subject.name
        for keyword in call.keywords:
            if keyword.arg == name:
                return keyword.value
        statement = self.home.unit.statement
        node = statement.node if statement else None
        names: list[str] = list(self.home.unit.parameters or ())
        if not names and isinstance(node, ast.FunctionDef):
            names = [part.arg for part in (*node.args.posonlyargs, *node.args.args)]
        given = [*self._receiver(call), *call.args]
        place = names.index(name) if name in names else len(given)
        starred = any(isinstance(part, ast.Starred) for part in given[: place + 1])
        return given[place] if place < len(given) and not starred else None

    def _receiver(self, call: ast.Call) -> list[ast.expr]:
        """What stands before the dot of a method's call; the new object of a class has no name."""
        called = self._look(call.func)
        if isinstance(called, type):
            return [ast.Starred(call.func, ast.Load())]
        is_method = isinstance(called, MethodType) and isinstance(call.func, ast.Attribute)
        return [call.func.value] if is_method and isinstance(call.func, ast.Attribute) else []

    def _statement(self, value: ast.expr | None) -> Aim | None:
        node = self.event.statement.node
        if isinstance(node, ast.AugAssign) and value is not None:
            return self._augmented(node, value)
        if isinstance(node, ast.Assign) and value is not None:
            aims = [self._target(target, value, ()) for target in node.targets]
            return next((found for found in aims if found is not None), None)
        if isinstance(node, ast.AnnAssign) and value is not None:
            return self._target(node.target, value, ())
        if isinstance(value, ast.Call):
            return self._called(value)
        return None

    def _augmented(self, node: ast.AugAssign, value: ast.expr) -> Aim | None:
        read = loaded(node.target)
        made = ast.copy_location(ast.BinOp(read, node.op, value), node)
        if isinstance(node.target, ast.Name):
            thing = self._look(read)
            if self._is_own(node.target.id):
                index: Index | None = self.subject.index
            else:
                index = same_place(thing, self.value, self.subject.index)
            if index is None:
                return None
            whole = thing is self.value
            return Aim(made, index, self.event.frame, before=True, is_whole=whole)
        if isinstance(node.target, ast.Attribute):
            found = self._field(node.target, made)
            index = same_place(self._look(read), self.value, self.subject.index)
            if found is not None or index is None:
                return found
            return Aim(made, index, self.event.frame, before=True)
        return self._item(node.target, made)

    def _target(self, target: ast.expr, value: ast.expr, path: tuple[object, ...]) -> Aim | None:
        """What an assignment to this target did, `path` leading to the value's part."""
        match target:
            case ast.Name(id=name) if self._is_own(name):
                return self._aimed(value, path + self.subject.path, self.event.frame, is_whole=True)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                for number, part in enumerate(parts):
                    if isinstance(part, ast.Starred):
                        break
                    found = self._target(part, value, (*path, number))
                    if found is not None:
                        return found
            case ast.Subscript() as item:
                made = part_of(value, path)
                return self._item(item, made) if made is not None else None
            case ast.Attribute() as field:
                made = part_of(value, path)
                return self._field(field, made) if made is not None else None
        return None

    def _field(self, target: ast.Attribute, made: ast.expr) -> Aim | None:
        """``owner.field = made``."""
        owner = getattr(self._look(loaded(target.value)), "__dict__", None)
        return self._kept(owner, target.attr, made)

    def _kept(self, container: object, key: object, made: ast.expr) -> Aim | None:
        """What was stored under a key, if that is on the way to the entry."""
        try:
            found = way(self.subject, self.home.names)
        except Gone:
            return None
        for level, thing in enumerate(found.containers):
            if thing is container and key == found.keys[level]:
                rest = self.subject.path[level + 1 :]
                before = isinstance(self.event.statement.node, ast.AugAssign)
                return self._aimed(made, rest, self.event.frame, is_whole=True, before=before)
        return None

    def _item(self, target: ast.Subscript, made: ast.expr) -> Aim | None:
        """``container[key] = made``."""
        container, frame = self._look(loaded(target.value)), self.event.frame
        key = self._look(target.slice, is_key=True)
        if not isinstance(container, np.ndarray):
            return self._kept(container, key, made)
        index = same_place(container, self.value, self.subject.index)
        if index is None or not _holds(container, key, index):
            return None
        root = ast.copy_location(ast.Subscript(target.value, target.slice, ast.Load()), target)
        node = ast.Tuple([root, made], ast.Load())
        store = Stored(loaded(target.value), target.slice, made)
        return Aim(node, index, frame, before=True, result=container.copy(), stores=store)

    def _called(self, call: ast.Call) -> Aim | None:
        """``np.add(a, b, out=c)``; ``losses.append(x)``."""
        appends = isinstance(call.func, ast.Attribute) and call.func.attr == "append"
        if appends and isinstance(call.func, ast.Attribute) and len(call.args) == 1:
            return self._appended(call.func.value, call.args[0])
        for keyword in call.keywords:
            if keyword.arg == "out" and self._look(keyword.value) is self.value:
                index = self.subject.index
                return Aim(call, index, self.event.frame, before=True, is_whole=True)
        return None

    def _appended(self, listed: ast.expr, made: ast.expr) -> Aim | None:
        grown = self._look(listed)
        for level, thing in enumerate(way(self.subject, self.home.names).containers):
            if thing is grown:
                rest = self.subject.path[level + 1 :]
                return self._aimed(made, rest, self.event.frame, is_whole=True)
        return None

    def _aimed(
        self,
        value: ast.expr,
        path: tuple[object, ...],
        frame: Frame,
        *,
        is_whole: bool = False,
        before: bool = False,
    ) -> Aim:
        index = self.subject.index
        node = part_of(value, path)
        if node is None:
            told = f"part {', '.join(map(repr, path))} of {ast.unparse(value)}"
            return Aim(None, index, frame, note=told)
        return Aim(node, index, frame, before=before or self._reads_own(node), is_whole=is_whole)

    def _reads_own(self, node: ast.expr) -> bool:
        """Does the instruction change what the expression reads?"""
        effects = self.event.instruction.effects
        if effects.wholesale or any(not touch.grows for touch in effects.touches):
            return True
        read = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        return bool(read & set(effects.binds))

    def _is_own(self, name: str) -> bool:
        return name == self.subject.name and self.event.frame is self.home

    def _look(self, node: ast.expr, *, is_key: bool = False) -> Any:
        if is_key:
            node = ast.Subscript(ast.Name(".key", ast.Load()), node, ast.Load())
        try:
            return eval(expression_code(node), self.event.frame.scope)
        except Exception:
            return UNKNOWN


def _holds(array: np.ndarray, key: Any, index: Index) -> bool:
    """Is an entry among those that are stored?"""
    stored = np.zeros(array.shape, dtype=bool)
    try:
        stored[key] = True
    except (IndexError, TypeError):
        return False
    return bool(stored[index])


def _pairs(
    target: ast.expr, taken: ast.expr, position: object
) -> Iterator[tuple[ast.expr, ast.expr, object]]:
    """Each target of a loop with what it runs over and where it stands there."""
    yield target, taken, position
    if not isinstance(target, ast.Tuple | ast.List) or not isinstance(taken, ast.Call):
        return
    if isinstance(position, Together) and len(position.inner) == len(taken.args):
        for part, over, at in zip(target.elts, taken.args, position.inner, strict=False):
            yield from _pairs(part, over, at)
    if isinstance(position, Counted) and len(target.elts) == 2 and taken.args:
        yield from _pairs(target.elts[1], taken.args[0], position.inner)


def part_of(value: ast.expr, path: tuple[object, ...]) -> ast.expr | None:
    """The expression of an item of what an expression makes; None if it is not written there."""
    for number, key in enumerate(path):
        match value:
            case ast.Tuple(elts=parts) | ast.List(elts=parts) if isinstance(key, int):
                if any(isinstance(part, ast.Starred) for part in parts) or key >= len(parts):
                    return None
                value = parts[key]
            case ast.Dict(keys=keys, values=values):
                found = [
                    made
                    for name, made in zip(keys, values, strict=True)
                    if isinstance(name, ast.Constant) and name.value == key
                ]
                if not found:
                    return None
                value = found[-1]
            case ast.Call(func=ast.Name(id="dict"), args=[], keywords=given):
                named = [part.value for part in given if part.arg == key]
                if not named:
                    return None
                value = named[0]
            case ast.Name() | ast.Subscript() | ast.Attribute():
                for rest in path[number:]:
                    value = _reading(value, rest)
                return value
            case _:
                return None
    return value


def _reading(value: ast.expr, step: object) -> ast.expr:
    if isinstance(step, Field):
        return ast.Attribute(value, step.name, ast.Load())
    return ast.Subscript(value, ast.Constant(step), ast.Load())  # type: ignore[arg-type]  # a key that was read
