"""Journeys through a run: wherever one comes from, a tick is the tick that was stepped to."""

import random

from stepnet.machine.machine import Machine
from stepnet.machine.travel import back, finish, run_through, travel
from tests.machine.fingerprint import Print, fingerprint, first_difference


def moments(made: Machine) -> list[Print]:
    """The fingerprint of every tick, from stepping to the end; the machine stays there."""
    prints = [fingerprint(made)]
    while made.step():
        prints.append(fingerprint(made))
    return prints


def astray(made: Machine, prints: list[Print], rolls: random.Random, hops: int) -> str | None:
    """Travel about at random; says where the machine was not as it was when stepped there."""
    end = len(prints) - 1
    for hop in range(hops):
        start, wanted = made.tick, rolls.randint(0, end)
        how = rolls.choice(["travel", "travel", "travel", "back", "step", "through"])
        if how == "travel":
            finish(travel(made, wanted))
        elif how == "back":
            wanted = max(0, start - rolls.randint(1, 5))
            while made.tick > wanted:
                back(made)
                if fingerprint(made) != prints[made.tick]:
                    wanted = made.tick
        elif how == "step":
            wanted = min(end, start + rolls.randint(1, 5))
            while made.tick < wanted and made.step():
                pass
        else:
            wanted = end
            finish(run_through(made))
        if made.tick != wanted:
            return f"hop {hop}: {how} from {start} arrives at {made.tick}, not at {wanted}"
        if fingerprint(made) != prints[wanted]:
            what = first_difference(prints[wanted], fingerprint(made))
            return f"hop {hop}: {how} from {start} to {wanted}: {what}"
        if made.keeper.diverged:
            return f"hop {hop}: {how} from {start} to {wanted}: {made.keeper.diverged}"
    return None
