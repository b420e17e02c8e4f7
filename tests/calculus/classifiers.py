"""Classifiers that stop after their loss, with softmax and cross-entropy in many spellings."""

from __future__ import annotations

SCRIPT = '''"""A classifier."""
import numpy as np

{functions}
np.random.seed(0)
X = np.random.randn(6, 4)
labels = np.array([0, 1, 2, 1, 0, 2])
T = np.eye(3)[labels]
N = 6
W1 = np.random.randn(4, 5)
b1 = np.zeros(5)
W2 = np.random.randn(5, 3)
b2 = np.zeros(3)
for epoch in range(20):
    h = np.tanh(X @ W1 + b1)
    z = h @ W2 + b2
{body}
'''
COLUMNS = '''"""The same with a sample a column."""
import numpy as np

{functions}
np.random.seed(0)
X = np.random.randn(4, 6)
T = np.eye(3)[:, [0, 1, 2, 1, 0, 2]]
N = X.shape[1]
W = np.random.randn(3, 4)
b = np.zeros((3, 1))
for epoch in range(20):
    z = W @ X + b
{body}
'''
BINARY = '''"""Two classes."""
import numpy as np

{functions}
np.random.seed(0)
X = np.random.randn(6, 4)
t = (X[:, :1] > 0) * 1.0
N = len(X)
W = np.random.randn(4, 1)
b = np.zeros(1)
for epoch in range(20):
    z = X @ W + b
{body}
'''

SOFTMAX = {
    "function": (
        "def softmax(z):\n"
        "    e = np.exp(z - z.max(axis=1, keepdims=True))\n"
        "    return e / e.sum(axis=1, keepdims=True)\n",
        "p = softmax(z)",
    ),
    "function of one line": (
        "def softmax(x):\n    return np.exp(x) / np.sum(np.exp(x), axis=1, keepdims=True)\n",
        "p = softmax(z)",
    ),
    "function with names": (
        "def softmax(a):\n"
        "    shifted = a - np.max(a, axis=-1, keepdims=True)\n"
        "    e = np.exp(shifted)\n"
        "    total = np.sum(e, axis=-1, keepdims=True)\n"
        "    s = e / total\n"
        "    return s\n",
        "p = softmax(z)",
    ),
    "two statements": (
        "",
        "e = np.exp(z - z.max(axis=1, keepdims=True))\np = e / e.sum(axis=1, keepdims=True)",
    ),
    "no shift": ("", "e = np.exp(z)\np = e / np.sum(e, axis=1, keepdims=True)"),
    "four statements": (
        "",
        "moved = z - np.max(z, axis=1, keepdims=True)\ne = np.exp(moved)\n"
        "total = e.sum(axis=1, keepdims=True)\np = e / total",
    ),
    "one expression": ("", "p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)"),
    "transposed": ("", "e = np.exp(z)\np = (e.T / e.sum(axis=1)).T"),
    "new axis": ("", "e = np.exp(z)\np = e / e.sum(axis=1)[:, None]"),
}
"""Functions, and the statements that make ``p`` of ``z``."""

CROSS_ENTROPY = {
    "loss = -np.sum(T * np.log(p)) / N": ["dz = (p - T) / N"],
    "loss = -np.mean(np.sum(T * np.log(p), axis=1))": ["dz = (p - T) / len(p)"],
    "loss = -np.sum(T * np.log(p))": ["dz = p - T"],
    "loss = np.sum(-T * np.log(p)) / len(X)": ["dz = (p - T) / len(X)"],
    "logp = np.log(p)\nloss = -(T * logp).sum() / N": ["dz = (p - T) / N"],
    "each = -np.sum(T * np.log(p), axis=1)\nloss = each.mean()": ["dz = (p - T) / len(p)"],
    "loss = -np.log(p[range(N), labels]).mean()": [
        "dz = p.copy()",
        "dz[range(N), labels] -= 1",
        "dz /= len(p)",
    ],
    "right = -np.log(p[np.arange(N), labels])\nloss = np.sum(right) / N": [
        "dz = p.copy()",
        "dz[np.arange(N), labels] -= 1",
        "dz /= N",
    ],
    "loss = -np.sum(T * np.log(p)) / N + 0.01 * np.sum(W2 * W2)": ["dz = (p - T) / N"],
    "loss = -np.sum(T * np.log(p + 1e-8)) / N": [
        "dp = -T / (N * (p + 1e-08))",
        "dz = p * (dp - (dp * p).sum(axis=1, keepdims=True))",
    ],
    "loss = np.mean((p - T) ** 2)": [
        "dp = 2 * (p - T) / p.size",
        "dz = p * (dp - (dp * p).sum(axis=1, keepdims=True))",
    ],
}
"""Statements that make the loss of ``p``, and how the derivative by ``z`` reads."""


def indented(*lines: str) -> str:
    """The statements of a loop."""
    return "\n".join(f"    {line}" for text in lines for line in text.split("\n"))
