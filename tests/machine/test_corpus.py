"""The corpus of tricky scripts, which CPython gets right."""

from pathlib import Path

import pytest

from stepnet.source.refusal import SourceError
from tests.generated.test_corpus import CORPUS
from tests.machine.agreement import quarrel

REFUSED = {
    "printing": "format() can reach inside objects",
}


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_machine_gets_it_right_too_or_says_why_not(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.stem not in REFUSED:
        assert quarrel(text, tmp_path / "script.py") is None
        return
    with pytest.raises(SourceError) as caught:
        quarrel(text, tmp_path / "script.py")
    assert {refusal.message for refusal in caught.value.refusals} == {REFUSED[path.stem]}
