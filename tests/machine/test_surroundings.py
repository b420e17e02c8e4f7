"""What scripts do besides computing: as CPython does it, undone and done again bit for bit."""

import gzip
import struct
from pathlib import Path

import pytest

from stepnet.machine.travel import finish, travel
from stepnet.machine.world import Given
from tests.machine.agreement import quarrel
from tests.machine.fingerprint import fingerprint, first_difference
from tests.machine.running import compiled, fault_text, machine, run, stepped

AS_PYTHON = {
    "random": """\
        import random
        random.seed(4)
        a = [random.random() for _ in range(3)]
        for i in range(3):
            random.shuffle(a)
            b = random.choice(a), random.gauss(0, 1), random.randint(1, 6)
        print(a, b, random.sample(range(9), 3))
    """,
    "names of their own": """\
        from random import random, seed, shuffle
        from numpy.random import randn, seed as start
        seed(1)
        start(1)
        a = [random(), random()]
        for i in range(3):
            shuffle(a)
            w = randn(2)
        print(a, w)
        del random, seed, shuffle, randn, start
    """,
    "a generator of one's own": """\
        import random
        rng = random.Random(7)
        for i in range(3):
            x = rng.uniform(-1, 1)
        print(x)
    """,
    "containers": """\
        from collections import defaultdict, Counter, OrderedDict, deque, namedtuple
        groups = defaultdict(list)
        for i in range(5):
            groups[i % 2].append(i)
            n = groups[i + 10]
        count = Counter("abracadabra")
        count.update("bb")
        order = OrderedDict(a=1, b=2)
        order.move_to_end("a")
        last = deque(maxlen=3)
        for i in range(5):
            last.append(i)
        Layer = namedtuple("Layer", "weights bias")
        layer = Layer([1.0], bias=0.5)
        print(groups, count.most_common(2), list(order), list(last), layer.bias, layer)
        del defaultdict, groups
    """,
    "defaultdict read where nothing shows it": """\
        from collections import defaultdict
        d = defaultdict(int)
        for i in range(3):
            x = d[i]
            d[i] += 1
            d[9] += d[i + 5]
        print(dict(d), x)
        del defaultdict, d
    """,
    "iterators": """\
        import itertools
        from itertools import product, chain, count, cycle
        for lr, n in product([0.1, 0.2], [1, 2]):
            s = lr * n
        for i in count(3):
            if i > 5:
                break
        for i, name in zip(range(4), cycle("ab")):
            t = name * i
        print(list(chain([1], [2, 3])), list(itertools.accumulate([1, 2, 3])), s, i, t)
        del product, chain, count, cycle
    """,
    "functions": """\
        from functools import partial, reduce, lru_cache
        import operator
        total = []
        def f(a, b):
            total.append(a)
            return a + b
        g = partial(f, 1)
        r = reduce(f, [1, 2, 3]), reduce(operator.mul, [2, 3, 4])
        for i in range(2):
            s = g(i)
        h = lru_cache(f)
        for i in range(3):
            s = h(1, 2)
        print(r, s, total)
        del h, lru_cache
    """,
    "files in memory": """\
        import os, csv, json
        import numpy as np
        if not os.path.exists("out"):
            os.makedirs("out", exist_ok=True)
        w = np.arange(6.0).reshape(2, 3)
        np.savez("out/w.npz", w=w, b=w[0])
        np.save("out/v", w)
        back = np.load("out/w.npz")["b"] + np.load("out/v.npy")[1]
        f = open("out/log.txt", "w")
        for i in range(3):
            f.write(f"{i},{i * i}\\n")
        f.close()
        rows = []
        f = open("out/log.txt")
        for row in csv.reader(f):
            rows.append(row)
        f.close()
        np.savetxt("out/t.txt", w)
        print(rows, back, np.loadtxt("out/t.txt").sum(), json.dumps({"a": [1, 2]}))
        del f
    """,
    "what is said": """\
        import sys
        from pprint import pprint
        sys.stdout.write("a\\n")
        print("b", file=sys.stdout, flush=True)
        print("c", file=sys.stderr)
        pprint({"x": [1, 2]})
        print("%5.2f|%s|%-4d|" % (1.5, "t", 3), "{:>6}|{:.1e}".format("r", 12.5), end="!\\n")
        print(f"{3.14159:.2f} {'x':^5} {7:03d}", sep="")
    """,
    "hints": """\
        from __future__ import annotations
        from typing import List, Tuple, Optional
        import statistics, string, operator
        Vector = List[float]
        def f(x: Vector, n: Optional[int] = None) -> Tuple[float, int]:
            \"\"\"A docstring.\"\"\"
            y: float = sum(x)
            return y, n or 0
        print(f([1.0, 2.0]), statistics.mean([1, 2, 6]), string.digits, operator.neg(4))
        assert f([]) == (0, 0), "empty"
    """,
    "arguments": """\
        import argparse
        parser = argparse.ArgumentParser(description="train")
        parser.add_argument("--lr", type=float, default=0.1)
        parser.add_argument("--epochs", type=int, default=3)
        group = parser.add_argument_group("more")
        group.add_argument("--verbose", action="store_true")
        args = parser.parse_args([])
        for epoch in range(args.epochs):
            step = args.lr * epoch
        print(step, args.verbose)
        del parser, group, args
    """,
}  # fmt: skip


def dedented(text: str) -> str:
    return "\n".join(line[8:] for line in text.splitlines()) + "\n"


