"""Shapes and values that the derivatives are tried on."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

few = settings(max_examples=8, deadline=None, derandomize=True)
"""For a test that runs once for each of many operations."""
fewer = settings(max_examples=4, deadline=None, derandomize=True)
"""For one that runs once for each of very many."""
many = settings(max_examples=20, deadline=None, derandomize=True)

Shape = tuple[int, ...]


def shapes(least: int = 0, most: int = 4, *, side: int = 3) -> st.SearchStrategy[Shape]:
    """Shapes of small arrays."""
    return arrays.array_shapes(min_dims=max(least, 1), max_dims=most, max_side=side).flatmap(
        lambda shape: st.sampled_from([shape, ()] if least == 0 else [shape])
    )


def broadcastable(number: int) -> st.SearchStrategy[tuple[Shape, ...]]:
    """Shapes that can meet in one operation."""
    return arrays.mutually_broadcastable_shapes(num_shapes=number, max_dims=4, max_side=3).map(
        lambda found: found.input_shapes
    )


@st.composite
def reductions(draw: st.DrawFn) -> tuple[Shape, str]:
    """A shape, and what may be written in the brackets of a sum over it."""
    shape = draw(shapes(1))
    axes = st.integers(-len(shape), len(shape) - 1)
    several = st.lists(
        st.integers(0, len(shape) - 1), min_size=1, max_size=len(shape), unique=True
    ).map(tuple)
    axis = draw(st.none() | axes | several)
    keep = draw(st.booleans())
    written = [] if axis is None else [f"axis={axis}"]
    return shape, ", ".join([*written, "keepdims=True"] if keep else written)


def numbers(shape: Shape, domain: str = "any", seed: int = 0) -> Any:
    """Values of a shape, none of them near another or near a kink."""
    generator = np.random.default_rng([seed, *shape])
    size = int(np.prod(shape))
    steps = generator.permutation(size) + generator.uniform(0.2, 0.8, size)
    spread = steps / max(size, 1)  # distinct, in (0, 1)
    low, high = DOMAINS[domain]
    found = (low + (high - low) * spread).reshape(shape)
    return found if shape else float(found)


DOMAINS = {
    "any": (-1.53, 1.71),
    "positive": (0.4, 2.3),
    "small": (-0.93, 0.87),
    "above one": (1.2, 2.9),
}
