"""When a program in a pseudo-terminal has painted: by the bytes it writes, not by emulating them.

Emulating a screen takes longer than painting it, so bytes are taken with the time they came and
only looked at afterwards.
"""

import os
import select
import time
from collections.abc import Sequence
from pathlib import Path

import pyte

from tests.terminal import Terminal

BARE = str(Path(__file__).with_name("bare.py"))
COLUMNS, ROWS = 120, 36
QUIET = 0.06
"""Seconds of silence after which a repaint is over, unless something is painted in between."""

Chunk = tuple[float, bytes]


def started(argv: Sequence[str]) -> Terminal:
    """A program on a terminal of the benchmarks' size."""
    return Terminal.start(argv, COLUMNS, ROWS)


def painted(terminal: Terminal, quiet: float, patience: float = 30.0) -> list[Chunk]:
    """What is written from now on until silence, each piece with the time it came."""
    chunks: list[Chunk] = []
    wait = patience
    while select.select([terminal.descriptor], [], [], wait)[0]:
        try:
            written = os.read(terminal.descriptor, 1 << 16)
        except OSError:
            break
        chunks.append((time.perf_counter(), written))
        wait = quiet
    return chunks


def completed(chunks: Sequence[Chunk]) -> float:
    """The time from which on the screen showed what it shows in the end."""
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    since, before = 0.0, ""
    for moment, written in chunks:
        stream.feed(written)
        text = "\n".join(screen.display)
        if text != before:
            since, before = moment, text
    return since


def key_time(terminal: Terminal, key: str, quiet: float = QUIET) -> float:
    """Seconds from a key to the last byte of the repaint it causes."""
    painted(terminal, quiet, patience=0.0)
    start = time.perf_counter()
    terminal.send(key)
    chunks = painted(terminal, quiet, patience=5.0)
    if not chunks:
        raise RuntimeError(f"nothing was painted after {key!r}")
    return chunks[-1][0] - start