@pytest.mark.parametrize("name", AS_PYTHON)
def test_it_is_what_python_does(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert quarrel(dedented(AS_PYTHON[name]), tmp_path / "script.py") is None


def test_nothing_is_written_to_the_disk(tmp_path: Path) -> None:
    made = run(machine(dedented(AS_PYTHON["files in memory"]), tmp_path / "script.py"))
    assert fault_text(made) == ""
    assert list(tmp_path.iterdir()) == []


CLOCK = """\
import time
from datetime import datetime
start = time.time()
for epoch in range(4):
    t = time.perf_counter()
    print(f"{t:.9f} {datetime.now()}")
took = time.time() - start
"""


def test_the_clock_says_the_same_again() -> None:
    made = stepped(machine(CLOCK))
    end, output = fingerprint(made), made.output
    for tick in (9, 3, 0):
        finish(travel(made, tick))
        stepped(made)
        assert not first_difference(end, fingerprint(made))
        assert made.output == output
    finish(travel(made, 0))
    run(made)
    assert made.output == output


def test_drawing_is_accepted_and_what_is_plotted_is_kept() -> None:
    made = run(
        machine("""\
import matplotlib.pyplot as plt
from matplotlib.animation import FuncAnimation
import numpy as np
fig, axes = plt.subplots(2, 2, figsize=(4, 4))
axes[0, 1].plot([1, 2, 3], label="loss")
(line,) = plt.plot([0, 1], [3.0, 4.0], "r-")
line.set_ydata([1, 2])
counts, edges, _ = plt.hist([1, 2, 2], bins=2)
for ax in axes.flat:
    ax.set_title("x").set_color(plt.cm.viridis(0.5))
plt.rcParams["font.size"] = 12
with_style = plt.style.use("ggplot")
plt.legend(); plt.savefig("a.png"); plt.show()
""")
    )
    assert fault_text(made) == ""
    first, second = made.world.plots.curves
    assert (first.label, first.y.tolist()) == ("loss", [1.0, 2.0, 3.0])
    assert second.y.tolist() == [3.0, 4.0]
    assert made.names["counts"].tolist() == [1.0, 2.0]  # type: ignore[attr-defined]  # an array
    finish(travel(made, 5))
    assert len(made.world.plots.curves) == 1


def test_a_progress_bar_is_what_it_runs_over() -> None:
    made = run(
        machine("""\
from tqdm import tqdm, trange
seen = []
bar = tqdm(range(3), desc="epochs")
for i in bar:
    bar.set_description(f"{i}")
    seen.append(i)
for i in trange(2):
    tqdm.write(f"at {i}")
for i, (a, b) in enumerate(tqdm(zip([1, 2], [3, 4]), total=2)):
    seen.append(a * b)
""")
    )
    assert fault_text(made) == ""
    assert made.names["seen"] == [0, 1, 2, 3, 8]
    assert made.output == "at 0\nat 1\n"


def test_files_beside_the_script_are_read(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    made = run(
        machine(
            """\
import csv
f = open("d.csv")
head = next(f)
rows = []
for line in f:
    rows.append([float(x) for x in line.strip().split(",")])
f.close()
reader = csv.reader(open("d.csv"))
names = next(reader)
rest = [row for row in reader]
""",
            tmp_path / "script.py",
        )
    )
    assert fault_text(made) == ""
    assert made.names["rows"] == [[1.0, 2.0], [3.0, 4.0]]
    assert (made.names["names"], made.names["rest"]) == (["a", "b"], [["1", "2"], ["3", "4"]])


def test_packed_bytes_beside_the_script_are_read_as_numbers(tmp_path: Path) -> None:
    packed = struct.pack(">IIII", 2051, 2, 1, 2) + bytes([1, 2, 3, 4])
    (tmp_path / "images.gz").write_bytes(gzip.compress(packed))
    made = run(
        machine(
            """\
import gzip, struct
import numpy as np
with gzip.open("images.gz", "rb") as f:
    magic, size, rows, cols = struct.unpack(">IIII", f.read(16))
    X = np.frombuffer(f.read(), dtype=np.uint8).reshape(size, rows * cols)
X = X / 255.0
""",
            tmp_path / "script.py",
        )
    )
    assert fault_text(made) == ""
    assert (made.names["magic"], made.names["X"].shape) == (2051, (2, 2))  # type: ignore[attr-defined]  # an array
    assert made.names["X"][1, 1] == 4 / 255  # type: ignore[index]  # an array


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.txt", "link"])
def test_files_elsewhere_are_not(path: str, tmp_path: Path) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("s", encoding="utf-8")
    (folder / "link").symlink_to(tmp_path / "secret.txt")
    made = stepped(machine(f"f = open({path!r})\n", folder / "script.py"))
    assert fault_text(made).startswith("1 PermissionError: ")


def test_arguments_and_answers_are_given_from_outside() -> None:
    from stepnet.machine.machine import Machine

    text = """\
import sys, argparse
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
lr = parser.parse_args().lr
name = input("name? ")
for i in range(2):
    name += input()
print(sys.argv[1:], lr, name)
"""
    lines = iter(["ann", "b", "c"])
    given = Given(("--lr", "0.5"), lambda: next(lines))
    made = stepped(Machine(compiled(text, Path("/nowhere/script.py")), given=given))
    assert made.output == "name? ['--lr', '0.5'] 0.5 annbc\n"
    finish(travel(made, 5))
    stepped(made)
    assert made.output == "name? ['--lr', '0.5'] 0.5 annbc\n"


def test_a_seed_is_given_to_both_generators() -> None:
    text = "import random\nimport numpy as np\nprint(random.random(), np.random.rand())\n"
    seeded = "import random\nimport numpy as np\nrandom.seed(0)\nnp.random.seed(0)\n"
    assert run(machine(text)).output == run(machine(seeded + text)).output
