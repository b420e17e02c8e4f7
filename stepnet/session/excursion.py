"""Going somewhere else to look, and coming back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from stepnet.machine.machine import Machine
from stepnet.machine.travel import finish, rewind, travel
from stepnet.session.address import parsed
from stepnet.session.seek import seek


@contextmanager
def excursion(machine: Machine) -> Iterator[Callable[[str], int]]:
    """A function that goes to an address and returns its tick; afterwards all is as it was."""
    origin, broken = machine.tick, machine.fault is not None

    def go(address: str) -> int:
        finish(seek(machine, parsed(address)))
        return machine.tick

    try:
        yield go
    finally:
        if machine.tick < origin:  # whoever comes from afar has a history again
            rewind(machine, machine.keeper.nearest(origin - 1))
        if machine.tick != origin:
            finish(travel(machine, origin))
        if broken and machine.fault is None:
            machine.step()  # which raises again, and changes nothing
