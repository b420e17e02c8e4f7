"""The corpus as a table: what is opened, what equals CPython, and whose gradients are recognised.

`python -m tests.corpus_table` prints it.
"""

from pathlib import Path

from stepnet.session.checking import reports
from stepnet.session.session import Session
from stepnet.source.refusal import SourceError
from tests.cpython import run_in_cpython
from tests.machine.oracle import disagreement
from tests.machine.running import machine, run

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.*py*"))
HEAD = "script                      opened  equal  exact  scaled  wrong  unclaimed"


def row(path: Path) -> tuple[bool, bool, dict[str, int]]:
    """Is a script opened, does it do what CPython does, and how many gradients are what."""
    counts: dict[str, int] = {}
    try:
        made = run(machine(path.read_text(encoding="utf-8"), path))
    except SourceError:
        return False, False, counts
    equal = disagreement(made, path, run_in_cpython(path)) is None
    for report in reports(Session.open(str(path)), ()):
        for finding in report.findings:
            counts[finding.verdict] = counts.get(finding.verdict, 0) + 1
    return True, equal, counts


def table() -> str:
    """Every script, and how many of all."""
    lines, opened, equal, recognised = [HEAD], 0, 0, 0
    for path in CORPUS:
        is_opened, is_equal, counts = row(path)
        opened, equal = opened + is_opened, equal + is_equal
        recognised += any(counts.get(word) for word in ("exact", "scaled", "approximate"))
        exact = counts.get("exact", 0) + counts.get("approximate", 0)
        lines.append(
            f"{path.stem:26}{'yes' if is_opened else 'no':>8}{'yes' if is_equal else 'no':>7}"
            f"{exact:>7}{counts.get('scaled', 0):>8}{counts.get('wrong', 0):>7}"
            f"{counts.get('unclaimed', 0):>11}"
        )
    lines.append(
        f"of {len(CORPUS)}: {opened} opened, {equal} equal to CPython, gradients recognised in "
        f"{recognised}"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
