"""Journeys through a run: wherever one comes from, a tick is the tick that was stepped to."""

import random

from stepnet.machine.machine import Machine
from stepnet.machine.travel import back, finish, run_through, travel
from tests.machine.fingerprint import Print, fingerprint, first_difference


def moments(made: Machine, most: int = 100_000) -> list[Print]:
    """The fingerprint of every tick, or of the first ones, from stepping; the machine stays."""
    prints = [fingerprint(made)]
    while len(prints) <= most and made.step():
        prints.append(fingerprint(made))
    return prints


def astray(
    made: Machine, prints: list[Print], rolls: random.Random, hops: int, *, through: bool = True
) -> str | None:
    """Travel about at random; says where the machine was not as it was when stepped there.

    Running `through` to the end belongs to it where the prints go so far.
    """
    end = len(prints) - 1
    for hop in range(hops):
        start, wanted = made.tick, rolls.randint(0, end)
        ways = ["travel", "travel", "travel", "back", "step"]
        how = rolls.choice([*ways, "through"] if through else ways)
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
