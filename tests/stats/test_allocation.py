"""Allocation: published examples, and the laws every allocation keeps."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qacli.stats import allocate


def test_largest_remainder():
    # the textbook election of the Hare quota: 100,000 votes, ten seats, 5-2-1-1-1-0
    votes = {"a": 47000, "b": 16000, "c": 15800, "d": 12000, "e": 6100, "f": 3100}
    assert allocate(votes, 10, floor=0) == {"a": 5, "b": 2, "c": 1, "d": 1, "e": 1, "f": 0}


def test_proportional_keeps_n_where_rounding_up_does_not():
    # apistrat of R's survey package: 200 schools; rounding each share up draws 201
    assert allocate({"E": 4421, "H": 755, "M": 1018}, 200) == {"E": 143, "H": 24, "M": 33}


PRACTOOLS = {
    "sizes": dict(zip("abcdef", (215, 65, 252, 50, 149, 144), strict=True)),
    "sd": dict(zip("abcdef", (26787207, 10645109, 6909676, 11085034, 9817762, 44553355), strict=True)),
}


def test_neyman_rounds_the_allocation_of_practools():
    # PracTools 1.7.5 strAlloc(n.tot = 100, alloc = "neyman"), Valliant, Dever and Kreuter (2018) chapter 3:
    # 34.6417, 4.1619, 10.4735, 3.3338, 8.7990, 38.5901; the three largest remainders are those of e, a and f
    found = allocate(PRACTOOLS["sizes"], 100, "neyman", sd=PRACTOOLS["sd"], floor=0)
    assert found == {"a": 35, "b": 4, "c": 10, "d": 3, "e": 9, "f": 39}


def test_equal_shares_what_is_left_by_name():
    assert allocate({"c": 50, "a": 50, "b": 50}, 8, "equal") == {"c": 2, "a": 3, "b": 3}


def test_a_small_stratum_is_lifted_to_the_floor_and_the_rest_shared_again():
    # by hand: c is fixed at 2, the other 8 follow 60 to 38, that is 4.90 and 3.10
    assert allocate({"a": 60, "b": 38, "c": 2}, 10) == {"a": 5, "b": 3, "c": 2}


def test_a_stratum_gives_no_more_than_it_holds():
    # by hand: three each would ask b for more than its one unit
    assert allocate({"a": 20, "b": 1, "c": 20}, 9, "equal") == {"a": 4, "b": 1, "c": 4}


def test_what_varies_is_taken_whole_and_the_rest_follows_size():
    assert allocate({"a": 3, "b": 10, "c": 20}, 9, "neyman", sd={"a": 5, "b": 0, "c": 0}, floor=0) == {
        "a": 3,
        "b": 2,
        "c": 4,
    }


def test_equal_does_not_look_at_sizes():
    assert allocate({"a": 90, "b": 10}, 10, "equal") == {"a": 5, "b": 5}


def test_an_empty_stratum_gets_nothing():
    assert allocate({"a": 20, "b": 0}, 5) == {"a": 5, "b": 0}
    assert allocate({}, 0) == {}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"sizes": {"a": 9, "b": 9, "c": 9}, "n": 5}, "3 strata with at least 2 each need 6 units, and n is 5"),
        ({"sizes": {"a": 9}, "n": 10}, "take them all"),
        ({"sizes": {"a": 9}, "n": -1}, "smaller than 0"),
        ({"sizes": {"a": -9}, "n": 0}, "smaller than 0"),
        ({"sizes": {"a": 9}, "n": 5, "method": "optimal"}, "choose from proportional, equal, neyman"),
        ({"sizes": {"a": 9, "b": 9}, "n": 5, "method": "neyman", "sd": {"a": 1}}, "every stratum: b"),
        ({"sizes": {"a": 9}, "n": 5, "method": "neyman"}, "every stratum: a"),
        ({"sizes": {"a": 9}, "n": 5, "method": "neyman", "sd": {"a": math.nan}}, "not below 0"),
        ({"sizes": {"a": 9}, "n": 5, "method": "neyman", "sd": {"a": math.inf}}, "not below 0"),
        ({"sizes": {"a": 9, "b": 9}, "n": 5, "method": "neyman", "sd": {"a": 2, "b": -0.5}}, "not below 0"),
        ({"sizes": {"a": 9}, "n": 5, "method": "neyman", "sd": {"a": 0}}, "a stratum that varies"),
    ],
)
def test_what_cannot_be_shared_gets_a_sentence(options, sentence):
    with pytest.raises(ValueError, match=sentence):
        allocate(**options)


@st.composite
def cases(draw):
    sizes = draw(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 60), min_size=1, max_size=8))
    floor = draw(st.integers(0, 3))
    n = draw(st.integers(sum(min(floor, size) for size in sizes.values()), sum(sizes.values())))
    return sizes, n, floor, {name: draw(st.integers(1, 40)) / 10 for name in sizes}


@given(cases(), st.sampled_from(["proportional", "equal", "neyman"]))
def test_every_allocation_adds_up_within_its_bounds(case, method):
    sizes, n, floor, sd = case
    found = allocate(sizes, n, method, sd=sd, floor=floor)
    assert sum(found.values()) == n
    assert list(found) == list(sizes)
    assert all(min(floor, sizes[name]) <= found[name] <= sizes[name] for name in sizes)


@given(cases())
def test_a_larger_stratum_never_gets_fewer(case):
    sizes, n, floor, _ = case
    found = allocate(sizes, n, "proportional", floor=floor)
    by_size = sorted(sizes, key=lambda name: (sizes[name], found[name]))
    assert [found[name] for name in by_size] == sorted(found.values())


@given(cases())
def test_without_a_floor_nobody_is_a_whole_unit_off_the_share(case):
    sizes, n, _, _ = case
    total = sum(sizes.values())
    for name, given_units in allocate(sizes, n, floor=0).items():
        assert total == 0 or abs(given_units - n * sizes[name] / total) < 1


@given(cases(), st.randoms())
def test_the_order_of_the_strata_changes_nothing(case, random):
    sizes, n, floor, _ = case
    names = list(sizes)
    random.shuffle(names)
    assert allocate({name: sizes[name] for name in names}, n, floor=floor) == allocate(sizes, n, floor=floor)


def test_a_cap_fixes_what_would_pass_it_and_shares_the_rest_again():
    # by hand: a is fixed at 5, the other 5 follow 38 to 12, that is 3.8 and 1.2
    assert allocate({"a": 60, "b": 38, "c": 12}, 10, floor=0, cap=5) == {"a": 5, "b": 4, "c": 1}


@given(
    st.dictionaries(st.text(max_size=2), st.integers(0, 60), min_size=1, max_size=6),
    st.sampled_from(["proportional", "equal", "neyman"]),
    st.integers(0, 3),
    st.integers(3, 20),
    st.data(),
)
def test_every_stratum_lies_between_floor_and_cap(sizes, method, floor, cap, data):
    most = {name: min(cap, size) for name, size in sizes.items()}
    least = {name: min(floor, size) for name, size in sizes.items()}
    n = data.draw(st.integers(sum(least.values()), sum(most.values())))
    sd = {name: 1.0 + len(name) for name in sizes}
    found = allocate(sizes, n, method, sd=sd, floor=floor, cap=cap)
    assert sum(found.values()) == n
    assert all(least[name] <= found[name] <= most[name] for name in sizes)


def test_caps_that_leave_too_few_or_no_room_are_refused():
    with pytest.raises(ValueError, match="cannot come from 6 units"):
        allocate({"a": 60, "b": 38}, 10, cap=3)
    with pytest.raises(ValueError, match="at least 4 and at most 3"):
        allocate({"a": 60, "b": 38}, 6, floor=4, cap=3)
