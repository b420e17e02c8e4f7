"""Functions that pass tuples about; regularised; labels as integers; the loss in a helper."""

import numpy as np


def init(rng, n_in, n_hidden, n_out):
    return {
        "W1": rng.normal(0, 0.5, (n_in, n_hidden)),
        "b1": np.zeros((1, n_hidden)),
        "W2": rng.normal(0, 0.5, (n_hidden, n_out)),
        "b2": np.zeros((1, n_out)),
    }


def forward(model, x):
    z1 = x.dot(model["W1"]) + model["b1"]
    a1 = np.tanh(z1)
    z2 = a1.dot(model["W2"]) + model["b2"]
    exp_scores = np.exp(z2)
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    return z1, a1, probs


def calculate_loss(model, X, y, reg_lambda):
    _, _, probs = forward(model, X)
    data_loss = np.sum(-np.log(probs[range(len(X)), y]))
    data_loss += reg_lambda / 2 * (np.sum(np.square(model["W1"])) + np.sum(np.square(model["W2"])))
    return 1.0 / len(X) * data_loss


def backprop(model, x, y, a1, probs, reg_lambda):
    delta3 = probs
    delta3[range(len(x)), y] -= 1
    dW2 = (a1.T).dot(delta3)
    db2 = np.sum(delta3, axis=0, keepdims=True)
    delta2 = delta3.dot(model["W2"].T) * (1 - np.power(a1, 2))
    dW1 = np.dot(x.T, delta2)
    db1 = np.sum(delta2, axis=0)
    dW2 += reg_lambda * model["W2"]
    dW1 += reg_lambda * model["W1"]
    return dW1, db1, dW2, db2


rng = np.random.default_rng(10)
X, y = rng.normal(size=(9, 2)), rng.integers(0, 3, 9)
model = init(rng, 2, 4, 3)
for i in range(6):
    loss = calculate_loss(model, X, y, 0.01)
    z1, a1, probs = forward(model, X)
    dW1, db1, dW2, db2 = backprop(model, X, y, a1, probs, 0.01)
    model["W1"] -= 0.01 * dW1
    model["b1"] -= 0.01 * db1
    model["W2"] -= 0.01 * dW2
    model["b2"] -= 0.01 * db2
    if i % 2 == 0:
        print(i, calculate_loss(model, X, y, 0.01))
