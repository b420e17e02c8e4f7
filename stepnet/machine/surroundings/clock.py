"""A clock that is read once at each place of a run, and nobody waits for."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from typing import Any

from stepnet.machine.tape import Tape

_READ = (
    "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time",
    "process_time_ns", "thread_time", "time", "time_ns",
)  # fmt: skip


def time_module(tape: Tape) -> dict[str, object]:
    """What ``import time`` gives."""

    def reading(name: str) -> Callable[[], object]:
        read = getattr(time, name)
        return lambda: tape.hear(name, read)

    def told(name: str, makes: Callable[..., object], place: int) -> Callable[..., object]:
        """A function that takes the time as its argument, or else reads it."""

        def teller(*given: Any) -> object:
            if len(given) > place and given[place] is not None:
                return makes(*given)
            now: Any = tape.hear("time", time.time)
            moment = now if name in ("ctime", "gmtime", "localtime") else time.localtime(now)
            return makes(*given[:place], moment)

        return teller

    made: dict[str, object] = {name: reading(name) for name in _READ}
    made["sleep"] = lambda seconds: None
    for name in ("ctime", "gmtime", "localtime", "asctime"):
        made[name] = told(name, getattr(time, name), 0)
    made["strftime"] = told("strftime", time.strftime, 1)
    return made


def datetime_module(tape: Tape) -> dict[str, object]:
    """What ``import datetime`` gives."""

    class Datetime(datetime.datetime):
        """A moment; the present one is recorded."""

        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Datetime:
            return cls.fromtimestamp(tape.hear("time", time.time), tz)

        @classmethod
        def today(cls) -> Datetime:
            return cls.now()

        @classmethod
        def utcnow(cls) -> Datetime:
            return cls.now(datetime.UTC).replace(tzinfo=None)

    class Date(datetime.date):
        """A day; today is recorded."""

        @classmethod
        def today(cls) -> Date:
            return cls.fromtimestamp(tape.hear("time", time.time))

    for made in (Datetime, Date):
        made.__name__ = made.__qualname__ = made.__name__.lower()
        made.__module__ = "datetime"
    return {"datetime": Datetime, "date": Date, "timedelta": datetime.timedelta}
