r"""Markdown as plain lines of text: what a notebook says between its cells.

Headings, lists and paragraphs stay; marks of emphasis, links, pictures and HTML go; mathematics is
written in characters: ``$\frac{\partial L}{\partial W^{[1]}}$`` reads ∂L / ∂W[1].
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

_DROPPED = re.compile(r"(?is)<(style|script)\b.*?</\1>|<!--.*?-->")
_PICTURE = re.compile(r"!\[[^\]]*\](\([^)]*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_BREAK = re.compile(r"(?i)<(br|/p|/div|/h\d|/li|/tr)\b[^>]*>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_EMPHASIS = re.compile(r"(\*{1,3})(?=\S)(.+?)(?<=\S)\1|(?<!\w)(_{1,3})(?=\S)(.+?)(?<=\S)\3(?!\w)")
_CODE = re.compile(r"(`+)(.+?)\1")
_DISPLAYED = re.compile(
    r"(?s)\$\$(.+?)\$\$|\\\[(.+?)\\\]|(?=\\begin\{(?:align|equation))(.+?\\end\{\w+\*?\})"
)
_MATH = re.compile(r"(?<![\\\w])\$([^$\n]+?)\$(?!\d)|\\\((.+?)\\\)")
_ITEM = re.compile(r"([-*+]|\d+[.)])\s+")
_RULE = re.compile(r"([-*_=]\s*){3,}$|[|\s:-]*-[|\s:-]*\|[|\s:-]*$")
_FENCE = re.compile(r"```|~~~")

_SIGNS = {
    "partial": "∂", "nabla": "∇", "cdot": "·", "times": "×", "div": "÷", "pm": "±", "sum": "Σ",
    "prod": "Π", "int": "∫", "infty": "∞", "sqrt": "√", "leq": "≤", "le": "≤", "geq": "≥",
    "ge": "≥", "neq": "≠", "ne": "≠", "approx": "≈", "sim": "~", "in": "∈", "to": "→",
    "rightarrow": "→", "leftarrow": "←", "Rightarrow": "⇒", "odot": "⊙", "circ": "∘", "ldots": "…",
    "dots": "…", "cdots": "…", "vdots": "⋮", "top": "T", "ast": "*", "mid": "|", "quad": " ",
    "qquad": "  ", "equiv": "≡", "propto": "∝", "forall": "∀", "langle": "⟨", "rangle": "⟩",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "Delta": "Δ", "Gamma": "Γ", "Theta": "Θ", "Lambda": "Λ",
    "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_WRAPPED = re.compile(
    r"\\(?:math\w+|boldsymbol|bm|text\w*|vec|bar|hat|tilde|operatorname\*?|mbox|tag\*?|label)"
    r"\s*\{([^{}]*)\}"
)
_RAISED = re.compile(r"([_^])\{([^{}]*)\}")


def plain(markdown: str, width: int) -> list[str]:
    """Markdown as lines of text, none wider than `width` unless it is one word or code."""
    text = _PICTURE.sub("", _DROPPED.sub("", markdown.replace("\r\n", "\n")))
    formulas: list[str] = []

    def kept(found: re.Match[str]) -> str:
        """A formula's place: what it is written in is no Markdown."""
        formulas.append(mathematics(next(filter(None, found.groups()))))
        return f"\ue000{len(formulas) - 1}\ue001"

    text = _DISPLAYED.sub(lambda found: f"\n\n{kept(found)}\n\n", text)
    text = _BREAK.sub("\n\n", _MATH.sub(kept, text))
    lines: list[str] = []
    for block, is_code in _blocks(text):
        if is_code:
            lines.append(block)
        elif bare := re.sub("\ue000(\\d+)\ue001", lambda n: formulas[int(n[1])], _inline(block)):
            lines += textwrap.wrap(bare, width, subsequent_indent=" " * len(_lead(bare)))
    return lines


def _blocks(text: str) -> Iterator[tuple[str, bool]]:
    """Paragraphs, headings and items, each as one line; lines between fences as they are."""
    waiting: list[str] = []
    fenced = False
    for raw in text.split("\n"):
        line = raw.strip()
        begins = _FENCE.match(line) or not line or line[0] in "#>|" or _ITEM.match(line)
        if (begins or fenced or _RULE.match(line)) and waiting:
            yield " ".join(waiting), False
            waiting = []
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            yield raw.rstrip(), True
        elif line and not _RULE.match(line):
            waiting.append(line.lstrip(">").strip())
            if line[0] in "#|":
                yield " ".join(waiting), False
                waiting = []
    if waiting:
        yield " ".join(waiting), False


def _inline(text: str) -> str:
    """A block without marks."""
    import html  # its table of names is long, and few scripts are notebooks

    text = re.sub(r"^#+\s*|\s+#+$", "", text)
    text = _LINK.sub(r"\1", text)
    text = _TAG.sub("", text)
    lead = _lead(text)
    rest = _CODE.sub(r"\2", text[len(lead) :])
    for _ in range(3):
        rest = _EMPHASIS.sub(lambda found: found[2] or found[4], rest)
    return html.unescape(lead + rest).replace("\xa0", " ").strip()


def _lead(text: str) -> str:
    """The mark of an item, with the blanks behind it."""
    found = _ITEM.match(text)
    return found[0] if found else ""


def mathematics(tex: str) -> str:
    """A formula of TeX in characters, as well as that can be done on one line."""
    text = re.sub(r"\\(begin|end)\s*\{[^{}]*\}(\{[^{}]*\})?|\\(left|right|big|Big)\b", "", tex)
    text = text.replace("\\\\", "; ").replace("&", " ").replace("\\,", " ").replace("\\;", " ")
    for _ in range(4):
        text = _WRAPPED.sub(r"\1", text)
        text = _RAISED.sub(_raised, text)
        text = _FRACTION.sub(lambda found: f"{_part(found[1])} / {_part(found[2])}", text)
    text = text.replace("{", "").replace("}", "")
    text = re.sub(r"\\([A-Za-z]+)", lambda found: _SIGNS.get(found[1], found[1]), text)
    return " ".join(re.sub(r"\\([^A-Za-z])", r"\1", text).split())


def _raised(found: re.Match[str]) -> str:
    """``_{ij}`` as _ij, ``^{[l]}`` as [l], ``^{a+b}`` as ^(a+b)."""
    mark, inner = found[1], found[2].strip()
    if inner.startswith(("[", "(")):
        return inner
    return f"{mark}{inner}" if re.fullmatch(r"\\?\w*", inner) else f"{mark}({inner})"


def _part(text: str) -> str:
    """A part of a fraction, in brackets where it is a sum."""
    return f"({text.strip()})" if re.search(r"(?<=\S)\s*[+-]", text.strip()) else text.strip()
