"""The program that the machine runs: a flat list of instructions for each function.

One instruction is one tick. A simple statement is one `Run`; a loop is a `Begin` and a `Next`, a
branch a `Test`; a call of the script's own function is a `Call`, which gives the function a frame,
and a `Return`, which takes it away. An instruction names its successor by its place in the list.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType

from stepnet.source.section import Section, at, spot

TEMPORARY = "."
"""First character of names that hold pieces of an expression; no script can write such a name."""


@dataclass(frozen=True, eq=False)
class Statement:
    """One statement of the script, as people refer to it."""

    line: int
    end_line: int
    column: int
    text: str
    """Source text on one line, without comments; of a compound statement its header."""
    targets: tuple[str, ...]
    """What it assigns: ``W1``, ``self.W1``, ``grads["dW1"]``; for an entry the array's name."""
    label: str
    """How an address names it: ``W1``, ``update_weights.grad``, or its line number."""
    unit: str
    """Qualified name of the function it stands in; ``""`` at the top level."""
    phase: str
    narration: tuple[str, ...]
    claim: str
    """What a ``#:`` comment behind it says that its value is, e.g. ``dL/dW1``."""
    node: ast.stmt
    at: str = ""
    """Where it stands, as a sentence says it: ``line 12``, ``cell 3, line 2``."""


@dataclass(frozen=True, eq=False)
class Touch:
    """Something a statement may change in place, found before the statement runs."""

    code: CodeType
    """Evaluates to the object; for an item to the pair (container, key)."""
    item: bool = False
    """Only one item of a container is stored: ``a[mask] = 0``."""
    inside: bool = False
    """The stored item itself may change in place too: ``layers[0] -= …``."""
    grows: bool = False
    """A list only gets longer: ``losses.append(…)``."""
    attribute: str = ""
    """The name of an attribute of the object that is stored: ``self.W1 = …``."""


@dataclass(frozen=True, eq=False)
class Effects:
    """What an instruction changes, known from its syntax."""

    binds: tuple[str, ...] = ()
    """Names of its frame that it binds or deletes."""
    touches: tuple[Touch, ...] = ()
    wholesale: bool = False
    """It may change anything."""

    @property
    def single(self) -> str | None:
        """The one name that is bound, if that is all."""
        alone = len(self.binds) == 1 and not (self.touches or self.wholesale)
        return self.binds[0] if alone else None


NOTHING = Effects()


@dataclass(frozen=True, eq=False)
class Run:
    """Execute a simple statement, or a piece of one."""

    statement: Statement
    code: CodeType
    effects: Effects
    then: int
    completes: bool
    """False for a piece that is evaluated ahead of its statement."""
    value: ast.expr | None
    """The expression it evaluates, for whoever wants to look inside."""
    slot: int | None = None
    """A loop whose position it forgets (``break``)."""
    leaves: int | None = None
    """The level of a counted loop that it leaves."""
    binds_only: str | None = None
    """The one name it binds, where it changes nothing else: the common case."""


@dataclass(frozen=True, eq=False)
class Test:
    """Go one way or the other."""

    statement: Statement
    code: CodeType
    effects: Effects
    then: int
    otherwise: int
    value: ast.expr
    level: int | None = None
    """For a ``while`` that counts iterations: 0 for the outermost training loop."""
    completes: bool = True
    binds_only: None = None


@dataclass(frozen=True, eq=False)
class Store:
    """Where a loop puts each element."""

    name: str | None
    """The plain name, or None for a tuple, an item, an attribute."""
    code: CodeType | None
    """Assigns ``.value`` to the target, where that is not a plain name."""
    effects: Effects
    is_flat: bool = True
    """It binds names, and those all at once or none."""


@dataclass(frozen=True, eq=False)
class Begin:
    """Evaluate what a ``for`` runs over and take the first element."""

    statement: Statement
    code: CodeType
    effects: Effects
    store: Store
    slot: int
    then: int
    """The body."""
    otherwise: int
    """Where it goes when there is no element."""
    again: int
    """The instruction that takes the next element."""
    value: ast.expr
    level: int | None = None
    completes: bool = True
    binds_only: None = None


@dataclass(frozen=True, eq=False)
class Next:
    """Take the next element of a ``for``."""

    statement: Statement
    effects: Effects
    store: Store
    slot: int
    then: int
    otherwise: int
    level: int | None = None
    completes: bool = True
    binds_only: None = None


@dataclass(frozen=True, eq=False)
class Call:
    """Give a function of the script a frame; its result goes to a temporary."""

    statement: Statement
    code: CodeType
    """Evaluates to (function, positional, keywords); with `unit` to its one argument."""
    effects: Effects
    result: str
    then: int
    prelude: CodeType | None = None
    """Evaluates what is written before the call, in the same tick."""
    value: ast.expr | None = None
    """The call itself, for whoever wants to look inside."""
    unit: Unit | None = None
    """Set where the callee is known: a comprehension."""
    kept: tuple[tuple[str, ast.expr], ...] = ()
    """What the prelude keeps: temporaries and their expressions, for whoever looks inside."""
    completes: bool = False
    binds_only: None = None


