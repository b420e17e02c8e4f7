"""In activations_and_losses each derivative is that of its function: central differences agree."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.scenarios.recording import run

NAMES = run("activations_and_losses").names
Z, P, Y, T = (np.asarray(NAMES[name]) for name in "zpyt")
AWAY_FROM_THE_KINK = Z != 0


def softmax(z: np.ndarray[Any, Any]) -> Any:
    return np.exp(z) / np.exp(z).sum()


def central(function: Callable[[Any], Any], at: Any, h: float = 1e-6) -> Any:
    """The Jacobian, an axis for the output (none for a number) and then one for the input."""
    columns = [(function(at + h * e) - function(at - h * e)) / (2 * h) for e in np.eye(len(at))]
    return np.stack(columns, axis=-1)


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("tanh", np.tanh),
        ("relu", lambda z: np.maximum(z, 0)),
        ("linear", lambda z: z),
    ],
)
def test_an_activation_has_its_own_derivative(name: str, function: Callable[[Any], Any]) -> None:
    np.testing.assert_array_equal(NAMES[name], function(Z))
    slopes = np.diag(central(function, Z))
    np.testing.assert_allclose(
        NAMES[f"d{name}_dz"][AWAY_FROM_THE_KINK], slopes[AWAY_FROM_THE_KINK], atol=1e-9
    )


def test_relu_has_no_slope_at_its_kink() -> None:
    assert NAMES["drelu_dz"][~AWAY_FROM_THE_KINK].tolist() == [0.0]


def test_softmax_is_the_same_on_shifted_exponentials() -> None:
    np.testing.assert_allclose(NAMES["softmax"], softmax(Z), rtol=1e-15)
    np.testing.assert_allclose(NAMES["softmax_shifted"], NAMES["softmax"], rtol=1e-14)


def test_softmax_has_a_full_jacobian() -> None:
    np.testing.assert_allclose(NAMES["dsoftmax_dz"], central(softmax, Z), atol=1e-9)


@pytest.mark.parametrize(
    ("loss", "of", "function"),
    [
        ("mse", "p", lambda p: np.mean((p - Y) ** 2)),
        ("mae", "p", lambda p: np.mean(np.abs(p - Y))),
        ("bce", "p", lambda p: -np.mean(Y * np.log(p) + (1 - Y) * np.log(1 - p))),
        ("cce", "softmax", lambda share: -np.sum(T * np.log(share))),
        ("cce", "z", lambda z: -np.sum(T * np.log(softmax(z)))),
    ],
)
def test_a_loss_has_its_own_derivative(loss: str, of: str, function: Callable[[Any], Any]) -> None:
    np.testing.assert_allclose(NAMES[loss], function(NAMES[of]), rtol=1e-14)
    np.testing.assert_allclose(NAMES[f"d{loss}_d{of}"], central(function, NAMES[of]), atol=1e-8)


def test_softmax_with_cross_entropy_leaves_a_difference() -> None:
    np.testing.assert_allclose(NAMES["shortcut"], NAMES["dcce_dz"], atol=1e-15)
