"""Aims where not all have the same chance: the number that they take, against published numbers and closed formulas."""

from __future__ import annotations

from math import comb
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st
from populations import frame

from qacli.monitor.sampling.designs.aims import most_by_strata, rule_of, settled
from qacli.monitor.sampling.designs.design import Found
from qacli.monitor.sampling.designs.registry import DESIGNS
from qacli.prepare.frames.risk import RiskClass
from qacli.prepare.frames.size import SampleTooLarge

Z = NormalDist().inv_cdf(0.975)
EQUAL = {"design": "stratified", "stratify_by": "channel", "allocation": "equal"}
NEYMAN = {**EQUAL, "allocation": "neyman"}
TWO_STAGE = {"design": "two-stage", "clusters": None, "per_cluster": 7, "cluster_by": "team"}
RISK = {"design": "risk-weighted", "risk": {"hot": RiskClass(weight=5, reason=("complaint",))}}
QUOTA = {"design": "quota"}


def number(eligible, **settings):
    found = settled(frame(**settings), eligible)
    return found.number, found.reached


def test_two_equal_strata_of_equal_size_take_what_one_takes():
    # Krejcie and Morgan (1970): 278 of 1,000 for five points at 95 %
    assert number({"phone": 500, "chat": 500}, size={"margin": 5}, **EQUAL) == ("n 278", True)


def test_equal_shares_of_unequal_strata_take_more():
    # Cochran (1977), 5.9, by hand: (.81 + .01)/.5 · .25 / ((.05/1.96)² + .25/10,000) = 606.7, which two equal
    # shares reach with 304 each; of a simple sample it is 370
    assert number({"phone": 9000, "chat": 1000}, size={"margin": 5}, **EQUAL) == ("n 608", True)


def test_neyman_takes_what_its_formula_says():
    # Cochran (1977), 5.9: n = (ΣW S)² / (V + ΣW S²/N)
    eligible, spread = {"a": 6000, "b": 3000, "c": 1000}, {"a": 5, "b": 12, "c": 20}
    mean = sum(count * spread[name] for name, count in eligible.items()) / 10_000
    square = sum(count * spread[name] ** 2 for name, count in eligible.items()) / 10_000
    closed = mean**2 / ((1 / Z) ** 2 + square / 10_000)
    words, reached = number(eligible, size={"margin": 1}, spread=spread, **NEYMAN)
    assert reached
    assert int(words.removeprefix("n ")) == pytest.approx(closed, abs=2)  # strata give whole numbers
    assert rule_of(frame(size={"margin": 1}, spread=spread, **NEYMAN), eligible) == (
        f"{words} from a margin of 1 points at 95 % for a mean that varies by spread, of 10,000 eligible"
    )


def test_of_shares_neyman_takes_what_is_expected():
    # all expected at 50 %: as a simple sample, Krejcie and Morgan's 278
    assert number({"a": 500, "b": 500}, size={"margin": 5}, expected={"any": 50}, **NEYMAN) == ("n 278", True)


def test_two_stages_take_the_clusters_of_the_immunization_surveys():
    # Expanded Programme on Immunization: to within 10 points with 7 of each, a correlation of 1/6 and so a design effect
    # of 2: 96.04 · 2 / 7 = 27.4 clusters (30 are taken for good measure; WHO 2018, annex B)
    villages = {f"village {n}": 10_000 for n in range(5000)}
    asked = frame(size={"margin": 10}, alike="16.6666667", **TWO_STAGE)
    assert settled(asked, villages).number == "28 teams"
    assert rule_of(asked, villages) == (
        "28 teams from a margin of 10 points at 95 % for a share near 50 %, of 50,000,000 eligible"
    )
    drawn = DESIGNS["two-stage"].shares(asked, Found(villages, {}, "2026"))
    assert sum(share.drawn for share in drawn.values()) == 28 * 7


