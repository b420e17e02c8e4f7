"""Phases of scripts that mark none: held to the markers of the scenarios, and to common styles."""

import ast
from pathlib import Path

import pytest

from stepnet.source.inferred import inferred
from stepnet.source.narration import narration
from stepnet.source.program import compile_program
from stepnet.source.script import Script, open_script

TRAINED = ("trask_neuron", "relu_net", "regressor", "jacobian_net")

LAYERS = """
import numpy as np
class Dense:
    def __init__(self, n, m):
        self.weights = np.random.rand(n, m)
    def forward(self, x):
        self.x = x
        return np.dot(x, self.weights)
    def backward(self, error, rate):
        passed = np.dot(error, self.weights.T)
        slope = np.dot(self.x.T, error)
        self.weights -= rate * slope
        return passed
def mse_prime(target, out):
    return 2 * (out - target) / target.size
class Network:
    def __init__(self):
        self.layers = []
    def use(self, slope):
        self.slope = slope
    def fit(self, xs, ys):
        for x, y in zip(xs, ys):
            out = x
            for layer in self.layers:
                out = layer.forward(out)
            error = self.slope(y, out)
            for layer in reversed(self.layers):
                error = layer.backward(error, 0.1)
net = Network()
net.layers.append(Dense(2, 1))
net.use(mse_prime)
net.fit(np.array([[[0.0, 1.0]]]), np.array([[[1.0]]]))
"""

ADAM = """
import numpy as np
X = np.random.rand(9, 2)
t = X.sum(axis=1, keepdims=True)
W = np.zeros((2, 1))
m, v = np.zeros_like(W), np.zeros_like(W)
for i in range(1, 9):
    a = X @ W
    e = a - t
    g = X.T @ e
    m = 0.9 * m + 0.1 * g
    v = 0.99 * v + 0.01 * g ** 2
    W = W - 0.01 * m / (np.sqrt(v) + 1e-8)
"""

DICTIONARY = """
import numpy as np
def gradients(params, X, y):
    p = np.exp(X @ params["W"])
    p = p / p.sum(axis=1, keepdims=True)
    d = p.copy()
    d[range(len(y)), y] -= 1
    return {"W": X.T @ d}
X, y = np.random.rand(6, 3), np.array([0, 1, 0, 1, 1, 0])
params = {"W": np.zeros((3, 2))}
for i in range(5):
    grads = gradients(params, X, y)
    for key in params:
        params[key] -= 0.1 * grads[key]
"""

IN_PLACE_THROUGH_A_LOOP = """
import numpy as np
X, t = np.random.rand(9, 2), np.random.rand(9, 1)
W, b = np.zeros((2, 1)), np.zeros(1)
for i in range(5):
    e = X @ W + b - t
    dW, db = X.T @ e, e.sum(axis=0)
    for param, slope in zip([W, b], [dW, db]):
        param -= 0.1 * slope
"""


def phases(text: str) -> dict[str, str]:
    """The phase of each statement that has one, by its text."""
    tree = ast.parse(text)
    found = inferred(tree).phases
    return {ast.unparse(node): found[id(node)] for node in ast.walk(tree) if id(node) in found}


@pytest.mark.parametrize("name", TRAINED)
def test_backward_and_update_are_found_where_the_scenarios_mark_them(name: str) -> None:
    text = open_script(name).text
    told = narration(text)
    tree = ast.parse(text)
    found = inferred(tree).phases
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign) and id(node) in found:
            phase = told.phase(node.lineno, node.col_offset)
            if {phase, found[id(node)]} & {"backward", "update"} and phase != "functions":
                assert found[id(node)] == phase, ast.unparse(node)


def test_every_marked_update_is_found() -> None:
    text = open_script("regressor").text
    marked = {
        ast.unparse(node)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.AugAssign)
        and narration(text).phase(node.lineno, node.col_offset) == "update"
    }
    assert marked
    assert marked == {line for line, phase in phases(text).items() if phase == "update"}


def test_layers_with_methods_and_functions_handed_over_as_values() -> None:
    found = phases(LAYERS)
    assert found["slope = np.dot(self.x.T, error)"] == "backward"
    assert found["return 2 * (out - target) / target.size"] == "backward"
    assert found["self.weights -= rate * slope"] == "update"
    assert found["out = layer.forward(out)"] == "forward"
    assert found["self.weights = np.random.rand(n, m)"] == "parameters"
    assert "net.fit(np.array([[[0.0, 1.0]]]), np.array([[[1.0]]]))" not in found


