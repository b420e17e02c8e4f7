"""``format()`` of a text, whose fields could reach inside the objects that they show."""

from __future__ import annotations

import ast
import string

LEVELS = 3
"""How deep fields may stand in the specifications of fields."""


def has_plain_fields(template: str, levels: int = LEVELS) -> bool:
    """Does no field of a text name an attribute or an item?"""
    try:
        fields = list(string.Formatter().parse(template))
    except ValueError:
        return True
    for _, field, spec, _ in fields:
        if field is not None and ("." in field or "[" in field or levels == 0):
            return False
        if spec and not has_plain_fields(spec, levels - 1):
            return False
    return True


def is_literal_format(node: ast.Attribute) -> bool:
    """Is this ``"…".format`` on a text that is written out?"""
    literal = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    return literal and node.attr == "format"


def formats_unknown(node: ast.AST) -> bool:
    """Is this ``x.format``, where the text is only known when the code runs?"""
    return isinstance(node, ast.Attribute) and node.attr == "format" and not is_literal_format(node)
