"""Markdown cells as text: headings, lists, formulas, and nothing of pictures and HTML."""

import pytest

from stepnet.source.markdown import mathematics, plain


@pytest.mark.parametrize(
    ("markdown", "lines"),
    [
        ("## 2 - Dataset ##", ["2 - Dataset"]),
        ("One\nover two lines.\n\nAnother.", ["One over two lines.", "Another."]),
        ("a **bold** `x_train` and *it*, ***both***", ["a bold x_train and it, both"]),
        ("snake_case_name and _leaning_", ["snake_case_name and leaning"]),
        ("see [the post](http://x.y/z)\n![nn](nn.png)", ["see the post"]),
        ('<h1 id="a">Nets</h1><img src="a.png">\n<b>Figure 1.</b> x', ["Nets", "Figure 1. x"]),
        ("<style>p {color: red}</style>text &lt;b&gt;", ["text <b>"]),
        ("- one\n* two\n1. three\n---\n", ["- one", "* two", "1. three"]),
        ("```python\nx  = 1\n```", ["x  = 1"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", ["| a | b |", "| 1 | 2 |"]),
        ("where $z_{1} = x_i$:\n$$A^{[l]} = g(Z^{[l]})$$", ["where z_1 = x_i:", "A[l] = g(Z[l])"]),
        ("it costs $5 today", ["it costs $5 today"]),
        ("", []),
    ],
)  # fmt: skip
def test_is_told_in_plain_lines(markdown: str, lines: list[str]) -> None:
    assert plain(markdown, 88) == lines


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\frac{\partial \mathcal{J} }{ \partial z_{2}^{(i)} }", "∂ J / ∂ z_2(i)"),
        (r"\frac{1}{1+e^{-z}}", "1 / (1+e^(-z))"),
        (r"\begin{bmatrix} a & b \\ c & d \end{bmatrix}", "a b ; c d"),
        (r"a^{[2](i)} - \hat{y} \cdot \alpha_{ij}", "a[2](i) - y · α_ij"),
        (r"\sum_{i=1}^{m} \left( x \right)", "Σ_(i=1)^m ( x )"),
    ],
)
def test_formulas_are_written_in_characters(tex: str, text: str) -> None:
    assert mathematics(tex) == text


def test_long_lines_are_wrapped_and_items_hang() -> None:
    assert plain("- " + "word " * 8, 20) == ["- word word word", "  word word word", "  word word"]
