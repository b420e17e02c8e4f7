"""Why the statement that has just run is what it is: a sentence or two about this very moment."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING

from stepnet.explain.expression import Piece
from stepnet.machine.event import Event, events
from stepnet.machine.frame import Frame
from stepnet.session.views import Operand
from stepnet.source.instruction import Begin, Call, Next, Statement

if TYPE_CHECKING:
    from stepnet.explain.narrate.outline import Outline
    from stepnet.session.session import Session


def why(session: Session) -> tuple[str, ...]:
    """Sentences about the statement that has just run; none where there is nothing to say."""
    # A stop that is asked for twice is worked out once by the view that shows it.
    from stepnet.session.step_pane import step_view

    return step_view(session).why


def told(
    session: Session,
    event: Event,
    inside: Piece | None,
    before: tuple[Operand, ...],
    results: tuple[Operand, ...],
) -> tuple[str, ...]:
    """The same, given what the Step pane has found out about the statement."""
    if event.entered is not None or isinstance(event.instruction, Begin | Next | Call):
        return ()
    # The rule table is loaded when it is needed: most sessions begin without it.
    from stepnet.explain.narrate.scene import Scene
    from stepnet.explain.narrate.table import narrated

    statement = event.statement
    scene = Scene(
        outline=outline_of(session),
        statement=statement,
        piece=inside,
        before={operand.text: operand.value for operand in before},
        after={operand.text: operand.value for operand in results},
        names=event.frame.scope,
        given=given(event.frame),
        claim=session.verdicts.claim(session, statement),
        verdict=session.verdicts.word(session, statement),
        updated=lambda name: _updated(session, name),
    )
    try:
        return narrated(scene)
    except Exception:
        # A script that nobody has seen may hold values that no sentence was made for; it is better
        # to say nothing than to stop the debugger.
        return ()


def outline_of(session: Session) -> Outline:
    """What is known of the script itself, worked out once a session."""
    from stepnet.explain.narrate.outline import Outline

    if session.outline is None:
        session.outline = Outline(session.program, session.roles)
    return session.outline


def given(frame: Frame) -> Mapping[str, ast.expr]:
    """What the parameters of a function were given, as its caller wrote it."""
    caller, parameters = frame.caller, frame.unit.parameters
    if caller is None or not parameters:
        return {}
    instructions = caller.unit.instructions
    calling = instructions[caller.place - 1] if 0 < caller.place <= len(instructions) else None
    node = calling.value if isinstance(calling, Call) else None
    if not isinstance(node, ast.Call):
        return {}
    pairs = zip(parameters, node.args, strict=False)
    return {name: part for name, part in pairs if not ast.unparse(part).startswith(".")}


def _updated(session: Session, name: str) -> int:
    """The line that has changed a parameter in this iteration since it was used forward."""
    outline = outline_of(session)
    updates = {id(part) for part in outline.updates if name in part.targets}
    uses = {id(part) for part in outline.readers(name) if id(part) in outline.forward}
    iteration = session.machine.registers.moment.iteration
    for event in events(session.machine):
        statement: Statement = event.instruction.statement
        if event.iteration != iteration or id(statement) in uses:
            return 0
        if id(statement) in updates and event.instruction.completes:
            return statement.line
    return 0
