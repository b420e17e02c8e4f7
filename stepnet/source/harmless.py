"""Which expressions only compute: evaluating one leaves everything as it was.

Whoever stands in a run and asks for a value must not change the run by asking. An expression may
call functions of the script, if what stands in them touches nothing but what they made themselves.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from stepnet.source.allowed import RANDOM_DRAWS
from stepnet.source.effects import MUTATORS, REACHING_OUT, Changes, changes, target_changes
from stepnet.source.modules import module_of

_VIEWS = frozenset(
    """
    asarray asanyarray ascontiguousarray asfortranarray atleast_1d atleast_2d atleast_3d
    broadcast_arrays broadcast_to diagonal expand_dims flip fliplr flipud moveaxis nan_to_num ravel
    real reshape rollaxis rot90 split squeeze swapaxes transpose array_split hsplit vsplit dsplit
    matrix_transpose imag real_if_close require permute_dims unstack as_strided sliding_window_view
    """.split()
)
"""Functions of numpy whose result may look into their argument."""


@dataclass(frozen=True, eq=False)
class Harm:
    """Why an expression may not be evaluated for the asking."""

    node: ast.AST
    """The piece that does the harm."""
    message: str


@dataclass(eq=False)
class Functions:
    """The functions of a script, looked into when they are asked for."""

    tree: ast.Module
    bound: frozenset[str]
    modules: dict[str, str]
    _judged: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._defined: dict[str, list[ast.FunctionDef]] = {}
        self._methods: dict[str, list[ast.FunctionDef]] = {}
        in_classes = {
            id(part)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ClassDef)
            for part in node.body
        }
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef):
                home = self._methods if id(node) in in_classes else self._defined
                home.setdefault(node.name, []).append(node)
        self._properties = {
            name
            for name, found in self._methods.items()
            if any(part.decorator_list for part in found)
        }
        """Methods that may run where an attribute is only read."""
        stored = {
            part.id
            for part in ast.walk(self.tree)
            if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)
        }
        parameters = {part.arg for part in ast.walk(self.tree) if isinstance(part, ast.arg)}
        self._values = stored | parameters

    def harm(self, node: ast.expr) -> Harm | None:
        """The first piece of an expression that would change something; None if there is none."""
        for part in ast.walk(node):
            told = self._own_harm(part)
            if told:
                return Harm(part, told)
        return None

    def _own_harm(self, part: ast.AST) -> str:
        if isinstance(part, ast.NamedExpr):
            return f"':=' would bind {part.target.id}"
        if isinstance(part, ast.Yield | ast.YieldFrom | ast.Await):
            return "this is no expression that has a value"
        if isinstance(part, ast.Attribute) and part.attr in self._properties:
            return self._script_harm(part.attr, self._methods, False)
        if not isinstance(part, ast.Call):
            return ""
        function = part.func
        if isinstance(function, ast.Name):
            if function.id in self.bound:
                return self._script_harm(function.id, self._defined, function.id in self._values)
            if function.id == "print":
                return "print would write into the script's output"
            if function.id in ("open", "input", "next", "setattr", "delattr"):
                return f"{function.id} would change what the script works with"
        elif isinstance(function, ast.Attribute):
            known = module_of(function.value, self.modules) is not None
            if function.attr in REACHING_OUT:
                return f"{ast.unparse(function)} would do more than compute"
            if not known and function.attr in self._methods:
                return self._script_harm(function.attr, self._methods, False)
        else:
            return "what is called here cannot be looked into before it is called"
        return _changes_something(part, self.modules)

    def _script_harm(
        self, name: str, known: dict[str, list[ast.FunctionDef]], also_value: bool
    ) -> str:
        if also_value or name not in known:
            return f"what {name} is cannot be looked into before it is called"
        if name not in self._judged:
            self._judged[name] = ""  # it may call itself
            for node in known[name]:
                self._judged[name] = self._judged[name] or self._body_harm(node)
        return self._judged[name]

    def _body_harm(self, function: ast.FunctionDef) -> str:
        fresh, lists = _made_here(function, self.modules)
        for node in ast.walk(function):
            if node is function:
                continue
            if isinstance(node, ast.Global | ast.Nonlocal | ast.FunctionDef | ast.ClassDef):
                line = getattr(node, "lineno", 0)
                return f"{function.name} does more than compute (line {line})"
            if isinstance(node, ast.expr):
                told = self._own_harm(node)
                if told and not _on_fresh(node, fresh | lists):
                    return f"{function.name} does more than compute: {told} (line {node.lineno})"
            elif isinstance(node, ast.stmt):
                name = _stores_elsewhere(node, fresh, lists, self.modules)
                if name:
                    return f"{function.name} would change {name} (line {node.lineno})"
        return ""


def _changes_something(call: ast.Call, modules: dict[str, str]) -> str:
    found = changes([call], modules)
    if found.is_silent:
        return ""
    name = ast.unparse(call.func)
    last = call.func.attr if isinstance(call.func, ast.Attribute) else name
    inner = [part for part in ast.walk(call) if isinstance(part, ast.Call) and part is not call]
    if any(_changes_something(part, modules) for part in inner) and last not in MUTATORS:
        return ""  # the piece inside is told of
    if last in RANDOM_DRAWS:
        return f"{name} would draw from the script's random numbers"
    return f"{name} would change what the script works with"


def _made_here(
    function: ast.FunctionDef, modules: dict[str, str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Local names that only ever hold arrays, or lists, that this function made."""
    arrays: dict[str, bool] = {}
    lists: dict[str, bool] = {}
    parameters = {part.arg for part in ast.walk(function.args) if isinstance(part, ast.arg)}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            arrays.setdefault(node.id, True)
            lists.setdefault(node.id, True)
    plain: dict[int, ast.expr] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            plain |= {id(part): node.value for part in node.targets}
        elif isinstance(node, ast.AugAssign):
            plain[id(node.target)] = ast.BinOp(node.target, node.op, node.value)
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            value = plain.get(id(node))
            arrays[node.id] &= value is not None and _is_new_array(value, modules)
            lists[node.id] &= isinstance(value, ast.List | ast.Dict | ast.Set | ast.BinOp)
    return (
        frozenset(name for name, made in arrays.items() if made and name not in parameters),
        frozenset(name for name, made in lists.items() if made and name not in parameters),
    )


