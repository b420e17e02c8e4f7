"""What part each name plays in training: data, parameter, loss, gradient."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from stepnet.calculus.claims import Claim, claim_of, is_collection, written_claim
from stepnet.calculus.optimiser import is_selection, kept_between_updates, settings_of
from stepnet.calculus.steps import is_multiplied_out, is_written_out
from stepnet.source.inferred import PHASES
from stepnet.source.instruction import Program, Statement
from stepnet.source.narration import narration
from stepnet.source.place import leaf_of, place_of
from stepnet.source.statements import targets_of

_GRADIENT = r"d[A-Z_]|grad|delta|nabla"


@dataclass(frozen=True, eq=False)
class Roles:
    """The names of a program by the part they play, and its gradient statements."""

    of: dict[str, str]
    """``data``, ``parameter``, ``loss``, ``gradient``, ``optimiser`` (what it keeps from one update
    to the next) or ``setting`` (a learning rate) by name."""
    claims: dict[str, Claim]
    """What each gradient's name claims to be, by the label of its statement's target."""
    gradients: tuple[Statement, ...]
    """The statements of the backward pass, in the order of the lines."""
    known: frozenset[str] = frozenset()
    """The leaves of all places that are assigned."""
    loss: str = ""
    inferred: frozenset[int] = frozenset()
    """Of the gradient statements those whose names say nothing, by identity: some are none."""

    steps: frozenset[int] = frozenset()
    """Of the gradient statements those that are updates too: ``W -= lr * X.T @ d``."""

    def claim(self, place: str) -> Claim | None:
        """What a place claims; of items under computed keys only a run knows the places."""
        return self.claims.get(place) or claim_of(place, self.known, self.loss)


def roles(program: Program) -> Roles:
    """The parts that a program's names play, read from its statements."""
    assigned = frozenset(leaf_of(name) for part in program.statements for name in part.targets)
    assigned |= _keys(program.statements)
    claims = _claims(program, assigned)
    updated = _updated(program.statements)
    found: dict[str, str] = {}
    known = dict.fromkeys(settings_of(program.statements), "setting")
    known |= dict.fromkeys(kept_between_updates(program.statements), "optimiser")
    for statement in program.statements:
        for name in statement.targets:
            role = _role(name, statement, program.loss, claims, updated)
            role = known.get(name, role) if role not in ("loss", "gradient", "data") else role
            if role and (name not in found or role == "loss"):
                found[name] = role
    copied = _copied(program.statements)
    gradients = tuple(
        part for part in program.statements if _is_gradient(part, claims, program.loss, copied)
    )
    marked = bool(PHASES & {marker.phase for marker in narration(program.text).markers.values()})
    guessed = (part for part in gradients if part.targets[0] not in claims and not marked)
    inferred = frozenset(id(part) for part in guessed if not _holds_items(part))
    steps = frozenset(id(part) for part in gradients if _is_step(part, claims))
    return Roles(found, claims, gradients, assigned, program.loss, inferred - steps, steps)


def _keys(statements: tuple[Statement, ...]) -> frozenset[str]:
    """Names that values go by in a dictionary: ``params["W1"]``, ``{"W1": …}``."""
    nodes = [node for part in statements for node in ast.walk(part.node)]
    keys = [node.slice for node in nodes if isinstance(node, ast.Subscript)]
    keys += [key for node in nodes if isinstance(node, ast.Dict) for key in node.keys if key]
    keys += [first for key in keys if (first := _beginning(key)) is not key]
    return frozenset(
        key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str)
    )


def _claims(program: Program, assigned: frozenset[str]) -> dict[str, Claim]:
    claims: dict[str, Claim] = {}
    for statement in program.statements:
        for name in statement.targets:
            claim = None
            if statement.claim:
                claim = written_claim(statement.claim, assigned, program.loss)
            if claim is None and not _counts(statement):
                claim = claim_of(name, assigned, program.loss)
            if claim is not None and not isinstance(statement.node, ast.FunctionDef | ast.For):
                claims.setdefault(name, claim)
    return claims


def _counts(statement: Statement) -> bool:
    """Does a statement say how many there are? ``delta /= len(X)`` only takes that up."""
    node = statement.node
    return not isinstance(node, ast.AugAssign) and _is_count(getattr(node, "value", None))


