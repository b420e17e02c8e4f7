"""``match`` written out as ``if`` and ``elif``, so that a case is a branch like any other.

What a pattern asks of its subject becomes a test, and what it captures a name that the test binds:
``case [x, y]`` is ``.sequence(p, 2, True) and [x := p[0]] and [y := p[1]]``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

SEQUENCE, MAPPING, REST = ".sequence", ".mapping", ".rest"
"""Is this a sequence of a length, a mapping, and what is left of one without some keys."""
HAS_PLACES, PLACE = ".has_places", ".place"
"""Has an object what a class pattern asks for by place, and what is it."""
SUBJECT = ".subject"
"""What the name begins with that holds the subject of a ``match``."""


def written_out(tree: ast.Module) -> None:
    """Write out every ``match``; changes the tree."""
    _Matches().visit(tree)
    ast.fix_missing_locations(tree)


class _Matches(ast.NodeTransformer):
    def __init__(self) -> None:
        self.count = 0

    def visit_Match(self, node: ast.Match) -> list[ast.stmt]:
        self.generic_visit(node)
        subject, out = node.subject, []
        if not _may_stand(node):
            self.count += 1
            name = f"{SUBJECT}{self.count}"
            kept = ast.Assign([ast.Name(name, ast.Store())], subject)
            out = [_at(kept, node, subject)]
            subject = ast.copy_location(ast.Name(name, ast.Load()), subject)
        chain: list[ast.stmt] = []
        for case in reversed(node.cases):
            test = _with_guard(_test(case.pattern, subject), case.guard)
            if chain or not _is_true(test):
                branch = ast.If(test, case.body, chain)
                chain = [_at(branch, case.pattern, case.body[-1])]
            else:
                chain = case.body
        return [*out, *chain]


def _at(node: ast.stmt, begin: ast.AST, end: ast.AST) -> ast.stmt:
    place = begin.lineno, begin.col_offset  # type: ignore[attr-defined]  # patterns and statements have them
    node.lineno, node.col_offset = place
    node.end_lineno, node.end_col_offset = end.end_lineno, end.end_col_offset  # type: ignore[attr-defined]  # as above
    return node


def _may_stand(node: ast.Match) -> bool:
    """Is the subject a name that means the same in all cases?"""
    if not isinstance(node.subject, ast.Name):
        return False
    guards = [case.guard for case in node.cases if case.guard is not None]
    calls = any(isinstance(part, ast.Call) for guard in guards for part in ast.walk(guard))
    return not calls and all(
        node.subject.id not in (name, rest)
        for part in ast.walk(node)
        for name, rest in [(getattr(part, "name", None), getattr(part, "rest", None))]
        if isinstance(part, ast.pattern)
    )


def _with_guard(test: ast.expr, guard: ast.expr | None) -> ast.expr:
    if guard is None:
        return test
    return guard if _is_true(test) else _all([test, guard], guard)


def _test(pattern: ast.pattern, subject: ast.expr) -> ast.expr:
    """Does the subject fit? Names are bound when all else holds, as Python binds them."""
    tests = _flat(list(_tests(pattern, subject)))
    return ast.copy_location(_all(sorted(tests, key=_captures), pattern), pattern)


def _tests(pattern: ast.pattern, subject: ast.expr) -> Iterator[ast.expr]:
    match pattern:
        case ast.MatchValue(value=value):
            yield _compared(subject, ast.Eq(), value)
        case ast.MatchSingleton(value=value):
            yield _compared(subject, ast.Is(), ast.Constant(value))
        case ast.MatchOr(patterns=patterns):
            tests = [_test(part, subject) for part in patterns]
            yield _true() if any(map(_is_true, tests)) else ast.BoolOp(ast.Or(), tests)
        case ast.MatchAs(pattern=inner, name=name):
            if inner is not None:
                yield _test(inner, subject)
            if name is not None:
                yield _captured(name, subject)
        case ast.MatchSequence(patterns=patterns):
            yield from _sequence(patterns, subject)
        case ast.MatchMapping(keys=keys, patterns=patterns, rest=rest):
            yield _called(MAPPING, subject)
            for key, part in zip(keys, patterns, strict=True):
                yield _compared(key, ast.In(), subject)
                yield _test(part, ast.Subscript(subject, key, ast.Load()))
            if rest is not None:
                known = ast.Tuple(list(keys), ast.Load())
                yield _captured(rest, _called(REST, subject, known))
        case ast.MatchClass():
            yield from _object(pattern, subject)


def _sequence(patterns: list[ast.pattern], subject: ast.expr) -> Iterator[ast.expr]:
    stars = [n for n, part in enumerate(patterns) if isinstance(part, ast.MatchStar)]
    least = len(patterns) - len(stars)
    yield _called(SEQUENCE, subject, ast.Constant(least), ast.Constant(not stars))
    for number, part in enumerate(patterns):
        behind = number - len(patterns)
        if isinstance(part, ast.MatchStar):
            end = ast.Constant(behind + 1) if behind + 1 else None
            middle = ast.Subscript(subject, ast.Slice(ast.Constant(number), end), ast.Load())
            if part.name is not None:
                yield _captured(part.name, _called("list", middle))
        else:
            at = behind if stars and number > stars[0] else number
            yield _test(part, ast.Subscript(subject, ast.Constant(at), ast.Load()))


def _object(pattern: ast.MatchClass, subject: ast.expr) -> Iterator[ast.expr]:
    yield _called("isinstance", subject, pattern.cls)
    if pattern.patterns:
        yield _called(HAS_PLACES, subject, pattern.cls, ast.Constant(len(pattern.patterns)))
    for number, part in enumerate(pattern.patterns):
        yield _test(part, _called(PLACE, subject, pattern.cls, ast.Constant(number)))
    for name, part in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
        yield _called("hasattr", subject, ast.Constant(name))
        yield _test(part, ast.Attribute(subject, name, ast.Load()))


def _captured(name: str, value: ast.expr) -> ast.expr:
    """A list of what is captured: true, whatever it is."""
    return ast.List([ast.NamedExpr(ast.Name(name, ast.Store()), value)], ast.Load())


def _compared(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.expr:
    return ast.Compare(left, [operator], [right])


def _called(name: str, *given: ast.expr) -> ast.expr:
    return ast.Call(ast.Name(name, ast.Load()), list(given), [])


def _captures(test: ast.expr) -> bool:
    return isinstance(test, ast.List)


def _flat(tests: list[ast.expr]) -> list[ast.expr]:
    flat: list[ast.expr] = []
    for test in tests:
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
            flat += test.values
        elif not _is_true(test):
            flat.append(test)
    return flat


def _all(tests: list[ast.expr], place: ast.AST) -> ast.expr:
    """All of them hold; placed where `place` stands."""
    flat = _flat(tests)
    if len(flat) < 2:
        return flat[0] if flat else _true()
    both = ast.BoolOp(ast.And(), flat)
    for part in ast.walk(both):
        if isinstance(part, ast.expr) and not hasattr(part, "lineno"):
            ast.copy_location(part, place)
    return both


def _true() -> ast.expr:
    return ast.Constant(True)


def _is_true(test: ast.expr) -> bool:
    return isinstance(test, ast.Constant) and test.value is True
