"""A script that stops after its loss, with the backward pass and the update written behind it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace

import numpy as np

from stepnet.calculus.check import Truth
from stepnet.calculus.compare import agree
from stepnet.calculus.differentiate import Derived, derived
from stepnet.calculus.parameters import parameters
from stepnet.calculus.roles import roles
from stepnet.calculus.rules.rule import NotInTable
from stepnet.calculus.stretch import truth_here
from stepnet.calculus.written import TooLong
from stepnet.machine.machine import Machine
from stepnet.machine.travel import finish, run_through, travel
from stepnet.machine.world import Given
from stepnet.session.errors import CommandError, ScriptRaised
from stepnet.source.instruction import Program, Statement
from stepnet.source.place import leaf_of, places_in
from stepnet.source.program import compile_program
from stepnet.source.script import Script
from stepnet.source.section import moved

RATES = ("learning_rate", "lr", "alpha", "eta", "rate", "step_size", "grad_step")
"""Names under which scripts keep the learning rate."""
STEPS, SECONDS = 1_000_000, 20.0
"""What a script may use, unless it was said, before its loss is computed for the first time."""
LONGEST = 56
"""A statement that is longer does not push the comments of all others to the right."""


@dataclass(frozen=True, eq=False)
class Backward:
    """A derived backward pass and where it belongs."""

    statements: tuple[Derived, ...]
    loss: Statement
    """The statement behind which it stands."""
    parameters: tuple[str, ...]
    rate: str
    """The name of the learning rate; ``""`` if the script has none."""
    summed: bool = False
    """The loss adds up over an inner loop, and so do the derivatives by the parameters."""


def backward_of(script: Script, given: Given | None = None) -> Backward:
    """Derive the backward pass of a script by running its first iteration.

    Raises CommandError where there is no loss to start from, or an operation on the way to it is
    not in the rule table; ScriptRaised where the script comes no further.
    """
    program = compile_program(script)
    known = roles(program)
    machine = Machine(program, given=_patient(given or Given()))
    loss = _loss_statement(program)
    truth = truth_here(machine, known, innermost=True)
    if loss is None or truth.root is None or truth.implied:
        raise _no_loss(machine)
    wanted = parameters(program, known)
    try:
        statements = derived(truth, wanted, loss.unit)
    except NotInTable as error:
        advice = "stepnet check judges gradients by differences where there is no rule."
        raise CommandError(f"no rule for {error}", advice=advice) from None
    except TooLong:
        raise CommandError(
            "on the way from the loss there are values without a name that take too many "
            "operations to be written out",
            advice="Keep what a loop computes in a list or a dictionary, an item a turn.",
        ) from None
    _require_right(statements, truth, machine)
    names = {name for part in program.statements for name in part.targets}
    rate = next((name for name in RATES if name in names), "")
    found = _in_order(program, [part.place for part in statements if part.is_parameter])
    if not found:
        raise CommandError(_no_way(wanted, truth.loss))
    _require_all(statements, truth)
    if _is_summed(truth):
        _require_same_places(statements, loss)
        statements = tuple(map(_summed, statements))
        return Backward(statements, loss, found, rate, summed=True)
    return Backward(statements, loss, found, rate)


def _require_all(statements: tuple[Derived, ...], truth: Truth) -> None:
    """Raise CommandError if a parameter that is updated has no place where the loss is computed."""
    written = {part.variable for part in statements}
    for update in truth.gathered.updates:
        if update.target in truth.adjoints and update.target not in written:
            name = leaf_of(update.target.name) or update.statement.label
            raise CommandError(_no_way(frozenset({name}), truth.loss))


def _require_same_places(statements: tuple[Derived, ...], loss: Statement) -> None:
    """Raise CommandError where each turn of the loop has other items: ``hs[0]``, ``hs[1]``."""
    for part in statements:
        for place in places_in(ast.parse(part.text)):
            if re.search(r"\[-?\d+\]", place) or re.search(r"\[-?\d+\]", part.place):
                raise CommandError(
                    f"the loss of {loss.at} adds up over an inner loop with other items in "
                    f"each turn, such as {part.place or place}: what is derived of one turn is "
                    "not the derivative of all",
                    advice="stepnet check judges the script's own gradients all the same.",
                )


def _require_right(statements: tuple[Derived, ...], truth: Truth, machine: Machine) -> None:
    """Run the statements where they will stand; raise CommandError if they say anything wrong."""
    assert truth.root is not None
    finish(travel(machine, truth.root.tick))
    frame = machine.frame
    names = {**frame.globals, **frame.names}
    for part in statements:
        try:
            with np.errstate(all="ignore"):
                exec(part.text, names)
            right = not part.is_parameter or agree(
                np.asarray(names[part.name], dtype=float), truth.adjoints[part.variable]
            )
        except Exception as error:
            raise _unfit(part, f"{type(error).__name__}: {error}") from None
        if not right:
            raise _unfit(part, f"it is not {part.claim} there")


def _unfit(part: Derived, reason: str) -> CommandError:
    line = f" ({part.of.at})" if part.of else ""
    return CommandError(
        f"what is derived of this cannot be written behind the loss: {part.text}{line}: {reason}",
        advice="stepnet check judges the script's own gradients all the same.",
    )


def _no_way(wanted: frozenset[str], loss: str) -> str:
    if not wanted:
        return "no name is a parameter: nothing is updated, and nothing is drawn at random"
    names = ", ".join(sorted(wanted))
    return f"the way from {names} to {loss} cannot be written in names of one place of the script"


def _is_summed(truth: Truth) -> bool:
    """Does the loss go on from what it was before the iteration?"""
    made = {entry.output for entry in truth.gathered.tape.entries}
    return any(
        part in truth.gathered.roots and part not in made
        for entry in truth.gathered.tape.entries
        if entry.output in truth.adjoints
        for part in entry.inputs
    )


def _summed(part: Derived) -> Derived:
    """A parameter's derivative, added to those of the turns before."""
    if not part.is_parameter:
        return part
    return replace(part, text=part.text.replace(" = ", " += ", 1))


