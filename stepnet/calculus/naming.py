"""What the derivative by a name is called in a script: as its author calls it, or in that style."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from stepnet.calculus.roles import Roles
from stepnet.source.place import leaf_of


@dataclass(frozen=True)
class Naming:
    """How derivatives are called."""

    known: Mapping[str, str]
    """The places of derivatives by what the loss is derived by."""
    style: str

    def of(self, place: str) -> str:
        """The name of the loss's derivative by what stands in a place."""
        leaf = leaf_of(place)
        known = leaf_of(self.known.get(leaf, ""))
        # grads["W"] cannot go by its leaf where that is what the parameter is called.
        return (
            known
            if known.isidentifier() and known != leaf
            else self.style.format(re.sub(r"\W", "", leaf))
        )


def gradient_names(roles: Roles, loss: str) -> Naming:
    """The name of the loss's derivative by each name."""
    known: dict[str, str] = {}
    for name, claim in roles.claims.items():
        if claim.of in (loss, "loss"):
            known.setdefault(claim.by, name)
    return Naming(known, _style(list(map(leaf_of, known.values())), loss))


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
