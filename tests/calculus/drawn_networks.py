"""Networks drawn at random, with a right backward pass written in one style or another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import strategies as st

Pick = Callable[..., str]

FUNCTIONS = """\
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z - np.max(z, axis={axis}, keepdims=True))
    return e / np.sum(e, axis={axis}, keepdims=True)
"""


@dataclass
class Network:
    """A script, and what is known of its backward pass."""

    text: str
    factor: str
    """``""``, or the constant factor that the backward pass drops."""


@dataclass
class _Draft:
    draw: Callable[[st.SearchStrategy[object]], object]
    lines: list[str] = field(default_factory=list)

    def pick(self, *options: str) -> str:
        return str(self.draw(st.sampled_from(options)))

    def number(self, low: int, high: int) -> int:
        value = self.draw(st.integers(low, high))
        assert isinstance(value, int)
        return value

    def chance(self) -> bool:
        return bool(self.draw(st.booleans()))

    def array(self, rows: int, columns: int, *, whole: bool, most: int = 3) -> str:
        def one() -> str:
            if whole:
                return f"{self.number(-most, most)}.0"
            value = self.number(-1000, 1000)
            return f"{value / 700:.4f}"

        listed = ", ".join(
            "[" + ", ".join(one() for _ in range(columns)) + "]" for _ in range(rows)
        )
        return f"np.array([{listed}])"


@st.composite
def networks(draw: Callable[[st.SearchStrategy[object]], object]) -> Network:
    """A script that trains a network, right in every statement."""
    return _Writer(_Draft(draw)).network()


class _Writer:
    def __init__(self, draft: _Draft) -> None:
        self.draft = draft
        self.pick, self.chance, self.number = draft.pick, draft.chance, draft.number
        self.rows = self.chance()
        self.depth = self.number(1, 3)
        self.n = self.number(1, 5)
        self.loss = self.pick("half_sse", "sse", "mse", "bce", "cce")
        self.mean = self.loss == "mse" or (self.loss in ("bce", "cce") and self.chance())
        self.widths = [self.number(1, 4) for _ in range(self.depth)] + [self.number(1, 3)]
        if self.loss == "cce":
            self.widths[-1] = max(2, self.widths[-1])
        self.whole = self.chance()
        self.hidden = [self.pick("sigmoid", "tanh", "relu") for _ in range(self.depth - 1)]
        last = {"bce": ("sigmoid",), "cce": ("softmax",)}.get(
            self.loss, ("identity", "sigmoid", "tanh", "relu", "softmax")
        )
        self.kinds = [*self.hidden, self.pick(*last)]
        self.biased = self.chance()
        self.flat_bias = self.rows and self.chance()
        self.prefix = self.pick("d", "d_", "grad_", "dL_d")
        self.dropped = self.loss in ("sse", "mse") and self.number(0, 3) == 0
        self.dot = self.chance()
        self.marked = self.chance()

    def g(self, name: str) -> str:
        return f"{self.prefix}{name}"

    def product(self, left: str, right: str) -> str:
        return f"np.dot({left}, {right})" if self.dot else f"{left} @ {right}"

    def a(self, layer: int) -> str:
        return "X" if layer == 0 else f"a{layer}"

    def mark(self, phase: str, indent: str = "    ") -> list[str]:
        return [f"{indent}# %% {phase}"] if self.marked else []

    def network(self) -> Network:
        lines = ["import numpy as np", "", FUNCTIONS.format(axis=1 if self.rows else 0), ""]
        lines += self.mark("data", "") + self.data()
        lines += self.mark("parameters", "") + self.parameters()
        lines += ["lr = 0.01", "", "for step in range(3):"]
        lines += self.mark("forward") + self.forward()
        lines += self.mark("loss") + self.losses()
        lines += self.mark("backward") + self.backward()
        lines += self.mark("update") + self.update()
        return Network("\n".join(lines) + "\n", "2" if self.dropped else "")

    def data(self) -> list[str]:
        shape = (self.n, self.widths[0]) if self.rows else (self.widths[0], self.n)
        lines = [f"X = {self.draft.array(*shape, whole=self.whole)}"]
        out = self.widths[-1]
        if self.loss == "cce":
            classes = [self.number(0, out - 1) for _ in range(self.n)]
            lines.append(f"y = np.eye({out})[{classes}]{'' if self.rows else '.T'}")
        elif self.loss == "bce":
            rows = [[self.number(0, 1) for _ in range(out)] for _ in range(self.n)]
            lines.append(f"y = np.array({rows}){'' if self.rows else '.T'}")
        else:
            shape = (self.n, out) if self.rows else (out, self.n)
            lines.append(f"y = {self.draft.array(*shape, whole=self.whole)}")
        return [*lines, f"N = {self.n}"]

    def parameters(self) -> list[str]:
        lines = []
        for layer in range(1, self.depth + 1):
            into, out = self.widths[layer - 1], self.widths[layer]
            shape = (into, out) if self.rows else (out, into)
            most = 1 if self.loss in ("bce", "cce") else 2
            lines.append(f"W{layer} = {self.draft.array(*shape, whole=self.whole, most=most)}")
            if self.biased:
                text = self.draft.array(1, out, whole=self.whole, most=1)
                if self.flat_bias:
                    text += "[0]"
                lines.append(f"b{layer} = {text}{'' if self.rows else '.T'}")
        return lines

    def forward(self) -> list[str]:
        lines = []
        for layer in range(1, self.depth + 1):
            before = self.a(layer - 1)
            weights = f"W{layer}"
            z = self.product(before, weights) if self.rows else self.product(weights, before)
            lines.append(f"    z{layer} = {z}{f' + b{layer}' if self.biased else ''}")
            lines.append(f"    a{layer} = {self.activated(self.kinds[layer - 1], f'z{layer}')}")
        return lines

    def activated(self, kind: str, z: str) -> str:
        if kind == "relu":
            return self.pick(
                f"np.maximum(0, {z})",
                f"np.maximum({z}, 0.0)",
                f"{z} * ({z} > 0)",
                f"np.where({z} > 0, {z}, 0)",
                f"np.where({z} >= 0, {z}, 0)",
            )
        if kind == "sigmoid":
            return self.pick(
                f"sigmoid({z})", f"1 / (1 + np.exp(-{z}))", f"1.0 / (np.exp(-{z}) + 1.0)"
            )
        return {"tanh": f"np.tanh({z})", "softmax": f"softmax({z})", "identity": f"1.0 * {z}"}[kind]

    def losses(self) -> list[str]:
        a = f"a{self.depth}"
        if self.loss in ("half_sse", "sse"):
            half = "0.5 * " if self.loss == "half_sse" else ""
            text = self.pick(
                f"np.sum(({a} - y) ** 2)",
                f"np.square(y - {a}).sum()",
                f"(({a} - y) * ({a} - y)).sum()",
            )
            return [f"    loss = {half}{text}"]
        if self.loss == "mse":
            self.count = self.pick("N", f"{a}.size")
            if self.count == "N":
                return [f"    loss = np.sum(({a} - y) ** 2) / N"]
            return [
                f"    loss = {self.pick(f'np.mean(({a} - y) ** 2)', f'np.square({a} - y).mean()')}"
            ]
        if self.loss == "bce":
            inner = f"y * np.log({a}) + (1 - y) * np.log(1 - {a})"
        else:
            inner = f"y * np.log({a})"
        return [f"    loss = -np.sum({inner}){' / N' if self.mean else ''}"]

    def scale(self) -> str:
        """What stands in front of the gradient of the loss."""
        return " / N" if self.mean and self.loss != "mse" else ""

    def backward(self) -> list[str]:
        last = self.depth
        a, lines = f"a{last}", []
        dz, da = self.g(f"z{last}"), self.g(a)
        fused = self.loss in ("bce", "cce") and self.chance()
        if fused:
            text = f"({a} - y){self.scale()}" if self.scale() else f"{a} - y"
            lines.append(f"    {dz} = {text}")
        elif self.loss == "bce":
            lines.append(f"    {da} = ({a} - y) / ({a} * (1 - {a})){self.scale()}")
        elif self.loss == "cce":
            lines.append(f"    {da} = -y / {a}{self.scale()}")
        else:
            two = "" if self.loss == "half_sse" or self.dropped else "2 * "
            over = f" / {self.count}" if self.loss == "mse" else ""
            text = self.pick(f"{two}({a} - y){over}", f"-{two}(y - {a}){over}")
            lines.append(f"    {da} = {text}")
        for layer in range(last, 0, -1):
            if not (fused and layer == last):
                lines += self.through(self.kinds[layer - 1], layer)
            lines += self.of_parameters(layer)
            if layer > 1:
                dz, da = self.g(f"z{layer}"), self.g(f"a{layer - 1}")
                w = f"W{layer}.T"
                text = self.product(dz, w) if self.rows else self.product(w, dz)
                lines.append(f"    {da} = {text}")
        return lines

    def through(self, kind: str, layer: int) -> list[str]:
        z, a = f"z{layer}", f"a{layer}"
        dz, da = self.g(z), self.g(a)
        if kind == "identity":
            return [f"    {dz} = {da}"]
        if kind == "softmax":
            axis = 1 if self.rows else 0
            inner = f"np.sum({da} * {a}, axis={axis}, keepdims=True)"
            return [f"    {dz} = {a} * ({da} - {inner})"]
        if kind == "relu":
            style = self.pick("z", "a", "where", "store", "copy")
            if style == "store":
                return [f"    {dz} = {da}.copy()", f"    {dz}[{z} <= 0] = 0"]
            if style == "copy":
                return [f"    {dz} = np.array({da}, copy=True)", f"    {dz}[{a} == 0] = 0"]
            return {
                "z": [f"    {dz} = {da} * ({z} > 0)"],
                "a": [f"    {dz} = ({a} > 0) * {da}"],
                "where": [f"    {dz} = np.where({z} > 0, {da}, 0)"],
            }[style]
        slope = {"sigmoid": f"{a} * (1 - {a})", "tanh": f"1 - {a} ** 2"}[kind]
        if self.chance():
            name = f"d{a}_d{z}"
            return [f"    {name} = {slope}", f"    {dz} = {da} * {name}"]
        return [f"    {dz} = {da} * ({slope})"]

    def of_parameters(self, layer: int) -> list[str]:
        dz, before = self.g(f"z{layer}"), f"{self.a(layer - 1)}.T"
        text = self.product(before, dz) if self.rows else self.product(dz, before)
        lines = [f"    {self.g(f'W{layer}')} = {text}"]
        if self.biased:
            axis = 0 if self.rows else 1
            kept = "" if self.flat_bias else ", keepdims=True"
            text = self.pick(f"np.sum({dz}, axis={axis}{kept})", f"{dz}.sum(axis={axis}{kept})")
            lines.append(f"    {self.g(f'b{layer}')} = {text}")
        return lines

    def update(self) -> list[str]:
        names = [f"W{layer}" for layer in range(1, self.depth + 1)]
        names += [f"b{layer}" for layer in range(1, self.depth + 1)] if self.biased else []
        style = self.chance()
        return [
            f"    {n} -= lr * {self.g(n)}" if style else f"    {n} = {n} - lr * {self.g(n)}"
            for n in names
        ]
