"""What an object holds: taken out, compared, and put back into the same object.

Restoring writes into the object that was there, so that every alias and every view of it sees the
old contents, as it saw the new ones.
"""

from __future__ import annotations

import copy
import random
from array import array
from collections import deque
from typing import Any

import numpy as np

from stepnet.machine.generator import Suspended, put_back
from stepnet.machine.generator import contents as contents_of
from stepnet.machine.objects import (
    Instance,
    attributes,
    bare,
    class_contents,
    is_own_class,
    refill_class,
)

GENERATOR = 3000
"""Bytes of a generator, or of its state."""
OVERHEAD = 96
"""Bytes that are counted for any kept object besides its contents."""

IMMUTABLE = (
    int, float, complex, bool, str, bytes, type(None), np.generic, range, slice, frozenset,
)  # fmt: skip


MUTABLE = (np.ndarray, list, dict, set, deque, np.random.RandomState, np.random.Generator,
           random.Random, Suspended)  # fmt: skip
"""Kinds of objects that can change in place, those of the script's own classes aside."""


class NotKept:
    """Contents of something that cannot change, or that we cannot put back."""


NOT_KEPT = NotKept()


def saved(thing: object) -> object:
    """A copy of what an object holds now; NOT_KEPT for one that cannot change."""
    kind = type(thing)
    if isinstance(thing, np.ndarray):
        return thing.copy()
    if isinstance(thing, Instance) and isinstance(thing, list | dict):
        return bare(thing)
    if kind is list or kind is set or kind is dict or isinstance(thing, deque):
        return copy.copy(thing)
    if isinstance(thing, dict):
        return dict(thing)
    if isinstance(thing, np.random.RandomState):
        return thing.get_state(legacy=False)
    if isinstance(thing, np.random.Generator):
        return thing.bit_generator.state
    if isinstance(thing, random.Random):
        version, words, spare = thing.getstate()
        return version, array("I", words), spare
    if isinstance(thing, Suspended):
        return contents_of(thing)
    if is_own_class(thing):
        assert isinstance(thing, type)
        return class_contents(thing)
    return NOT_KEPT


def restore(thing: object, contents: Any) -> None:
    """Put contents back into the object they were saved from."""
    if isinstance(thing, np.ndarray):
        was = thing.flags.writeable
        if thing.shape != contents.shape:
            thing.shape = contents.shape
        if was:
            thing[...] = contents
    elif isinstance(thing, list):
        list.__setitem__(thing, slice(None), contents)
    elif isinstance(thing, dict) and isinstance(thing, Instance):
        dict.clear(thing)
        dict.update(thing, contents)
    elif isinstance(thing, dict | set):
        thing.clear()
        thing.update(contents)
    elif isinstance(thing, deque):
        thing.clear()
        thing.extend(contents)
    elif isinstance(thing, np.random.RandomState):
        thing.set_state(contents)
    elif isinstance(thing, np.random.Generator):
        thing.bit_generator.state = contents
    elif isinstance(thing, random.Random):
        thing.setstate((contents[0], tuple(contents[1]), contents[2]))
    elif isinstance(thing, Suspended):
        put_back(thing, contents)
    elif isinstance(thing, type):
        refill_class(thing, contents)


def holders(thing: object) -> tuple[object, ...]:
    """The objects that may change when this one does: an object's attributes are a dictionary."""
    held = attributes(thing)
    if held is None:
        return (thing,)
    return (thing, held) if isinstance(thing, list | dict) else (held,)


def size(contents: object) -> int:
    """About how many bytes kept contents take."""
    if isinstance(contents, np.ndarray):
        return OVERHEAD + contents.nbytes
    if isinstance(contents, dict):
        return OVERHEAD + (GENERATOR if "bit_generator" in contents else 100 * len(contents))
    if isinstance(contents, np.random.RandomState | np.random.Generator | random.Random):
        return GENERATOR
    if isinstance(contents, tuple) and len(contents) == 3 and isinstance(contents[1], array):
        return GENERATOR
    if isinstance(contents, list | tuple | deque):
        return OVERHEAD + 8 * len(contents)
    if isinstance(contents, set):
        return OVERHEAD + 64 * len(contents)
    return OVERHEAD


def owner(array: np.ndarray) -> np.ndarray:
    """The array whose memory this one looks into; itself if it has its own."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array
