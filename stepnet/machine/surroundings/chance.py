"""Python's and numpy's generators of random numbers, seeded for a script that does not."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np

from stepnet.machine.limits import Memory
from stepnet.machine.sizes import DRAWS, measured
from stepnet.machine.surroundings.states import sound, sound_source
from stepnet.source.allowed import NUMPY_RANDOM
from stepnet.source.offered import RANDOM


def random_module(chance: random.Random, seed: int) -> dict[str, object]:
    """What ``import random`` gives."""
    made = {name: getattr(chance, name) for name in RANDOM if hasattr(chance, name)}

    def reseed(a: Any = None, version: int = 2) -> None:
        chance.seed(seed if a is None else a, version)

    def another(x: Any = None) -> random.Random:
        return random.Random(seed if x is None else x)

    return {**made, "seed": reseed, "Random": another}


def numpy_random(generator: np.random.RandomState, given: int, memory: Memory) -> dict[str, object]:
    """What ``np.random`` gives."""
    made = {name: getattr(generator, name) for name in NUMPY_RANDOM if hasattr(generator, name)}

    def reseed(seed: Any = None) -> None:
        generator.seed(given if seed is None else seed)

    def seeded(make: Callable[..., object]) -> Callable[..., object]:
        def maker(seed: Any = None) -> object:
            if isinstance(seed, np.random.RandomState):
                raise TypeError("a generator is seeded with a number here, not with another one")
            return make(given if seed is None else seed)

        return maker

    makers = (
        "default_rng", "RandomState", "PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64",
        "SeedSequence",
    )  # fmt: skip

    def set_state(state: Any) -> None:
        generator.set_state(sound(state))

    kinds: dict[str, Any] = {name: getattr(np.random, name) for name in makers}
    for name in ("MT19937", "Philox"):
        kinds[name] = sound_source(kinds[name])
    return {
        **made,
        **measured({name: getattr(generator, name) for name in DRAWS}, memory),
        **{name: seeded(kind) for name, kind in kinds.items()},
        "seed": reseed,
        "set_state": set_state,
        "Generator": np.random.Generator,
    }
