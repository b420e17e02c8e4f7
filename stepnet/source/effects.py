"""What a statement will change, read from its syntax.

The machine asks before a statement runs, so that it can be undone: which names are bound, and
which objects may change in place. Where syntax does not tell, because native code runs the
script's own functions unseen, the answer is `wholesale`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from stepnet.source.allowed import RANDOM_DRAWS
from stepnet.source.calls import Callables
from stepnet.source.instruction import Effects, Touch
from stepnet.source.mark import expression_code
from stepnet.source.modules import called_of, module_of
from stepnet.source.offered import TIME
from stepnet.source.outputs import METHOD_OUTPUTS, output_place
from stepnet.source.reflection import CHANGING

MUTATORS = frozenset(
    """
    append extend insert pop remove clear sort reverse update setdefault popitem add discard
    fill put partition itemset byteswap appendleft popleft extendleft rotate
    intersection_update difference_update symmetric_difference_update
    seed set_state setstate setfield subtract move_to_end iternext reset send throw
    __setitem__ __delitem__ __iadd__ __imul__ __ior__
    """.split()
)
"""Methods that change the object they belong to."""

REACHING_OUT = TIME | frozenset(
    """
    now today utcnow exit write writelines writerow writerows writeheader read readline readlines
    seek close open load save savez savetxt dump plot add_argument parse_args
    """.split()
)
"""Functions and methods that do more than their value shows."""

NUMPY_MUTATORS = frozenset({"copyto", "fill_diagonal", "put", "place", "putmask", "put_along_axis"})
"""Functions of numpy that change their first argument."""

NUMPY_CALLS_BACK = frozenset({"apply_along_axis", "apply_over_axes", "piecewise", "fromfunction"})
OPTIONS = frozenset({"set_printoptions", "seterr"})

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass(eq=False)
class Changes:
    """Effects while they are being collected, as syntax."""

    binds: list[str] = field(default_factory=list)
    objects: list[ast.expr] = field(default_factory=list)
    growing: list[ast.expr] = field(default_factory=list)
    items: list[tuple[ast.Subscript, bool]] = field(default_factory=list)
    attributes: list[tuple[ast.Attribute, bool]] = field(default_factory=list)
    """Attributes that are stored, and whether what they hold may change in place too."""
    wholesale: bool = False
    calls: Callables | None = None
    """What may run the script's code: it must not be evaluated ahead."""

    @property
    def is_silent(self) -> bool:
        """Nothing changes in place."""
        return not (self.wholesale or self.objects or self.growing or self.items or self.attributes)

    def may_ask(self, node: ast.expr) -> bool:
        """Can this be evaluated ahead of its statement, to see what it is?"""
        calls = self.calls
        if calls is not None and calls.runs(node):
            return False
        return is_pure(node)

    def bind(self, name: str) -> None:
        """A name of the frame is bound or deleted."""
        if name not in self.binds:
            self.binds.append(name)

    def distrust(self) -> None:
        """What was found so far must not depend on names that are bound by then."""
        bound = frozenset(self.binds)
        items: list[ast.expr] = [item for item, _ in (*self.items, *self.attributes)]
        if any(_uses(node, bound) for node in (*self.objects, *self.growing, *items)):
            self.wholesale = True

    def compiled(self) -> Effects:
        """The effects as the machine reads them."""
        touches = [Touch(expression_code(node)) for node in self.objects]
        touches += [Touch(expression_code(node), grows=True) for node in self.growing]
        for node, inside in self.items:
            key = ast.Subscript(_name(".key"), node.slice, ast.Load())
            pair = ast.Tuple([loaded(node.value), key], ast.Load())
            touches.append(Touch(expression_code(pair), item=True, inside=inside))
        for place, inside in self.attributes:
            code = expression_code(loaded(place.value))
            touches.append(Touch(code, attribute=place.attr, inside=inside))
        return Effects(tuple(self.binds), tuple(touches), self.wholesale)


def changes(
    nodes: Iterable[ast.stmt | ast.expr], modules: dict[str, str], calls: Callables | None = None
) -> Changes:
    """What running these statements or evaluating these expressions may change.

    `calls` knows what runs the script's own code, where that has not been taken out.
    """
    found = Changes(calls=calls)
    for node in nodes:
        for call, inner in _calls(node, frozenset()):
            _call(call, inner, modules, found)
        found.distrust()
        if isinstance(node, ast.stmt):
            _statement(node, found)
        for part in ast.walk(node):
            if isinstance(part, ast.NamedExpr):
                found.bind(part.target.id)
                found.wholesale |= not found.is_silent
    return found


def target_changes(target: ast.expr, found: Changes) -> None:
    """A target of an assignment or of a loop is stored."""
    if isinstance(target, ast.Name):
        found.bind(target.id)
    elif isinstance(target, ast.Tuple | ast.List):
        for element in target.elts:
            target_changes(element, found)
    elif isinstance(target, ast.Starred):
        target_changes(target.value, found)
    elif isinstance(target, ast.Subscript):
        _item(target, found, inside=False)
    elif isinstance(target, ast.Attribute):
        _attribute(target, found, inside=False)


