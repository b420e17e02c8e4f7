"""Coverage-guided fuzzing of the loader: whatever bytes come, they are opened or refused.

`python -m tests.fuzz_coverage [EXECUTIONS]` needs atheris (`python -m pip install atheris`), which
no other test does. It begins with the scripts of the corpus and keeps what reaches new code.
"""

import sys
import tempfile
import warnings
from importlib import import_module
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"


def main(executions: int) -> None:
    """Open so many texts; libFuzzer stops at the first that is neither opened nor refused."""
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["stepnet.source"]):
        program = import_module("stepnet.source.program")
        refusal = import_module("stepnet.source.refusal")
        script = import_module("stepnet.source.script")

    def opened(data: bytes) -> None:
        text = data.decode("utf-8", "ignore")
        try:
            program.compile_program(script.script_from_text("net", text, Path("net.py")))
        except refusal.SourceError:
            return

    warnings.simplefilter("ignore", SyntaxWarning)
    with tempfile.TemporaryDirectory() as found:
        for path in CORPUS.glob("*.py"):
            (Path(found) / path.name).write_bytes(path.read_bytes())
        atheris.Setup([sys.argv[0], f"-runs={executions}", "-max_len=4000", found], opened)
        atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
