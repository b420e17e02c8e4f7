"""Modest colours for a line of Python: keywords, strings, numbers.

One regular expression instead of a highlighter: importing one costs more than the rest of a frame.
"""

from __future__ import annotations

import keyword
import re
from functools import lru_cache

from tui.lines import Line, Run

_TOKEN = re.compile(
    r"""(?P<string>[rbf]{0,2}(?:'''.*?'''|\"\"\".*?\"\"\"|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))"""
    r"""|(?P<comment>\#.*)"""
    r"""|(?P<literal>(?<![\w.])(?:\d[\d_]*\.?\d*(?:[eE][-+]?\d+)?|\.\d+))"""
    r"""|(?P<word>[^\W\d]\w*)"""
)


@lru_cache(maxsize=4096)
def python_line(code: str) -> Line:
    """`code` as runs."""
    runs: list[Run] = []
    at = 0
    for token in _TOKEN.finditer(code):
        role = token.lastgroup or ""
        if role == "word":
            if not keyword.iskeyword(token.group()):
                continue
            role = "keyword"
        if token.start() > at:
            runs.append((code[at : token.start()], ""))
        runs.append((token.group(), role))
        at = token.end()
    if at < len(code):
        runs.append((code[at:], ""))
    return tuple(runs)
