"""When unannounced checks are made: within opening hours, also on the days on which the clocks change."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qacli.monitor.sampling.times import chosen, openings, ranked
from qacli.prepare.frames.spot import Spot

LONDON = ZoneInfo("Europe/London")
ENGLAND = "england-wales"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def spot(**more):
    return Spot.model_validate(
        {
            "reason": "calls are not recorded",
            "opening": {"mon-fri": "08:00-18:00"},
            "minutes": "30",
            "checks": "4",
            **more,
        }
    )


def local(found):
    return [f"{moment.astimezone(LONDON):%a %H:%M}" for _, moment in found]


def test_a_check_may_begin_every_five_minutes_and_ends_within_opening_hours():
    hours = spot(opening={"mon-wed": "08:00-09:00", "sat": "10:00-10:30"}, closed=["2026-05-19"])
    found = local(openings(hours, date(2026, 5, 18), date(2026, 5, 24), LONDON, LONG_AGO, ENGLAND))
    monday = [f"Mon 08:{minute:02}" for minute in range(0, 35, 5)]
    assert found == [*monday, *(each.replace("Mon", "Wed") for each in monday), "Sat 10:00"]


def test_days_may_run_over_the_weekend():
    hours = spot(opening={"sat-mon": "10:00-10:30"})
    assert local(openings(hours, date(2026, 5, 18), date(2026, 5, 24), LONDON, LONG_AGO, ENGLAND)) == [
        "Mon 10:00",
        "Sat 10:00",
        "Sun 10:00",
    ]


@pytest.mark.parametrize(
    ("day", "hours", "count", "first"),
    [
        # 01:00 to 02:00 does not exist on 29 March 2026: of the 37 beginnings of three hours it takes twelve
        (date(2026, 3, 29), "00:00-03:30", 25, "2026-03-29T00:00Z"),
        # it comes twice on 25 October and counts once, by summer time: the clock of the wall has 37
        (date(2026, 10, 25), "00:00-03:30", 37, "2026-10-24T23:00Z"),
        (date(2026, 10, 26), "00:00-03:30", 37, "2026-10-26T00:00Z"),
    ],
)
def test_hours_that_a_clock_change_takes_or_doubles(day, hours, count, first):
    found = [moment for _, moment in openings(spot(opening={"mon-sun": hours}), day, day, LONDON, LONG_AGO, ENGLAND)]
    assert (len(set(found)), f"{found[0]:%Y-%m-%dT%H:%MZ}") == (count, first)
    assert len(set(found)) == len(found)


def test_what_is_past_cannot_be_drawn():
    noon = datetime(2026, 5, 22, 12, tzinfo=LONDON)  # a Friday
    found = [moment for _, moment in openings(spot(), date(2026, 5, 18), date(2026, 5, 24), LONDON, noon, ENGLAND)]
    assert min(found) == noon + timedelta(minutes=5)
    assert len(found) == 66  # 12:05 to 17:30


def slots(blocks, hours=None):
    moments = list(openings(hours or spot(), date(2026, 5, 18), date(2026, 5, 24), LONDON, LONG_AGO, ENGLAND))
    return dict.fromkeys(blocks, moments)


@settings(max_examples=30)
@given(st.text(min_size=1, max_size=5), st.integers(1, 12), st.integers(1, 3))
def test_laws_of_drawn_times(seed, checks, evaluators):
    asked = spot(checks=str(checks), opening={"mon": "09:00-10:30"})
    people = [f"p_e{number}" for number in range(evaluators)]
    found = chosen(ranked(slots(["p_e0", "p_a"], asked), seed), asked, people, {"p_e0": 3}, {})
    assert len(found) <= checks
    for one in found:
        assert one.evaluator != one.block
        for other in found:
            if one is not other and one.starts < other.ends and other.starts < one.ends:
                assert one.evaluator != other.evaluator
                assert one.block != other.block
    assert Counter(each.evaluator for each in found)["p_e0"] <= 3


def test_more_checks_hold_the_fewer_and_another_block_moves_none():
    few, many = spot(checks="3"), spot(checks="9")
    one = chosen(ranked(slots(["p_a", "p_b"]), "s"), few, ["p_e"], {}, {})
    more = chosen(ranked(slots(["p_a", "p_b"]), "s"), many, ["p_e"], {}, {})
    assert more[:3] == one
    each = spot(checks=None, of_each="1")
    alone = chosen(ranked(slots(["p_a"]), "s"), each, ["p_e", "p_f"], {}, {})
    beside = chosen(ranked(slots(["p_a", "p_b"]), "s"), each, ["p_e", "p_f"], {}, {})
    assert alone[0].starts in {moment.starts for moment in beside if moment.block == "p_a"}


def test_every_moment_has_the_same_chance():
    # 13 moments of one morning, 2,000 seeds: chi-square with 12 degrees of freedom stays below 32.9 in 999 of 1,000
    hours = spot(checks="1", opening={"mon": "09:00-10:30"})
    moments = slots(["p_a"], hours)
    count = Counter(chosen(ranked(moments, str(seed)), hours, ["p_e"], {}, {})[0].starts for seed in range(2000))
    assert len(count) == 13
    assert sum((n - 2000 / 13) ** 2 / (2000 / 13) for n in count.values()) < 32.9
