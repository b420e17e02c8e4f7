"""Every attempt to do more than compute is refused or stopped, and changes nothing."""

from pathlib import Path

import pytest

from stepnet.machine.limits import Limits
from stepnet.machine.machine import Machine
from stepnet.machine.world import Given
from stepnet.source.program import compile_program
from stepnet.source.refusal import SourceError
from stepnet.source.script import script_from_text
from tests.escape import attempts, by_name, further_attempts, library, more_attempts

GROUPS: dict[str, list[str]] = {
    name.lower(): group
    for module in (attempts, by_name, further_attempts, library, more_attempts)
    for name, group in vars(module).items()
    if name.isupper()
}
ATTEMPTS = [
    pytest.param(line.replace("\\n", "\n"), id=f"{group}: {line}")
    for group, lines in GROUPS.items()
    for line in lines
]
TRACE = Path("/tmp/stepnet_escape")


def test_there_are_many() -> None:
    assert len(ATTEMPTS) >= 900
    assert len({param.values for param in ATTEMPTS}) == len(ATTEMPTS)


@pytest.mark.parametrize("text", ATTEMPTS)
def test_is_refused_or_stopped(text: str, tmp_path: Path) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    (tmp_path / "secret").write_text("1 2 3\n", encoding="utf-8")
    if "np." in text and "import numpy" not in text:
        text = f"import numpy as np\n{text}"
    text += "\nprint('escaped')\n"
    try:
        program = compile_program(script_from_text("script", text, folder / "script.py"))
    except SourceError:
        return
    made = Machine(program, given=Given(limits=Limits(seconds=5, steps=1000)))
    while made.step():
        pass
    assert "escaped" not in made.output
    assert made.fault is not None
    assert made.fault.message
    while made.undo():
        pass
    assert made.tick == 0
    assert [file.name for file in folder.iterdir()] == []
    assert not list(Path("/tmp").glob("stepnet_escape*"))
