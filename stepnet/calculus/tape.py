"""What was computed, operation by operation, between two moments of a run.

The machine is stepped, and every expression it evaluates is taken apart into the operations of
the rule table. A variable is one value; assigning a name again makes another variable. Which
variable an object is, is known by the object itself, so that names, parameters of functions,
entries of lists and aliases all lead to it.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

import numpy as np

from stepnet.calculus.gaps import Gap
from stepnet.calculus.known import Known, known_operation
from stepnet.calculus.rules.operation import setting_values, stored
from stepnet.source.instruction import Statement
from stepnet.source.mark import expression_code
from stepnet.source.outputs import unwritten

NUMBERS = (np.ndarray, np.generic, float, int)
LARGE = 1 << 22
"""Arrays above this many bytes are not copied: they are data that nobody writes to."""


@dataclass(eq=False)
class Variable:
    """One value that was computed, or that was there before."""

    value: Any
    kept: object
    """The object itself, held so that its identity stays its own."""
    name: str = ""
    """A name of the script that it was bound to, the first one."""
    tick: int = 0
    """When it came to be known."""

    @property
    def shape(self) -> tuple[int, ...]:
        """``()`` for a number."""
        return np.shape(self.value)


@dataclass(frozen=True, eq=False)
class Entry:
    """One operation that was executed."""

    output: Variable
    inputs: tuple[Variable, ...]
    known: Known | None
    """How it is differentiated; None for what the rule table does not hold."""
    node: ast.expr
    """The expression, its operands replaced by ``.a0``, ``.a1``, …"""
    code: CodeType
    names: Mapping[str, object]
    """Every other name that it needs."""
    settings: Mapping[str, object]
    """Values of the operation's settings: axis, key, …"""
    statement: Statement

    def again(self, values: Mapping[Variable, Any]) -> Any:
        """The result for other values of its inputs."""
        given = {
            f".a{place}": values.get(variable, variable.value)
            for place, variable in enumerate(self.inputs)
        }
        return eval(self.code, {**self.names, **given})


