from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qacli.ledger.ids import base32, entry_number


@given(st.integers(1, 2**60), st.lists(st.integers(1, 999), max_size=2))
def test_an_id_names_its_entry(entry, numbers):
    for letters in ("o", "pa"):
        assert entry_number("-".join([f"{letters}_{base32(entry)}", *map(str, numbers)])) == entry


@given(st.integers(0, 2**60), st.integers(0, 2**60))
def test_two_entries_never_share_an_id(one, other):
    assert (base32(one) == base32(other)) == (one == other)


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (1, "1"), (10, "a"), (31, "z"), (32, "10"), (1024, "100")])
def test_the_alphabet_is_crockfords(number, text):
    # https://www.crockford.com/base32.html, in small letters
    assert base32(number) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "o",
        "o_",
        "o_i",
        "o_l",
        "o_o",
        "o_u",
        "O_4p",
        "o_4P",
        "o_04",
        "o_4p-",
        "o_4p-0",
        "o_4p-01",
        "ooo_4p",
        "o_4p ",
        "w_" + "0123456789abcdef" * 2,
    ],
)
def test_what_is_no_id_of_a_row_names_no_entry(text):
    assert entry_number(text) is None
