"""What can be typed behind a colon, and what is said of the rest."""

import pytest

from stepnet.session.commands import COMMANDS
from stepnet.session.errors import CommandError
from stepnet.session.prompt import parsed_line
from tests.session.opening import NET, at, session

ERRORS = {
    "": "no command\n  Press ? for the list of commands.",
    "stepp": "no command is called 'stepp'\n    stepp\n    ^\n  Did you mean step?",
    "xyz": "no command is called 'xyz'\n    xyz\n    ^\n  Press ? for the list of commands.",
    "help": "help belongs to the screen; press ?\n    help\n    ^",
    "restart now": "restart takes nothing behind it\n    restart now\n            ^",
    "goto": "goto needs ADDRESS behind it\n    goto\n        ^\n  Write goto ADDRESS.",
    "until": "until needs PLACE behind it\n    until\n         ^\n  Write until PLACE.",
    "step 0": "'0' is not a count\n    0\n    ^\n  Write a number from 1 on.",
    "step two": "'two' is not a count\n    two\n    ^\n  Write a number from 1 on.",
    "back -1": "'-1' is not a count\n    -1\n    ^\n  Write a number from 1 on.",
}


@pytest.mark.parametrize("line", ERRORS)
def test_what_cannot_be_carried_out_is_told_and_changes_nothing(line: str) -> None:
    opened = at(NET, "1.2/d_s")
    with pytest.raises(CommandError) as error:
        opened.do(line)
    assert str(error.value) == ERRORS[line]
    assert opened.position.address == "1.2/d_s"


def test_blanks_around_the_words_do_not_matter() -> None:
    command, argument = parsed_line("   step    3  ")
    assert (command.name, argument) == ("step", "3")


def test_every_name_and_every_key_belongs_to_one_command() -> None:
    names = [command.name for command in COMMANDS]
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(set(names)) == len(names)
    assert len(set(keys)) == len(keys)
    assert all(command.screen != (command.does is not None) for command in COMMANDS)


def test_commands_apply_where_there_is_something_to_do() -> None:
    start, end = session(NET), at(NET, "end")
    for command in COMMANDS:
        assert start.applies(command) == (command.needs != "back")
        assert end.applies(command) == (command.needs != "forward")
