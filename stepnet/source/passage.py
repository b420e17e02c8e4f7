"""What each statement of a script passes on, to which places: the flow of values, read."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from stepnet.source.by_name import as_attribute, stored_by_name
from stepnet.source.callees import Callees
from stepnet.source.declared import Callee, Declarations, declarations, is_decorated
from stepnet.source.flow import Flow, Handed, Place, Step
from stepnet.source.held import OBJECT, Held, held_in
from stepnet.source.items import ITEM, container_name, items_of

_SIZES = frozenset({"shape", "size", "ndim", "dtype"})
"""Attributes that tell of an array without passing its values on."""
_EMPTY = frozenset(
    """
    len zeros_like ones_like empty_like full_like range isinstance type hasattr print shape ndim
    """.split()
)
"""Functions whose result does not carry the values they are given."""
_KEEPING = frozenset({"append", "extend", "insert", "update", "add", "setdefault", "fill"})
"""Methods that put their arguments into the object."""

CALL = -1
"""The number of what a call hands to a function: it is no statement's own, so that a step
``W -= lr * backward(p)`` is not between ``p`` and what ``backward`` makes of it."""


def flow_of(tree: ast.Module) -> Flow:
    """Read the flow of values from a script's tree.

    It is read again and again: each time tells which functions a name may stand for, which names
    share an object, and of which classes objects are.
    """
    declared = declarations(tree)
    items = items_of(tree)
    reader = _Reader(declared, Flow(), Held())
    reader.body(tree.body, "")
    for _ in range(2 if declared.kinds.classes else 1):
        held = held_in(reader.flow, declared.functions, declared.kinds)
        reader = _Reader(declared, Flow(aliases=reader.flow.aliases), held, items)
        reader.body(tree.body, "")
    return reader.flow


class _Reader:
    """Walks the statements once and notes their edges."""

    def __init__(
        self,
        declared: Declarations,
        flow: Flow,
        held: Held,
        items: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.flow = flow
        self.items = items or {}
        """By the name of a dictionary, the keys that are places of their own."""
        self.kept: set[Place] = set()
        """Objects that the statement being read puts something into."""
        self.handed: list[Handed] = []
        """Arguments that the statement being read gives to functions of the script."""
        self.calls: set[str] = set()
        """Functions of the script that it may call."""
        self.functions, self.runs = declared.functions, declared.runs
        self.attributes, self.returned = declared.attributes, declared.returned
        self.callees = Callees(declared, held)

    # Statements.

    def body(self, body: list[ast.stmt], unit: str) -> None:
        """Note the edges of these statements and of those inside them."""
        for node in body:
            self._statement(node, unit)
            inner = unit
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                inner = f"{unit}.{node.name}" if unit else node.name
                if isinstance(node, ast.FunctionDef) and not self.runs(inner):
                    continue
            for part in ("body", "orelse", "finalbody"):
                self.body(getattr(node, part, []), inner)
            for handler in getattr(node, "handlers", []):
                self.body(handler.body, inner)

    def _statement(self, node: ast.stmt, unit: str) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._assign(node, target, value, unit)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(node, target, value, unit)
            case ast.AugAssign(target=target, value=value):
                changed = self._same(self._stored(target, unit))
                self._carry(node, [target, value], changed, unit)
            case ast.For(target=target, iter=value):
                self._loop(node, target, value, unit)
            case ast.Return(value=given) | ast.Expr(value=ast.Yield(value=given)):
                self._give(node, given, unit)
            case ast.Expr(value=ast.expr() as value):
                named = stored_by_name(node)
                if named is not None:
                    self._assign(node, *named, unit)
                else:
                    self._carry(node, [value], [], unit)
            case ast.Expr() | ast.Assert():
                pass
            case ast.With(items=items):
                for item in items:
                    kept = self._stored(item.optional_vars, unit) if item.optional_vars else []
                    self._carry(node, [item.context_expr], kept, unit)
            case _:
                pass

    def _give(self, node: ast.stmt, value: ast.expr | None, unit: str) -> None:
        """What a function returns, or a generator yields."""
        if isinstance(value, ast.Tuple):
            for number, part in enumerate(value.elts):
                self._alias([(unit, f"return {number}")], part, unit)
                self._carry(node, [part], [(unit, f"return {number}")], unit)
        elif value is not None:
            self._alias([(unit, "return")], value, unit)
            self._carry(node, [value], [(unit, "return")], unit)

    def _assign(self, node: ast.stmt, target: ast.expr, value: ast.expr, unit: str) -> None:
        if isinstance(value, ast.Lambda):
            name = f"{unit}.{target.id}" if unit and isinstance(target, ast.Name) else ""
            name = name or (target.id if isinstance(target, ast.Name) else "")
            self._carry(node, [value.body], [(name, "return")], name)
            return
        if isinstance(target, ast.Tuple | ast.List):
            parts = self._parts(value, len(target.elts), unit)
            for single, part in zip(target.elts, parts, strict=True):
                if isinstance(part, ast.expr):
                    self._assign(node, single, part, unit)
                else:
                    stored = self._stored(single, unit)
                    for place in stored:
                        self.flow.aliases[place] |= part or frozenset()
                    self._carry(node, [value], stored, unit, only=part)
            return
        self._alias(self._stored(target, unit), value, unit)
        self._carry(node, [value], self._stored(target, unit), unit)

    def _parts(
        self, value: ast.expr, count: int, unit: str
    ) -> list[ast.expr | frozenset[Place] | None]:
        """What goes to each target of ``a, b = value``; None where that is not known."""
        if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == count:
            return list(value.elts)
        if isinstance(value, ast.Call):
            made = [name for name, _, _ in self.callees.called(value, unit)]
            if made:
                return [
                    frozenset(
                        {(name, f"return {n}") for name in made} | {(m, "return") for m in made}
                    )
                    for n in range(count)
                ]
        return [None] * count

    def _loop(self, node: ast.stmt, target: ast.expr, value: ast.expr, unit: str) -> None:
        """``for x, y in zip(X, Y)`` carries X to x and Y to y."""
        if isinstance(value, ast.Call) and isinstance(target, ast.Tuple):
            name = value.func.id if isinstance(value.func, ast.Name) else ""
            if name == "enumerate" and value.args and len(target.elts) == 2:
                self._loop(node, target.elts[1], value.args[0], unit)
                return
            if name == "zip" and len(value.args) == len(target.elts):
                for single, part in zip(target.elts, value.args, strict=True):
                    self._loop(node, single, part, unit)
                return
            parts = self._parts(value, len(target.elts), unit)
            if all(isinstance(part, frozenset) for part in parts):
                self._assign(node, target, value, unit)  # a generator of the script's own
                return
        self._alias(self._stored(target, unit), value, unit)
        self._carry(node, [value], self._stored(target, unit), unit)

    def _alias(self, targets: list[Place], value: ast.expr, unit: str) -> None:
        """Note whose object a value is, where it is only handed on."""
        for target in targets:
            self.flow.aliases[target].update(self._objects(value, unit))

    def _objects(self, value: ast.expr, unit: str) -> set[Place]:
        match value:
            case ast.Name(id=name):
                return {self.callees.place(name, unit)}
            case ast.Attribute(attr=attr):
                held = {("@", attr)} if attr in self.attributes else set()
                return held | self._properties(attr)
            case ast.Subscript(value=inner) if not isinstance(value.slice, ast.Slice):
                return self._objects(inner, unit)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return set().union(*(self._objects(part, unit) for part in parts))
            case ast.Call(func=ast.Name(id="zip" | "enumerate" | "reversed" | "list"), args=args):
                return set().union(*(self._objects(part, unit) for part in args))
            case ast.Call(func=ast.Attribute(value=inner, attr="items" | "values")):
                return self._objects(inner, unit)
        return set()

    def _properties(self, attr: str) -> set[Place]:
        return {
            (unit, "return")
            for unit, function, _ in self.functions.get(attr, ())
            if is_decorated(function, "property")
        }

    def _same(self, places: list[Place]) -> list[Place]:
        """These places and all that may hold the same object."""
        found = dict.fromkeys(places)
        waiting = list(found)
        while waiting:
            for other in self.flow.aliases.get(waiting.pop(), ()):
                if other not in found:
                    found[other] = None
                    waiting.append(other)
        return list(found)

    def _carry(
        self,
        node: ast.stmt,
        values: list[ast.expr],
        into: list[Place],
        unit: str,
        only: frozenset[Place] | None = None,
    ) -> None:
        number = len(self.flow.steps)
        self.flow.steps.append(Step(node, unit, frozenset(into), frozenset()))
        sources: set[Place] = set()
        around = self.kept, self.handed, self.calls
        self.kept, self.handed, self.calls = set(), [], set()
        for value in values:
            sources |= self._read(value, unit, number)
        into = list({*into, *self.kept})
        if only is not None:
            sources = set(only)
        self.flow.steps[number] = Step(
            node,
            unit,
            frozenset(into),
            frozenset(sources),
            tuple(self.handed),
            frozenset(self.calls),
        )
        self.kept, self.handed, self.calls = around
        for source in sources:
            for target in into:
                self._edge(source, target, number)

    def _edge(self, source: Place, target: Place, step: int) -> None:
        if source != target:
            self.flow.edges[source].add((target, step))

    # Expressions.

    def _read(self, node: ast.AST, unit: str, step: int) -> set[Place]:
        """The places whose values an expression carries; notes what its calls pass on."""
        match node:
            case ast.Name(id=name):
                return {self.callees.place(name, unit), *self._items(name)}
            case ast.Attribute(value=value, attr=attr):
                if attr in _SIZES:
                    return set()
                held = {("@", attr)} if attr in self.attributes else set()
                held |= self._properties(attr)
                return held | self._items(attr) if held else self._read(value, unit, step)
            case ast.Subscript(value=value, slice=ast.Constant(value=str(key))):
                others = self._items(container_name(value)) - {(ITEM, key)}
                return self._read(value, unit, step) - others
            case ast.Call():
                named = as_attribute(node)
                return self._read(named, unit, step) if named else self._call(node, unit, step)
            case ast.ListComp() | ast.GeneratorExp() | ast.SetComp() | ast.DictComp():
                return self._comprehension(node, unit, step)
            case ast.Lambda():
                return self._read(node.body, unit, step)
            case ast.Constant() | ast.JoinedStr():
                return set()
        found: set[Place] = set()
        for inner in ast.iter_child_nodes(node):
            if isinstance(inner, ast.expr | ast.keyword):
                found |= self._read(inner, unit, step)
        return found

    def _comprehension(self, node: ast.expr, unit: str, step: int) -> set[Place]:
        found: set[Place] = set()
        for generator in node.generators:  # type: ignore[attr-defined]  # every comprehension has them
            self._loop(ast.Expr(node), generator.target, generator.iter, unit)
            found |= self._read(generator.iter, unit, step)
        for name in ("elt", "key", "value"):
            part = getattr(node, name, None)
            if part is not None:
                found |= self._read(part, unit, step)
        return found

    def _call(self, node: ast.Call, unit: str, step: int) -> set[Place]:
        given = [self._read(part, unit, step) for part in node.args]
        named = {k.arg: self._read(k.value, unit, step) for k in node.keywords}
        called = self.callees.called(node, unit)
        base: set[Place] = set()
        if isinstance(node.func, ast.Attribute):
            base = self._read(node.func.value, unit, step)
            if node.func.attr in _KEEPING:
                self.kept |= base
                for source in set().union(*given, *named.values()):
                    for target in base:
                        self._edge(source, target, step)
        made: set[Place] = {(name, OBJECT) for name in self.callees.made(node.func, unit)}
        self.calls.update(name for name, _, _ in called)
        for callee in called:
            self._pass(callee, node, given, named, unit)
        if made:
            return made
        if called:
            return {(name, label) for name, _, _ in called for label in self.returned[name]}
        for source in set().union(*given):
            for target in named.get("out", ()):
                self._edge(source, target, step)
        function_name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        function_name = node.func.id if isinstance(node.func, ast.Name) else function_name
        if function_name in _EMPTY:
            return set()
        return base.union(*given, *named.values())

    def _pass(
        self,
        callee: Callee,
        node: ast.Call,
        given: list[set[Place]],
        named: dict[str | None, set[Place]],
        unit: str,
    ) -> None:
        """Note what a call hands to a function's parameters."""
        name, function, method = callee
        parameters = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
        places = zip(parameters[1:] if method else parameters, node.args, given, strict=False)
        keywords = [(k.arg, k.value, named[k.arg]) for k in node.keywords if k.arg]
        for parameter, part, sources in (*places, *keywords):
            place = (name, parameter)
            for source in sources:
                self._edge(source, place, CALL)
            self._alias([place], part, unit)
            self.handed.append(Handed(part, frozenset(sources), place))

    def _items(self, name: str) -> set[Place]:
        """The items of a dictionary that are places of their own."""
        return {(ITEM, key) for key in self.items.get(name, ())}

    def _stored(self, target: ast.expr, unit: str) -> list[Place]:
        match target:
            case ast.Subscript(value=value, slice=ast.Constant(value=str(key))) if (
                key in self.items.get(container_name(value), ())
            ):
                return [(ITEM, key)]
            case ast.Name(id=name):
                return [self.callees.place(name, unit)]
            case ast.Attribute(attr=attr):
                return [("@", attr)]
            case ast.Call():
                named = as_attribute(target)
                return [("@", named.attr)] if named is not None else []
            case ast.Subscript(value=value) | ast.Starred(value=value):
                return self._stored(value, unit)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return [place for part in parts for place in self._stored(part, unit)]
        return []