@dataclass(frozen=True, eq=False)
class Return:
    """Leave the frame with a value."""

    statement: Statement
    code: CodeType | None
    """None at the end of a function's body."""
    effects: Effects
    value: ast.expr | None
    completes: bool = True
    binds_only: None = None


@dataclass(frozen=True, eq=False)
class Yield:
    """Give a value to whoever reads the generator, and wait."""

    statement: Statement
    code: CodeType
    effects: Effects
    result: str
    """The temporary for what is sent back: nothing."""
    then: int
    value: ast.expr
    completes: bool
    binds_only: None = None


@dataclass(frozen=True, eq=False)
class Reraise:
    """Go on with an error that was caught."""

    statement: Statement
    name: str
    """The temporary that holds it."""
    completes: bool = False
    effects: Effects = NOTHING
    value: None = None
    binds_only: None = None


Instruction = Run | Test | Begin | Next | Call | Return | Yield | Reraise


@dataclass(frozen=True, eq=False)
class Handler:
    """Where an error that is raised in a range of instructions goes."""

    begin: int
    end: int
    place: int
    name: str
    """The temporary that it is kept in."""
    level: int | None
    """How many counted loops of the unit stand around; None for none."""


@dataclass(frozen=True, eq=False)
class Fused:
    """Several statements as one piece of code, for running through without stopping.

    Most pieces are never run: the code is made when it is asked for.
    """

    make: Callable[[], tuple[CodeType, int]]
    """Makes the code, and says how many ticks it stands for."""
    then: int
    labels: tuple[str, ...] = ()
    """How addresses name what it runs, where that has to be counted."""
    last: int | None = None
    """The place of its last instruction, where somebody wants to look after that."""
    surely: Callable[[], dict[int, Fused]] = dict
    """Smaller pieces, in place of it, that make no call of which only the run tells what it
    calls."""

    @cached_property
    def _made(self) -> tuple[CodeType, int]:
        return self.make()

    @cached_property
    def code(self) -> CodeType:
        """What is executed."""
        return self._made[0]

    @cached_property
    def ticks(self) -> int:
        """Instructions it stands for, those it counts itself while it runs not included."""
        return self._made[1]


Whole = Callable[[tuple[str, ...]], CodeType | None]
"""Makes the code of a function that runs in one go, given the names that it holds in cells."""


def no_code(cells: tuple[str, ...]) -> CodeType | None:
    """What has to be run instruction by instruction."""


@dataclass(eq=False)
class Unit:
    """The module, a function, a lambda or a comprehension: one list of instructions."""

    name: str
    """Qualified, e.g. ``outer.inner``; ``""`` for the module."""
    statement: Statement | None
    """The ``def``; None for the module."""
    names: frozenset[str] = frozenset()
    """Names local to it: reading one before it is bound is an error, not a global."""
    binder: CodeType | None = None
    """A function with the same parameters that returns them by name."""
    is_flat: bool = False
    """It holds no function and no comprehension, and no local name of it is a name around it."""
    parameters: tuple[str, ...] | None = None
    """Their names, where all are positional; else None."""
    is_generator: bool = False
    """It holds a ``yield``."""
    lent: frozenset[str] = frozenset()
    """Local names that an inner function declares ``nonlocal``."""
    rebinds: bool = False
    """It rebinds names of a function around it."""
    instructions: list[Instruction] = field(default_factory=list)
    handlers: tuple[Handler, ...] = ()
    """Where errors go, innermost first."""
    fused: dict[int, Fused] = field(default_factory=dict)
    """Pieces for running through, by the place of their first instruction."""
    whole: Whole = no_code
    """All of a function, for running through."""


@dataclass(frozen=True, eq=False)
class Program:
    """A script that can be run."""

    name: str
    path: str
    text: str
    module: Unit
    units: dict[int, Unit]
    """Functions and lambdas by the line number that marks their code (see `source.mark`)."""
    statements: tuple[Statement, ...]
    levels: int
    """How many nested loops count as iterations: 2 for epochs and batches."""
    loss: str
    """The name that holds the loss, or ``""``."""
    seeds: bool
    """The script seeds the global generator itself, or never draws from it."""
    sections: tuple[Section, ...] = ()
    """Parts of the text with names of their own: cells, files that are imported."""
    left_out: tuple[str, ...] = ()
    """Modules that stay closed and that nothing uses: their imports do nothing."""

    def at(self, line: int) -> str:
        """Where a line stands, as a sentence says it: ``line 12``, ``cell 3, line 2``."""
        return at(self.sections, line)

    def spot(self, line: int) -> str:
        """A line as an address names it: ``12``, ``3:2`` for line 2 of the third cell."""
        return spot(self.sections, line)

    @cached_property
    def labels(self) -> frozenset[str]:
        """How addresses name its statements."""
        return frozenset(statement.label for statement in self.statements)
