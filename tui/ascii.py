"""``--ascii``: every glyph outside ASCII replaced, at the edge of the display.

One table, one cell for one cell, so nothing moves. Accented letters lose their accents; a glyph
that the table does not know becomes ``?``. Plain functions: ``stepnet trace`` uses them without
Textual; :mod:`tui.ascii_filter` is for the application.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TABLE = {
    **dict.fromkeys("─╌┄╴╶", "-"),
    **dict.fromkeys("│╎┆┃║▏▎▕╷╵", "|"),
    **dict.fromkeys("━═", "="),
    **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼", "+"),
    **dict.fromkeys("┏┓┗┛", "#"),
    **dict.fromkeys("▌▊▋▍", "["),
    **dict.fromkeys("▐", "]"),
    **dict.fromkeys("▶▸►❯→⇒›", ">"),
    **dict.fromkeys("▷▹", ")"),
    **dict.fromkeys("◀◂←‹", "<"),
    **dict.fromkeys("▲↑", "^"),
    **dict.fromkeys("▼↓", "v"),
    **dict.fromkeys("●•", "o"),
    **dict.fromkeys("○", "."),
    **dict.fromkeys("◆", "*"),
    **dict.fromkeys("✓✔", "+"),
    **dict.fromkeys("✗✘×", "x"),
    **dict.fromkeys("·⋅", "."),
    **dict.fromkeys("…⋮⋯", "~"),
    **dict.fromkeys("–—−‐‑", "-"),
    **dict.fromkeys("‘’′", "'"),
    **dict.fromkeys("“”", '"'),
    **dict.fromkeys("∂δ", "d"),
    **dict.fromkeys("Δ∆", "D"),
    **dict.fromkeys("∇", "V"),
    **dict.fromkeys("Σ∑", "S"),
    **dict.fromkeys("σ", "s"),
    **dict.fromkeys("η", "n"),
    **dict.fromkeys("ε", "e"),
    **dict.fromkeys("θ", "t"),
    **dict.fromkeys("λ", "l"),
    **dict.fromkeys("μµ", "u"),
    **dict.fromkeys("α", "a"),
    **dict.fromkeys("β", "b"),
    **dict.fromkeys("≤", "<"),
    **dict.fromkeys("≥", ">"),
    **dict.fromkeys("≈", "~"),
    **dict.fromkeys("≠", "!"),
    **dict.fromkeys("∈", "e"),
    **dict.fromkeys("√", "v"),
    **dict.fromkeys("½¼⅓", "/"),
    **dict.fromkeys("‖", "|"),
    **dict.fromkeys("∞", "8"),
    **dict.fromkeys("ᵀ", "T"),
    **dict.fromkeys("⊙⊗", "*"),
    **dict.fromkeys("▁", "_"),
    **dict.fromkeys("▂", "."),
    **dict.fromkeys("▃", ","),
    **dict.fromkeys("▄", "-"),
    **dict.fromkeys("▅", "="),
    **dict.fromkeys("▆", "+"),
    **dict.fromkeys("▇", "*"),
    **dict.fromkeys("█▉", "#"),
    **dict.fromkeys("▔▀", '"'),
    **dict(zip("░▒▓", ".:*", strict=True)),
}
"""What stands for a glyph. Anything of one cell that is missing loses its accents or becomes ?."""

SPELLED = {
    "½": "1/2",
    "¼": "1/4",
    "⅓": "1/3",
    "∞": "inf",
    "²": "^2",
    "³": "^3",
    "′": "'",
    "·": "*",
    "Σ": "sum_",
}
"""What a line may say instead that is free to grow."""

PRODUCT = re.compile(r"(?<=\S)·(?=\S)")
"""A dot that multiplies: as a full stop, ``0·0.07`` would not be read as a product."""
UPPER_DOTS, LOWER_DOTS = 0x1B, 0xE4
"""The dots of a braille cell's upper and lower two rows."""


@lru_cache(maxsize=4096)
def ascii_text(text: str) -> str:
    """`text` in ASCII, as many cells wide."""
    if text.isascii():
        return text
    return "".join(map(_ascii_glyph, PRODUCT.sub("*", text)))


def ascii_line(text: str) -> str:
    """`text` in ASCII, where nothing has to stay in its column."""
    return ascii_text(text if text.isascii() else text.translate(_SPELLED))


_SPELLED = str.maketrans(SPELLED)


@lru_cache(maxsize=1024)
def _ascii_glyph(glyph: str) -> str:
    if glyph.isascii():
        return glyph
    if glyph in TABLE:
        return TABLE[glyph]
    code = ord(glyph) - 0x2800
    if 0 <= code <= 0xFF:
        upper, lower = code & UPPER_DOTS, code & LOWER_DOTS
        return ":" if upper and lower else "'" if upper else "." if lower else " "
    bare = unicodedata.normalize("NFKD", glyph).encode("ascii", "ignore").decode()
    size = 2 if unicodedata.east_asian_width(glyph) in "WF" else 1
    size = 0 if unicodedata.combining(glyph) else size
    return bare if len(bare) == size else "?" * size
