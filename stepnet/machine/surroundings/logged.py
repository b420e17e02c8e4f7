"""``logging``: what goes to the script's own output is printed, everything else is nowhere read."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from stepnet.machine.tape import Kept

if TYPE_CHECKING:
    from stepnet.machine.world import World

LEVELS = ("CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG", "NOTSET")
BASIC = "%(levelname)s:%(name)s:%(message)s"
_PLAIN = "%(message)s"


class Formatter:
    """How a record becomes a line."""

    def __init__(self, fmt: str = _PLAIN, datefmt: str | None = None, style: str = "%") -> None:
        if style != "%":
            raise ValueError('logging takes formats such as "%(message)s" here')
        self.fmt, self.datefmt = str(fmt), datefmt


class Handler:
    """Where records go: a stream of the script, or nowhere."""

    def __init__(self, world: World, stream: object = None) -> None:
        self.is_heard = stream is world.stdout
        self._state = Kept(world.tape, (0, Formatter()))

    @property
    def state(self) -> tuple[int, Formatter]:
        """The level from which it listens, and how it writes."""
        state: tuple[int, Formatter] = self._state.get()
        return state

    def setLevel(self, level: int | str) -> None:  # noqa: N802  # as logging calls it
        """From which level on it listens."""
        self._state.put((_level(level), self.state[1]))

    def setFormatter(self, formatter: Formatter) -> None:  # noqa: N802  # as above
        """How it writes."""
        self._state.put((self.state[0], formatter))

    def flush(self) -> None:
        """Nothing waits to be written."""

    close = flush


def _level(level: int | str) -> int:
    if isinstance(level, str):
        if level not in LEVELS:
            raise ValueError(f"Unknown level: {level!r}")
        return int(getattr(logging, level))
    return int(level)


class Logger:
    """What ``getLogger`` returns."""

    def __init__(self, world: World, name: str, parent: Logger | None) -> None:
        self._world = world
        self.name = name
        self.parent = parent
        self._state = Kept(world.tape, (logging.WARNING if parent is None else 0, (), True))

    @property
    def level(self) -> int:
        """The level that was set."""
        level: int = self._state.get()[0]
        return level

    @property
    def handlers(self) -> list[Handler]:
        """Where its records go."""
        return list(self._state.get()[1])

    @property
    def propagate(self) -> bool:
        """Do its records go to the logger above too?"""
        return bool(self._state.get()[2])

    @propagate.setter
    def propagate(self, value: object) -> None:
        self._state.put((*self._state.get()[:2], bool(value)))

    def setLevel(self, level: int | str) -> None:  # noqa: N802  # as logging calls it
        """From which level on it listens."""
        self._state.put((_level(level), *self._state.get()[1:]))

    def addHandler(self, handler: Handler) -> None:  # noqa: N802  # as above
        """Its records go there too."""
        level, handlers, propagates = self._state.get()
        if handler not in handlers:
            self._state.put((level, (*handlers, handler), propagates))

    def removeHandler(self, handler: Handler) -> None:  # noqa: N802  # as above
        """Its records go there no more."""
        level, handlers, propagates = self._state.get()
        self._state.put((level, tuple(h for h in handlers if h is not handler), propagates))

    def hasHandlers(self) -> bool:  # noqa: N802  # as above
        """Does anybody get its records?"""
        above = self.parent is not None and self.propagate and self.parent.hasHandlers()
        return bool(self.handlers) or above

    def getEffectiveLevel(self) -> int:  # noqa: N802  # as above
        """The level that holds."""
        if self.level or self.parent is None:
            return self.level
        return self.parent.getEffectiveLevel()

    def isEnabledFor(self, level: int) -> bool:  # noqa: N802  # as above
        """Would it be said?"""
        return level >= self.getEffectiveLevel()

    def log(self, level: int, msg: object, *given: object, **_: object) -> None:
        """Say something of a level."""
        if not self.isEnabledFor(level):
            return
        record = logging.LogRecord(self.name, level, str(self._world.path), 0, msg, given, None)
        record.created = self._world.tape.hear("time", _now)
        record.msecs = record.created % 1 * 1000
        logger: Logger | None = self
        while logger is not None:
            for handler in logger.handlers:
                least, how = handler.state
                if handler.is_heard and level >= least:
                    line = logging.Formatter(how.fmt, how.datefmt).format(record)
                    self._world.tape.say(f"{line}\n")
            logger = logger.parent if logger.propagate else None

    def debug(self, msg: object, *given: object, **_: object) -> None:
        """Say a detail."""
        self.log(logging.DEBUG, msg, *given)

    def info(self, msg: object, *given: object, **_: object) -> None:
        """Say what is going on."""
        self.log(logging.INFO, msg, *given)

    def warning(self, msg: object, *given: object, **_: object) -> None:
        """Warn."""
        self.log(logging.WARNING, msg, *given)

    warn = warning

    def error(self, msg: object, *given: object, **_: object) -> None:
        """Tell of an error."""
        self.log(logging.ERROR, msg, *given)

    exception = error

    def critical(self, msg: object, *given: object, **_: object) -> None:
        """Tell of the end."""
        self.log(logging.CRITICAL, msg, *given)


def _now() -> float:
    import time

    return time.time()


def logging_module(world: World) -> dict[str, object]:
    """What ``import logging`` gives."""
    root = Logger(world, "root", None)
    known: dict[str, Logger] = {}

    def logger(name: str | None = None) -> Logger:
        if not name or name == "root":
            return root
        above = logger(name.rpartition(".")[0])
        return known.setdefault(str(name), Logger(world, str(name), above))

    def configure(
        *, level: int | str | None = None, format: str = BASIC, datefmt: str | None = None,
        stream: object = None, handlers: Any = None, style: str = "%", force: bool = False,
        **_: object,
    ) -> None:  # fmt: skip
        if root.handlers and not force:
            return
        for old in root.handlers:
            root.removeHandler(old)
        for handler in handlers if handlers is not None else [Handler(world, stream)]:
            handler.setFormatter(Formatter(format, datefmt, style))
            root.addHandler(handler)
        if level is not None:
            root.setLevel(level)

    def said(name: str) -> Callable[..., None]:
        def say(*given: Any, **named: Any) -> None:
            if not root.handlers:
                configure()
            getattr(root, name)(*given, **named)

        return say

    words = ("debug", "info", "warning", "warn", "error", "exception", "critical", "log")
    return {
        **{name: said(name) for name in words},
        **{name: getattr(logging, name) for name in LEVELS},
        "getLogger": logger,
        "basicConfig": configure,
        "StreamHandler": lambda stream=None: Handler(world, stream),
        "FileHandler": lambda *_, **__: Handler(world),
        "NullHandler": lambda: Handler(world),
        "Formatter": Formatter,
        "disable": lambda level=logging.CRITICAL: None,
        "getLevelName": logging.getLevelName,
    }
