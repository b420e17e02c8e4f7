"""Lists of numbers are looked at as vectors and matrices."""

from stepnet.session.panes import name_rows
from tests.session.opening import at

TEXT = """\
w = [0.5, 1, -2.0]
m = [[1, 2], [3, 4], [5, 6]]
ragged = [[1, 2], [3]]
words = ["a", "b"]
pair = (1, 2)
empty = []
flags = [True, False]
deep = [[[1]]]
w[1] = 7
"""


def test_a_list_of_numbers_is_a_vector_and_a_list_of_lists_a_matrix() -> None:
    rows = {row.name: (row.shape, row.dtype) for row in name_rows(at(TEXT, "end"))}
    assert rows["w"] == ("(3,)", "list")
    assert rows["m"] == ("(3,2)", "list")
    for name in ("ragged", "words", "pair", "empty", "flags", "deep"):
        assert rows[name][0] == "", name


def test_what_is_computed_with_stays_a_list() -> None:
    session = at(TEXT, "end")
    assert session.machine.names["w"] == [0.5, 7, -2.0]
    assert type(session.machine.names["w"]) is list
