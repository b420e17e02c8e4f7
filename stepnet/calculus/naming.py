"""What the derivative by a name is called in a script: as its author calls it, or in that style."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stepnet.calculus.roles import Roles


@dataclass(frozen=True)
class Naming:
    """How derivatives are called."""

    known: Mapping[str, str]
    """By name of what the loss is derived by."""
    style: str

    def of(self, name: str) -> str:
        """The name of the loss's derivative by `name`."""
        return self.known.get(name) or self.style.format(name)


def gradient_names(roles: Roles, loss: str) -> Naming:
    """The name of the loss's derivative by each name."""
    known: dict[str, str] = {}
    for name, claim in roles.claims.items():
        if claim.of in (loss, "loss"):
            known.setdefault(claim.by, name.rpartition(".")[2])
    return Naming(known, _style(list(known.values()), loss))


def _style(names: list[str], loss: str) -> str:
    """``grad_{}``, ``d_{}``, ``dE_d{}`` or ``d{}``: the way most of the names are made."""
    forms = {
        "grad_{}": sum(name.startswith("grad_") for name in names),
        f"d{loss}_d{{}}": sum(name.startswith(f"d{loss}_d") for name in names),
        "d_{}": sum(name.startswith("d_") for name in names),
        "d{}": 0,
    }
    best = max(forms, key=lambda form: forms[form])
    return best if forms[best] else "d{}"
