"""Python 2: told as such, every place of it at once, with what else cannot be opened."""

from pathlib import Path

import pytest

from stepnet.source.permit import checked_tree
from stepnet.source.python2 import modernised
from stepnet.source.refusal import SourceError
from stepnet.source.script import open_script, script_from_text

OLD = """\
import numpy as np
import pickle
for j in xrange(3):
\tif j: print "Error:" + str(np.float(j)); print j,
try:
    print "%d" % (
        3)
except (ValueError, TypeError), e:
    pass
"""

TOLD = """\
net.py:2:8: 'import pickle' is not opened
    import pickle
           ^^^^^^
  A pickle can run any program. Save arrays with np.savez and read them with np.load.
net.py:3:10: xrange is Python 2
    for j in xrange(3):
             ^^^^^^
  Write range.
net.py:4:8: print without brackets is Python 2
    \tif j: print "Error:" + str(np.float(j)); print j,
    \t      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  Write print("Error:" + str(np.float(j))).
net.py:4:32: numpy.float is not opened
    \tif j: print "Error:" + str(np.float(j)); print j,
    \t                              ^^^^^
  NumPy has it no longer. Write float.
net.py:4:43: print without brackets is Python 2
    \tif j: print "Error:" + str(np.float(j)); print j,
    \t                                         ^^^^^^^^
  Write print(j, end=" ").
net.py:6:5: print without brackets is Python 2
        print "%d" % (
        ^
  Write print(...).
net.py:8:1: a comma in except is Python 2
    except (ValueError, TypeError), e:
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  Write except (ValueError, TypeError) as e."""


def _refused(text: str) -> str:
    with pytest.raises(SourceError) as caught:
        checked_tree(script_from_text("net", text, Path("/nowhere/net.py")))
    return str(caught.value)


def test_every_place_is_told_with_what_to_write_and_with_all_other_refusals() -> None:
    assert _refused(OLD) == TOLD


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("print -1", "print(-1)"),
        ("print >>f, 'x', y", "print('x', y, file=f)"),
        ("print >>f", "print(file=f)"),
        ("print ('a') + 'b'", "print(('a') + 'b')"),
        ("print 'é', [1]\nx = 1", "print('é', [1])\nx = 1"),
    ],
)
def test_a_print_is_written_anew(old: str, new: str) -> None:
    assert modernised(old)[0] == new


@pytest.mark.parametrize(
    "text", ["print", "print (1)", "print(1); print(2)", "f = print", "except_, e = 1, 2", "x = ["]
)
def test_python_3_is_left_as_it_is(text: str) -> None:
    assert modernised(text) == (text, [])


def test_what_is_wrong_otherwise_is_told_too() -> None:
    told = _refused("print 'x'\nw = (1\n")
    assert "1:1: print without brackets is Python 2" in told
    assert "2:5: '(' was never closed" in told


def test_a_file_beside_the_script_is_told_by_its_own_lines(tmp_path: Path) -> None:
    (tmp_path / "old.py").write_text("x = 1\nprint x\n")
    (tmp_path / "net.py").write_text("import old\nprint old.x\n")
    with pytest.raises(SourceError) as caught:
        checked_tree(open_script(str(tmp_path / "net.py")))
    places = [part.partition(": ")[0] for part in caught.value.texts]
    assert places == ["net.py:2:1", "old.py:2:1"]


def test_tabs_and_spaces_that_python_2_read_together() -> None:
    assert _refused("if 1:\n        x = 1\n\ty = 2\n").endswith("Indent with spaces only.")
