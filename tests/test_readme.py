"""The README tells the truth: its tables, its examples and its promises are checked.

`python -m tests.test_readme` writes the tables and the output of the examples anew.
"""

import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from stepnet.session.address import parsed
from stepnet.session.commands import COMMANDS
from stepnet.session.steps.grammar import read_steps
from stepnet.session.steps.replay import replayed
from stepnet.source.builtin import builtin_scenarios
from stepnet.source.permit import checked_tree
from stepnet.source.refusal import SourceError
from stepnet.source.script import script_from_text

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
EXAMPLE = re.compile(r"(?<=```console\n)\$ (?P<command>.*)\n(?P<output>(?s:.*?))(?=```)")
FOCUS = re.compile(r"Focus the (.*) pane\.")
WAYS_IN = (
    "python -m pip install . && stepnet trask_neuron",
    'python -m pip install ".[test]" && python -m pytest',
)
MAKER = "python -m tests.test_readme"
SMALL, LARGEST = 10_000, 300_000


def keys_table() -> str:
    """The keys, from the declaration of the commands; those that focus a pane share a row."""
    focusing = {
        command.keys[0]: found[1] for command in COMMANDS if (found := FOCUS.match(command.help))
    }
    rows = [
        (" ".join(f"`{key}`" for key in command.keys or (f":{command.name}",)), command.help)
        for command in COMMANDS
        if not FOCUS.match(command.help)
    ]
    panes = f"Focus a pane: {', '.join(focusing.values())}."
    rows.append((" ".join(f"`{key}`" for key in focusing), panes))
    return table(("key", "what it does"), rows)


def scenarios_table() -> str:
    """The scenarios, from the files themselves."""
    rows = [(f"`{one.name}`", one.title, one.source) for one in builtin_scenarios()]
    return table(("scenario", "what it is", "source"), rows)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def answer(command: str) -> str:
    """What a command prints on a terminal, where both its streams are seen."""
    words = shlex.split(command)
    assert words[0] == "stepnet", f"no test runs this: {command}"
    program = [sys.executable, "-X", "utf8", "-c", "from tui.cli import main; main()", *words[1:]]
    done = subprocess.run(
        program,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    return done.stdout


def with_tables(text: str) -> str:
    """The README with its tables made anew."""
    for name, made in (("keys", keys_table()), ("scenarios", scenarios_table())):
        before, begin, rest = text.partition(f"<!-- {name}: made by {MAKER} -->\n")
        text = before + begin + made + rest[rest.index("<!-- end -->") :]
    return text


def with_examples(text: str) -> str:
    """The README with the output of its examples made anew."""
    return EXAMPLE.sub(lambda found: f"$ {found['command']}\n{answer(found['command'])}", text)


def readme() -> str:
    """The README as it is."""
    return README.read_text(encoding="utf-8")


def test_shows_every_key_and_every_scenario() -> None:
    assert with_tables(readme()) == readme(), f"{MAKER} writes them anew"


@pytest.mark.parametrize(
    "found", list(EXAMPLE.finditer(readme())), ids=lambda found: found["command"]
)
def test_shows_what_the_examples_print(found: re.Match[str]) -> None:
    assert answer(found["command"]) == found["output"]


def test_shows_a_steps_script_that_holds(tmp_path: Path) -> None:
    (script,) = re.findall(r"```text\n(steps 1\n(?s:.*?))```", readme())
    path = tmp_path / "readme.steps"
    path.write_text(script, encoding="utf-8")
    words = [outcome.word for outcome in replayed(read_steps(path))]
    assert "failed" not in words
    assert words.count("passed") == len(re.findall("^(expect|check) ", script, re.MULTILINE))


def test_shows_python_that_runs() -> None:
    (program,) = re.findall(r"```python\n((?s:.*?))```", readme())
    exec(program, {})


def test_names_both_ways_in() -> None:
    assert all(f"```sh\n{command}\n```" in readme() for command in WAYS_IN)


def test_shows_addresses_that_can_be_typed() -> None:
    shown = re.findall(r"^\| `(\S+)` \|", readme().partition("## Without")[0], re.MULTILINE)
    assert len(shown) == 8
    for address in shown:
        parsed(address)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("other imports", "import subprocess"),
        ("pickles", "import pickle"),
        ("`eval`", "a = eval('1')"),
        ("`exec`", "exec('a = 1')"),
        ("attributes with a leading underscore", "a = (1).__class__"),
    ],
)
def test_says_what_cannot_be_opened(said: str, source: str) -> None:
    assert said in readme().replace("\n", " ")
    with pytest.raises(SourceError):
        checked_tree(script_from_text("script", source, ROOT / "script.py"))


def test_names_files_that_are_there() -> None:
    named = set(re.findall(r"(?<![\w/])(?:\.ci|docs|scenarios|tests)/[\w./]*\w", readme()))
    assert len(named) >= 4
    assert all((ROOT / name).exists() for name in named), named


def test_shows_a_picture_that_fetches_nothing() -> None:
    (name,) = re.findall(r"!\[[^\]]*\]\((.*?)\)", readme())
    picture = (ROOT / name).read_text(encoding="utf-8")
    assert SMALL < len(picture) < LARGEST
    assert not re.search(r"@import|url\(['\"]?http|href=", picture)


if __name__ == "__main__":
    README.write_text(with_examples(with_tables(readme())), encoding="utf-8")
