"""An expression as it was evaluated, whose pieces can be asked for their values one by one."""

from __future__ import annotations

import ast
import copy
from collections.abc import Mapping
from functools import lru_cache
from types import ModuleType
from typing import Any

import numpy as np

from stepnet.calculus.known import Known, known_operation
from stepnet.calculus.rules.operation import dotted, operation_of, setting_values
from stepnet.calculus.tape import swap
from stepnet.explain.comprehension import element, is_plain
from stepnet.explain.draws import draws
from stepnet.explain.expression import UNKNOWN, parts_of, replaced, text_of
from stepnet.machine.frame import Names
from stepnet.source.effects import is_pure
from stepnet.source.instruction import Program
from stepnet.source.mark import expression_code
from stepnet.source.outputs import unwritten
from stepnet.source.permit import imported_modules
from stepnet.source.unwarned import tree_of

Shape = tuple[int, ...]


class Inside:
    """One expression and the names it was evaluated with.

    What the names stood for is kept when this is made, copied where the statement or a journey
    through time may write into it; a piece is evaluated when it is first asked for. A piece that
    would change something, if it were evaluated again, is UNKNOWN.
    """

    def __init__(
        self, root: ast.expr, names: Names, program: Program, *, result: object, copied: bool,
        source: str | None = None,
    ) -> None:  # fmt: skip
        self.root = root
        self.source = program.text if source is None else source
        """What the expression is written in; ``""`` for one that stands in no script."""
        self.modules = modules_of(program)
        self.names = _taken(root, names, copied)
        """What the names that it reads stood for."""
        self._values: dict[int, object] = {id(root): result} if result is not UNKNOWN else {}
        self._keep_fields(copied)
        self._known: dict[int, Known | None] = {}
        self._settled: dict[int, str] = {
            id(part): ".settled" for part in ast.walk(root) if is_plain(part, self.modules)
        }
        """Pieces that are not pure by their looks and can be asked for all the same."""
        self._drawn: set[int] = set()
        self._elements: dict[tuple[int, int], ast.expr | None] = {}

    def _keep_fields(self, copied: bool) -> None:
        """Fields of objects may be set to something else later."""
        for node in ast.walk(self.root):
            if isinstance(node, ast.Attribute) and is_pure(node, self.modules):
                try:
                    owner = eval(expression_code(copy.deepcopy(node.value)), dict(self.names))
                    value = vars(owner)[node.attr]
                except Exception:
                    continue
                if type(owner) is not ModuleType:
                    self._values[id(node)] = _copy(value, {}) if copied else value

    def draw(self, branch: ast.expr) -> None:
        """Draw what the expression drew; the generators must be as they were then.

        `branch` is the part of it that was evaluated.
        """
        for node in draws(branch, self.modules):
            if all(is_pure(part, self.modules) for part in parts_of(node)):
                self.value(node, drawing=True)
                self._settled[id(node)] = ".settled"
                self._drawn.add(id(node))

    def is_drawn(self, node: ast.expr) -> bool:
        """Is it a random draw, made once more?"""
        return id(node) in self._drawn

    def value(self, node: ast.expr, *, drawing: bool = False) -> Any:
        """What a piece was; UNKNOWN where that cannot be found out."""
        found = self._values.get(id(node), self)
        if found is self:
            found = self._values[id(node)] = self._evaluated(node, drawing)
        return found

    def _evaluated(self, node: ast.expr, drawing: bool) -> object:
        if isinstance(node, ast.Starred) or not (drawing or self._is_pure(node)):
            return UNKNOWN
        inner = [self.value(part) for part in parts_of(node)]
        if any(value is UNKNOWN for value in inner):
            return UNKNOWN
        given = {f".piece{number}": value for number, value in enumerate(inner)}
        again = unwritten(replaced(node), self.modules)
        if again is None:
            return UNKNOWN
        try:
            with np.errstate(all="ignore"):
                found: object = eval(expression_code(again), {**self.names, **given})
        except Exception:
            return UNKNOWN
        return found

    def _is_pure(self, node: ast.expr) -> bool:
        """Can it be evaluated again, as far as its value is not known yet?"""
        if not self._settled:
            return is_pure(node, self.modules)
        if id(node) in self._settled:
            return id(node) not in self._drawn
        left = swap(node, self._settled)
        return is_pure(left, self.modules) and self._draws_nothing(node)

    def _draws_nothing(self, node: ast.expr) -> bool:
        """Is what it draws among its parts, whose values are known?"""
        inner = {id(part) for whole in parts_of(node) for part in ast.walk(whole)}
        return all(id(part) in inner for part in ast.walk(node) if id(part) in self._drawn)

    def known(self, node: ast.expr) -> Known | None:
        """The operation of the rule table that a piece is, if all its operands have a value."""
        if id(node) not in self._known:
            self._known[id(node)] = self._operation(node)
        return self._known[id(node)]

    def _operation(self, node: ast.expr) -> Known | None:
        if not self._is_pure(node) and not self._copies_numbers(node):
            return None
        known = known_operation(node, self.modules)
        if known is not None and "slope" in known.settings:
            known = operation_of(node, self.modules)  # the branch that was taken says more
        if known is None:
            return None
        listed = isinstance(node, ast.Call)  # lists are not added up entry by entry
        for part in known.operands:
            if not self._is_number(part) and not (listed and is_listed(self.value(part))):
                return None
        return known

    def _copies_numbers(self, node: ast.expr) -> bool:
        """``copy.deepcopy(W)``, which runs nobody's code where W is an array."""
        if not isinstance(node, ast.Call) or len(node.args) != 1 or node.keywords:
            return False
        module, _, name = (dotted(node.func, self.modules) or "").rpartition(".")
        return module == "copy" and name in ("copy", "deepcopy") and self._is_number(node.args[0])

    def _is_number(self, node: ast.expr) -> bool:
        """Is it a number or an array of them? A product of matrices is, without computing it."""
        factors = _matrices(node)
        if factors and all(map(self._is_number, factors)):
            return True
        return is_numeric(self.value(node))

    def settings(self, known: Known) -> dict[str, object]:
        """The values of an operation's settings: axis, key, …"""
        return setting_values(known, self.names)

    def shape(self, node: ast.expr) -> Shape:
        """Of a piece's value; a product of matrices need not be computed for it."""
        factors = _matrices(node)
        if factors and id(node) not in self._values and all(map(self._is_number, factors)):
            left, right = map(self.shape, factors)
            if len(left) == len(right) == 2:
                return left[0], right[1]
        return np.shape(self.value(node))

    def text(self, node: ast.expr) -> str:
        """A piece as it is written in the script."""
        if isinstance(node, ast.Subscript) and not hasattr(node, "lineno"):
            return f"{self.text(node.value)}[{ast.unparse(node.slice)}]"
        if isinstance(node, ast.Attribute) and not hasattr(node, "lineno"):
            return f"{self.text(node.value)}.{node.attr}"
        return text_of(node, self.source)

    def element(self, node: ast.expr, place: int) -> ast.expr | None:
        """The expression of an element of a comprehension; None for what is none, or not plain."""
        if not isinstance(node, ast.ListComp | ast.GeneratorExp) or not self._is_pure(node):
            return None
        key = (id(node), place)
        if key not in self._elements:
            taken = self.value(node.generators[0].iter)
            self._elements[key] = element(node, taken, place)
        return self._elements[key]

    def supply_value(self, node: ast.expr, value: object) -> None:
        """Say what a piece was."""
        self._values[id(node)] = value

    def supply(self, node: ast.expr, known: Known) -> None:
        """Say what operation a piece is that is none of the script's own expressions."""
        numeric = all(map(self._is_number, known.operands))
        self._known[id(node)] = known if numeric else None