def test_the_state_of_an_optimiser_belongs_to_the_update() -> None:
    found = phases(ADAM)
    assert found["g = X.T @ e"] == "backward"
    assert found["m = 0.9 * m + 0.1 * g"] == "update"
    assert found["W = W - 0.01 * m / (np.sqrt(v) + 1e-08)"] == "update"
    assert found["a = X @ W"] == "forward"
    assert found["X = np.random.rand(9, 2)"] == "data"


def test_labels_that_index_the_prediction_make_an_error() -> None:
    found = phases(DICTIONARY)
    assert found["d[range(len(y)), y] -= 1"] == "backward"
    assert found["params[key] -= 0.1 * grads[key]"] == "update"
    assert found["p = p / p.sum(axis=1, keepdims=True)"] == "forward"


def test_an_update_in_place_through_a_loop_reaches_the_parameters() -> None:
    found = phases(IN_PLACE_THROUGH_A_LOOP)
    assert found["W, b = (np.zeros((2, 1)), np.zeros(1))"] == "parameters"
    assert found["param -= 0.1 * slope"] == "update"
    assert found["e = X @ W + b - t"] == "backward"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "total = 0\nfor i in range(9):\n    total += i\n",
        "import numpy as np\nX = np.ones(3)\nm = X.mean()\nX = X - m\n",
        "a = [1]\nfor x in a:\n    a = [x - y for x, y in zip(a, a)]\n",
    ],
)
def test_a_script_that_does_not_train_has_no_phases(text: str) -> None:
    assert phases(text) == {}


@pytest.mark.parametrize("path", sorted(Path(__file__).parents[1].glob("generated/corpus/*.py")))
def test_whatever_parses_is_read(path: Path) -> None:
    inferred(ast.parse(path.read_text(encoding="utf-8")))


def loss_of(text: str) -> str:
    script = Script("script", Path("script.py"), text, "", "", "")
    return compile_program(script).loss


def test_an_error_that_steps_the_weights_is_not_the_loss() -> None:
    text = IN_PLACE_THROUGH_A_LOOP.replace("e = X", "error = X").replace("e, e.s", "error, error.s")
    assert loss_of(text) == ""
    assert loss_of(text.replace("    dW,", "    cost = (error ** 2).sum()\n    dW,")) == "cost"


def test_a_count_of_layers_called_l_is_not_the_loss() -> None:
    text = ADAM.replace(
        "    e = a - t", "    L = len([W])\n    e = a - t\n    bce_value = abs(e).sum()"
    )
    assert loss_of(text) == "bce_value"


def test_an_update_in_a_function_of_its_own_is_one() -> None:
    text = """
import numpy as np
def step(W, dW, rate):
    W = W - rate * dW
    return W
X, t = np.random.rand(5, 2), np.random.rand(5, 1)
W = np.zeros((2, 1))
for i in range(3):
    e = X @ W - t
    dW = X.T @ e
    W = step(W, dW, 0.1)
"""
    found = phases(text)
    assert found["W = W - rate * dW"] == "update"
    assert found["W = step(W, dW, 0.1)"] == "update"
    assert found["dW = X.T @ e"] == "backward"


def levels_of(text: str) -> int:
    return compile_program(Script("script", Path("script.py"), text, "", "", "")).levels


def test_loops_over_layers_and_parameters_are_no_iterations() -> None:
    assert levels_of(IN_PLACE_THROUGH_A_LOOP) == 1
    assert levels_of(DICTIONARY) == 1
    assert levels_of(LAYERS) == 1


def test_a_gradient_check_before_the_training_is_no_iteration() -> None:
    text = """
import numpy as np
X, t = np.random.rand(5, 2), np.random.rand(5, 1)
W = np.zeros((2, 1))
def forward(X, W):
    a = X @ W
    return a
for k in range(2):
    W[k] += 1e-5
    print(forward(X, W).sum())
for i in range(3):
    a = forward(X, W)
    W -= 0.1 * (X.T @ (a - t))
"""
    program = compile_program(Script("script", Path("script.py"), text, "", "", ""))
    counted = {
        part.statement.line
        for part in program.module.instructions
        if getattr(part, "level", None) == 0
    }
    assert counted == {11}


