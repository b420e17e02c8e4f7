"""When the value of an expression last changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stepnet.machine.travel import back, finish, travel
from stepnet.session.address import current_address
from stepnet.session.asking import value_here
from stepnet.session.errors import CommandError
from stepnet.session.excursion import excursion
from stepnet.session.stops.frozen import UNSET, frozen

if TYPE_CHECKING:
    from stepnet.session.session import Session

FURTHEST = 2000
"""Ticks that are looked back through."""


def last_change(session: Session, expression: str) -> str:
    """The address at which the value became what it is; ``""`` if that is not known.

    The program stands where it stood afterwards.
    """
    machine = session.machine
    value = _value(session, expression)
    if value is UNSET:
        return ""
    depth, same = machine.frame.depth, machine.tick
    with excursion(machine):
        for _ in range(FURTHEST):
            if not back(machine):
                return ""
            if machine.frame.depth > depth:
                continue  # the names there are others
            if _value(session, expression) != value:
                finish(travel(machine, same))
                return current_address(machine)
            same = machine.tick
    return ""


def _value(session: Session, expression: str) -> object:
    try:
        return frozen(value_here(session, expression))
    except CommandError:
        return UNSET
