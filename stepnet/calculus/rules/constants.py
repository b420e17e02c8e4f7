"""The table, part 7: what passes no gradient, because it moves in steps or not at all."""

from __future__ import annotations

from stepnet.calculus.rules.rule import Rule

STEPS = "It stays the same while its operands move a little, and then jumps: no slope to follow."
LENGTHS = "It tells of shapes and types, and those do not move with the values."
MADE = "It is made from nothing that moves."

COMPARISONS = """
    np.less np.less_equal np.greater np.greater_equal np.equal np.not_equal np.logical_and
    np.logical_or np.logical_xor np.bitwise_and np.bitwise_or np.bitwise_xor np.floor_divide
    np.isclose np.allclose np.array_equal np.heaviside
"""

STEPPING = """
    np.sign np.floor np.ceil np.rint np.round np.around np.trunc np.fix np.argmax np.argmin
    np.argsort np.isnan np.isinf np.isfinite np.logical_not np.invert np.bitwise_not np.signbit
    np.any np.all np.nonzero np.flatnonzero np.argwhere np.count_nonzero np.unique np.bincount
    np.searchsorted np.digitize
    np.int64 np.int32 np.int16 np.int8 np.uint8 np.uint16 np.uint32 np.uint64 np.bool_
    math.floor math.ceil math.trunc math.isnan math.isfinite math.isinf
"""

SHAPES = "np.shape np.size np.ndim np.zeros_like np.ones_like np.empty_like np.full_like"

MAKERS = """
    np.zeros np.ones np.empty np.full np.eye np.identity np.arange np.linspace np.logspace
    np.geomspace np.indices np.tri np.diag_indices np.loadtxt np.genfromtxt
    np.random.rand np.random.randn np.random.random np.random.random_sample np.random.uniform
    np.random.normal np.random.standard_normal np.random.randint np.random.choice
    np.random.binomial np.random.permutation np.random.poisson np.random.exponential
    np.random.beta np.random.gamma np.random.laplace
    range
"""


def _calls(names: str, arguments: str) -> tuple[str, ...]:
    return tuple(f"{name}({arguments})" for name in names.split())


CONSTANTS: tuple[Rule, ...] = (
    Rule(
        "compare", ("a", "b"), (None, None),
        (
            "a < b", "a <= b", "a > b", "a >= b", "a == b", "a != b", "a // b",
            "a & b", "a | b", "a ^ b", *_calls(COMPARISONS, "a, b, out=into"),
        ),
        "entry by entry; a shorter operand is copied along the axes that it lacks",
        "0", STEPS, entrywise=True,
    ),
    Rule(
        "steps", ("x",), (None,),
        (
            "~x", "not x", *_calls(STEPPING, "x, ..."), *_calls("int bool round", "x, ..."),
            *_calls("x.argmax x.argmin x.argsort x.any x.all x.round x.nonzero", "..."),
        ),
        "the shape that the function gives",
        "0", STEPS,
    ),
    Rule(
        "length", ("x",), (None,),
        ("x.shape", "x.size", "x.ndim", "x.dtype", "len(x)", *_calls(SHAPES, "x, ...")),
        "numbers, or an array of the same shape",
        "0", LENGTHS,
    ),
    Rule("made", (), (), _calls(MAKERS, "..."), "the shape asked for", "0", MADE),
)  # fmt: skip
"""Rows without a derivative: name, spellings, shapes, and why."""
