"""Which functions of the script a call may run, as far as a reading of it tells."""

from __future__ import annotations

import ast

from stepnet.source.by_name import read_by_name
from stepnet.source.declared import Callee, Declarations, is_decorated
from stepnet.source.flow import Place
from stepnet.source.held import Held, fits
from stepnet.source.reflection import pattern


class Callees:
    """Looks up calls: by names, by what places hold, by the classes of objects."""

    def __init__(self, declared: Declarations, held: Held) -> None:
        self.functions, self.locals = declared.functions, declared.locals
        self.attributes, self.returned = declared.attributes, declared.returned
        self.kinds = declared.kinds
        self.held = held

    def place(self, name: str, unit: str) -> Place:
        """The place a name stands for: the innermost function around that binds it."""
        inner = unit
        while inner:
            if name in self.locals.get(inner, frozenset()):
                return (inner, name)
            inner = inner.rpartition(".")[0]
        return ("", name)

    def called(self, node: ast.Call, unit: str) -> list[Callee]:
        """The functions of the script that a call may run."""
        objects = self.functions.get("__call__", [])
        match node.func:
            case ast.Name(id=name):
                own = [callee for callee in self.functions.get(name, ()) if _is_plain(callee, name)]
                place = self.place(name, unit)
                found = own or self._callable(place)
                is_object = place in self.held.stored
            case ast.Attribute(attr=name):
                own = [f for f in self.functions.get(name, ()) if f[2] or "." in f[0]]
                found = self._methods(node.func, unit) or self._callable(("@", name)) or own
                is_object = name in self.attributes
            case _:
                named = read_by_name(node.func)
                found, is_object = self._named(named[1]) if named else [], named is None
        found = found or (objects if is_object else [])
        return [callee for callee in found if fits(callee, node)] or found

    def _named(self, name: ast.expr) -> list[Callee]:
        """The methods that a name which is computed can come to."""
        known = pattern(name)
        return [
            (f"{kind.name}.{method}", node, not is_decorated(node, "staticmethod"))
            for kind in self.kinds.classes.values()
            for method, node in kind.methods.items()
            if known.fullmatch(method) and not method.startswith("__")
        ]

    def _callable(self, place: Place) -> list[Callee]:
        """Functions that a place may hold, and what calling an object at it runs."""
        called = (self.kinds.method(kind, "__call__") for kind in self.held.kinds.get(place, ()))
        return [*self.held.values.get(place, ()), *((*f, True) for f in called if f is not None)]

    def _methods(self, node: ast.Attribute, unit: str) -> list[Callee]:
        """The methods of a name, as far as the class of the object before the dot is known."""
        kinds = sorted(self._kinds(node.value, unit))
        found = {f[0]: f for kind in kinds if (f := self.kinds.method(kind, node.attr))}
        return [(*f, not is_decorated(f[1], "staticmethod")) for f in found.values()]

    def _kinds(self, node: ast.expr, unit: str) -> set[str]:
        """The classes that an object may be of."""
        match node:
            case ast.Name(id=name):
                kind = self.kinds.around(unit)
                if kind and name == _first_of(self.kinds.classes[kind].methods, unit, kind):
                    return set(self.kinds.below(kind))
                known = self.kinds.called.get(name, name)
                named = {known} & self.kinds.classes.keys()
                return named or self.held.kinds.get(self.place(name, unit), set())
            case ast.Attribute(attr=attr):
                return self.held.kinds.get(("@", attr), set())
            case ast.Subscript(value=inner):
                return self._kinds(inner, unit)
            case ast.Call(func=ast.Name("super")):
                kind = self.kinds.around(unit)
                return set(self.kinds.classes[kind].bases) if kind else set()
            case ast.Call():
                made = self.made(node.func, unit)
                places = [(n, p) for n, _, _ in self.called(node, unit) for p in self.returned[n]]
                return made.union(*(self.held.kinds.get(place, set()) for place in places))
        return set()

    def made(self, called: ast.expr, unit: str) -> set[str]:
        """The classes whose object a call makes, if it calls one."""
        name = ast.unparse(called) if isinstance(called, ast.Name | ast.Attribute) else ""
        name = self.kinds.called.get(name, name)
        if name in self.kinds.classes:
            return {name}
        if isinstance(called, ast.Name):
            return self.held.classes.get(self.place(called.id, unit), set())
        if isinstance(called, ast.Attribute) and called.attr in self.attributes:
            return self.held.classes.get(("@", called.attr), set())
        return set()


def _first_of(methods: dict[str, ast.FunctionDef], unit: str, kind: str) -> str:
    """What a method of a class calls its object; functions inside it call it the same."""
    method = methods.get(unit[len(kind) + 1 :].partition(".")[0])
    first = [*method.args.posonlyargs, *method.args.args][:1] if method else []
    return first[0].arg if first else ""


def _is_plain(function: Callee, name: str) -> bool:
    """A function that can be called by its bare name: no method, or what makes an object."""
    unit, _, method = function
    return not method or unit.endswith(f"{name}.__init__")
