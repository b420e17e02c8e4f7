"""One unit while it is being lowered: what every statement and expression of it needs to know."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import CodeType

from stepnet.source.bounded import bounded
from stepnet.source.builder import Builder, Label
from stepnet.source.calls import Callables, Comprehension
from stepnet.source.effects import changes
from stepnet.source.guard import guarded
from stepnet.source.instruction import TEMPORARY, Effects, Statement, Unit
from stepnet.source.kept import with_ours
from stepnet.source.mark import expression_code, run_code
from stepnet.source.members import Members
from stepnet.source.scope import Scope
from stepnet.source.twin import with_twins

Place = tuple[int, int]
"""Line and column of a statement: what tells it apart in every copy of the tree."""


@dataclass(eq=False)
class Context:
    """What is known of the whole script."""

    tree: ast.Module
    calls: Callables
    statements: dict[Place, Statement]
    levels: dict[Place, int]
    """The loops that count as iterations, outermost 0."""
    unstable: frozenset[str]
    """Names that some function may rebind from inside."""
    module_names: frozenset[str]
    """Names that the module binds."""
    own: Members = field(default_factory=Members)
    """The attributes of the script's own making."""
    units: dict[int, Unit] = field(default_factory=dict)
    comprehensions: dict[str, Unit] = field(default_factory=dict)
    counted: frozenset[int] = frozenset()
    """The marks of plain methods."""
    plain: frozenset[str] = frozenset()
    """Functions that can run natively and still count their ticks."""
    straight: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Those of them that always run the same statements, with how addresses name these."""
    certain: bool = False
    """Where statements are fused, only functions may be called that are known to be plain."""
    apart: frozenset[Place] = frozenset()
    """Statements after which somebody wants to look, so that no fused piece goes on behind them."""


@dataclass(eq=False)
class Block:
    """A list of statements and where each begins and ends among the drafts."""

    is_looped: bool
    """It stands in a loop that counts iterations."""
    is_inner: bool
    """It stands in the innermost of them."""
    nodes: list[ast.stmt] = field(default_factory=list)
    """Copies, as they were before lowering; none where the block is not in a loop."""
    spans: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Loop:
    """A loop around the statement that is being lowered."""

    again: Label
    end: Label
    slot: int | None
    level: int | None


@dataclass(eq=False)
class Guard:
    """A ``try`` or ``with`` around the statement that is being lowered."""

    caught: Label
    """Where errors go."""
    name: str
    """The temporary that holds a caught error."""
    leave: Callable[[], None] | None
    """Writes out what has to run when the block is left without an error."""
    loops: int = 0
    """How many loops of the unit stand around it."""
    begin: int = 0
    """Where its range of instructions begins."""
    level: int | None = None
    """How many counted loops of the unit stand around it, if any."""


@dataclass(eq=False)
class Lowering:
    """One unit while it is being lowered."""

    context: Context
    scope: Scope | None
    """None for the module."""
    name: str
    statement: Statement
    """The statement that is being lowered."""
    builder: Builder = field(default_factory=Builder)
    pending: list[ast.stmt] = field(default_factory=list)
    """Operands to be evaluated before the next instruction."""
    loops: list[Loop] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    guards: list[Guard] = field(default_factory=list)
    handling: list[str] = field(default_factory=list)
    """Temporaries of the errors that the handlers around have caught."""
    passed: list[Label] = field(default_factory=list)
    """Where to go on when a context has dealt with an error."""

    def block(self) -> Block:
        """A block at this place."""
        levels = [loop.level for loop in self.loops if loop.level is not None]
        caught = any(guard.leave is None for guard in self.guards)
        return Block(bool(levels) and not caught, len(self.context.levels) - 1 in levels)

    def flushed(self) -> list[ast.stmt]:
        """The pending operands, which are pending no more."""
        nodes, self.pending = self.pending, []
        return nodes

    def effects(self, nodes: Sequence[ast.stmt | ast.expr], binds: tuple[str, ...] = ()) -> Effects:
        """What running these nodes changes, names in `binds` bound besides."""
        calls = self.context.calls
        found = changes(seen_through(nodes), calls.modules, calls)
        for name in binds:
            found.bind(name)
        return found.compiled()

    def value_code(self, node: ast.expr) -> CodeType:
        """Code that evaluates an expression; functions that it makes announce their changes."""
        twin = with_twins(with_ours(node), self.context.calls, self.context.counted)
        assert isinstance(twin, ast.expr)
        twin = guarded(twin, self.context.own)
        return expression_code(bounded(twin))

    def code(self, *nodes: ast.stmt) -> CodeType:
        """The same of statements."""
        calls, counted, own = self.context.calls, self.context.counted, self.context.own
        twins = [guarded(with_twins(with_ours(node), calls, counted), own) for node in nodes]
        return run_code(*twins)  # type: ignore[arg-type]  # statements stay statements

    def is_stable(self, node: ast.expr) -> bool:
        """Is its value the same after a call of the script's functions?"""
        if isinstance(node, ast.Name):
            return node.id.startswith(".") or node.id not in self.context.unstable
        if isinstance(node, ast.Attribute):
            return isinstance(node.value, ast.Name) and node.value.id in self.context.calls.modules
        return isinstance(node, ast.Constant)

    def lower_comprehension(self, node: ast.expr, stops: str) -> str:
        """Lower a comprehension as a unit of its own; returns the name it is known by."""
        from stepnet.source.comprehension import comprehension_unit

        assert isinstance(node, Comprehension)
        name = f"{len(self.context.comprehensions)}"
        self.context.comprehensions[name] = comprehension_unit(node, stops, self)
        return name


def seen_through(nodes: Sequence[ast.stmt | ast.expr]) -> list[ast.stmt | ast.expr]:
    """The same, with the expressions that temporaries stand for written out where they are read.

    What an instruction changes is asked before it runs, and before it binds its temporaries.
    """
    held: dict[str, ast.expr] = {}
    out: list[ast.stmt | ast.expr] = []
    for node in nodes:
        if held and any(isinstance(p, ast.Name) and p.id in held for p in ast.walk(node)):
            node = _SeenThrough(held).visit(copy.deepcopy(node))
        out.append(node)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name.startswith(TEMPORARY) and _is_place(node.value):
                held[name] = node.value
    return out


class _SeenThrough(ast.NodeTransformer):
    def __init__(self, held: dict[str, ast.expr]) -> None:
        self.held = held

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.held.get(node.id, node) if isinstance(node.ctx, ast.Load) else node


def _is_place(node: ast.expr) -> bool:
    """A name or an attribute of one: it means the same until something is stored."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)
