"""A script that is being written: its lines so far, and what is known at this point of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.generated.kinds import Int, Kind, Random, Shape, Small, assignable, fits
from tests.generated.tape import Tape

POOL = (
    *("a", "b", "c", "w", "x", "y", "z", "n", "m", "p", "q", "t", "u", "v", "h", "g", "k", "s"),
    *("total", "loss", "items", "grad", "mask", "scale", "rows", "best"),
)
DEAREST = 60
"How many times a statement may be executed within one call."


@dataclass(eq=False)
class Scope:
    """The names of one function, one comprehension or the module, at one point of it."""

    parent: "Scope | None" = None
    lazy: bool = False
    "Whether it runs later than it is written: a function or a lambda, not a comprehension."
    names: dict[str, Kind] = field(default_factory=dict)
    "The names that are surely bound here."
    ever: set[str] = field(default_factory=set)
    "Every name it binds anywhere: those are its own from its first line on."
    outer: set[str] = field(default_factory=set)
    "Names it takes from around it, which it may therefore not bind."
    declared: set[str] = field(default_factory=set)
    "Names around it that it may rebind, having said global or nonlocal."
    pinned: set[str] = field(default_factory=set)
    "Names that something which runs later relies on."
    reserved: set[str] = field(default_factory=set)
    "Names that count a while loop down."


@dataclass(eq=False)
class Draft:
    """A script that is being written."""

    tapes: list[Tape]
    "One for each statement still to be written, the next one last."
    make: "Callable[[Draft, Kind, int], str]"
    "Writes an expression of a kind; `values.value`, handed in because it needs all the others."
    write: "Callable[[Draft], None]"
    "Writes the next tape's statement; `blocks.statement`, handed in for the same reason."
    tape: Tape = field(default_factory=lambda: Tape(b""))
    scope: Scope = field(default_factory=Scope)
    lines: list[str] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=lambda: [(2, 3)])
    "The shapes of this script's arrays: few, so that they meet."
    indent: int = 0
    depth: int = 0
    "How many blocks deep within the function."
    loops: int = 0
    "How many loops deep within the function."
    times: int = 1
    "How often this statement is executed within one call of the function."
    cost: int = 0
    "How many statements one call of the function executes so far."
    result: Kind | None = None
    "What the function is to return; None outside of one."
    left: bool = False
    "Whether the loop may have been left, or its turn cut short, before this statement."
    over_dict: int = 0
    "How many loops over a dict run, which must not grow meanwhile."
    serial: int = 0
    "Numbers the functions and the counters."
    fail_after: int = -1
    "How many statements until one that raises; negative for never."

    def value(self, kind: Kind, depth: int = 2) -> str:
        """An expression of that kind, nested at most so deep."""
        return self.make(self, kind, depth)

    def body(self, most: int = 3) -> None:
        """The statements of a block, as many as its header's tape says."""
        header = self.tape
        for _ in range(header.between(1, most)):
            if self.tapes:
                self.write(self)
        self.tape = header

    def line(self, text: str) -> None:
        self.lines.append("    " * self.indent + text)
        self.cost += self.times

    def visible(self) -> dict[str, Kind]:
        """Every name that can be read here."""
        found: dict[str, Kind] = {}
        hidden: set[str] = set()
        scope: Scope | None = self.scope
        while scope:
            found |= {name: kind for name, kind in scope.names.items() if name not in hidden}
            hidden |= scope.ever
            scope = scope.parent
        return found

    def names(self, want: Kind) -> list[str]:
        """The names that can be read here and whose values fit."""
        return [name for name, kind in self.visible().items() if fits(kind, want)]

    def read(self, name: str) -> str:
        """Note that this name is read here, and return it."""
        scope, later = self.scope, False
        while name not in scope.ever and scope.parent:
            scope.outer.add(name)
            later = later or scope.lazy
            scope = scope.parent
        if later:
            scope.pinned.add(name)
        return name

    def targets(self) -> dict[str, Kind]:
        """The names that an assignment here may give another value of the same kind."""
        visible = self.visible()
        own = {name for name in self.scope.names if name not in self.scope.reserved}
        return {
            name: kind
            for name, kind in visible.items()
            if name in own | self.scope.declared and assignable(kind)
        }

    def fresh(self, taken: tuple[str, ...] = ()) -> str:
        """A name to bind: new here, though perhaps one from around here that it then hides."""
        scope = self.scope
        unfit = {*scope.names, *scope.outer, *scope.declared, *scope.pinned, *taken}
        free = [name for name in POOL if name not in unfit]
        return self.tape.pick(free) if free else self.numbered("more")

    def temporary(self) -> str:
        """A name for a comprehension or a lambda, whether or not it hides another."""
        return self.tape.pick(POOL)

    def numbered(self, stem: str) -> str:
        """A name used nowhere else."""
        self.serial += 1
        return f"{stem}{self.serial}"

    def bind(self, name: str, kind: Kind) -> str:
        """Note that this name is bound from here on, and return it."""
        if name not in self.scope.declared:
            self.scope.ever.add(name)
            self.scope.names[name] = kind
        return name

    def affords(self, cost: int) -> bool:
        """Whether something that costly may be executed here."""
        return self.times * cost <= 4 * DEAREST and self.cost + self.times * cost < 1500

    @contextmanager
    def around(self, scope: Scope, times: int = 1) -> Iterator[None]:
        """Write an expression inside a comprehension or a lambda."""
        before = self.scope, self.times
        self.scope, self.times = scope, self.times * times
        try:
            yield
        finally:
            self.scope, self.times = before

    @contextmanager
    def block(self) -> Iterator[None]:
        """Write an indented block; what is bound in it may be unbound afterwards."""
        before, tape, start = dict(self.scope.names), self.tape, len(self.lines)
        self.indent, self.depth = self.indent + 1, self.depth + 1
        try:
            yield
            if all(line.lstrip().startswith("#") for line in self.lines[start:]):
                self.line("pass")
        finally:
            self.indent, self.depth = self.indent - 1, self.depth - 1
            self.scope.names, self.tape = before, tape


