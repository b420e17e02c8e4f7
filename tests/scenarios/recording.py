"""Running a scenario under CPython: what it prints, leaves behind and computes on the way."""

import ast
import contextlib
import copy
import functools
import io
import json
import runpy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
TRAINING = ("relu_net", "trask_neuron", "regressor", "jacobian_net", "finite_differences")
SCENARIOS = (*TRAINING, "activations_and_losses")


@dataclass(frozen=True, eq=False)
class Run:
    """A scenario that has been run to its end."""

    names: dict[str, Any]
    "Its global names at the end."
    output: str
    "What it printed."

    @property
    def lines(self) -> list[str]:
        """What it printed, line by line."""
        return self.output.splitlines()


def path(scenario: str) -> Path:
    """Where a scenario lies."""
    return ROOT / "scenarios" / f"{scenario}.py"


def source(scenario: str) -> str:
    """The text of a scenario."""
    return path(scenario).read_text(encoding="utf-8")


@functools.cache
def reference(network: str) -> dict[str, Any]:
    """The figures that a network must reproduce."""
    text = (ROOT / "tests" / "reference" / "seed_networks.json").read_text(encoding="utf-8")
    figures: dict[str, Any] = json.loads(text)[network]
    return figures


@functools.cache
def run(scenario: str) -> Run:
    """Run a scenario as `python FILE` would."""
    with _aside() as printed:
        names = runpy.run_path(str(path(scenario)), run_name="__main__")
    return Run(names, printed.getvalue())


@functools.cache
def record(scenario: str, *names: str) -> dict[str, list[Any]]:
    """For each of the names, a copy of its value after every statement that assigned to it.

    Names inside functions count as well. Nothing else about the scenario changes: a call that
    keeps the value is put behind each assignment in its syntax tree.
    """
    kept: dict[str, list[Any]] = {name: [] for name in names}

    def keep(name: str, value: object) -> None:
        kept[name].append(copy.deepcopy(value))

    tree = ast.fix_missing_locations(_Keeping(names).visit(ast.parse(source(scenario))))
    namespace = {"__name__": "__main__", "__file__": str(path(scenario)), _Keeping.CALL: keep}
    with _aside():
        exec(compile(tree, str(path(scenario)), "exec"), namespace)
    return kept


class _Keeping(ast.NodeTransformer):
    """Puts a call that keeps a name's value behind each statement that assigns to it."""

    CALL = "__keep__"

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        return self._kept(node, node.targets)

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt]:
        return self._kept(node, [node.target])

    def _kept(self, node: ast.stmt, targets: list[ast.expr]) -> list[ast.stmt]:
        assigned = [name for target in targets for name in _assigned(target) if name in self.names]
        return [node, *map(self._call, assigned)]

    def _call(self, name: str) -> ast.stmt:
        value = ast.Name(name, ast.Load())
        call = ast.Call(ast.Name(self.CALL, ast.Load()), [ast.Constant(name), value], [])
        return ast.Expr(call)


def _assigned(target: ast.expr) -> Iterator[str]:
    """The names that an assignment to this target changes."""
    if isinstance(target, ast.Tuple | ast.List):
        for part in target.elts:
            yield from _assigned(part)
    elif isinstance(target, ast.Subscript | ast.Attribute | ast.Starred):
        yield from _assigned(target.value)
    elif isinstance(target, ast.Name):
        yield target.id


@contextlib.contextmanager
def _aside() -> Iterator[io.StringIO]:
    """Catch what is printed, and give numpy's global generator its state back."""
    state = np.random.get_state()
    try:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            yield printed
    finally:
        np.random.set_state(state)