@dataclass(eq=False)
class Tape:
    """The operations in the order in which they were executed."""

    modules: Mapping[str, str]
    entries: list[Entry] = field(default_factory=list)
    named: dict[str, list[Variable]] = field(default_factory=dict)
    """For each name, qualified by its function, the variables it was bound to, in order.

    An item or an attribute goes by its leaf: ``W1`` for ``params["W1"]``.
    """
    bound: list[tuple[int, str, str, Variable]] = field(default_factory=list)
    """Every time that a variable came to a place: tick, function, place, variable."""
    known: dict[int, Variable] = field(default_factory=dict)
    """Variables by the identity of the object that is their value now."""
    memory: dict[int, dict[int, np.ndarray]] = field(default_factory=dict)
    """The known arrays by their identity, by the identity of what owns their memory."""
    nameless: set[Variable] = field(default_factory=set)
    """Variables that were met inside of others, and not under a name yet."""
    gaps: dict[Variable, Gap] = field(default_factory=dict)
    """Values that were computed in a way that is not followed."""
    attributes: dict[tuple[int, str], tuple[object, object, Variable]] = field(default_factory=dict)
    """Numbers by the object and the attribute that hold them, with both: many objects may hold the
    same number."""
    holders: dict[Variable, tuple[int, str]] = field(default_factory=dict)
    """Which object's attribute a variable is."""
    computed: set[Variable] = field(default_factory=set)
    """What an operation has made."""

    def variable(
        self, thing: object, tick: int, name: str = "", place: str = ""
    ) -> Variable | None:
        """The variable that an object is; a new one for a number that is met first.

        `place` is where it stands, if that is more than its name.
        """
        if isinstance(thing, bool) or not isinstance(thing, NUMBERS):
            return None
        found = self.known.get(id(thing))
        if isinstance(thing, int) and (versions := self.named.get(name)):
            found = versions[-1] if versions[-1].value is thing else None
        if found is None:
            found = Variable(_fixed(thing), thing, name, tick)
            self._know(thing, found)
            if name:
                self._name(found, name, place, tick)
        elif found in self.nameless and name:
            self.nameless.remove(found)
            found.name = name
            self._name(found, name, place, tick)
        return found

    def held(
        self, holder: object, attribute: str, thing: object, tick: int, name: str, place: str
    ) -> Variable | None:
        """The variable that an attribute of an object is: two biases that are 0 are two."""
        known = self.attributes.get((id(holder), attribute))
        if known is not None and known[1] is thing:
            return known[2]
        found: Variable | None
        if is_shared(thing):
            found = Variable(thing, thing, name, tick)
            self._name(found, name, place, tick)
        else:
            found = self.variable(thing, tick, name, place)
        if found is not None:
            self.attributes[id(holder), attribute] = (holder, thing, found)
            self.holders.setdefault(found, (id(holder), attribute))
        return found

    def put(
        self, holder: object, attribute: str, thing: object, value: Variable, statement: Statement
    ) -> None:
        """An attribute holds this variable from now on, or a copy if another one holds it."""
        slot = (id(holder), attribute)
        if value not in self.computed or self.holders.setdefault(value, slot) != slot:
            node = ast.parse("value * 1.0", mode="eval").body
            one, known = Variable(1.0, None), known_operation(node, self.modules)
            assert known is not None
            copied = self.add(node, known, known.operands, (value, one), {}, statement)
            value = copied or value
            value.name, value.tick = value.name or attribute, value.tick or statement.line
            self.holders[value] = slot
        self.attributes[slot] = (holder, thing, value)

    def met(self, thing: object, tick: int) -> Variable | None:
        """The variable that an object is, which will have a name when it is read under one."""
        new = id(thing) not in self.known
        found = self.variable(thing, tick)
        if found is not None and new:
            self.nameless.add(found)
        return found

    def changed(self, array: np.ndarray, tick: int) -> Variable:
        """An array has been written into unseen: it is another variable from now on."""
        old = self.known[id(array)]
        made = self.known[id(array)] = Variable(_fixed(array), array, old.name, tick)
        for versions in self.named.values():
            if old in versions:
                versions.append(made)
        return made

    def sharing(self, array: np.ndarray) -> list[np.ndarray]:
        """The arrays that are known and that lie in the same memory, itself among them."""
        return list(self.memory.get(_owner(array), {}).values())

    def _know(self, thing: object, variable: Variable) -> None:
        if not isinstance(thing, int):  # which is the same object wherever it is used
            self.known[id(thing)] = variable
            if isinstance(thing, np.ndarray):
                self.memory.setdefault(_owner(thing), {})[id(thing)] = thing

    def bind(
        self, thing: object, variable: Variable, name: str, tick: int, place: str = ""
    ) -> None:
        """An object is the value of this variable from now on, and has this name and place."""
        if isinstance(thing, bool) or not isinstance(thing, NUMBERS):
            return
        self._know(thing, variable)
        if variable.kept is None:
            variable.kept = thing
        if not name.startswith("."):
            variable.name = variable.name or name
            variable.tick = variable.tick or tick
            self._name(variable, name, place, tick)

    def _name(self, variable: Variable, name: str, place: str, tick: int) -> None:
        unit, _, own = name.rpartition(".")
        self.named.setdefault(name, []).append(variable)
        self.bound.append((tick, unit, place or own, variable))

    def add(
        self,
        node: ast.expr,
        known: Known | None,
        operands: tuple[ast.expr, ...],
        inputs: tuple[Variable, ...],
        names: Mapping[str, object],
        statement: Statement,
    ) -> Variable | None:
        """Write an operation down; None if it cannot be evaluated by itself."""
        written = known.copies if known is not None and known.copies else [(p,) for p in operands]
        places = enumerate(written)
        swapped = swap(node, {id(part): f".a{place}" for place, all_ in places for part in all_})
        again = unwritten(copy.deepcopy(swapped), self.modules)
        if again is None:
            return None
        code = expression_code(again)
        used = {part.id for part in ast.walk(swapped) if isinstance(part, ast.Name)}
        others = {"__builtins__": _found(names, "__builtins__")}
        given = {name: _found(names, name) for name in used if not name.startswith(".a")}
        others.update({name: _fixed(value) for name, value in given.items() if value is not None})
        output = Variable(None, None)
        settings = setting_values(known, names) if known else {}
        entry = Entry(output, inputs, known, swapped, code, others, settings, statement)
        try:
            with np.errstate(all="ignore"):  # the script itself has complained already
                output.value = entry.again({})
        except Exception:
            return None
        if not isinstance(output.value, NUMBERS):
            return None
        self.entries.append(entry)
        self.computed.add(output)
        return output

    def add_store(
        self, array: Variable, value: Variable, key: object, statement: Statement
    ) -> Variable | None:
        """Write down ``array[key] = value``: all other entries stay what they were.

        None where that cannot be done: the statement will raise.
        """
        try:
            changed = _put(array.value, key, value.value)
        except (ValueError, IndexError, TypeError):
            return None
        names = {".put": _put, ".key": key, "__builtins__": {}}
        whole, part, place = _name(".a0"), _name(".a1"), _name(".key")
        node = ast.Call(_name(".put"), [whole, place, part], [])
        known = stored(whole, place, part, self.modules)
        output = Variable(changed, None)
        code = expression_code(node)
        settings = {"key": key}
        entry = Entry(output, (array, value), known, node, code, names, settings, statement)
        self.entries.append(entry)
        self.computed.add(output)
        return output

    def after(self, variable: Variable) -> Iterator[Entry]:
        """The operations that a variable feeds, directly or not, in order."""
        fed = {variable}
        for entry in self.entries:
            if fed.intersection(entry.inputs):
                fed.add(entry.output)
                yield entry


def is_plain(thing: object) -> bool:
    """Is it a number that can be in several places at once?"""
    return type(thing) in (int, float)


def is_shared(thing: object) -> bool:
    """Is it a number that Python may keep once for all who use it?"""
    return type(thing) is int or (type(thing) is float and thing in (0.0, 1.0, -1.0))


def _owner(array: np.ndarray) -> int:
    while isinstance(array.base, np.ndarray):
        array = array.base
    return id(array)


def _put(array: Any, key: Any, stored: Any) -> Any:
    changed = np.array(array)
    changed[key] = stored
    return changed


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def swap(node: ast.expr, names: Mapping[int, str]) -> ast.expr:
    """A copy of an expression with some of its parts, told by identity, replaced by names."""
    copied = _swapped(node, names)
    assert isinstance(copied, ast.expr)
    return ast.fix_missing_locations(copied)


def _swapped(node: Any, names: Mapping[int, str]) -> Any:
    if isinstance(node, list):
        return [_swapped(part, names) for part in node]
    if not isinstance(node, ast.AST):
        return node
    name = names.get(id(node))
    if name is not None:
        return ast.copy_location(ast.Name(name, ast.Load()), node)
    made = type(node)(**{key: _swapped(value, names) for key, value in ast.iter_fields(node)})
    return ast.copy_location(made, node)


def _found(names: Mapping[str, object], name: str) -> object:
    try:
        return names[name]
    except (KeyError, NameError):
        return None


def _fixed(thing: Any) -> Any:
    """A value that stays what it is when the script writes into its array."""
    if isinstance(thing, np.ndarray) and thing.nbytes <= LARGE:
        return thing.copy()
    return thing
