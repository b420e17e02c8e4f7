"""What a ``with`` enters and leaves: contexts of the script, and those of numpy.

Numpy keeps its settings for the whole process; ours are a dictionary of the run, so that a step
into the past finds them as they were.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from stepnet.machine.objects import Instance
from stepnet.source.announce import STORE, TOUCH

if TYPE_CHECKING:
    from stepnet.machine.caught import Caught
    from stepnet.machine.world import World


def enter_context(context: Any) -> object:
    """What the context gives to its ``as``.

    Raises TypeError, in Python's words, for what is no context.
    """
    return special(context, "__enter__")(context)


def exit_context(context: Any, caught: Caught | None) -> object:
    """Leave a context; true if it has dealt with the error."""
    return special(context, "__exit__")(context, *raised(caught))


def raised(caught: Caught | None) -> tuple[object, object, object]:
    """What Python tells ``__exit__`` of an error."""
    return (None, None, None) if caught is None else (type(caught.error), caught.error, None)


def special(thing: object, name: str) -> Any:
    """A special method, looked up in the class, as Python does."""
    for kind in type(thing).__mro__:
        if name in kind.__dict__ and "__exit__" in dir(type(thing)):
            return kind.__dict__[name]
    half = name == "__enter__" and hasattr(type(thing), name)
    kind_name = type(thing).__name__
    raise TypeError(
        f"'{kind_name}' object does not support the context manager protocol"
        + (" (missed __exit__ method)" if half else "")
    )


def setting(world: World, change: Callable[..., None], group: str) -> type:
    """The class of a context of numpy's, ``np.errstate``: settings that hold inside a block."""

    class Setting(Instance):
        def __init__(self, **chosen: object) -> None:
            self.chosen = chosen
            self.before: dict[str, object] = {}

        def __enter__(self) -> None:
            options, builtins = world.options, world.builtins
            builtins[STORE](self, "before", False)  # type: ignore[operator]  # the machine's own
            builtins[TOUCH](options)  # type: ignore[operator]  # the machine's own
            self.before = dict(options.get(group, {}))
            change(**self.chosen)

        def __exit__(self, *_: object) -> None:
            world.builtins[TOUCH](world.options)  # type: ignore[operator]  # the machine's own
            world.options[group] = self.before
            world.options.enforce()

    return Setting
