"""One-digit codes read by where the delimiters stand: the same as cell by cell, or not at all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage.data.formats import digits
from pilotage.data.formats.digits import NotDigitsError, read_digits

CELLS = st.lists(
    st.tuples(st.text("ab1é", max_size=3), st.sampled_from(["", "0", "5", "9"]), st.sampled_from("123")), min_size=1
)


@given(CELLS, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_digits_are_those_of_reading_cell_by_cell(rows, ending, closed):
    lines = ["id,q1,q2", *(",".join(row) for row in rows)]
    body = (ending.join(lines) + (ending if closed else "")).encode()
    expected = [[int(a) if a else -1, int(b)] for _, a, b in rows]
    assert read_digits(body, ",", 3, [1, 2]).tolist() == expected


def test_many_pieces_give_what_one_piece_does(monkeypatch):
    generator = np.random.default_rng(2)
    table = generator.integers(0, 10, (5000, 4))
    body = b"a,b,c,d\n" + b"".join(b"%d,%d,%d,%d\n" % tuple(row) for row in table.tolist())
    monkeypatch.setattr(digits, "_CHUNK", 100)
    np.testing.assert_array_equal(read_digits(body, ",", 4, [3, 0]), table[:, [3, 0]])


@pytest.mark.parametrize(
    "rows",
    [
        b"a,12,3\n",
        b"a,x,3\n",
        b"a,-1,3\n",
        b"a, 1,3\n",
        b"a,1\n",
        b"a,1,2,3\n",
        b"\na,1,2\n",
        b'"a",1,2\n',
        b"a,1,2\r\nb,1,2\n",
    ],
)
def test_anything_less_plain_is_left_to_a_slower_reader(rows):
    with pytest.raises(NotDigitsError):
        read_digits(b"id,q1,q2\n" + rows, ",", 3, [1, 2])


def test_a_digit_can_stand_for_a_blank():
    assert read_digits(b"id,q1\na,9\nb,3\n", ",", 2, [1], blank=[9]).tolist() == [[-1], [3]]
