"""The table of mistakes, the likeliest explanation first."""

from __future__ import annotations

from stepnet.calculus.mutations import activation, multiples, names, products, sums
from stepnet.calculus.mutations.mistake import Mistake

MISTAKES: tuple[Mistake, ...] = (
    multiples.SIGN,
    multiples.FACTOR,
    activation.MISSING,
    activation.MASK_MISSING,
    activation.TWICE,
    activation.ARGUMENT,
    activation.PART,
    activation.KIND,
    activation.MASK_INVERTED,
    activation.MASK_ARRAY,
    sums.UNSUMMED,
    multiples.AVERAGED,
    sums.AXIS,
    sums.FORGOTTEN,
    sums.TERM_SIGN,
    products.TRANSPOSE,
    products.UPDATED,
    products.INPUT,
    products.STAR,
    products.AT,
    names.CROSSED,
    names.ZERO,
    names.ADDED_UP,
    names.OLD,
)

LAST: tuple[Mistake, ...] = (names.ANOTHER,)
"""What is asked when none of them fits."""

EVERY = (*MISTAKES, *LAST)
