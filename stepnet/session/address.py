"""Addresses: what a person writes to name a moment.

``3/grad_W2`` is the statement that assigns grad_W2 in iteration 3, ``2.5/d_b3`` that of epoch 2,
batch 5; ``/12`` is line 12, ``/3:2`` line 2 of a notebook's third cell, ``@417`` tick 417, ``1000``
the start of iteration 1000; ``end`` is the end. ``3/update_weights.grad`` is inside a function,
``3/W1#2`` the second time. Each means the moment right after its statement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stepnet.machine.event import events, latest, matches
from stepnet.machine.machine import Machine
from stepnet.session.errors import CommandError
from stepnet.source.instruction import Program
from stepnet.source.place import leaf_of
from stepnet.source.section import line_of

FORMS = "An address is 3/name, 2.5/name, 3/name#2, /12 (a line), @417 (a tick), 1000 or end."

_TICK = re.compile(r"@(\d+)")
_ITERATION = re.compile(r"(\d+(?:\.\d+)*)")
_PLACE = re.compile(r"(\d+(?:\.\d+)*)?/([^#/\s]+)(?:#([1-9]\d*))?")
_LABEL = re.compile(r"([^#/\s@\d][^#/\s@]*)(?:#([1-9]\d*))?")


@dataclass(frozen=True)
class Tick:
    """``@417``."""

    number: int


@dataclass(frozen=True)
class End:
    """``end``."""


@dataclass(frozen=True)
class Place:
    """``3/W1#2``: a statement in an iteration; without a label the iteration's start."""

    iteration: tuple[int, ...] | None
    """None where none is written: the current one for a bare name, else outside of all."""
    label: str | None
    ordinal: int = 1


Address = Tick | End | Place


def parsed(text: str) -> Address:
    """Read an address.

    Raises CommandError for what is not one.
    """
    text = text.strip()
    if text == "end":
        return End()
    if text == "start":
        return Tick(0)
    if found := _TICK.fullmatch(text):
        return Tick(int(found[1]))
    if found := _ITERATION.fullmatch(text):
        return Place(_numbers(found[1], text), None)
    if found := _PLACE.fullmatch(text):
        iteration = _numbers(found[1], text) if found[1] else ()
        return Place(iteration, found[2], int(found[3] or 1))
    if found := _LABEL.fullmatch(text):
        return Place(None, found[1], int(found[2] or 1))
    wrong = next((n for n, mark in enumerate(text) if not re.match(r"[\w./#@]", mark)), len(text))
    raise CommandError(f"{text!r} is not an address", text, min(wrong, len(text)), FORMS)


def _numbers(text: str, whole: str) -> tuple[int, ...]:
    numbers = tuple(int(part) for part in text.split("."))
    if 0 in numbers:
        raise CommandError("iterations count from 1", whole, whole.index("0"), FORMS)
    return numbers


def resolved(program: Program, label: str) -> str:
    """The label that is meant: ``dW1`` for ``grads["dW1"]``, where no other is called so.

    Of a spot such as ``3:2`` it is the number of its line in the whole text.
    """
    line = line_of(program.sections, label)
    if line is not None:
        return str(line)
    meant = meanings(program, label)
    return meant[0] if label not in program.labels and len(meant) == 1 else label


def meanings(program: Program, label: str) -> list[str]:
    """The labels that a shorter one may stand for."""
    found = []
    for statement in program.statements:
        for place in statement.targets[:1]:
            short = leaf_of(place)
            unit = f"{statement.unit}." if statement.unit else ""
            if label.replace("'", '"') in (short, unit + short, statement.label):
                found.append(statement.label)
    return list(dict.fromkeys(found))


def written(iteration: tuple[int, ...]) -> str:
    """``(2, 5)`` as people write it: ``2.5``."""
    return ".".join(map(str, iteration))


def current_address(machine: Machine) -> str:
    """The address of the moment the machine stands at; it can be typed back."""
    event = latest(machine)
    if event is None:
        return f"@{machine.tick}"
    if machine.is_ended:
        return "end"
    prefix = written(event.iteration)
    if event.label is None:
        return f"@{machine.tick}"
    if event.begins:
        return prefix
    count = ordinal(machine, event.label)
    if count is None:
        return f"@{machine.tick}"
    label = event.label
    if label.isdigit():
        label = machine.program.spot(int(label))
    return f"{prefix}/{label}" + (f"#{count}" if count > 1 else "")


def ordinal(machine: Machine, label: str) -> int | None:
    """Which time it is, in the current iteration, that a statement with this label has run.

    None where the undo log does not reach back to where the iteration began.
    """
    moment = machine.registers.moment
    if len(moment.iteration) < len(moment.tallies):
        return max(1, moment.tallies[-1].get(label, 1))
    count = 0
    for event in events(machine):
        if event.iteration != moment.iteration:
            break
        count += matches(event, label, machine.program.labels)
    else:
        start = machine.timeline.before(len(moment.iteration) - 1, machine.tick)
        if machine.tick - len(machine.log.records) > start:
            return None
    return max(1, count)