def is_pure(node: ast.expr, modules: Mapping[str, str] | None = None) -> bool:
    """Can this be evaluated ahead of its statement without anyone noticing?

    `modules` says which names stand for modules; a method of a value may be named like a function
    of theirs and change it: ``np.append(a, 1)`` makes an array, ``a.append(1)`` changes a list.
    """
    for part in ast.walk(node):
        if isinstance(part, ast.NamedExpr | ast.Yield | ast.YieldFrom | ast.Await | ast.Lambda):
            return False
        if isinstance(part, Comprehension):
            return False
        if isinstance(part, ast.Call):
            function = part.func
            known = dict(modules or {})
            if isinstance(function, ast.Attribute):
                pure = _is_pure_method(function, known)
            elif isinstance(function, ast.Name):
                # What is imported by its name goes before a builtin that is called the same.
                module, _, name = known.get(function.id, "").rpartition(".")
                pure = _is_pure_of(module, name) if module else function.id in _PURE_BUILTINS
            else:
                pure = False
            if not pure:
                return False
    return True


def _is_pure_method(function: ast.Attribute, modules: dict[str, str]) -> bool:
    module = module_of(function.value, modules) if modules else None
    if module is not None:
        return _is_pure_of(module, function.attr)
    return function.attr not in MUTATORS | RANDOM_DRAWS | REACHING_OUT


def _is_pure_of(module: str, name: str) -> bool:
    """Is a function of a module pure?"""
    if module in ("numpy", "numpy.linalg", "numpy.fft", "math"):
        return name not in NUMPY_MUTATORS | NUMPY_CALLS_BACK | OPTIONS | REACHING_OUT
    return module == "os.path" or (module == "builtins" and name in _PURE_BUILTINS)


_PURE_BUILTINS = frozenset(
    """
    len range abs int float round str tuple list slice min max sum vars type getattr hasattr
    """.split()
)


def _statement(node: ast.stmt, found: Changes) -> None:
    match node:
        case ast.Assign(targets=targets):
            for target in targets:
                target_changes(target, found)
            found.distrust()
        case ast.AnnAssign(target=target, value=value):
            if value is not None:
                target_changes(target, found)
        case ast.AugAssign(target=ast.Name() as target):
            found.bind(target.id)
            found.objects.append(loaded(target))
        case ast.AugAssign(target=ast.Subscript() as target):
            _item(target, found, inside=True)
        case ast.AugAssign(target=ast.Attribute() as target):
            _attribute(target, found, inside=True)
        case ast.Delete(targets=targets):
            for target in targets:
                if isinstance(target, ast.Subscript | ast.Attribute):
                    _object(target.value, frozenset(), found)
                else:
                    target_changes(target, found)
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            found.bind(name)
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            for alias in names:
                found.bind(alias.asname or alias.name.partition(".")[0])
        case _:
            pass


def _attribute(node: ast.Attribute, found: Changes, *, inside: bool) -> None:
    if found.may_ask(node.value):
        found.attributes.append((node, inside))
    else:
        found.wholesale = True


def _item(node: ast.Subscript, found: Changes, *, inside: bool) -> None:
    if found.may_ask(node.value) and found.may_ask(node.slice):
        found.items.append((node, inside))
    else:
        found.wholesale = True


def _object(
    node: ast.expr, inner: frozenset[str], found: Changes, kept: list[ast.expr] | None = None
) -> None:
    if found.may_ask(node) and not _uses(node, inner):
        (found.objects if kept is None else kept).append(loaded(node))
    elif not isinstance(node, ast.Constant | ast.List | ast.Dict | ast.JoinedStr):
        found.wholesale = True


def _calls(node: ast.AST, inner: frozenset[str]) -> Iterator[tuple[ast.Call, frozenset[str]]]:
    """Calls that this node makes itself, with the comprehension variables around each."""
    if isinstance(node, ast.Lambda | ast.FunctionDef | ast.ClassDef):
        defaults = node.args if not isinstance(node, ast.ClassDef) else None
        for part in ast.iter_child_nodes(defaults) if defaults else ():
            if isinstance(part, ast.expr):
                yield from _calls(part, inner)
        return
    if isinstance(node, Comprehension):
        for generator in node.generators:
            names = (part.id for part in ast.walk(generator.target) if isinstance(part, ast.Name))
            inner = inner | frozenset(names)
    if isinstance(node, ast.Call):
        yield node, inner
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, inner)


