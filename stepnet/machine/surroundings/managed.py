"""``contextlib``: contexts that are written as generators, and those that do little."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from stepnet.machine.objects import Instance


class Managed(Instance):
    """A context whose generator runs up to its ``yield`` at first, and on from there at last."""

    def __init__(self, generator: Any) -> None:
        self.__dict__["__generator__"] = generator

    def __enter__(self) -> object:
        try:
            return next(self.__dict__["__generator__"])
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, kind: Any, error: Any, _: object) -> bool:
        generator = self.__dict__["__generator__"]
        try:
            if error is None:
                next(generator)
            else:
                generator.throw(error)
        except StopIteration as end:
            return error is not None and end is not error
        except BaseException as raised:
            if raised is not error:
                raise
            return False
        told = "generator didn't stop" + ("" if error is None else " after throw()")
        raise RuntimeError(told)


class Suppressed(Instance):
    """A context that ends where one of these errors is raised in it."""

    def __init__(self, *kinds: type[BaseException]) -> None:
        self.__dict__["__kinds__"] = kinds

    def __enter__(self) -> None:
        """Nothing is entered."""

    def __exit__(self, kind: Any, *_: object) -> bool:
        return kind is not None and issubclass(kind, self.__dict__["__kinds__"])


class Nothing(Instance):
    """A context that does nothing."""

    def __init__(self, enter_result: object = None) -> None:
        self.__dict__["__result__"] = enter_result

    def __enter__(self) -> object:
        return self.__dict__["__result__"]

    def __exit__(self, *_: object) -> None:
        """Nothing is left."""


def contextlib_module() -> dict[str, object]:
    """What ``import contextlib`` gives."""

    def manager(function: Any) -> Callable[..., Managed]:
        def made(*given: Any, **named: Any) -> Managed:
            return Managed(function(*given, **named))

        made.__name__ = made.__qualname__ = getattr(function, "__name__", "made")
        return made

    return {"contextmanager": manager, "suppress": Suppressed, "nullcontext": Nothing}