def test_a_cache_of_the_forward_pass_belongs_to_no_backward_pass() -> None:
    text = DICTIONARY.replace(
        "    d = p.copy()\n", "    cache = (X, p)\n    X, p = cache\n    d = p.copy()\n"
    )
    assert phases(text).get("cache = (X, p)") != "backward"


def test_a_backward_pass_that_is_called_in_the_update_itself_is_one() -> None:
    text = """
W = draw(2, 3)
def backward(p, T):
    delta = p - T
    return X.T @ delta
for i in range(9):
    p = X @ W
    W -= 0.1 * backward(p, Y)
"""
    told = phases(text)
    assert told["delta = p - T"] == "backward"
    assert told["W -= 0.1 * backward(p, Y)"] == "update"


def test_what_is_changed_once_before_the_training_is_data() -> None:
    text = """
import numpy as np
X = np.random.rand(9, 2)
y = X.sum(axis=1)
y += np.random.rand(9)
def descend(X, y, theta):
    for i in range(9):
        theta = theta - 0.1 * X.T.dot(X.dot(theta) - y)
    return theta
theta = descend(X, y, np.zeros(2))
"""
    found = phases(text)
    assert found["y += np.random.rand(9)"] == "data"
    assert found["theta = theta - 0.1 * X.T.dot(X.dot(theta) - y)"] == "update"


def test_an_error_that_is_handed_over_begins_the_backward_pass_of_objects_that_are_called() -> None:
    text = """
class Layer:
    def __init__(self):
        self.W = draw(2, 2)
    def __call__(self, x):
        self.x = x
        self.z = x @ self.W
        return self.z
    def back(self, grad):
        self.dW = self.x.T @ grad
        return grad @ self.W.T
    def step(self, rate):
        self.W -= rate * self.dW
layers = [Layer(), Layer()]
def train(guess, grad):
    for layer in reversed(layers):
        grad = layer.back(grad)
    for layer in layers:
        layer.step(0.1)
for i in range(9):
    guess = X
    for layer in layers:
        guess = layer(guess)
    train(guess, 2 * (guess - Y))
"""
    told = phases(text)
    assert told["self.z = x @ self.W"] == "forward"
    assert told["self.dW = self.x.T @ grad"] == "backward"
    assert told["grad = layer.back(grad)"] == "backward"
    assert told["self.W -= rate * self.dW"] == "update"
    assert "train(guess, 2 * (guess - Y))" not in told, "it goes through two phases"


def test_nudged_weights_that_are_handed_over_are_no_error() -> None:
    text = """
W = draw(2, 1)
def put(values):
    global W
    W = values
def slope(nudge):
    put(W + nudge)
    up = cost(X @ W - Y)
    put(W - nudge)
    return up
for i in range(9):
    out = X @ W
    error = out - Y
    dW = X.T @ error
    W -= 0.1 * dW
slope(eye)
"""
    told = phases(text)
    assert (told["out = X @ W"], told["error = out - Y"]) == ("forward", "backward")
    assert told.get("W = values") != "backward"


def test_a_network_of_dictionaries_of_lists_has_its_phases() -> None:
    lists = Path(__file__).parents[1] / "corpus" / "lists_only.py"
    found = phases(lists.read_text(encoding="utf-8"))
    assert found["activation += weights[i] * inputs[i]"] == "forward"
    assert found["neuron['output'] = transfer(activation)"] == "forward"
    assert found["error += neuron['weights'][j] * neuron['delta']"] == "backward"
    assert found["neuron['weights'][-1] -= l_rate * neuron['delta']"] == "update"
    assert levels_of(lists.read_text(encoding="utf-8")) == 2


def test_a_training_that_is_called_once_more_for_every_rate_keeps_its_own_iterations() -> None:
    text = """\
import numpy as np
X, y = np.ones((3, 2)), np.ones((3, 1))
def train(steps, rate):
    w = np.zeros((2, 1))
    for step in range(steps):
        p = X @ w
        loss = ((p - y) ** 2).mean()
        dw = 2 * X.T @ (p - y) / 3
        w = w - rate * dw
    return w
w = train(4, 0.1)
for rate in (0.2, 0.3):
    w = train(3, rate)
"""
    assert levels_of(text) == 1