def _patient(given: Given) -> Given:
    asked = given.limits
    limits = replace(asked, steps=asked.steps or STEPS, seconds=asked.seconds or SECONDS)
    return replace(given, limits=limits)


def completed(script: Script, given: Given | None = None) -> Script:
    """The script with its backward pass and update; itself if it has them.

    Raises CommandError where they cannot be derived.
    """
    backward = backward_of(script, given)
    require_whole(backward)
    lines = list(script.lines)
    indent = " " * backward.loss.column
    added = [*backward_lines(backward, indent), *update_lines(backward, indent)]
    at = backward.loss.end_line
    text = "\n".join([*lines[:at], *added, *lines[at:]]) + "\n"
    return replace(script, text=text, sections=moved(script.sections, at, len(added)))


def require_whole(backward: Backward) -> None:
    """Raise CommandError for statements that need sums begun and updates made around a loop."""
    if backward.summed:
        raise CommandError(
            f"the loss of {backward.loss.at} adds up over an inner loop: its gradients are "
            "sums that begin outside of it",
            advice="Without --script the statements inside the loop are printed.",
        )


def backward_lines(backward: Backward, indent: str = "") -> list[str]:
    """The derived statements under their marker, each beside what it is the derivative of."""
    texts = [part.text for part in backward.statements]
    width = max((len(text) for text in texts if len(text) <= LONGEST), default=0)
    told = [
        f"{text:{width}}  # {origin(part)}" if part.claim else text
        for text, part in zip(texts, backward.statements, strict=True)
    ]
    return [f"{indent}{line}" for line in ("# %% backward", *told)]


def origin(part: Derived) -> str:
    """``∂E/∂w, line 33: s = X @ w``: the forward statement that a derived one differentiates."""
    if part.of is None:
        return part.claim
    text = " ".join(part.of.text.split())
    return f"{part.claim}, {part.of.at}: {text}"


def update_lines(backward: Backward, indent: str = "") -> list[str]:
    """A step against each gradient, under its marker."""
    rate = backward.rate or "0.1"
    names = {part.place: part.name for part in backward.statements if part.is_parameter}
    steps = (f"{name} -= {rate} * {names[name]}" for name in backward.parameters)
    return [f"{indent}{line}" for line in ("# %% update", *steps)]


def _loss_statement(program: Program) -> Statement | None:
    """The last statement that assigns the loss where training happens."""
    found = [
        statement
        for statement in program.statements
        if program.loss in statement.targets and not isinstance(statement.node, ast.For)
    ]
    inner = [statement for statement in found if statement.column > 0]
    return (inner or found or [None])[-1]  # type: ignore[list-item]  # nothing found


def _no_loss(machine: Machine) -> CommandError:
    if machine.fault is not None:
        return ScriptRaised(f"the script raises {machine.fault.kind}: {machine.fault.message}")
    if machine.ending is not None and machine.ending.status:
        return ScriptRaised(machine.ending.told)
    if not machine.is_ended and not machine.program.loss:
        finish(run_through(machine))
    told = "no statement computes a loss, so there is nothing to derive"
    return CommandError(told, advice="Assign the loss to a name: loss = ...")


def _in_order(program: Program, wanted: list[str]) -> tuple[str, ...]:
    """The parameters in the order in which the script makes them."""
    made = [name for part in program.statements for name in part.targets]
    places = {name: place for place, name in reversed(list(enumerate(made)))}
    return tuple(sorted(wanted, key=lambda name: places.get(name, len(made))))
