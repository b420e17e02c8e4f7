"""Sessions on small scripts."""

from pathlib import Path

from stepnet.session.session import Session
from stepnet.source.script import script_from_text

NET = """\
import numpy as np

# %% functions
def sigmoid(z):
    s = 1 / (1 + np.exp(-z))
    return s

# %% data
X = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[1.0], [1.0], [0.0]])

# %% parameters
np.random.seed(1)
w = np.random.randn(2, 1)
b = np.zeros((1, 1))

for epoch in range(3):
    for batch in range(2):
        # %% forward
        s = X @ w + b
        y_hat = sigmoid(s)
        # %% loss
        loss = 0.5 * np.sum((y_hat - y) ** 2)
        # %% backward
        d_y_hat = y_hat - y
        d_s = d_y_hat * y_hat * (1 - y_hat)
        d_w = X.T @ d_s
        d_b = d_s.sum(axis=0, keepdims=True)
        # %% update
        w -= 0.5 * d_w
        b -= 0.5 * d_b
    print(epoch, f"{loss:.3f}")
print("done")
"""
"""Epochs and batches, with a function and every phase."""


def session(text: str, path: Path = Path("/nowhere/script.py")) -> Session:
    """A session at the start of a script."""
    return Session(script_from_text(path.stem, text, path))


def at(text: str, address: str) -> Session:
    """A session that has gone to an address."""
    opened = session(text)
    opened.do(f"goto {address}")
    return opened