def _call(node: ast.Call, inner: frozenset[str], modules: dict[str, str], found: Changes) -> None:
    for keyword in node.keywords:
        if keyword.arg == "out":
            _outputs(keyword.value, inner, found)
        elif keyword.arg == "overwrite_input" and node.args:
            _object(node.args[0], inner, found)
        elif keyword.arg == "key" and not _harmless(keyword.value, modules):
            found.wholesale = True
    function = node.func
    if isinstance(function, ast.Name) and function.id in modules:
        _module_call(*called_of(function, modules), node, inner, modules, found)
    elif isinstance(function, ast.Name):
        called = function.id in ("map", "filter") or (function.id == "iter" and len(node.args) == 2)
        if called and node.args:
            found.wholesale |= not _harmless(node.args[0], modules)
        elif function.id in CHANGING and node.args:
            _object(node.args[0], inner, found)
    elif isinstance(function, ast.Attribute):
        module = module_of(function.value, modules)
        if module is not None:
            _module_call(module, function.attr, node, inner, modules, found)
        elif function.attr == "at" and node.args:  # np.add.at(a, …)
            _object(node.args[0], inner, found)
        elif function.attr in MUTATORS or function.attr in RANDOM_DRAWS:
            grows = function.attr in ("append", "extend")
            _object(function.value, inner, found, found.growing if grows else None)
            if function.attr == "shuffle" and node.args:
                _object(node.args[0], inner, found)
        place = METHOD_OUTPUTS.get(function.attr)
        if module is None and place is not None and len(node.args) > place:
            _outputs(node.args[place], inner, found)
    elif isinstance(function, ast.Call):
        found.wholesale = True  # ``getattr(values, name)(1)``: who knows what that changes


def _module_call(
    module: str,
    name: str,
    node: ast.Call,
    inner: frozenset[str],
    modules: dict[str, str],
    found: Changes,
) -> None:
    if module in _GENERATORS:
        if name in RANDOM_DRAWS or name in ("seed", "set_state", "setstate"):
            found.objects.append(_name(_GENERATORS[module]))
        if name == "shuffle" and node.args:
            _object(node.args[0], inner, found)
    elif name in OPTIONS:
        found.objects.append(_name(".options"))
    elif _changes_first(module, name, node) and node.args:
        _object(node.args[0], inner, found)
    elif name in NUMPY_CALLS_BACK or name in _FIRST_CALLED.get(module, ()):
        found.wholesale |= not all(_harmless(argument, modules) for argument in node.args[:1])
    elif name in _CALLING.get(module, ()):
        named = [keyword.value for keyword in node.keywords]
        given = [*node.args[1:], *named]
        found.wholesale |= not all(_harmless(part, modules) for part in given)
    elif module == "numpy":
        place = output_place(name)
        if place is not None and len(node.args) > place:
            _outputs(node.args[place], inner, found)


_GENERATORS = {"numpy.random": ".random", "random": ".chance"}
"""Modules with a generator of their own, and the name under which it is found."""


FIRST_CHANGED: dict[str, tuple[str, ...]] = {
    "heapq": ("heapify", "heappop", "heappush", "heappushpop", "heapreplace"),
    "bisect": ("insort", "insort_left", "insort_right"),
}
"""Functions of the library that change their first argument."""

_FIRST_CALLED: dict[str, tuple[str, ...]] = {
    "functools": ("reduce",),
    "itertools": ("starmap", "takewhile", "dropwhile", "filterfalse"),
}
"""Functions that call their first argument."""

_CALLING: dict[str, tuple[str, ...]] = {
    "itertools": ("accumulate", "groupby"), "json": ("dump", "dumps", "loads"),
}  # fmt: skip
"""Functions that may call an argument behind the first."""


def _changes_first(module: str, name: str, node: ast.Call) -> bool:
    """Does a function of a module change its first argument?"""
    known = name in NUMPY_MUTATORS or name in FIRST_CHANGED.get(module, ())
    return known or _works_in_place(name, node)


def _works_in_place(name: str, node: ast.Call) -> bool:
    """``np.nan_to_num(x, copy=False)``."""
    told = len(node.args) > 1 or any(keyword.arg == "copy" for keyword in node.keywords)
    return name == "nan_to_num" and told


def _outputs(node: ast.expr, inner: frozenset[str], found: Changes) -> None:
    for part in node.elts if isinstance(node, ast.Tuple) else [node]:
        if not (isinstance(part, ast.Constant) and part.value is None):
            _object(part, inner, found)


def _harmless(node: ast.expr, modules: dict[str, str]) -> bool:
    """A function value that cannot reach the script's own state."""
    if isinstance(node, ast.Lambda):
        return is_pure(node.body)
    if isinstance(node, ast.Attribute):
        return module_of(node.value, modules) is not None
    return isinstance(node, ast.Constant) and not node.value


def _uses(node: ast.expr, names: frozenset[str]) -> bool:
    return any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(node))


def loaded(node: ast.expr) -> ast.expr:
    """The same expression, read instead of stored."""
    match node:
        case ast.Name(id=name):
            return ast.copy_location(ast.Name(name, ast.Load()), node)
        case ast.Attribute(value=value, attr=attr):
            return ast.copy_location(ast.Attribute(value, attr, ast.Load()), node)
        case ast.Subscript(value=value, slice=key):
            return ast.copy_location(ast.Subscript(value, key, ast.Load()), node)
        case _:
            return node


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())
