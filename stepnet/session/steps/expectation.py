"""What a line of a ``.steps`` script expects, read from its text.

E ~= 0.61989 +- 1e-5          near, for floats; `rel 1e-9` is a share of the right side
w bits == [[0.1], [0.2]]      the same floats, bit for bit
n == 3    E < 0.4             integers, words and shapes; order
shape w == (3, 1)             dtype w == float64
stop == breakpoint            phase == backward
at 3/dE_dw                    changed w, unchanged w
dE_dw is exact                a verdict on a gradient; `is finite`
output contains "epoch 3"     error "no name 'W9'": print W9
"""

from __future__ import annotations

import ast
import difflib
import math
import re
from dataclasses import dataclass

from stepnet.session.address import parsed
from stepnet.session.errors import CommandError
from stepnet.session.steps.scan import assigns, comparisons, is_logical, last_outside

VERDICTS = ("exact", "scaled", "approximate", "wrong", "unclaimed")
PROPERTIES = (*VERDICTS, "finite")
"""What a value may be said to be, with ``is``."""
SUBJECTS = ("stop", "phase")
"""What of the session itself can be compared with a word."""
KINDS = ("shape", "dtype")
FLOAT_ADVICE = "Write ~= with +- or rel behind it, or `bits ==` for the very same float."
TOLERANCE_ADVICE = "Write how near: `~= 0.62 +- 1e-2`, or `~= 0.62 rel 1e-6`."


