"""What the records of a frame say, in words: from rows as they lie in the tables."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from qacli.govern.frame_review import Past, findings, told_of
from qacli.monitor.sampling.coverage import Drift, Group
from qacli.monitor.sampling.draw import Stratum
from qacli.prepare.period import parse_period

FRAME = SimpleNamespace(
    stratify_by="channel", population=SimpleNamespace(channel=("phone", "chat"), team=(), reason=("loan",))
)
NOTHING = {
    "excused": 0,
    "scored": 0,
    "late": 0,
    "waiting": 0,
    "replaced": 0,
    "closed": 0,
    "minutes": 0,
    "watched": 0,
    "sessions": 0,
}


def week(number, strata=(), excluded=None, **more):
    rows = [Stratum(draw="d", stratum=name, eligible=n, asked=asked, drawn=k) for name, n, asked, k in strata]
    drawn = sum(row.drawn for row in rows)
    population = sum(row.eligible for row in rows) + sum((excluded or {}).values())
    draw = SimpleNamespace(population=population, drawn=drawn) if strata else None
    return Past(
        period=parse_period(f"2026-W{number}"),
        draw=draw,
        strata=rows,
        excluded=excluded or {},
        items=[SimpleNamespace(evaluator="")] * drawn,
        drawn_margin=None,
        scored_margin=None,
        **{**NOTHING, **more},
    )


def test_each_thing_that_did_not_go_as_agreed_is_said_once():
    found = [
        week(18, [("phone", 60, 6, 6), ("chat", 20, 4, 4)], {"opt-out": 20}, late=2),
        week(19),
        week(20, [("phone", 70, 10, 10)], {"notice-gap": 30}, replaced=1, excused=3),
        week(21, [("phone", 80, 6, 6), ("chat", 2, 4, 2)], {"notice-gap": 18}, closed=1),
    ]
    assert findings(FRAME, found) == [
        "1 of 4 periods was not drawn: 2026-W19",
        "chat had no eligible transactions in 1 of 3 periods: 2026-W20",
        "fewer eligible than asked, of 3 periods: chat in 1",
        # 20 + 30 + 18 of 100 + 100 + 100
        "68 of 300 transactions, 22.7 %, could not be observed: 16.0 % notice-gap, 6.7 % opt-out; no figure of this "
        "frame speaks for them",
        "2 of 28 items were not scored in time, 3 more were excused",
        "1 of 28 items were replaced, 1 closed without another",
    ]


def test_periods_in_which_all_went_as_agreed_say_nothing():
    assert findings(FRAME, [week(18, [("phone", 60, 6, 6), ("chat", 20, 4, 4)])]) == []


def known(**channels):
    empty = {"team": {}, "reason": {}, "weekday": {}}
    return {"channel": channels, **empty}


MONDAY = date(2026, 5, 4)
LATER = date(2026, 5, 18)


def test_what_no_frame_looks_at_and_what_is_new_is_said():
    population = known(phone=Group(900, 0, MONDAY), email=Group(0, 40, MONDAY), social=Group(0, 12, LATER))
    population["reason"] = {"loan": Group(700, 0, MONDAY), "bereavement": Group(200, 0, LATER)}
    others = [SimpleNamespace(population=SimpleNamespace(channel=("social",)))]
    drift = [Drift("team", "cedar", 0.4, 0.2, 120)]
    assert told_of(FRAME, others, population, drift, MONDAY) == [
        "channel email (40 transactions) is looked at by no frame",
        "channel social is new since 2026-05-18 (12 transactions), and this frame does not look at it",
        "reason bereavement is new since 2026-05-18 (200 transactions), and this frame does not look at it",
        "team cedar has 40.0 % of the population and 20.0 % of what was scored (weighted, n 120): more than chance",
    ]


def test_a_frame_of_all_channels_elsewhere_covers_every_channel():
    others = [SimpleNamespace(population=SimpleNamespace(channel=()))]
    assert told_of(FRAME, others, known(email=Group(0, 40, MONDAY)), [], MONDAY) == []