def test_a_drop_takes_as_many_as_tell_alike():
    # R power.prop.test(p1 = .9, p2 = .8, power = .8): 199; with 7 of each of very many and a correlation of 1/6 twice that
    villages = {f"village {n}": 10_000 for n in range(5000)}
    assert number(villages, size={"drop": 10}, alike="16.6666667", **TWO_STAGE) == ("57 teams", True)  # 398 / 7 = 56.9
    # Kish (1965), 11.7: two halves, one drawn five times as often: 1.8 times as many
    assert number({"hot": 50_000, "other": 50_000}, size={"drop": 10}, **RISK) == ("n 359", True)  # 199 · 1.8 = 358.2
    assert number({"phone": 500, "chat": 500}, size={"drop": 10}, **EQUAL) == ("n 200", True)


def test_unequal_chances_take_more():
    # 384.15 alike, of very many; 1.8 times as many
    assert number({"hot": 10**7, "other": 10**7}, size={"margin": 5}, **RISK) == ("n 692", True)


def test_a_quota_takes_so_many_of_each():
    words, reached = number({f"p_{n}": 100 for n in range(10)}, size={"margin": 5}, **QUOTA)
    assert (words, reached) == ("28 per colleague", True)  # 278 of 1,000, in ten whole numbers
    asked = frame(size={"margin": 5}, **QUOTA)
    shares = DESIGNS["quota"].shares(asked, Found({f"p_{n}": 100 for n in range(10)}, {}, "2026"))
    assert {share.drawn for share in shares.values()} == {28}


@pytest.mark.parametrize("design", [EQUAL, {**NEYMAN, "expected": {"a": 90, "b": 60, "c": 50}}, QUOTA])
def test_a_fault_is_found_wherever_it_lies(design):
    eligible, faulty = {"a": 700, "b": 250, "c": 50}, 50  # 5 % of 1,000
    found = settled(frame(size={"fault": 5}, **design), eligible)
    shares = DESIGNS[found.frame.design].shares(found.frame, Found(eligible, {}, "2026"))
    worst = 0.0
    for in_a in range(faulty + 1):
        for in_b in range(faulty - in_a + 1):
            missed = 1.0
            for name, many in (("a", in_a), ("b", in_b), ("c", faulty - in_a - in_b)):
                missed *= comb(eligible[name] - many, shares[name].drawn) / comb(eligible[name], shares[name].drawn)
            worst = max(worst, missed)
    assert found.reached
    assert 0.01 < worst <= 0.05


def test_what_cannot_be_reached_is_said():
    asked = frame(size={"margin": 5}, cap=20, **EQUAL)
    assert settled(asked, {"a": 500, "b": 500}).reached is False
    assert rule_of(asked, {"a": 500, "b": 500}).endswith("; all that may be taken does not reach it")
    few = frame(size={"margin": 5}, alike=10, **TWO_STAGE)
    assert number({f"t{n}": 50 for n in range(6)}, size={"margin": 5}, alike=10, **TWO_STAGE) == ("6 teams", False)
    assert settled(few, {}).frame is few
    with pytest.raises(SampleTooLarge):
        settled(frame(size={"margin": "0.1"}, **EQUAL), {"a": 10**7, "b": 10**7})


@given(
    st.dictionaries(st.sampled_from(["a", "b", "c", "d", "e"]), st.integers(1, 3000), min_size=1),
    st.sampled_from([{"margin": 7}, {"margin": 3, "sd": 9}, {"drop": 12}, {"fault": 6}]),
    st.sampled_from(
        [EQUAL, {**NEYMAN, "spread": {"a": 2, "any": 11}}, {**NEYMAN, "expected": {"a": 97, "any": 60}}, QUOTA, RISK]
    ),
    st.integers(0, 9),
)
def test_no_stratum_gives_more_than_is_kept_while_it_is_drawn(eligible, size, design, floor):
    if design is RISK:
        eligible = {("hot", "other")[place]: count for place, count in enumerate(list(eligible.values())[:2])}
    if design.get("allocation") == "neyman" and "sd" in size:
        size = {"margin": 3}
    asked = frame(size=size, floor=floor, **design)
    found = settled(asked, eligible)
    most = most_by_strata(asked)
    if design is RISK:
        assert found.n <= most
    else:
        shares = DESIGNS[asked.design].shares(found.frame, Found(eligible, {}, "2026"))
        assert all(share.drawn <= most for share in shares.values())
