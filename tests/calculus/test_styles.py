"""Networks as people write them: where values are kept, how gradients are summed and used."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.calculus.checking import findings_of, told

STYLES = Path(__file__).parent / "networks" / "styles"
NAMES = sorted(path.stem for path in STYLES.glob("*.py"))

CLAIMS = {
    "dicts": ["W2", "b2", "W1", "b1"],
    "keys": ["W3", "b3"],
    "lists": ["W", "b"],
    "same_keys": ["V", "c", "W", "b"],
    "nested": ["W", "b"],
}
"""What the claims of each are about, among others."""

BROKEN = [
    ("dicts", "np.dot(dZ2, A1.T) / m", "np.dot(dZ2, A1.T)", 'grads["dW2"]', "built on"),
    ("dicts", "(1 - np.power(A1, 2))", "(1 - A1)", "dZ1", ""),
    ("keys", "dA * (1 - cache", "dA * (1 + cache", "dZ", ""),
    (
        "same_keys",
        'grads["b"] = d.sum(axis=0)',
        'grads["b"] = -d.sum(axis=0)',
        'grads["b"]',
        "sign",
    ),
    ("nested", 'da = dz @ layer["W"].T', 'da = -dz @ layer["W"].T', "da", "sign"),
    ("lists", "activations[i].T @ delta", "-activations[i].T @ delta", "grads_w[", "sign"),
]
"""Style, what is right, what is wrong instead, the claim that shows it, the mistake's name."""


def text_of(name: str) -> str:
    return (STYLES / f"{name}.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("at", [1, 3])
@pytest.mark.parametrize("name", NAMES)
def test_no_right_statement_is_judged_wrong(name: str, at: int) -> None:
    found = findings_of(text_of(name), at)
    words = {finding.verdict for finding in found}
    assert "exact" in words, told(found)
    assert words <= {"exact", "scaled"}, told(found)


@pytest.mark.parametrize("name", CLAIMS)
def test_every_parameter_has_a_claim(name: str) -> None:
    claimed = {finding.claim.partition("/∂")[2] for finding in findings_of(text_of(name))}
    assert claimed >= set(CLAIMS[name])


@pytest.mark.parametrize(("name", "right", "wrong", "claim", "mistake"), BROKEN)
def test_a_mistake_is_found(name: str, right: str, wrong: str, claim: str, mistake: str) -> None:
    text = text_of(name)
    assert right in text
    found = findings_of(text.replace(right, wrong))
    bad = [part for part in found if part.verdict != "exact" and part.name.startswith(claim)]
    assert bad, told(found)
    assert bad[0].verdict in ("wrong", "scaled"), told(found)
    assert bad[0].mistake == mistake or not mistake, told(found)
