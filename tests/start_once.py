"""Start the installed application once, as a person would: look, step, quit.

    python -m tests.start_once [COMMAND...]

Not a test of pytest's: it is for `.ci/run`, which runs it on a fresh installation.
"""

import sys

from tests.terminal import Terminal


def main(command: list[str]) -> int:
    """Exit status 0 if the first frame came, a step changed it, and `q` ended it well."""
    with Terminal.start(command, columns=120, rows=36) as terminal:
        terminal.wait_for("Program", timeout=60)
        first = terminal.settle(quiet=0.5)
        terminal.send("s")
        stepped = terminal.wait_for_change(first)
        terminal.send("q")
        status = terminal.wait_for_end()
    print(stepped)
    print(f"{' '.join(command)}: ended with status {status}")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["stepnet", "trask_neuron"]))
