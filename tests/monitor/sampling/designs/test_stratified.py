from __future__ import annotations

import pytest
from populations import frame

from qacli.monitor.sampling.designs.design import Found
from qacli.monitor.sampling.designs.registry import DESIGNS
from qacli.monitor.sampling.designs.shared import FloorTooHigh, SpreadUnknown


def sizes(name, eligible, **more):
    found = DESIGNS[name].shares(frame(design=name, **more), Found(eligible, {}, "2026"))
    assert all(share.probability == pytest.approx(share.drawn / eligible[stratum]) for stratum, share in found.items())
    return {stratum: (share.asked, share.drawn) for stratum, share in found.items()}


def test_simple_takes_what_is_asked_or_all_there_is():
    assert sizes("simple", {"all": 100}, size=8) == {"all": (8, 8)}
    assert sizes("simple", {"all": 5}, size=8) == {"all": (8, 5)}


def test_simple_takes_as_many_as_its_aim_needs():
    # Krejcie and Morgan (1970), Educational and Psychological Measurement 30:607-610: 278 of 1,000
    assert sizes("simple", {"all": 1000}, size={"margin": 5}) == {"all": (278, 278)}
    assert sizes("simple", {"all": 1000}, size={"fraction": "2.5"}) == {"all": (25, 25)}


def test_quota_takes_so_many_of_each_colleague_or_all_there_are():
    assert sizes("quota", {"p_a07": 40, "p_a09": 1}, size=None, per_colleague=2) == {"p_a07": (2, 2), "p_a09": (2, 1)}


@pytest.mark.parametrize("name", ["proportional", "stratified"])
def test_proportional_follows_size_by_the_largest_remainder(name):
    # Hamilton's method on 10 seats for 6373, 2505, 1122: quotas 6.373, 2.505, 1.122, the spare one to .505
    assert sizes(name, {"a": 6373, "b": 2505, "c": 1122}, size=10) == {"a": (6, 6), "b": (3, 3), "c": (1, 1)}


def test_proportional_keeps_its_floor():
    found = sizes("proportional", {"phone": 900, "chat": 95, "desk": 5}, size=20, floor=4)
    assert {name: drawn for name, (_, drawn) in found.items()} == {"phone": 12, "chat": 4, "desk": 4}


def test_a_stratum_smaller_than_the_floor_gives_all_it_has():
    assert sizes("proportional", {"phone": 900, "desk": 3}, size=20, floor=8) == {"phone": (17, 17), "desk": (3, 3)}


def test_equal_gives_the_same_to_each_up_to_the_cap():
    found = sizes("stratified", {"phone": 900, "chat": 95, "desk": 5}, size=29, allocation="equal")
    assert {name: drawn for name, (_, drawn) in found.items()} == {"phone": 12, "chat": 12, "desk": 5}
    assert sizes("stratified", {"a": 90, "b": 60}, size=30, allocation="equal") == {"a": (15, 15), "b": (15, 15)}
    assert sizes("stratified", {"a": 90, "b": 60}, size=30, cap=10) == {"a": (10, 10), "b": (10, 10)}
    assert sizes("stratified", {"a": 90, "b": 10}, size=30, cap=25) == {"a": (25, 25), "b": (5, 5)}


def test_neyman_gives_more_to_what_varies_more():
    # Valliant, Dever and Kreuter (2018), chapter 3, as R PracTools::strAlloc shares 100 out:
    # 34.64, 4.16, 10.47, 3.33, 8.80, 38.59; whole by largest remainder
    eligible = dict(zip("abcdef", (215, 65, 252, 50, 149, 144), strict=True))
    spread = dict(zip("abcdef", (26787207, 10645109, 6909676, 11085034, 9817762, 44553355), strict=True))
    found = sizes("stratified", eligible, size=100, allocation="neyman", spread=spread)
    assert [drawn for _, drawn in found.values()] == [35, 4, 10, 3, 9, 39]


def test_neyman_takes_the_spread_of_an_expected_share_and_any_for_the_rest():
    # sqrt(p(1-p)) of 50 % is 0.5, of 98 % it is 0.14: 25 to 7
    shared = {"size": 32, "allocation": "neyman", "spread": {}}
    found = sizes("stratified", {"phone": 500, "chat": 500}, expected={"chat": 98, "any": 50}, **shared)
    assert found == {"phone": (25, 25), "chat": (7, 7)}


def test_a_stratum_of_unknown_spread_is_refused_by_name():
    with pytest.raises(SpreadUnknown, match="its spread says nothing of desk, none"):
        sizes("stratified", dict.fromkeys(("phone", "desk", "none"), 50), allocation="neyman", spread={"phone": 8})


def test_floors_may_take_the_whole_sample():
    found = sizes("proportional", {"phone": 900, "chat": 95, "desk": 5}, size=6, floor=2)
    assert {name: drawn for name, (_, drawn) in found.items()} == {"phone": 2, "chat": 2, "desk": 2}


def test_nothing_eligible_gives_nothing():
    assert sizes("proportional", {}, size=20) == sizes("simple", {}, size={"margin": 5}) == {}


def test_a_floor_above_the_sample_is_refused_with_what_it_needs():
    with pytest.raises(FloorTooHigh) as caught:
        sizes("proportional", {"phone": 900, "chat": 95, "desk": 5}, size=20, floor=8)
    assert (
        str(caught.value)
        == """\
refused[floor-too-high]: f@1 asks for 20 in all, but its floor of 8 in each of 3 strata needs 21.
  = help: raise size, or lower floor"""
    )
