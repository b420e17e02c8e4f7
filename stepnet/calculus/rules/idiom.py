"""An idiom: an expression of several operations that is better differentiated as one."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace

from stepnet.calculus.rules.probe import places
from stepnet.calculus.rules.rule import Operation, Rule
from stepnet.calculus.rules.template import filled


@dataclass(frozen=True, eq=False)
class Idiom:
    """A recognised expression, as one operation; `derivative` takes it like any other."""

    operation: Operation

    @property
    def name(self) -> str:
        """``sigmoid``, ``half_mse``."""
        return self.operation.rule.name

    @property
    def argument(self) -> ast.expr:
        """What it is a function of, first of all."""
        return self.operation.operands[0]

    @property
    def mirrored(self) -> bool:
        """It is a function of minus its argument."""
        return "−z" in self.operation.rule.local

    @property
    def plain(self) -> ast.expr:
        """The same, written as it is written most often."""
        made = self.operation
        given = {**made.settings, **dict(zip(made.names, made.operands, strict=True))}
        given["np"] = ast.Name(made.numpy, ast.Load())
        _, value, _ = filled(made.rule.spelled[0], given)
        return value


def idiom(
    rule: Rule,
    node: ast.expr,
    operands: tuple[ast.expr, ...],
    modules: Mapping[str, str],
    settings: Mapping[str, ast.expr] | None = None,
    name: str = "",
) -> Idiom:
    """What was recognised, with every place where its operands are written."""
    copies = tuple(places(node, part) or (part,) for part in operands)
    first = tuple(found[0] for found in copies)
    rule = replace(rule, name=name) if name else rule
    made = Operation(rule, first, settings or {}, node, modules, copies=copies)
    return Idiom(made)
