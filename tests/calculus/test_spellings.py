"""However it is written, it is the same operation."""

from __future__ import annotations

import ast

import pytest

from stepnet.calculus.rules.operation import operation_of
from tests.calculus.derived import expression

MODULES = {
    "np": "numpy",
    "math": "math",
    "copy": "copy",
    "exp": "numpy.exp",
    "dot": "numpy.dot",
    "norm": "numpy.linalg.norm",
    "linalg": "numpy.linalg",
    "random": "numpy.random",
}

SAME = {
    "matmul": ["a @ b", "np.matmul(a, b)", "np.matmul(a, b, out=c)"],
    "dot": ["np.dot(a, b)", "a.dot(b)", "dot(a, b)"],
    "add": ["a + b", "np.add(a, b)", "np.add(a, b, out=a)", "np.add(a, b, dtype=float)"],
    "subtract": ["a - b", "np.subtract(a, b)"],
    "multiply": ["a * b", "np.multiply(a, b)", "np.multiply(a, b, a)"],
    "divide": ["a / b", "np.divide(a, b)", "np.true_divide(a, b)"],
    "power": ["a ** b", "np.power(a, b)", "np.float_power(a, b)", "pow(a, b)", "math.pow(a, b)"],
    "maximum": ["np.maximum(0, b)", "np.fmax(a, b)", "max(0, b)"],
    "minimum": ["np.minimum(0, b)", "np.fmin(a, b)", "min(a, b)"],
    "negative": ["-a", "np.negative(a)"],
    "exp": ["np.exp(a)", "exp(a)", "math.exp(a)", "np.exp(a, out=a)"],
    "abs": ["np.abs(a)", "np.absolute(a)", "np.fabs(a)", "abs(a)", "math.fabs(a)"],
    "square": ["np.square(a)"],
    "sum": [
        "a.sum()", "a.sum(1)", "a.sum(axis=1)", "np.sum(a)", "np.sum(a, 1)", "sum(a)",
        "np.sum(a, axis=1, keepdims=True)", "np.sum(a, axis=(0, 1))", "np.sum(a, dtype=float)",
    ],
    "mean": ["a.mean()", "np.mean(a, axis=0)", "np.average(a)", "a.mean(0, keepdims=True)"],
    "max": ["a.max()", "a.max(axis=0)", "np.max(a, axis=0)", "np.amax(a)"],
    "min": ["a.min()", "np.min(a, 1)", "np.amin(a)"],
    "var": ["a.var()", "np.var(a, ddof=1)"],
    "std": ["a.std(axis=0)", "np.std(a)"],
    "norm": ["np.linalg.norm(a)", "norm(a)", "linalg.norm(a, axis=1)"],
    "transpose": ["a.T", "np.transpose(a)", "a.transpose()", "a.transpose(1, 0)",
                  "a.transpose((1, 0))", "np.transpose(a, axes=(1, 0))"],
    "reshape": [
        "a.reshape(2, 3)", "a.reshape((2, 3))", "a.reshape(-1)", "np.reshape(a, (2, 3))",
        "np.reshape(a, newshape=(2, 3))", "a.ravel()", "np.ravel(a)", "a.flatten()",
        "np.squeeze(a)", "np.expand_dims(a, 1)", "np.expand_dims(a, axis=1)",
    ],
    "copy": [
        "np.array(a)", "np.asarray(a)", "a.copy()", "np.copy(a)", "float(a)", "np.atleast_2d(a)",
        "copy.deepcopy(a)", "np.array(a, dtype=float)", "np.array(a, copy=True)",
    ],
    "astype": ["a.astype(float)", "np.float64(a)", "a.astype(np.float32)"],
    "clip": [
        "np.clip(a, 0, 1)", "a.clip(0, 1)", "np.clip(a, a_min=0, a_max=None)", "a.clip(min=0)",
        "np.clip(a, 0, 1, out=a)",
    ],
    "where": ["np.where(c, a, b)"],
    "index": ["a[i]", "a[1:, mask]", "a[:, None]", "a[a > 0]", "a[-1]", "a[np.arange(n), y]"],
    "diag": ["np.diag(a)", "np.diagonal(a)", "a.diagonal()"],
    "outer": ["np.outer(a, b)"],
    "einsum": ["np.einsum('ij,jk->ik', a, b)", "np.einsum('ij,jk->ik', a, b, optimize=True)"],
    "concatenate": ["np.concatenate([a, b])", "np.concatenate((a, b), axis=1)", "np.r_[a, b]"],
    "column_stack": ["np.column_stack([a, b])", "np.c_[a, b]"],
    "hstack": ["np.hstack([a, b])", "np.hstack((a, b))"],
    "vstack": ["np.vstack([a, b])"],
    "stack": ["np.stack([a, b])", "np.stack([a, b], axis=1)"],
    "array": ["np.array([a, b])", "np.array([[a, 1], [b, c]])", "np.asarray([a, 0.5])"],
    "compare": ["a > b", "a <= b", "a == b", "np.greater(a, b)", "a & b", "a // b",
                "np.logical_and(a, b)", "np.heaviside(a, 0)"],
    "steps": ["np.sign(a)", "np.argmax(a, axis=1)", "a.argmax(1)", "int(a)", "round(a, 4)",
              "~a", "not a", "np.round(a, 2)", "a.any()", "np.isnan(a)"],
    "length": ["a.shape", "a.shape[0]", "len(a)", "a.size", "np.zeros_like(a)", "np.shape(a)",
               "np.ones_like(a, dtype=float)", "a.ndim"],
    "made": ["np.zeros((2, 3))", "np.random.randn(3, 4)", "np.eye(n)", "np.array([[0, 1], [1, 0]])",
             "random.rand(2)", "np.arange(n)", "np.array([-1.0, 2.0])", "range(n)"],
    "cumsum": ["np.cumsum(a)", "a.cumsum(axis=1)"],
    "tile": ["np.tile(a, (2, 1))"],
    "repeat": ["np.repeat(a, 2)", "a.repeat(2, axis=0)"],
    "broadcast_to": ["np.broadcast_to(a, (2, 3))"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, texts in SAME.items() for t in texts])