def _matrices(node: ast.expr) -> tuple[ast.expr, ...]:
    """The factors of a product that is written with ``@``."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        return node.left, node.right
    return ()


def is_numeric(value: object) -> bool:
    """Is it a number, or an array of numbers?"""
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype.kind in "biufc"
    return isinstance(value, bool | int | float | complex)


def is_listed(value: object) -> bool:
    """Is it a list of numbers, or of rows of them?"""
    if not isinstance(value, list | tuple) or not value:
        return False
    try:
        return is_numeric(np.asarray(value))
    except ValueError:
        return False


@lru_cache(maxsize=2)
def modules_of(program: Program) -> Mapping[str, str]:
    """Names that stand for modules in a script."""
    return imported_modules(tree_of(program.text))


def _taken(root: ast.expr, names: Names, copied: bool) -> Names:
    """The names that an expression reads; of what changes in place a copy."""
    found: Names = {"__builtins__": _look(names, "__builtins__")}
    same: dict[int, object] = {}
    for part in ast.walk(root):
        if isinstance(part, ast.Name) and part.id not in found:
            value = _look(names, part.id)
            if value is not UNKNOWN:
                found[part.id] = _copy(value, same) if copied else value
    return found


def _look(names: Names, name: str) -> object:
    try:
        return names[name]
    except (KeyError, NameError):
        return UNKNOWN


def _copy(value: object, same: dict[int, object]) -> object:
    """A copy of an array, and of the arrays in lists and dicts; the same one for an alias."""
    if id(value) in same:
        return same[id(value)]
    made = value
    if isinstance(value, np.ndarray):
        made = value.copy(order="K")
    elif type(value) is list or type(value) is tuple:
        made = type(value)(_copy(part, same) for part in value)
    elif type(value) is dict:
        made = {key: _copy(part, same) for key, part in value.items()}
    same[id(value)] = made
    return made
