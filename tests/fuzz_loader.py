"""Opening texts that nobody would write: whatever they are, they are opened or refused.

`python -m tests.fuzz_loader [EXECUTIONS] [SEED]` mutates the scripts of the corpus: pieces of one
are cut, doubled, swapped and moved into another, and characters are changed. Anything but a program
or a SourceError is a defect; the text that shows it is printed.
"""

import json
import random
import sys
import time
import warnings
from pathlib import Path

from stepnet.source.notebook import NotANotebook, read_notebook
from stepnet.source.program import compile_program
from stepnet.source.refusal import SourceError
from stepnet.source.script import script_from_text

HERE = Path(__file__).parent
SEEDS = [path.read_text(encoding="utf-8") for path in sorted((HERE / "corpus").glob("*.py"))]
PIECES = [
    *"()[]:\n\t\"'\\#=@*,}_", "    ", "**", "lambda ", "yield ", "def f():\n", "class A:\n",
    "global x\n", "nonlocal x\n", "return ", "import ", "from ", "for x in ", "while ", "with ",
    "try:\n", "except:\n", "del ", "f'{", "await ", "async ", "match x:\n", "\x00", "\x0c", "é",
    "__class__", "...", ":=", "# %% forward\n", "#: dL/dw", "raise ", "assert ", "if ", "else:\n",
    "1e400", "0x",
]  # fmt: skip


def mutated(chance: random.Random) -> str:
    """A text made of the corpus."""
    lines = chance.choice(SEEDS).split("\n")
    start = chance.randrange(len(lines))
    lines = lines[start : start + chance.randint(3, 40)]
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(lines) + 1)
        how = chance.randrange(6)
        if how == 0:
            del lines[place : place + chance.randint(1, 3)]
        elif how == 1:
            lines[place:place] = lines[place : place + 2]
        elif how == 2:
            other = chance.choice(SEEDS).split("\n")
            at = chance.randrange(len(other))
            lines[place:place] = other[at : at + chance.randint(1, 4)]
        elif how == 3 and lines:
            at = chance.randrange(len(lines))
            lines[at] = " " * chance.randint(0, 9) + lines[at].lstrip()
        elif lines:
            at = chance.randrange(len(lines))
            column = chance.randint(0, len(lines[at]))
            end = column + chance.randint(0, 3)
            lines[at] = lines[at][:column] + chance.choice(PIECES) + lines[at][end:]
        lines = lines or ["pass"]
    return "\n".join(lines)


def fuzz(executions: int, seed: int) -> tuple[int, int]:
    """Open so many texts; returns how many became programs, and how many crashed the loader."""
    chance, programs, crashes = random.Random(seed), 0, 0
    warnings.simplefilter("ignore")
    for number in range(executions):
        text = mutated(chance)
        try:
            if number % 10 == 0:
                cells = [{"cell_type": "code", "source": text}]
                text = read_notebook(json.dumps({"cells": cells})).text
            compile_program(script_from_text("fuzz", text, HERE / "fuzz.py"))
            programs += 1
        except (SourceError, NotANotebook):
            pass
        except BaseException as error:
            crashes += 1
            print(f"--- {type(error).__name__}: {error}\n{text}\n")
    return programs, crashes


if __name__ == "__main__":
    executions, seed = (int(part) for part in (*sys.argv[1:], *("20000", "0")[len(sys.argv) - 1 :]))
    begun = time.perf_counter()
    opened, broken = fuzz(executions, seed)
    took = time.perf_counter() - begun
    print(f"{executions} executions in {took:.0f} s: {opened} opened, {broken} crashes")
    sys.exit(bool(broken))