def test_it_is_recognised(name: str, text: str) -> None:
    found = operation_of(expression(text), MODULES)
    assert found is not None
    assert found.rule.name == name
    assert ast.unparse(found.node) == ast.unparse(expression(text))


@pytest.mark.parametrize(
    "text",
    [
        "a", "3.0", "f(a)", "self.W", "np.pi", "np.fft.fft(a)", "layer.forward(a)", "params['W1']",
        "np.sum(a, where=m)", "np.exp(a, where=m)", "np.concatenate(parts)", "np.stack(parts)",
        "np.einsum('ij->i', *parts)", "np.dot(*pair)", "np.sum(**given)", "a if c else b",
        "a < b < c", "[a, b]", "lambda: a", "np.mgrid[0:3]", "np.array([*xs])", "np.exp()",
        "np.exp(a, b, c, d)", "a.sum(0, 1, 2, 3, 4, 5)", "max(a)",
    ],
)  # fmt: skip
def test_it_is_left_alone(text: str) -> None:
    assert operation_of(expression(text), MODULES) is None


@pytest.mark.parametrize(
    ("text", "operands", "settings"),
    [
        ("np.sum(x, axis=1, keepdims=True)", ["x"], {"axis": "1", "keepdims": "True"}),
        ("x.sum(1)", ["x"], {"axis": "1"}),
        ("x.sum(axis=None)", ["x"], {}),
        ("sum(x)", ["x"], {"axis": "0"}),
        ("np.clip(x + 1, 0, a_max=2)", ["x + 1"], {"low": "0", "high": "2"}),
        ("x.reshape(2, n)", ["x"], {"shape": "(2, n)"}),
        ("x.reshape((2, n))", ["x"], {"shape": "(2, n)"}),
        ("x.reshape(-1)", ["x"], {"shape": "-1"}),
        ("x.T", ["x"], {}),
        ("np.where(c > 0, a, 0)", ["a", "0"], {"condition": "c > 0"}),
        ("np.einsum('i,i->', a, b)", ["a", "b"], {"subscripts": "'i,i->'"}),
        ("np.concatenate([a, b, c], 1)", ["a", "b", "c"], {"axis": "1"}),
        ("np.add(a, b, out=a)", ["a", "b"], {"into": "a"}),
        ("x[1:, m]", ["x"], {"key": "(1:, m)"}),
    ],
)
def test_operands_and_settings(text: str, operands: list[str], settings: dict[str, str]) -> None:
    found = operation_of(expression(text), MODULES)
    assert found is not None
    assert [ast.unparse(part) for part in found.operands] == operands
    assert {name: ast.unparse(part) for name, part in found.settings.items()} == settings
