"""Every figure of the reference is reproduced: to 1e-12, or to the decimals that were published."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from tests.scenarios.recording import record, reference, run

PARAMETERS = {
    "relu_net": ("W1", "b1", "W2", "b2"),
    "trask_neuron": ("w",),
    "regressor": ("w1", "b1", "w2", "b2", "w3", "b3"),
    "jacobian_net": ("W1", "c1", "W2", "c2"),
}
INITIAL = (
    ("relu_net", "W1", ("W1_init",)),
    ("relu_net", "W2", ("W2_init",)),
    ("trask_neuron", "w", ("w_init",)),
    *[("jacobian_net", name, ("init", name)) for name in PARAMETERS["jacobian_net"]],
)
LAST_PLACE = 2.0**-54 / 0.0001
"""A unit in the last place of a loss between ¼ and ½, as the division by the nudge shows it."""


def assert_close(found: Any, expected: Any, absolute: float = 0.0) -> None:
    """The same shape, and equal to 1e-12 relative."""
    assert np.shape(found) == np.shape(expected)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=absolute)


def figures(text: str) -> list[float]:
    """The numbers in a line of output."""
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


@pytest.mark.parametrize(
    ("network", "name"),
    [(network, name) for network, names in PARAMETERS.items() for name in names],
)
def test_training_ends_with_the_parameters_of_the_reference(network: str, name: str) -> None:
    assert_close(run(network).names[name], reference(network)[name])


@pytest.mark.parametrize(("network", "name", "keys"), INITIAL)
def test_training_starts_from_the_parameters_of_the_reference(
    network: str, name: str, keys: Sequence[str]
) -> None:
    expected: Any = reference(network)
    for key in keys:
        expected = expected[key]
    assert_close(record(network, *PARAMETERS[network])[name][0], expected)


@pytest.mark.parametrize("name", sorted(reference("relu_net")["epoch1"]))
def test_the_first_epoch_of_the_relu_net_is_that_of_the_reference(name: str) -> None:
    kept = record("relu_net", *sorted(reference("relu_net")["epoch1"]))[name]
    masked = 1 if name == "grad_hidden" else 0  # assigned, then masked in place
    assert_close(kept[masked], reference("relu_net")["epoch1"][name])


def test_the_relu_net_predicts_and_loses_as_the_reference_in_all_ten_epochs() -> None:
    kept = record("relu_net", "y_pred", "loss")
    assert_close(np.ravel(kept["y_pred"]), reference("relu_net")["y_pred"])
    assert_close(kept["loss"], reference("relu_net")["loss"])


def test_the_relu_net_prints_a_line_an_epoch() -> None:
    expected = reference("relu_net")
    lines = run("relu_net").lines[:10]
    assert len(expected["y_pred"]) == len(lines)
    for epoch, (line, y_pred, loss) in enumerate(
        zip(lines, expected["y_pred"], expected["loss"], strict=True), start=1
    ):
        assert figures(line) == [epoch, 0.60, round(y_pred, 2), round(loss, 4)]
        assert line.endswith(f"y_pred {y_pred:.2f}  loss {loss:.4f}")


def test_the_relu_net_infers_with_its_trained_parameters() -> None:
    last = reference("relu_net")["y_pred"][-1]
    inferred = figures(run("relu_net").lines[-1])[-1]
    assert 0.6 < inferred < last


def test_the_relu_net_drops_the_two_of_the_square() -> None:
    kept = record("relu_net", "y_pred", "grad_output")
    nudge = 1e-5
    for y_pred, grad_output in zip(kept["y_pred"], kept["grad_output"], strict=True):
        slope = ((y_pred + nudge - 0.6) ** 2 - (y_pred - nudge - 0.6) ** 2) / (2 * nudge)
        np.testing.assert_allclose(2 * grad_output, slope, atol=1e-9)


@pytest.mark.parametrize("name", sorted(reference("trask_neuron")["iter1"]))
def test_the_first_iteration_of_the_neuron_is_that_of_the_reference(name: str) -> None:
    expected = reference("trask_neuron")["iter1"]
    assert_close(record("trask_neuron", *sorted(expected))[name][0], expected[name])


def test_the_neuron_answers_as_the_reference_after_training() -> None:
    names, expected = run("trask_neuron").names, reference("trask_neuron")
    assert_close(names["y_hat"], expected["y_hat"])
    assert_close(names["prediction"].item(), expected["prediction_1_0_0"])


def test_the_neuron_prints_the_published_weights_and_outputs() -> None:
    published = reference("trask_neuron")["published"]
    printed = figures(run("trask_neuron").output.replace("[1, 0, 0]", ""))
    assert printed[:3] == published["w_init"]
    assert printed[3:7] == published["y_hat"]
    assert printed[7:10] == published["w"]
    assert printed[10:] == [round(reference("trask_neuron")["prediction_1_0_0"], 8)]


def test_the_neuron_loses_what_the_design_says_and_keeps_its_accuracy() -> None:
    losses = record("trask_neuron", "E")["E"]
    np.testing.assert_allclose(losses[:4], [0.61989, 0.51305, 0.42324, 0.36192], atol=5e-6)
    accuracies = run("trask_neuron").names["accuracies"]
    assert len(accuracies) == len(losses) == 1000
    assert accuracies[0] == 0.5
    assert set(accuracies[4:]) == {1.0}


def test_the_regressor_splits_its_data_as_the_reference() -> None:
    names, expected = run("regressor").names, reference("regressor")
    assert len(names["table"]) == expected["rows"]
    assert len(names["rows"]) == expected["rows_with_target"]
    assert list(names["x_train"].shape) == expected["train"]
    assert list(names["x_val"].shape) == expected["validation"]
    assert names["lr"] == expected["lr"]
    assert names["patience"] == expected["patience"]
    assert names["n_batches"] == expected["batches_per_epoch"]
    sizes = [len(batch) for batch in record("regressor", "batch_x", "batch_y")["batch_x"]]
    assert sizes == expected["batch_sizes"] * 103


def test_the_regressor_loses_as_the_reference_in_every_epoch() -> None:
    names, expected = run("regressor").names, reference("regressor")
    assert_close(names["train_losses"], expected["train_loss"])
    assert_close(names["val_losses"], expected["val_loss"])


def test_the_regressor_prints_the_published_log() -> None:
    published = reference("regressor")["published_log_epoch_loss_valloss"]
    log = [figures(line) for line in run("regressor").lines if re.match(r"\d", line)]
    assert log == published


def test_the_regressor_stops_when_the_reference_does() -> None:
    names, expected = run("regressor").names, reference("regressor")
    assert names["epoch"] == expected["stops_at_epoch"]
    assert names["best_epoch"] == expected["best_epoch"]
    assert figures(run("regressor").lines[-2]) == [102, 51]


def test_the_regressor_prints_the_published_r2() -> None:
    names, expected = run("regressor").names, reference("regressor")
    assert_close(names["r2"], expected["r2_squared_pearson"])
    assert run("regressor").lines[-1] == f"R2 {expected['published_r2']:.8f}"


def test_the_jacobian_net_is_set_up_as_the_reference() -> None:
    names, expected = run("jacobian_net").names, reference("jacobian_net")
    assert names["X"].T.tolist() == expected["X"]
    assert names["y"].ravel().tolist() == expected["y"]
    assert names["W1"].shape[0] == expected["len_hidden"]
    assert names["grad_step"] == expected["grad_step"]
    assert names["n_iter"] == expected["n_iter"]


def test_the_jacobian_net_predicts_as_the_reference() -> None:
    names, expected = run("jacobian_net").names, reference("jacobian_net")
    assert_close(names["yhat"], expected["yhat"])
    assert_close(names["rss"], expected["rss"])
    printed = [figures(line)[-1] for line in run("jacobian_net").lines]
    assert printed[:4] == [round(value, 4) for value in expected["yhat"][0]]
    assert printed[4] == round(expected["rss"], 6)


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("dL_dyhat", (1, 1)),
        ("dyhat_dh2", (1, 1)),
        ("dh2_dc2", (1, 1)),
        ("dh2_dW2", (1, 1, 3)),
        ("dh2_dz1", (1, 3)),
        ("dz1_dh1", (3, 3)),
        ("dh1_dc1", (3, 3)),
        ("dh1_dW1", (3, 3, 2)),
        ("dL_dh2", (1, 1)),
        ("dL_dW2", (1, 3)),
        ("dL_dc2", (1, 1)),
        ("dL_dh1", (1, 3)),
        ("dL_dW1", (3, 2)),
        ("dL_dc1", (3, 1)),
    ],
)
def test_each_jacobian_has_its_full_shape(name: str, shape: tuple[int, ...]) -> None:
    assert run("jacobian_net").names[name].shape == shape


def test_the_author_of_the_jacobian_net_fills_every_row_of_its_tensor() -> None:
    names = run("jacobian_net").names
    assert_close(names["dh1_dW1"], np.broadcast_to(names["x"].T, (3, 3, 2)))
    summed = names["dL_dW1"]  # hence one and the same gradient for every hidden unit
    assert_close(summed, np.broadcast_to(summed[0], (3, 2)))


def test_the_finite_differences_lose_as_the_reference_in_every_epoch() -> None:
    assert_close(run("finite_differences").names["losses"], reference("finite_differences")["loss"])


def test_the_finite_differences_find_the_gradients_of_the_reference() -> None:
    expected = np.concatenate(
        [np.ravel(layer) for layer in reference("finite_differences")["grad_epoch1"]]
    )
    found = record("finite_differences", "W", "grad")["grad"][: len(expected)]
    assert_close(found, expected, absolute=8 * LAST_PLACE)


@pytest.mark.parametrize(("when", "key"), [(0, "W_init"), (-1, "W")])
def test_the_finite_differences_have_the_weights_of_the_reference(when: int, key: str) -> None:
    expected = reference("finite_differences")
    weights = record("finite_differences", "W", "grad")["W"][when]
    for layer, figure in zip(weights, expected[key], strict=True):
        assert layer.dtype == expected["dtype"]
        assert_close(layer, figure)


def test_the_finite_differences_train_as_long_as_the_reference() -> None:
    names, expected = run("finite_differences").names, reference("finite_differences")
    assert names["x"].tolist() == expected["x"]
    assert names["y"].tolist() == expected["y"]
    assert len(names["losses"]) == expected["epochs"]
    printed = [figures(line) for line in run("finite_differences").lines[:10]]
    assert printed == [[n, round(expected["loss"][n - 1], 6)] for n in range(10, 101, 10)]