class Misread(Exception):
    """A text that cannot be read, with the column at which it goes wrong."""

    def __init__(self, message: str, column: int, advice: str = "", width: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.column = column
        self.advice = advice
        self.width = width


@dataclass(frozen=True)
class Near:
    """``LEFT ~= RIGHT +- TOLERANCE``."""

    left: str
    right: str
    tolerance: float
    relative: bool
    bound: str
    """The tolerance as it is written: ``+- 1e-5``."""


@dataclass(frozen=True)
class Compared:
    """``LEFT OPERATOR RIGHT``, two expressions."""

    left: str
    operator: str
    right: str


@dataclass(frozen=True)
class Kind:
    """``shape NAME == (4, 1)`` or ``dtype NAME == float64``."""

    kind: str
    of: str
    operator: str
    right: str


@dataclass(frozen=True)
class Said:
    """``stop == breakpoint``: a word that the session says of itself."""

    subject: str
    operator: str
    word: str


@dataclass(frozen=True)
class At:
    """``at 3/dE_dw``."""

    address: str


@dataclass(frozen=True)
class Changed:
    """``changed w``: by the statement that has just run."""

    expression: str
    wanted: bool


@dataclass(frozen=True)
class Is:
    """``dE_dw is exact``, ``w is not finite``."""

    expression: str
    word: str
    wanted: bool


@dataclass(frozen=True)
class Prints:
    """``output contains "…"``, ``stop contains "…"``: in what the stop says of itself."""

    text: str
    subject: str = "output"


@dataclass(frozen=True)
class Refused:
    """``error "…": COMMAND``: a command that cannot be carried out, and says so."""

    text: str
    command: str
    column: int


@dataclass(frozen=True)
class Truth:
    """Any other expression, which must be true."""

    expression: str


Expectation = Near | Compared | Kind | Said | At | Changed | Is | Prints | Refused | Truth

_WORD = re.compile(r"(\w+)\s+(?=\S)")
_IS = re.compile(r"(?P<of>.*\S)\s+is\s+(?P<negated>not\s+)?(?P<word>[a-zA-Z]\w*)\s*")


def expectation(text: str) -> Expectation:
    """Read what is expected.

    Raises Misread for what cannot be.
    """
    head = _WORD.match(text)
    word, start = (head[1], head.end()) if head else ("", 0)
    compared = comparisons(text)
    if word == "at":
        return _at(text, start)
    if word in ("changed", "unchanged"):
        return Changed(_expression(text, start, len(text)), word == "changed")
    if word == "output" or (word == "stop" and text[start:].startswith("contains")):
        return _prints(text, word, start)
    if word == "error" or text == "error":
        return _refused(text, start)
    if word in KINDS and compared:
        return _kind(text, word, start, *compared[0])
    if compared and text[: compared[0][0]].strip() in SUBJECTS:
        return _said(text, *compared[0])
    return _about_values(text, compared)


def _about_values(text: str, compared: list[tuple[int, str]]) -> Expectation:
    found = _IS.fullmatch(text)
    if found and not compared and found["word"] not in ("None", "True", "False"):
        return _is(text, found)
    if not text:
        raise Misread("nothing is expected", 0, "Write what must hold: E ~= 0.62 +- 1e-2.")
    exact = [place for place, operator in compared if operator in ("~=", "bits ==")]
    if len(compared) == 1 and (exact or not is_logical(text)):
        place, operator = compared[0]
        return _near(text, place) if operator == "~=" else _compared(text, place, operator)
    if exact:
        raise Misread("one comparison a line", compared[1][0], "Write an expectation for each.")
    if (column := assigns(text)) >= 0:
        raise Misread("= compares nothing", column, "Write ~= for floats, == for the rest.")
    return Truth(expression(text))


def _near(text: str, place: int) -> Near:
    start = place + 2
    marks = {mark: last_outside(text, mark) for mark in ("+-", "±", " rel ")}
    mark, at = max(marks.items(), key=lambda found: found[1])
    if at < start:
        raise Misread("~= does not say how near", len(text), TOLERANCE_ADVICE)
    written = text[at + len(mark) :].strip()
    column = len(text) - len(text[at + len(mark) :].lstrip())
    return Near(
        _expression(text, 0, place),
        _expression(text, start, at),
        _tolerance(written, column),
        mark == " rel ",
        f"{mark.strip()} {written}",
    )


def _tolerance(written: str, column: int) -> float:
    try:
        tolerance = float(written)
    except ValueError:
        tolerance = -1.0
    if not (tolerance >= 0 and math.isfinite(tolerance)):
        message = f"{written!r} is not a tolerance" if written else "no tolerance is written"
        raise Misread(message, column, TOLERANCE_ADVICE, max(1, len(written)))
    return tolerance


def _compared(text: str, place: int, operator: str) -> Compared:
    end = place + len(operator)
    left, right = _expression(text, 0, place), _expression(text, end, len(text))
    if operator == "==" and any(
        isinstance(node, ast.Constant) and isinstance(node.value, float)
        for node in ast.walk(ast.parse(right, mode="eval"))
    ):
        raise Misread("floats are not compared with ==", place, FLOAT_ADVICE, 2)
    return Compared(left, operator, right)


def _kind(text: str, kind: str, start: int, place: int, operator: str) -> Kind:
    if operator not in ("==", "!="):
        raise Misread(f"a {kind} is compared with == or !=", place, width=len(operator))
    behind = place + len(operator)
    right = text[behind:].strip()
    column = len(text) - len(text[behind:].lstrip())
    if kind == "shape":
        try:
            value = ast.literal_eval(right)
        except (ValueError, SyntaxError):
            value = None
        if not (isinstance(value, tuple) and all(isinstance(size, int) for size in value)):
            advice = "A shape is written (4, 1), (4,) or ()."
            raise Misread(f"{right!r} is not a shape", column, advice, max(1, len(right)))
    elif not re.fullmatch(r"\w+", right):
        advice = "A dtype is written float64, int64 or bool."
        raise Misread(f"{right!r} is not a dtype", column, advice, max(1, len(right)))
    return Kind(kind, _expression(text, start, place), operator, right)


def _said(text: str, place: int, operator: str) -> Said:
    subject, right = text[:place].strip(), text[place + len(operator) :].strip()
    if operator not in ("==", "!="):
        raise Misread(f"{subject} is compared with == or !=", place, width=len(operator))
    if not right:
        raise Misread(f"{subject} is compared with nothing", len(text), "Write a word.")
    return Said(subject, operator, right.strip("'\""))


def _at(text: str, start: int) -> At:
    try:
        parsed(text[start:])
    except CommandError as error:
        raise Misread(error.message, start, error.advice, max(1, len(text) - start)) from None
    return At(text[start:].strip())


def _is(text: str, found: re.Match[str]) -> Is:
    word = found["word"]
    if word not in PROPERTIES:
        near = difflib.get_close_matches(word, PROPERTIES, n=1, cutoff=0.6)
        advice = f"Did you mean {near[0]}?" if near else f"It can be {', '.join(PROPERTIES)}."
        raise Misread(f"nothing is said to be {word!r}", found.start("word"), advice, len(word))
    return Is(_expression(text, 0, found.end("of")), word, not found["negated"])


def _prints(text: str, subject: str, start: int) -> Prints:
    found = re.fullmatch(r"contains\s+(?P<text>\S.*)", text[start:])
    if not found:
        raise Misread("output is not followed by contains", start, 'Write output contains "text".')
    return Prints(_quoted(found["text"].strip(), start + found.start("text")), subject)


def _refused(text: str, start: int) -> Refused:
    advice = "Write error \"no name 'W9'\": print W9."
    found = re.fullmatch(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*:\s*(.*)""", text[start:])
    if not start or not found:
        raise Misread("error is not followed by its text and a command", start or 5, advice)
    if not found[2]:
        raise Misread("no command is written behind the error", len(text), advice)
    return Refused(_quoted(found[1], start), found[2].strip(), start + found.start(2))


def _quoted(written: str, column: int) -> str:
    try:
        text = ast.literal_eval(written)
    except (ValueError, SyntaxError):
        text = None
    if not isinstance(text, str):
        message = "a text is written in quotes"
        raise Misread(message, column, f'Write "{written.strip(chr(34))}".', max(1, len(written)))
    return text


def expression(text: str) -> str:
    """An expression, checked for its grammar alone. Raises Misread."""
    return _expression(text, 0, len(text))


def _expression(text: str, start: int, end: int) -> str:
    """A Python expression between two columns, checked for its grammar alone."""
    written = text[start:end]
    column = start + len(written) - len(written.lstrip())
    written = written.strip()
    if not written:
        raise Misread("a value is missing", column, "Write a name or an expression.")
    try:
        ast.parse(written, mode="eval")
    except SyntaxError as error:
        place = column + min(max((error.offset or 1) - 1, 0), len(written) - 1)
        if (equals := assigns(text)) >= 0:
            advice = "Write ~= for floats, == for the rest."
            raise Misread("= compares nothing", equals, advice) from None
        raise Misread(f"not an expression: {error.msg}", place) from None
    return written
