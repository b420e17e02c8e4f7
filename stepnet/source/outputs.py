"""Which arguments of NumPy's functions and methods are arrays to write into."""

from __future__ import annotations

import ast
from collections.abc import Mapping

import numpy as np

from stepnet.source.modules import module_of


def unwritten(node: ast.expr, modules: Mapping[str, str]) -> ast.expr | None:
    """The expression without the arrays it writes into: ``np.exp(z, out=z)`` becomes ``np.exp(z)``.

    Changes the tree. None where the result depends on what such an array held before.
    """
    for call in [part for part in ast.walk(node) if isinstance(part, ast.Call)]:
        named = {keyword.arg for keyword in call.keywords}
        if {"out", "where"} <= named:
            return None
        call.keywords = [keyword for keyword in call.keywords if keyword.arg != "out"]
        if isinstance(call.func, ast.Attribute):
            of_module = module_of(call.func.value, dict(modules)) is not None
            name = call.func.attr
            place = output_place(name) if of_module else METHOD_OUTPUTS.get(name)
            call.args = call.args[:place]
    return node


def output_place(name: str) -> int | None:
    """Position of the ``out`` argument of a numpy function, if it has one."""
    function = getattr(np, name, None)
    return (
        function.nin
        if isinstance(function, np.ufunc)
        else _OUTPUT_PLACES.get(name.removeprefix("nan"))
    )


_OUTPUT_PLACES = {
    "dot": 2, "matmul": 2, "outer": 2, "clip": 3, "take": 3, "choose": 2, "compress": 3,
    "sum": 3, "prod": 3, "mean": 3, "std": 3, "var": 3, "cumsum": 3, "cumprod": 3, "trace": 5,
    "max": 2, "min": 2, "amax": 2, "amin": 2, "all": 2, "any": 2, "ptp": 2, "median": 2,
    "argmax": 2, "argmin": 2, "round": 2, "around": 2, "percentile": 3, "quantile": 3,
    "concatenate": 2, "stack": 2, "fix": 1, "isposinf": 1, "isneginf": 1,
}  # fmt: skip
"""Where functions that are not universal take their output, counted from 0."""


METHOD_OUTPUTS = {
    "clip": 2, "dot": 1, "sum": 2, "prod": 2, "cumsum": 2, "cumprod": 2, "mean": 2, "std": 2,
    "var": 2, "max": 1, "min": 1, "ptp": 1, "argmax": 1, "argmin": 1, "all": 2, "any": 2,
    "round": 1, "take": 2, "choose": 1, "compress": 2, "trace": 4, "reduce": 3, "accumulate": 3,
    "reduceat": 4, "random": 2, "standard_normal": 2, "standard_exponential": 3, "permuted": 2,
}  # fmt: skip
"""The same of methods: of arrays, of universal functions and of generators."""
