"""Asking small scripts why."""

import pytest

from stepnet.explain.narrate import table
from stepnet.explain.narrate.scene import Scene
from stepnet.session.session import Session
from stepnet.session.why import why
from tests.session.opening import at

HEAD = "import numpy as np\n"


def said(text: str, address: str) -> str:
    """Everything that is said at an address of a script."""
    return " ".join(why(at(HEAD + text, address)))


def stops(session: Session, count: int) -> list[tuple[str, tuple[str, ...]]]:
    """What is said at each of the next stops, with the statement it is said of."""
    found = []
    for _ in range(count):
        if session.do("step").reason in ("end", "exception"):
            break
        event = session.machine.last
        assert event is not None
        statement = event.statement
        found.append((f"{statement.line} {statement.unit} {statement.text}", why(session)))
    return found


@pytest.fixture
def unguarded(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """What goes wrong inside, which a session would keep to itself."""
    raised: list[Exception] = []
    narrated = table.narrated

    def watched(scene: Scene) -> tuple[str, ...]:
        try:
            return narrated(scene)
        except Exception as error:
            raised.append(error)
            raise

    monkeypatch.setattr(table, "narrated", watched)
    return raised
