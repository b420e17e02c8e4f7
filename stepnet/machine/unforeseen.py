"""Calls that fused code leaves to the machine, because only the run tells what they call.

A function of the script is run by its counted twin, native code that changes nothing unseen as it
is. Of everything else the piece is given up, and its statements are done one by one.
"""

from __future__ import annotations

from types import BuiltinFunctionType, FunctionType, MethodType
from typing import TYPE_CHECKING, Any

import numpy as np

from stepnet.machine.callee import callee, changed_by, is_pure
from stepnet.machine.frame import MISSING
from stepnet.source.instruction import Unit

if TYPE_CHECKING:
    from stepnet.machine.lookout import Pieces
    from stepnet.machine.machine import Machine

MOST_TWINS = 256
"""Functions whose twins are kept: a script may make new ones in every turn of its loop."""


class Unforeseen(Exception):
    """A fused piece calls what cannot be run in one go."""


class Caller:
    """Makes such calls; one for each machine."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._pieces: Pieces = {}
        self._twins: dict[int, tuple[FunctionType, FunctionType]] = {}
        """Functions that were called before, by identity, and the twin of each."""

    def use(self, pieces: Pieces) -> None:
        """Run at once what these pieces say, or else the program itself."""
        if pieces is not self._pieces:
            self._pieces = pieces
            self._twins.clear()

    def call(self, function: Any, /, *positional: object, **keywords: object) -> object:
        """What the function returns.

        Raises whatever it raises, and Unforeseen.
        """
        machine = self.machine
        if machine.announced.changes is not None:
            return function(*positional, **keywords)  # one step does it, unseen
        plain = function
        if type(function) is MethodType:
            plain, positional = function.__func__, (function.__self__, *positional)
        known = self._twins.get(id(plain))
        if known is not None and known[0] is plain:
            return known[1](*positional, **keywords)
        entered = callee(plain, positional, keywords, machine.program.units)
        if entered is None:
            self._announce(function, positional, keywords)
            return plain(*positional, **keywords)
        twin = self._twin(entered.function, entered.unit)
        result = twin(*entered.positional, **entered.keywords)
        if entered.made is MISSING:
            return result
        if result is not None:
            raise Unforeseen
        return entered.made

    def _twin(self, function: FunctionType, unit: Unit) -> FunctionType:
        code = self._pieces.get(unit, unit).whole(function.__code__.co_freevars)
        if code is None:
            raise Unforeseen
        twin = FunctionType(
            code, function.__globals__, "", function.__defaults__, function.__closure__
        )
        twin.__kwdefaults__ = function.__kwdefaults__
        if len(self._twins) >= MOST_TWINS:
            self._twins.clear()
        self._twins[id(function)] = function, twin
        return twin

    def _announce(
        self, function: object, positional: tuple[object, ...], keywords: dict[str, object]
    ) -> None:
        """Tell what native code is about to change, where that is known."""
        if isinstance(function, np.ufunc) and "out" not in keywords:
            return
        units = self.machine.program.units
        if not isinstance(function, BuiltinFunctionType):
            raise Unforeseen
        if is_pure(function, units):
            return
        things = changed_by(function, positional, keywords)
        if things is None:
            raise Unforeseen
        for thing in things:
            self.machine.announced.touch(thing)
