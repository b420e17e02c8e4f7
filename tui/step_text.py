"""``stepnet trace``: the steps as plain text or JSON, for pipes, tests and screen readers.

29  1/dE_dw          29  dE_dw = X.T @ dE_ds
    dE_dw (3,1) float64
      [[-0.28618302]
       [-0.06389485]
       [-0.14911615]]
"""

from __future__ import annotations

import json
import math
import sys
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from stepnet.explain.listed import Listed
from stepnet.explain.plain import plain

if TYPE_CHECKING:
    from stepnet.session.trace import TraceStep
    from stepnet.session.views import Operand

NAME_INDENT = " " * 12
VALUE_INDENT = " " * 14
LINE = 96
"""Characters of a line of text."""
DIGITS = 8
"""Digits of a value in text; JSON has them all."""


def step_text(step: TraceStep, values: bool) -> Iterator[str]:
    """The lines of one step."""
    yield f"{step.tick:>8}  {step.address:<22}  {step.spot:>4}  {step.statement}".rstrip()
    yield from _changed_text(step, values)
    for sentence in step.why:
        yield from wrapped(sentence, NAME_INDENT)


def _changed_text(step: TraceStep, values: bool) -> Iterator[str]:
    for operand in step.changed:
        head = " ".join(
            part for part in (operand.text, operand.shape, dtype_of(operand.value)) if part
        )
        if not values:
            yield NAME_INDENT + head
            continue
        text = value_text(operand.value)
        if "\n" in text or len(text) > 60:
            yield NAME_INDENT + head
            for line in text.splitlines():
                yield VALUE_INDENT + line
        else:
            yield f"{NAME_INDENT}{head} = {text}"


def wrapped(sentence: str, indent: str) -> list[str]:
    """A sentence in lines of a readable length."""
    return textwrap.wrap(sentence, LINE, initial_indent=indent, subsequent_indent=indent)


def step_json(step: TraceStep, values: bool) -> str:
    """One step as one line of JSON."""
    record: dict[str, Any] = {
        "tick": step.tick,
        "address": step.address,
        "line": step.line,
        "statement": step.statement,
        "frame": step.frame,
        "phase": step.phase,
        "changed": [changed_record(operand, values) for operand in step.changed],
    }
    if step.why:
        record["why"] = list(step.why)
    if step.note:
        record["error"] = step.note
    return json.dumps(record, ensure_ascii=False, allow_nan=False)


def changed_record(operand: Operand, values: bool) -> dict[str, Any]:
    """A changed name: shape as a list of numbers, or null where shape means nothing."""
    value = operand.value
    numeric = isinstance(value, (np.ndarray, np.generic, int, float))
    record: dict[str, Any] = {
        "name": operand.text,
        "shape": list(np.asarray(value).shape) if numeric else None,
        "dtype": dtype_of(value),
    }
    if values:
        record["value"] = plain_value(value)
    return record


def dtype_of(value: object) -> str:
    """``float64``, or the Python type's name."""
    if isinstance(value, Listed):
        return "list"
    if isinstance(value, (np.ndarray, np.generic)):
        return str(value.dtype)
    return type(value).__name__


def value_text(value: object) -> str:
    """A value as aligned NumPy text."""
    if isinstance(value, np.ndarray):
        return np.array2string(
            value, precision=DIGITS, threshold=sys.maxsize, max_line_width=sys.maxsize
        )
    if isinstance(value, (float, np.floating)):
        return f"{float(value):.{DIGITS}g}"
    return str(value) if isinstance(value, np.generic) else _without_address(value)


def _without_address(value: object) -> str:
    """Python's own text for a value; of a function only its name, which every run repeats."""
    name = getattr(value, "__name__", "")
    return f"function {name}" if callable(value) and name else plain(value)


def plain_value(value: object) -> Any:
    """A value as JSON has it: nested lists, NaN and the infinities as words."""
    if isinstance(value, (np.ndarray, np.generic)):
        value = value.tolist()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [plain_value(entry) for entry in value]
    if isinstance(value, dict):
        return {str(key): plain_value(entry) for key, entry in value.items()}
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    return _without_address(value)
