"""The corpus of tricky scripts, which CPython gets right."""

from pathlib import Path

import pytest

from tests.generated.test_corpus import CORPUS
from tests.machine.agreement import quarrel


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_machine_gets_it_right_too(path: Path, tmp_path: Path) -> None:
    assert quarrel(path.read_text(encoding="utf-8"), tmp_path / "script.py") is None
