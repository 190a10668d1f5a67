"""What a draw records and tells, from what it picked: no population is read here."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from qacli.monitor.sampling.designs.design import Share
from qacli.monitor.sampling.drawing import _draw, _findings, items_of
from qacli.monitor.sampling.picking import Picks
from qacli.prepare.frames.frame import Frame
from qacli.prepare.frames.size import Size
from qacli.prepare.period import parse_period
from qacli.prepare.scorecards.scorecard import Scorecard

WEEK = parse_period("2026-W21")  # 18 to 24 May


def frame(**more):
    known = {"id": "weekly", "version": "1", "purpose": "routine", "design": "quota", "seed": "s", "cap": None}
    size = more.pop("size", None)
    size = Size.model_validate(size if isinstance(size, dict) else {"n": size}) if size else None
    return Frame.model_construct(**{**known, "evaluators": ["p_ev1", "p_ev2"], "size": size, **more})


def row(number, colleague="p_a07", **more):
    at = datetime(2026, 5, 18, 9, number)
    known = {"id": f"t{number}", "started_at": at, "day": date(2026, 5, 18), "channel": "phone", "colleague": colleague}
    return {**known, "team": None, "reason": None, "seconds": None, "card": "desk@1.0", **more}


def picks(sizes, rows):
    eligible = {stratum: n for stratum, (n, *_) in sizes.items()}
    shares = {stratum: Share(asked, drawn, drawn / n) for stratum, (n, asked, drawn) in sizes.items()}
    return Picks({"opt-out": 3}, eligible, shares, rows, rows)


def drawn(found, frame_):
    draw = _draw(frame_, WEEK, "s/weekly/2026-W21", [], found, "telephony", "0" * 64)
    return draw, items_of(draw, frame_, found)


def findings(found, frame_, today=date(2026, 5, 25)):
    view = SimpleNamespace(
        now=datetime(today.year, today.month, today.day, 12, tzinfo=UTC),
        definition=lambda kind, name: Scorecard.model_construct(sections=()),
        definitions=lambda kind: [],
    )
    return _findings(view, frame_, WEEK, found, drawn(found, frame_)[1])


def test_probability_and_weight_are_those_of_the_stratum():
    # 2 of 8 phone calls stand for 4 each, 1 of 5 chats for 5: together the 13 that were eligible
    rows = {"phone": [row(1), row(2)], "chat": [row(3, channel="chat", team="east", reason="card", seconds=61.6)]}
    draw, items = drawn(picks({"phone": (8, 2, 2), "chat": (5, 3, 1)}, rows), frame())
    assert (draw.population, draw.eligible, draw.drawn) == (16, 13, 3)
    assert [(item.stratum, item.probability, item.weight) for item in items] == [
        ("phone", 0.25, 4),
        ("phone", 0.25, 4),
        ("chat", 0.2, 5),
    ]
    assert sum(item.weight for item in items) == draw.eligible
    assert [(item.team, item.reason, item.seconds) for item in items] == [("", "", None)] * 2 + [("east", "card", 62)]
    assert {item.started_at.tzinfo for item in items} == {UTC}


def test_a_stratum_that_has_less_than_was_asked_is_told():
    full = picks({"p_a07": (9, 2, 2)}, {"p_a07": [row(1), row(2)]})
    assert findings(full, frame()) == []
    short = picks({"p_a07": (1, 2, 1), "p_a09": (9, 2, 2)}, {"p_a07": [row(1)], "p_a09": [row(2), row(3)]})
    assert findings(short, frame()) == ["fewer eligible than asked: p_a07 1 of 2"]


@pytest.mark.parametrize(("strata", "more"), [(8, ""), (9, " and 1 more"), (11, " and 3 more")])
def test_of_many_short_strata_the_first_eight_are_named(strata, more):
    names = [f"p_a{number:02}" for number in range(strata)]
    found = picks(dict.fromkeys(names, (1, 2, 1)), {name: [row(1, name)] for name in names})
    named = ", ".join(f"{name} 1 of 2" for name in names[:8])
    assert findings(found, frame()) == [f"fewer eligible than asked: {named}{more}"]


@pytest.mark.parametrize(("size", "told"), [(2, []), (3, ["fewer eligible than asked: 2 of 3"])])
def test_a_proportional_sample_is_short_as_a_whole(size, told):
    found = picks({"phone": (1, 1, 1), "chat": (1, 1, 1)}, {"phone": [row(1)], "chat": [row(2)]})
    assert findings(found, frame(design="proportional", size=size)) == told
    assert findings(found, frame(design="simple", size=size)) == []


@pytest.mark.parametrize(("today", "over"), [(date(2026, 5, 24), False), (date(2026, 5, 25), True)])
def test_a_period_is_over_on_the_day_after_its_last(today, over):
    found = picks({"all": (9, 1, 1)}, {"all": [row(1)]})
    told = ["2026-W21 is not over: transactions still to come had no chance of being drawn"]
    assert findings(found, frame(), today) == ([] if over else told)


def test_what_a_cap_or_too_few_clusters_leave_out_is_told():
    capped = picks({"phone": (90, 5, 5), "chat": (9, 5, 5)}, {"phone": [row(n) for n in range(5)]})
    assert findings(capped, frame(design="stratified", size=30, cap=5)) == [
        "a cap of 5 leaves fewer than asked: 5 of 30"
    ]
    few = picks({"p_a07": (9, 2, 2)}, {"p_a07": [row(1), row(2)]})
    asked = frame(design="two-stage", clusters=3, per_cluster=2, cluster_by="colleague")
    assert findings(few, asked) == ["fewer colleagues than asked: 1 of 3"]


@pytest.mark.parametrize(
    ("size", "eligible", "why"),
    [(12, (7, 5), "a cap of 5 leaves fewer than asked: 10 of 12"), (13, (7, 5), "fewer eligible than asked: 10 of 13")],
)
def test_a_cap_is_only_blamed_where_as_many_as_asked_are_eligible(size, eligible, why):
    sizes = {name: (n, 5, 5) for name, n in zip(("phone", "chat"), eligible, strict=True)}
    found = picks(sizes, {name: [row(number) for number in range(5)] for name in sizes})
    assert findings(found, frame(design="stratified", size=size, cap=5)) == [why]


def test_where_there_is_no_cap_none_is_blamed():
    found = picks({"phone": (2, 5, 2)}, {"phone": [row(1), row(2)]})
    assert findings(found, frame(design="stratified", size=5)) == ["fewer eligible than asked: 2 of 5"]


def test_as_many_clusters_as_asked_may_still_hold_too_little():
    found = picks({"p_a07": (1, 2, 1), "p_a09": (9, 2, 2)}, {"p_a07": [row(1)], "p_a09": [row(2), row(3)]})
    asked = frame(design="two-stage", clusters=2, per_cluster=2, cluster_by="colleague")
    assert findings(found, asked) == ["fewer eligible than asked: p_a07 1 of 2"]


def test_only_an_order_can_repeat_itself():
    found = picks({"all": (200, 12, 12)}, {"all": [row(number) for number in range(12)]})
    found = found._replace(ranked={"all": [row(number, f"p_a{number:02}") for number in range(12)]})
    assert findings(found, frame(design="simple", size=12)) == []
    [told] = findings(found, frame(design="systematic", size=12, order_by="started_at"))
    assert told.startswith("12 of 12 picks have colleague p_a07, of 12 drawn without order 1: the order by started_at")


def test_an_aim_is_told_and_recorded_with_what_came_of_it():
    found = picks({"all": (1000, 278, 278)}, {"all": [row(1)]})
    asked = frame(design="simple", size={"margin": "5"})
    rule = "n 278 from a margin of 5 points at 95 % for a share near 50 %, of 1,000 eligible"
    assert findings(found, asked) == [rule]
    assert drawn(found, asked)[0].rule == rule
    plan = frame(design="simple", size={"aql": "2.5"})
    assert findings(found, plan)[0].endswith(
        "; a plan bounds a stream of batches, it says little of one and nothing of a person"
    )
