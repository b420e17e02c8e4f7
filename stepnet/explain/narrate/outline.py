"""What a script says about itself before it runs: who makes a name, what for, and from what."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cached_property

from stepnet.calculus.roles import Roles
from stepnet.calculus.rules.idioms import idiom_of
from stepnet.calculus.rules.probe import alike, replaced
from stepnet.calculus.rules.rule import Operation
from stepnet.source.instruction import Program, Statement
from stepnet.source.permit import imported_modules

DEEPEST = 3
"""How many names, one behind the other, are looked through."""


class Outline:
    """The statements of a program by the names they make and read."""

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
        return imported_modules(ast.parse(self.program.text))

    @cached_property
    def makers(self) -> dict[str, tuple[Statement, ...]]:
        """The statements that assign each name, in the order of the lines."""
        found: dict[str, list[Statement]] = {}
        for statement in self.program.statements:
            if isinstance(statement.node, ast.Assign | ast.AnnAssign | ast.AugAssign):
                for name in statement.targets:
                    found.setdefault(name, []).append(statement)
        return {name: tuple(made) for name, made in found.items()}

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef]:
        """The script's own functions."""
        nodes = (statement.node for statement in self.program.statements)
        return {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}

    @cached_property
    def gradients(self) -> frozenset[str]:
        """Names that hold gradients."""
        return frozenset(name for part in self.roles.gradients for name in part.targets)

    @cached_property
    def updates(self) -> tuple[Statement, ...]:
        """The statements that change a parameter."""
        return tuple(part for part in self.program.statements if is_update(part, self.parameters))

    @cached_property
    def parameters(self) -> frozenset[str]:
        """Names that training changes, also where it adds to them what is minus a gradient."""
        known = {name for name, role in self.roles.of.items() if role == "parameter"}
        for part in self.program.statements:
            node = part.node
            if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
                known |= {name for name in part.targets if self._is_step(name, node.value)}
        return frozenset(known)

    def _is_step(self, name: str, added: ast.expr) -> bool:
        """Is what is added to a name a product with a transpose, or made of gradients?"""
        if name in self.gradients or name == self.program.loss or len(self.makers[name]) < 2:
            return False
        return self.is_gradient(added) or any(
            isinstance(part, ast.Attribute) and part.attr in ("T", "transpose")
            for part in ast.walk(added)
        )

    @cached_property
    def recursive(self) -> frozenset[str]:
        """Functions that come to call themselves."""
        calls = {
            name: set(names_in(node)) & self.functions.keys()
            for name, node in self.functions.items()
        }
        for _ in calls:
            calls = {
                name: found.union(*(calls[other] for other in found))
                for name, found in calls.items()
            }
        return frozenset(name for name, found in calls.items() if name in found)

    @cached_property
    def forward(self) -> frozenset[int]:
        """The statements that the loss is computed from, by identity."""
        found: set[int] = set()
        waiting = {self.program.loss}
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            seen.add(name)
            for part in self.makers.get(name, ()):
                if part not in self.updates and part not in self.roles.gradients:
                    found.add(id(part))
                    waiting |= set(self._named(part)) - seen
        return frozenset(found)

    def _named(self, statement: Statement) -> Iterator[str]:
        """Names that a statement reads, those in the functions it calls included."""
        for name in read_names(statement):
            yield name
            if name in self.functions:
                for inner in self.program.statements:
                    if inner.unit == name:
                        yield from (*read_names(inner), *inner.targets)

    def maker(self, name: str, before: Statement) -> Statement | None:
        """The statement that gave a name its value: the last one above, else the last of all."""
        made = [part for part in self.makers.get(name, ()) if part.unit == before.unit]
        above = [part for part in made if part.line < before.line]
        chosen = above or made
        return chosen[-1] if chosen else None

    def readers(self, name: str) -> tuple[Statement, ...]:
        """The statements that read a name."""
        return self._readers.get(name, ())

    @cached_property
    def _readers(self) -> dict[str, tuple[Statement, ...]]:
        found: dict[str, list[Statement]] = {}
        for part in self.program.statements:
            for name in read_names(part):
                found.setdefault(name, []).append(part)
        return {name: tuple(parts) for name, parts in found.items()}

    def is_parameter(self, node: ast.expr) -> bool:
        """Is an expression a parameter, or one that is turned?"""
        if isinstance(node, ast.Attribute) and node.attr == "T":
            return self.is_parameter(node.value)
        return base_name(node) in self.parameters

    def is_gradient(self, node: ast.expr) -> bool:
        """Does an expression speak of a gradient?"""
        return any(name in self.gradients for name in names_in(node))

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
            from stepnet.calculus.rules.operation import operation_of

            return operation_of(node, self.modules)
        return None

    def _defined(self, node: ast.expr) -> dict[str, ast.expr]:
        """What names stand for that an expression is looked through: a softmax in two lines."""
        called = {getattr(p, "attr", getattr(p, "id", "")) for p in ast.walk(node)}
        if not called & {"sum", "mean", "log"}:
            return {}
        return {
            name: value
            for name in names_in(node)
            for made in self.makers.get(name, ())
            if len(self.makers[name]) == 1 and isinstance(made.node, ast.Assign)
            for value in [made.node.value]
            if self.roles.of.get(name) != "data"
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


def returned(function: ast.FunctionDef, call: ast.Call) -> ast.expr | None:
    """What a function returns, its own names written out; None where that is not one expression.

    Of ``def f(x, deriv=False)`` that returns one of two things, a call says which.
    """
    made: dict[str, ast.expr] = {}
    asked = len(call.args) > 1 or bool(call.keywords)
    for node in function.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                made[name] = replaced(value, _names(made))
            case ast.If(body=[ast.Return(value=value)]) if asked and value is not None:
                return replaced(value, _names(made))
            case ast.Return(value=value) if value is not None:
                return replaced(value, _names(made))
            case ast.If(body=[ast.Return()]) | ast.Expr(value=ast.Constant()):
                continue
            case _:
                return None
    return None


def _names(made: Mapping[str, ast.expr]) -> list[tuple[ast.expr, ast.expr]]:
    return [(ast.Name(name, ast.Load()), value) for name, value in made.items()]


def is_update(statement: Statement, parameters: frozenset[str]) -> bool:
    """Does a statement change a parameter: ``W -= …`` or ``W = W - …``?"""
    name = statement.targets[0] if statement.targets else ""
    if name not in parameters:
        return False
    node = statement.node
    if isinstance(node, ast.AugAssign):
        return isinstance(node.op, ast.Add | ast.Sub)
    return isinstance(node, ast.Assign) and name in names_in(node.value)


def read_names(statement: Statement) -> frozenset[str]:
    """The names that a statement reads; of a compound statement those of its head."""
    node = statement.node
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return frozenset()
    parts: list[ast.AST] = [node]
    if isinstance(node, ast.For):
        parts = [node.iter]
    elif isinstance(node, ast.While | ast.If):
        parts = [node.test]
    elif isinstance(node, ast.With):
        parts = [item.context_expr for item in node.items]
    names = {name for part in parts for name in names_in(part)}
    if isinstance(node, ast.AugAssign):
        names |= set(names_in(node.target, stored=True))
    return frozenset(names)


def names_in(node: ast.AST, *, stored: bool = False) -> Iterator[str]:
    """The names that an expression reads."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and (stored or isinstance(part.ctx, ast.Load)):
            yield part.id


def base_name(node: ast.expr) -> str:
    """``W1`` for ``W1``, ``layers[0]`` told as ``layers``; ``""`` for what has no name."""
    if isinstance(node, ast.Subscript):
        return base_name(node.value)
    return node.id if isinstance(node, ast.Name) else ""


def factors(node: ast.expr) -> list[ast.expr]:
    """The factors of a product, however it is bracketed."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return [*factors(node.left), *factors(node.right)]
    return [node]


def is_one_minus(node: ast.expr) -> ast.expr | None:
    """``a`` for ``1 - a``."""
    match node:
        case ast.BinOp(left=ast.Constant(value=1 | 1.0), op=ast.Sub(), right=right):
            return right
    return None


def squared(node: ast.expr) -> ast.expr | None:
    """``a`` for ``a ** 2``, ``a * a`` and ``np.square(a)``."""
    match node:
        case ast.BinOp(left=base, op=ast.Pow(), right=ast.Constant(value=2 | 2.0)):
            return base
        case ast.BinOp(left=left, op=ast.Mult(), right=right) if alike(left, right):
            return left
        case ast.Call(func=ast.Attribute(attr="square"), args=[base]):
            return base
    return None


def depends(outline: Outline, name: str, seen: frozenset[str] = frozenset()) -> bool:
    """Is a value computed from parameters?"""
    if name in outline.parameters:
        return True
    if name in seen:
        return False
    made = outline.makers.get(name, ())
    return any(
        depends(outline, part.id, seen | {name})
        for statement in made
        for part in ast.walk(statement.node)
        if isinstance(part, ast.Name) and part.id != name
    )
