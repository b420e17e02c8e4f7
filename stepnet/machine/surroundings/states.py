"""States of numpy's generators, as far as they are sound.

Numpy reads its buffer at the position that a state tells, wherever that is: in the memory beyond
it, too. So a position is looked at before a generator is given it.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from stepnet.machine.objects import is_instance, is_own_class

_SIZES = {"pos": 624, "buffer_pos": 4}
"""How far the positions of states go."""


def sound(state: Any) -> Any:
    """A copy of a state with positions that are numbers inside of the buffer.

    Raises ValueError for a position outside of it.
    """
    if isinstance(state, dict):
        return {name: _sound_part(name, part) for name, part in state.items()}
    if isinstance(state, tuple | list) and len(state) > 2:
        return (*state[:2], _sound_part("pos", state[2]), *state[3:])
    return state


def _sound_part(name: object, part: Any) -> Any:
    if isinstance(part, dict):
        return sound(part)
    size = _SIZES.get(name) if isinstance(name, str) else None
    if size is None:
        return part
    place = int(part)
    if not 0 <= place <= size:
        raise ValueError(f"the state's {name} is {place}; it goes from 0 to {size}")
    return place


def state_setter(thing: Any) -> Callable[[Any], None]:
    """``thing.set_state``.

    Raises TypeError for what is no generator of numpy and no object of the script's own.
    """
    if isinstance(thing, ModuleType) or is_instance(thing) or is_own_class(thing):
        own: Callable[[Any], None] = thing.set_state
        return own
    if not isinstance(thing, np.random.RandomState):
        raise TypeError(f"a '{type(thing).__name__}' has no state to be set")

    def set_state(state: Any) -> None:
        thing.set_state(sound(state))

    return set_state


class _Sound:
    """A source of numbers whose state is looked at."""

    @property
    def state(self) -> Any:
        return _source(self).state.__get__(self)

    @state.setter
    def state(self, value: Any) -> None:
        _source(self).state.__set__(self, sound(value))

    def __copy__(self) -> Any:
        made: Any = type(self)()
        made.state = self.state
        return made

    def __deepcopy__(self, _: object) -> Any:
        return self.__copy__()


def _source(thing: object) -> Any:
    """Numpy's own class of a source."""
    return type(thing).__mro__[2]


def sound_source(kind: type) -> Any:
    """The same kind of source, with a state that is looked at; it calls itself by the same name."""
    made = type(kind.__name__, (_Sound, kind), {})
    made.__module__ = kind.__module__
    return made