def _is_new_array(value: ast.expr, modules: dict[str, str]) -> bool:
    if isinstance(value, ast.BinOp | ast.UnaryOp | ast.Compare | ast.Constant):
        return True
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        module = module_of(value.func.value, modules)
        if module in ("numpy", "numpy.linalg", "math"):
            return value.func.attr not in _VIEWS and not value.keywords
        return module is None and value.func.attr == "copy"
    return False


def _on_fresh(node: ast.expr, names: frozenset[str]) -> bool:
    """Is this a call such as ``out.append(x)`` on something that was made here?"""
    function = node.func if isinstance(node, ast.Call) else None
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id in names
    )


def _stores_elsewhere(
    node: ast.stmt, fresh: frozenset[str], lists: frozenset[str], modules: dict[str, str]
) -> str:
    """What a statement stores into that was not made here, as written; ``""`` if nothing."""
    found = Changes()
    if isinstance(node, ast.For):
        target_changes(node.target, found)
    elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Delete):
        bare = _without_calls(node)
        found = changes([bare], modules)
    for thing in (*found.objects, *found.growing):
        if not (isinstance(thing, ast.Name) and thing.id in fresh | lists):
            return ast.unparse(thing)
    for item, inside in found.items:
        allowed = fresh if inside else fresh | lists
        if not (isinstance(item.value, ast.Name) and item.value.id in allowed):
            return ast.unparse(item.value)
    for attribute, _ in found.attributes:
        return ast.unparse(attribute)
    return "something" if found.wholesale else ""


def _without_calls(node: ast.stmt) -> ast.stmt:
    """The statement with a plain value: what it calls is looked at by itself."""
    plain = ast.copy_location(ast.Constant(0), node)
    if isinstance(node, ast.Assign):
        return ast.copy_location(ast.Assign(node.targets, plain), node)
    if isinstance(node, ast.AugAssign):
        return ast.copy_location(ast.AugAssign(node.target, node.op, plain), node)
    return node


def read_names(node: ast.expr) -> Iterator[ast.Name]:
    """Names that an expression reads from around it, in the order they are written."""
    bound = {
        part.id
        for part in ast.walk(node)
        if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)
    } | {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
    names = [p for p in ast.walk(node) if isinstance(p, ast.Name) and p.id not in bound]
    yield from sorted(names, key=lambda part: (part.lineno, part.col_offset))
