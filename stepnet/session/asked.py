"""Reading which entry a person asks about: ``W1[0,2]``, ``params["W1"][0,2]``, ``loss``."""

from __future__ import annotations

import ast
import difflib
from typing import TYPE_CHECKING, Any

import numpy as np

from stepnet.explain.inside import is_numeric
from stepnet.explain.shapes import written
from stepnet.explain.subject import Field, Index, Subject, bracketed
from stepnet.machine.checkpoint import stack
from stepnet.machine.event import latest
from stepnet.machine.frame import Frame, is_hidden
from stepnet.session.address import current_address
from stepnet.session.errors import CommandError
from stepnet.source.instruction import Return

if TYPE_CHECKING:
    from stepnet.session.session import Session

FORM = "Name one entry: W1[0,2], params['W1'][0,2], or loss alone for a number."


def asked(session: Session, text: str) -> tuple[Subject, int]:
    """The entry that a text names now, and how many calls deep its name is found.

    Raises CommandError with a caret where there is no such name, item or entry.
    """
    text = text.strip()
    try:
        node = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        column = min(max(0, (error.offset or 1) - 1), len(text))
        raise CommandError(f"{text!r} names no entry", text, column, FORM) from None
    steps: list[ast.Subscript | ast.Attribute] = []
    while isinstance(node, ast.Subscript | ast.Attribute):
        steps.insert(0, node)
        node = node.value
    if not isinstance(node, ast.Name):
        raise CommandError(f"{text!r} names no entry", text, 0, FORM)
    name, frame = _owner(session, node.id, text)
    return _Reader(text, name, frame).subject(steps), frame.depth


def _owner(session: Session, name: str, text: str) -> tuple[str, Frame]:
    """The frame that a name is found in, and the name there."""
    machine = session.machine
    event = latest(machine)
    if name == "returned" and event is not None and isinstance(event.instruction, Return):
        return event.frame.result, machine.frame
    frames = list(stack(machine.frame))
    for frame in (frames[0], frames[-1], *frames):
        if name in frame.names and not is_hidden(name):
            return name, frame
    assigns = [part for part in session.program.statements if name in part.targets]
    if assigns:
        message = f"{name} is not assigned yet at {current_address(machine)}"
        advice = f"{assigns[0].at.capitalize()} assigns it; go to an address after it."
        raise CommandError(message, text, 0, advice)
    known = [known for frame in frames for known in frame.names if not is_hidden(known)]
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    advice = f"Did you mean {near[0]}?" if near else ""
    raise CommandError(f"no name {name!r}", text, 0, advice)


class _Reader:
    """Follows what is written behind a name."""

    def __init__(self, text: str, name: str, frame: Frame) -> None:
        self.text = text
        self.frame = frame
        self.name = name
        self.value: Any = frame.names[name]
        self.path: list[object] = []
        self.index: list[int] = []
        self.parts: list[ast.expr] = []
        """Where each of the index is written."""

    def subject(self, steps: list[ast.Subscript | ast.Attribute]) -> Subject:
        for step in steps:
            if isinstance(step, ast.Attribute):
                self._field(step)
            elif isinstance(self.value, np.ndarray):
                key = step.slice
                for part in key.elts if isinstance(key, ast.Tuple) else [key]:
                    self.index.append(self._whole(part))
                    self.parts.append(part)
            else:
                self._item(step.slice)
        return Subject(self.name, tuple(self.path), self._entry())

    def _field(self, step: ast.Attribute) -> None:
        fields = getattr(self.value, "__dict__", {})
        if self.index or step.attr not in fields:
            here = f"{self.told}{bracketed(tuple(self.index))}"
            advice = f"It has {', '.join(fields)}." if fields and not self.index else FORM
            raise self._error(f"{here} has no field {step.attr!r}", step, advice)
        self.value = fields[step.attr]
        self.path.append(Field(step.attr))

    @property
    def told(self) -> str:
        """The array as it is written so far."""
        shown = "returned" if self.name.startswith(".") else self.name
        return Subject(shown, tuple(self.path)).container

    def _item(self, step: ast.expr) -> None:
        if not isinstance(self.value, dict | list | tuple):
            raise self._error(f"{self.told} is {_kind(self.value)}, which has no entries", step)
        if isinstance(step, ast.Slice):
            raise self._error("a slice is many items", step, FORM)
        key = self._look(step)
        if isinstance(self.value, list | tuple) and isinstance(key, int) and key < 0:
            key += len(self.value)
        try:
            self.value = self.value[key]
        except (LookupError, TypeError):
            count = f"it has {len(self.value)}" if not isinstance(self.value, dict) else ""
            keys = ", ".join(map(repr, self.value)) if isinstance(self.value, dict) else count
            raise self._error(f"{self.told} has no item {key!r}", step, keys) from None
        self.path.append(key)

    def _whole(self, part: ast.expr) -> int:
        if isinstance(part, ast.Slice):
            raise self._error("a slice is many entries", part, FORM)
        value = self._look(part)
        if isinstance(value, bool) or not isinstance(value, int | np.integer):
            raise self._error(f"{ast.unparse(part)} is no whole number", part, FORM)
        return int(value)

    def _look(self, node: ast.expr) -> Any:
        """A key: a literal, or a name of the script."""
        if isinstance(node, ast.Name):
            try:
                return self.frame.scope[node.id]
            except (LookupError, NameError):
                raise self._error(f"no name {node.id!r}", node) from None
        try:
            return ast.literal_eval(node)
        except ValueError:
            raise self._error(f"{ast.unparse(node)} is no index", node, FORM) from None

    def _entry(self) -> Index:
        if not is_numeric(self.value):
            raise CommandError(
                f"{self.told} is {_kind(self.value)}, not an array of numbers",
                self.text, 0, _inside(self.value, self.told),
            )  # fmt: skip
        shape = np.shape(self.value)
        if len(self.index) > len(shape):
            axes = "axis" if len(shape) == 1 else "axes"
            message = (
                f"{self.told} has {len(shape)} {axes}, and {len(self.index)} indices are given"
            )
            raise self._error(message, self.parts[0])
        if not self.index and np.size(self.value) == 1:
            return (0,) * len(shape)
        if len(self.index) < len(shape):
            what = f"{self.told}{bracketed(tuple(self.index))}"
            part = written(shape[len(self.index) :])
            rest = (*self.index, *(0,) * (len(shape) - len(self.index)))
            advice = f"Name one of its entries: {self.told}{bracketed(rest)}"
            message = f"{what} is an array of shape {part}"
            raise CommandError(message, self.text, len(self.text), advice)
        return self._in_range(shape)

    def _in_range(self, shape: Index) -> Index:
        found = []
        for axis, (at, length) in enumerate(zip(self.index, shape, strict=True)):
            if not -length <= at < length:
                message = f"index {at} is out of range: axis {axis} of {self.told} has {length}"
                entries = "entry" if length == 1 else "entries"
                raise self._error(f"{message} {entries}", self.parts[axis])
            found.append(at % length)
        return tuple(found)

    def _error(self, message: str, node: ast.expr, advice: str = "") -> CommandError:
        prefix = self.text.encode()[: node.col_offset].decode(errors="replace")
        return CommandError(message, self.text, len(prefix), advice)


def _kind(value: object) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype.name}"
    if callable(value):
        return "a function"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeio' else 'a'} {name}"


def _inside(value: object, told: str) -> str:
    if isinstance(value, dict) and value:
        return "Name an item: " + ", ".join(f"{told}[{key!r}]" for key in list(value)[:6])
    if isinstance(value, list | tuple) and value:
        return f"Name an item: {told}[0]"
    return ""
