"""What is said of a wrong statement: whose mistake it is, and which."""

from __future__ import annotations

from stepnet.calculus.finding import Finding
from tests.calculus.checking import findings_of, told
from tests.calculus.mutants import NETWORKS

PAIR = (NETWORKS / "sigmoid_pair.py").read_text(encoding="utf-8")


def found(text: str, at: int = 1) -> dict[str, Finding]:
    """The findings by the name of the gradient."""
    return {finding.name: finding for finding in findings_of(text, at)}


def test_only_the_first_wrong_statement_is_blamed() -> None:
    """What is computed from it is right in itself."""
    results = found(PAIR.replace("dz2 = da2 * a2 * (1 - a2)", "dz2 = da2"))
    wrong = {name: f.mistake for name, f in results.items() if f.verdict == "wrong"}
    assert wrong.pop("dz2") == "slope missing", told(tuple(results.values()))
    assert set(wrong.values()) == {"built on"}
    assert results["dz2"].reason == (
        "your `dz2` is what you get if the sigmoid's derivative is left out"
    )
    assert results["dW2"].reason == "right in itself, but built on `dz2`, which is wrong"
    assert results["dW1"].reason == "right in itself, but built on `dz1`, which is wrong"


def test_two_mistakes_are_told_apart() -> None:
    """The second is found behind the first."""
    text = PAIR.replace("dz2 = da2 * a2 * (1 - a2)", "dz2 = da2")
    results = found(text.replace("dW1 = X.T @ dz1", "dW1 = -X.T @ dz1"))
    assert results["dz2"].mistake == "slope missing"
    assert results["dW1"].mistake == "sign", told(tuple(results.values()))


def test_a_mistake_in_a_statement_of_many_steps_says_where() -> None:
    """Without the statements in between, the mistake is found on the way."""
    lines = [line for line in PAIR.splitlines() if "da1 =" not in line and "dz1 =" not in line]
    text = "\n".join(lines).replace("X.T @ dz1", "X.T @ ((dz2 @ W2.T) * (z1 * (1 - z1)))") + "\n"
    text = text.replace("    db1 = dz1.sum(axis=0, keepdims=True)\n", "")
    results = found(text.replace("    b1 -= lr * db1\n", ""))
    assert results["dW1"].mistake == "slope argument"
    assert results["dW1"].reason == (
        "your `dW1` is what you get if the sigmoid's derivative is taken of `z1`, "
        "on the way at `z1`"
    )


def test_a_gradient_of_the_iteration_before() -> None:
    """dW1 is computed before its dz1."""
    text = PAIR.replace("    dW1 = X.T @ dz1\n", "")
    text = text.replace("    da1 = dz2", "    dW1 = X.T @ dz1\n    da1 = dz2")
    results = found(text.replace("for epoch", "dz1 = np.zeros((5, 4))\nfor epoch"), at=2)
    assert results["dW1"].mistake == "old", told(tuple(results.values()))
    assert "the old `dz1`: it is computed anew only later" in results["dW1"].reason
    assert results["db1"].verdict == "exact"


def test_of_a_mistake_without_a_name_the_facts_are_told() -> None:
    """How far off, where most, what is there and what should be."""
    results = found(PAIR.replace("dW1 = X.T @ dz1", "dW1 = np.cos(X.T @ dz1)"))
    reason = results["dW1"].reason
    assert results["dW1"].mistake == ""
    assert "furthest at `dW1[" in reason
    assert "but ∂loss/∂W1 is" in reason
    results = found(PAIR.replace("db2 = np.sum(dz2, axis=0, keepdims=True)", "db2 = dz2[:3] ** 2"))
    assert results["db2"].reason == "its shape is (3, 2), that of the derivative (1, 2)"


def test_every_wrong_statement_has_a_reason() -> None:
    """None is left without a word."""
    for old, new in (("da2 = a2 - y", "da2 = y"), ("dz2 @ W2.T", "dz2 @ W2.T + 1")):
        for finding in findings_of(PAIR.replace(old, new)):
            assert finding.verdict != "wrong" or finding.reason
