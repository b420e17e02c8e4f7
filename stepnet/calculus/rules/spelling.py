"""The ways an operation can be written, read from the declarations in the table.

``np.clip(x, a_min=low, a_max=high)`` declares a function: `x` is an operand of the rule, the
setting `low` is NumPy's second parameter and called ``a_min`` there; ``sum(x, axis=0)`` presets
the axis. ``x.sum(axis)`` declares a method, ``x.T`` an attribute, ``a @ b`` an operator,
``*shape`` several arguments or one tuple, ``[*part]`` a list of operands, ``...`` anything.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stepnet.calculus.rules.rule import Rule

SHORT = {"np": "numpy", "math": "math", "copy": "copy"}
"""What the declarations call the modules."""


@dataclass(frozen=True, eq=False)
class Bound:
    """The arguments of a call, sorted."""

    operands: tuple[ast.expr, ...]
    settings: dict[str, ast.expr]


@dataclass(frozen=True, eq=False)
class Parameter:
    """One parameter of a declaration."""

    name: str
    """What the rule calls it."""
    keyword: str
    """What NumPy calls it."""
    kind: str = ""
    """``*``: all that follow, or one tuple; ``[]``: a list of operands; ``...``: anything."""


@dataclass(frozen=True, eq=False)
class Spelling:
    """One way of writing an operation."""

    rule: Rule
    key: str
    """``numpy.sum``, ``.sum`` for a method, ``.T`` for an attribute, ``MatMult``, ``[]``."""
    parameters: tuple[Parameter, ...]
    presets: Mapping[str, ast.expr]

    def bind(self, arguments: Sequence[ast.expr], keywords: Sequence[ast.keyword]) -> Bound | None:
        """Sort the arguments of a call into operands and settings, if they fit."""
        given: dict[str, ast.expr] = {}
        parts: dict[str, list[ast.expr]] = {}
        left = list(arguments)
        for parameter in self.parameters:
            if parameter.kind == "...":
                return Bound((), {})
            if not left:
                break
            if parameter.kind == "*":
                many = len(left) > 1 or self._is_operand(parameter.name)
                parts[parameter.name] = left
                given[parameter.name] = ast.Tuple(left, ast.Load()) if many else left[0]
                left = []
            else:
                given[parameter.name] = left.pop(0)
        by_keyword = {parameter.keyword: parameter.name for parameter in self.parameters}
        for keyword in keywords:
            name = by_keyword.get(keyword.arg or "")
            if name is None or name in given:
                return None
            given[name] = keyword.value
        if left or any(isinstance(node, ast.Starred) for node in given.values()):
            return None
        return self._sorted(given, parts)

    def _sorted(self, given: dict[str, ast.expr], parts: dict[str, list[ast.expr]]) -> Bound | None:
        operands: list[ast.expr] = []
        for parameter in self.parameters:
            if self._is_operand(parameter.name):
                node = given.pop(parameter.name, None)
                if parameter.kind:
                    found = parts.get(parameter.name, _elements(node))
                    if not found or any(isinstance(part, ast.Starred) for part in found):
                        return None
                    operands += found
                elif node is None:
                    return None
                else:
                    operands.append(node)
        none = self.rule.variadic  # joining along no axis is not the same as along the first
        settings = {name: node for name, node in given.items() if none or not _is_none(node)}
        return Bound(tuple(operands), {**self.presets, **settings})

    def _is_operand(self, name: str) -> bool:
        stem = name.rstrip("0123456789") if self.rule.variadic else name
        return stem in self.rule.operands


def spellings(rules: Sequence[Rule]) -> dict[str, list[Spelling]]:
    """Every spelling of every rule, by how it is looked up."""
    found: dict[str, list[Spelling]] = {}
    for rule in rules:
        for text in rule.spelled:
            spelling = _declared(rule, text)
            found.setdefault(spelling.key, []).append(spelling)
    return found


def _declared(rule: Rule, text: str) -> Spelling:
    node = ast.parse(text, mode="eval").body
    presets: dict[str, ast.expr] = {}
    match node:
        case ast.BinOp(left, operator, right):
            return Spelling(rule, type(operator).__name__, _plain(left, right), {})
        case ast.UnaryOp(operator, operand):
            return Spelling(rule, type(operator).__name__, _plain(operand), {})
        case ast.Compare(left, [comparison], [right]):
            return Spelling(rule, type(comparison).__name__, _plain(left, right), {})
        case ast.Subscript(value, ast.Tuple(elts=[part])):
            return Spelling(rule, f"{_dotted(value)}[]", (_parameter(part, ""),), {})
        case ast.Subscript(value, key):
            return Spelling(rule, "[]", _plain(value, key), {})
        case ast.Attribute(value, name):
            return Spelling(rule, f".{name}", _plain(value), {})
        case ast.Call(function, arguments, keywords):
            named = [(keyword.value, keyword.arg or "") for keyword in keywords]
            declared = [(argument, "") for argument in arguments] + named
            parameters = []
            for argument, name in declared:
                if name and isinstance(argument, ast.Constant):
                    presets[name] = argument
                else:
                    parameters.append(_parameter(argument, name))
            called = _dotted(function)
            if called == "" and isinstance(function, ast.Attribute):
                parameters.insert(0, _parameter(function.value, ""))
                called = f".{function.attr}()"
            return Spelling(rule, called, tuple(parameters), presets)
    raise ValueError(f"no declaration: {text}")


def _plain(*nodes: ast.expr) -> tuple[Parameter, ...]:
    return tuple(_parameter(node, "") for node in nodes)


def _parameter(node: ast.expr, keyword: str) -> Parameter:
    match node:
        case ast.Name(name):
            return Parameter(name, keyword or name)
        case ast.Starred(ast.Name(name)):
            return Parameter(name, keyword or name, "*")
        case ast.List([ast.Starred(ast.Name(name))]):
            return Parameter(name, keyword or name, "[]")
        case ast.Constant(value) if value is Ellipsis:
            return Parameter("", "", "...")
    raise ValueError(f"no parameter: {ast.unparse(node)}")


def _dotted(function: ast.expr) -> str:
    """``numpy.linalg.norm`` for ``np.linalg.norm``, ``abs`` for ``abs``, ``""`` for a method."""
    if isinstance(function, ast.Name):
        return SHORT.get(function.id, function.id)
    if isinstance(function, ast.Attribute):
        base = _dotted(function.value)
        return f"{base}.{function.attr}" if base.partition(".")[0] in SHORT.values() else ""
    return ""


def _elements(node: ast.expr | None) -> list[ast.expr]:
    return list(node.elts) if isinstance(node, ast.List | ast.Tuple) else []


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