def _is_count(value: ast.expr | None) -> bool:
    """``d_k = Q.shape[1]``, ``d_ff = 16``, ``d_head = d_model // heads``: how many there are."""
    match value:
        case ast.Constant(value=number):
            return isinstance(number, int) and number > 1
        case ast.Subscript(value=inner):
            return _is_count(inner)
        case ast.Tuple(elts=parts):
            return bool(parts) and all(map(_is_count, parts))
        case ast.Attribute(attr=attr):
            return attr in ("shape", "size", "ndim")
        case ast.BinOp(op=op):
            return isinstance(op, ast.FloorDiv)
        case ast.Call(func=ast.Name(id=name)):
            return name in ("len", "int")
    return False


def _updated(statements: tuple[Statement, ...]) -> frozenset[str]:
    """Names that training changes: assigned once as parameters and again in an update."""
    return frozenset(
        name
        for statement in statements
        if statement.phase == "update"
        or (isinstance(statement.node, ast.AugAssign) and isinstance(statement.node.op, ast.Sub))
        if statement.phase not in ("data", "forward", "loss", "backward")
        for name in statement.targets
    )


def _role(
    name: str, statement: Statement, loss: str, claims: dict[str, Claim], updated: frozenset[str]
) -> str:
    if name == loss:
        return "loss"
    if isinstance(statement.node, ast.FunctionDef):
        return ""
    if name in updated or statement.phase == "parameters":
        return "parameter" if name in updated else ""
    if name in claims or (statement.phase == "backward" and not is_selection(statement.node)):
        return "gradient"
    return "data" if statement.phase == "data" else ""


def _is_gradient(
    statement: Statement, claims: dict[str, Claim], loss: str, copied: frozenset[str]
) -> bool:
    if not statement.targets or isinstance(statement.node, ast.FunctionDef | ast.For | ast.While):
        return False
    name = statement.targets[0]
    value = getattr(statement.node, "value", None)
    if isinstance(value, ast.Dict) and value.keys and is_collection(name):
        return True  # gradients that are computed where they are put down
    if isinstance(value, ast.Dict | ast.List | ast.ListComp) or _counts(statement):
        return False  # what will hold gradients, or says how many
    if name in claims or _holds_items(statement) or _is_step(statement, claims):
        return True
    if is_selection(statement.node):
        return False  # what the forward pass has kept
    helps = name in copied or bool(loss and name.startswith(loss))
    return statement.phase == "backward" and not helps


def _is_step(statement: Statement, claims: dict[str, Claim]) -> bool:
    """An update that computes its gradient itself; adding up a gradient is none."""
    node = statement.node
    subtracts = isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Sub)
    steps = statement.phase == "update" or (subtracts and statement.phase != "backward")
    if not steps or statement.targets[0] in claims:
        return False
    return is_written_out(node) or (statement.phase == "update" and is_multiplied_out(node))


def _holds_items(statement: Statement) -> bool:
    return any(map(_may_be_item, targets_of(statement.node)))


def _may_be_item(target: ast.expr) -> bool:
    """Is it, under a key that is computed, an item of something that holds gradients?

    ``grads["dW" + str(l)]``, ``dW[l]``: what it is called only a run can tell.
    """
    if not isinstance(target, ast.Subscript) or place_of(target):
        return False
    first = _beginning(target.slice)
    begins = isinstance(first, ast.Constant) and re.match(_GRADIENT, str(first.value))
    return bool(begins) or is_collection(place_of(target.value))


def _beginning(key: ast.expr) -> ast.expr:
    """What a key is put together from first: the ``"W"`` of ``"W" + str(l)`` and of ``f"W{l}"``."""
    while isinstance(key, ast.BinOp | ast.JoinedStr):
        if isinstance(key, ast.JoinedStr) and not key.values:
            break
        key = key.left if isinstance(key, ast.BinOp) else key.values[0]
    return key


def _copied(statements: tuple[Statement, ...]) -> frozenset[str]:
    """Names that hold copies of something, to be changed: they are no gradients."""
    return frozenset(
        name
        for statement in statements
        for part in ast.walk(statement.node)
        if isinstance(part, ast.Attribute | ast.Name)
        if (part.attr if isinstance(part, ast.Attribute) else part.id) == "deepcopy"
        for name in statement.targets
    )


def needs_backward(program: Program, known: Roles) -> bool:
    """Does a script compute a loss and stop there, with nothing derived and nothing updated?"""
    updates = any(role == "parameter" for role in known.of.values())
    return bool(program.loss) and not known.gradients and not updates
