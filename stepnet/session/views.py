"""What a front end shows at one stop, as plain records.

A view is made fresh at every stop by :mod:`stepnet.session.panes` and handed to a widget. Arrays
in it are the machine's own, not copies, unless the statement changed them in place: a front end
reads them before it asks for the next step and never writes to them. Records compare by identity,
because the truth value of an array comparison is ambiguous.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class PositionView:
    """Where the program stands: the line at the top of the screen."""

    tick: int
    """Instructions executed so far; 0 before anything ran."""
    address: str
    """The position as a person types it, e.g. ``3/dE_dw``; it can be typed back."""
    iteration: tuple[int, ...]
    """Counted from 1, outermost loop first: ``(2, 5)`` is epoch 2, batch 5. Empty outside."""
    totals: tuple[int | None, ...]
    """How many iterations each of those loops makes, where that is known."""
    phase: str
    """``data``, ``parameters``, ``forward``, ``loss``, ``backward``, ``update``, … or ``""``."""
    frame: str
    """The function the current statement is in; ``""`` at the top level."""
    line: int
    """Line of the current statement, counted from 1; 0 when nothing has run."""
    next_line: int
    """Line of the statement that runs next; 0 at the end."""
    stop: str
    """Why it stands here: entry, step, goto, pause, exception, end, …"""
    fault: str
    """The script's own error, if the next statement raised one: several lines, else ``""``."""
    ending: str
    """How the script has left by itself: ``the script exited, status 0``; else ``""``."""
    loss_name: str
    """The name whose value is the loss, or ``""``."""
    loss: float | None
    """Its latest value."""


@dataclass(frozen=True, eq=False)
class ProgramRow:
    """One line of the script in the Program pane."""

    line: int
    text: str
    """The source line without its trailing comment, indentation kept."""
    comment: str
    """The comment beside it, without ``#``; ``""`` if none."""
    kind: str
    """``statement``, ``continuation`` (a later line of a statement), ``marker`` (``# %%``),
    ``part`` (where a cell or a file begins), ``comment``, ``docstring`` or ``blank``."""
    shape: str
    """Shape of the value the statement last assigned, e.g. ``(4,1)``; ``""`` if not yet run."""
    mark: str
    """``current`` (has just run, ▶), ``next`` (runs next, ▷) or ``""``."""
    phase: str
    verdict: str = ""
    """``exact``, ``wrong``, … for a gradient that was checked in this iteration, else ``""``."""
    factor: str = ""
    """``½`` for a gradient that is scaled by that."""
    stop: str = ""
    """``on`` or ``off`` for a breakpoint, ``choosy`` for one with a condition, a hit count or a
    message, else ``""``."""
    number: str = ""
    """The line's own number in its cell or file; ``""`` for what stands between them."""


@dataclass(frozen=True, eq=False)
class Operand:
    """One value in the Step pane: a piece of the expression, or its result."""

    text: str
    """Source text of the piece, e.g. ``X.T``."""
    value: object
    """ndarray, NumPy or Python scalar, list, string, …"""
    shape: str
    """``(3,4)``; ``()`` for a scalar; ``""`` where shape means nothing."""


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """Why a gradient is not exact, and by how much."""

    reason: str
    claimed: Operand
    true: Operand
    worst: tuple[int, ...] | None
    """The entry that is furthest off; None where the shapes differ."""


@dataclass(frozen=True, eq=False)
class StepView:
    """The statement that has just run: its operands, its result, and how the shapes meet."""

    address: str
    line: int
    statement: str
    """Its source text on one line, without the comment."""
    kind: str
    """``assign``, ``call`` (a function of the script was entered), ``return``, ``loop``,
    ``branch``, ``print``, ``other``, ``fault`` (it raises: operands as they are, no result), or
    ``nothing`` at tick 0."""
    operands: tuple[Operand, ...]
    """What the outermost operation was given, in the order it is written."""
    operators: tuple[str, ...]
    """What stands between the operands (``("@",)``), one fewer than operands; for a call or a
    method ``(",", …)``, and `function` names it."""
    function: str
    """``np.dot``, ``sum``, ``sigmoid``, … where the outermost operation is a call, else ``""``."""
    results: tuple[Operand, ...]
    """The names it changed, with their new values."""
    before: tuple[Operand, ...]
    """For a statement that changes a value in place (``W -= …``): the value it had before."""
    arithmetic: tuple[str, ...]
    """Shape arithmetic, inside out, a line an operation: ``(3,4) @ (4,1) → (3,1)``."""
    narration: tuple[str, ...]
    """The script's comments on this statement."""
    phase: str
    role: str
    """``data``, ``parameter``, ``loss``, ``gradient``, ``update`` or ``""``."""
    claim: str
    """``∂E/∂w`` for a gradient, else ``""``."""
    verdict: str
    """``exact``, ``scaled``, …, ``not checked yet``; ``""`` for what is no gradient."""
    changed: str
    """Which entries of the first result differ from before, in words; ``""`` for a new name."""
    diagnosis: Diagnosis | None = None
    """For a gradient that was checked and is not exact."""
    why: tuple[str, ...] = ()
    """Why it is what it is: sentences about this statement's names, shapes and numbers."""


@dataclass(frozen=True, eq=False)
class ChainRow:
    """One gradient statement in the Chain rule pane."""

    name: str
    claim: str
    """``∂E/∂w``."""
    shape: str
    """``""`` while it has no value in this iteration."""
    value: str
    """A short portrait of its value so far in this iteration: range or number."""
    address: str
    """Where to go to see it made in this iteration; typed back with ``goto``."""
    line: int
    state: str
    """``done``, ``current`` or ``ahead``."""
    verdict: str
    leads_here: bool = False
    """The current gradient is computed from it, or it is the current one."""


@dataclass(frozen=True, eq=False)
class NameRow:
    """One name in the Names pane."""

    name: str
    shape: str
    dtype: str
    """``f8``, ``i8``, ``b1``, or the Python type's name."""
    role: str
    summary: str
    """Range ``-0.73 … 0.22``, a scalar's value, or a short text."""
    changed: bool
    """Set by the statement that has just run (shown as Δ)."""
    frame: str
    """The function whose name it is; ``""`` at the top level."""
    trouble: str
    """``NaN``, ``Inf``, ``ALL ZERO`` or ``""``."""
    value: object


@dataclass(frozen=True, eq=False)
class CurveView:
    """The loss of another branch."""

    branch: str
    iterations: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class TimelineView:
    """The run so far, an entry an iteration of the outermost training loop."""

    name: str
    """Of what is shown: the loss, or the expression that was asked for."""
    branch: str
    """``""`` while there is no other."""
    iterations: tuple[int, ...]
    """Numbers of the iterations that are shown; at most the number asked for."""
    losses: tuple[float, ...]
    """The value at the end of each of them; NaN where it is not known."""
    others: tuple[CurveView, ...]
    """Other branches, where the loss is shown."""
    reached: int
    """The last iteration ever reached."""
    total: int | None
    current: int
    """The iteration the program stands in; 0 before the loop."""
    checkpoints: int
    checkpoint_bytes: int
    undo_bytes: int


@dataclass(frozen=True, eq=False)
class Progress:
    """A long run reports this now and then."""

    tick: int
    iteration: tuple[int, ...]
    totals: tuple[int | None, ...]
    loss: float | None
    target: str
    """Where it is going, as typed; ``""`` for a run to the end."""