def spelled(d: Draft, form: str, name: str) -> str:
    """A name, read in some expression that `form` spells."""
    return form.format(d.read(name))


def index(d: Draft, length: int) -> str:
    """An expression that indexes an axis of that length, from the front or from the back."""
    exact, whole = d.names(Small(length - 1)), d.names(Int())
    options = ["front", "back"] + ["exact"] * 3 * bool(exact) + ["whole"] * bool(whole)
    match d.tape.pick(options):
        case "front":
            return str(d.tape.below(length))
        case "back":
            return str(-1 - d.tape.below(length))
        case "exact":
            return d.read(d.tape.pick(exact))
        case _:
            return f"{d.read(d.tape.pick(whole))} % {length}"


def rng(d: Draft) -> str:
    """A generator: the script's own, or another that has a name."""
    return d.read(d.tape.pick(["rng", *d.names(Random())]))


def literal(d: Draft) -> str:
    """A small whole number."""
    return str(d.tape.below(10))


def fraction(d: Draft) -> str:
    """A number with a fraction, sometimes one that is not exact in binary."""
    return d.tape.pick(["0.5", "2.0", "0.1", "1.5", "-0.25", "3.0", "1e-3", "-1.0", "0.3"])


def bare(text: str) -> str:
    """An expression without the parentheses around the whole of it."""
    if not (text.startswith("(") and text.endswith(")")) or text == "()":
        return text
    open_now = 0
    for place, character in enumerate(text):
        open_now += (character == "(") - (character == ")")
        if open_now == 0 and place < len(text) - 1:
            return text
        if character == "," and open_now == 1:
            return text
    return text[1:-1]
