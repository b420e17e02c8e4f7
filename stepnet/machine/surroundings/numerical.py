"""Functions of numpy that reach out of the computation: files and settings."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np

from stepnet.machine.contexts import setting
from stepnet.machine.sizes import MAKERS, measured
from stepnet.machine.surroundings.entries import nditer_maker
from stepnet.machine.surroundings.files import Files, loaded, saved

if TYPE_CHECKING:
    from stepnet.machine.world import World

FLOATS: dict[str, object] = {
    "divide": "call", "over": "call", "invalid": "call", "under": "ignore",
}  # fmt: skip
"""Nothing is raised: what numpy would warn of is collected."""


_USUAL: dict[str, object] = {
    "divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn",
}  # fmt: skip
"""What ``np.geterr()`` says of itself; where it would warn, we collect."""


def numpy_module(world: World) -> dict[str, object]:
    """What is made of ``np`` for one run."""
    files = world.files

    def set_printoptions(**options: object) -> None:
        np.set_printoptions(**options)  # type: ignore[arg-type]  # numpy checks them
        world.options["print"] = {**world.options.get("print", {}), **options}

    def seterr(**options: object) -> None:
        np.seterr(**options)  # type: ignore[arg-type]  # numpy checks them
        everything = options.pop("all", None)
        each = dict.fromkeys(FLOATS, everything) if everything else {}
        chosen = {kind: how for kind, how in options.items() if how is not None}
        world.options["floats"] = {**world.options.get("floats", {}), **each, **chosen}

    return {
        **measured({name: getattr(np, name) for name in MAKERS}, world.memory),
        "loadtxt": _reader(files, np.loadtxt),
        "genfromtxt": _reader(files, np.genfromtxt),
        "frombuffer": _from_bytes,
        "load": lambda file, **named: loaded(files, file, **named),
        "save": _saver(files, np.save, ".npy"),
        "savez": _saver(files, np.savez, ".npz"),
        "savez_compressed": _saver(files, np.savez_compressed, ".npz"),
        "savetxt": _text_writer(files),
        "errstate": setting(world, seterr, "floats"),
        "printoptions": setting(world, set_printoptions, "print"),
        "set_printoptions": set_printoptions,
        "nditer": nditer_maker(world),
        "seterr": seterr,
        "geterr": lambda: {**_USUAL, **world.options.get("floats", {})},
    }


def _reader(files: Files, read: Callable[..., object]) -> Callable[..., object]:
    def from_beside(fname: Any, *rest: Any, **named: Any) -> object:
        if isinstance(fname, str | PurePath):
            fname = io.StringIO(
                files.contents(fname).decode(named.pop("encoding", None) or "utf-8")
            )
        return read(fname, *rest, **named)

    return from_beside


def _from_bytes(buffer: Any, *rest: Any, **named: Any) -> Any:
    """Numbers in the bytes of a file; of nothing else, for a buffer may be raw memory."""
    if type(buffer) is not bytes:
        raise TypeError(f"np.frombuffer takes bytes here, not {type(buffer).__name__}")
    return np.frombuffer(buffer, *rest, **named)


def _saver(files: Files, save: Callable[..., None], ending: str) -> Callable[..., None]:
    # A partial object would show the script what it holds.
    def saver(file: Any, *arrays: Any, **named: Any) -> None:
        saved(files, save, ending, file, *arrays, **named)

    return saver


def _text_writer(files: Files) -> Callable[..., None]:
    def write(fname: Any, values: Any, *rest: Any, **named: Any) -> None:
        made = io.StringIO()
        np.savetxt(made, values, *rest, **named)
        if isinstance(fname, str | PurePath):
            files.put(fname, made.getvalue().encode())
        else:
            fname.write(made.getvalue())

    return write
