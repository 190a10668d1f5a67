"""qacli escalate ladder: so many criticals failed within a window open a cycle; a step, its lock, and the next cycle."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from command_line import run
from desk import CARD, done, write

from qacli.model import NO_WORDS, Change, ref
from qacli.monitor.observing.observation import Observation, Rating
from qacli.monitor.sampling.draw import Draw, Item
from qacli.workspace import Workspace

ROLES = "roles: {team-leader: [p_tl1], manager: [p_mgr1]}\n"
# The public model that this follows: two compliance criticals, or three of any kind, within four months; three cycles; 24 h.
LADDER = """\
- {id: again, version: 1, owner: p_tl1, from: 2026-01-01, title: Failed again, window: {months: 4},
   counts: [{class: compliance, times: 2}, {class: customer, times: 2}, {class: mixed, times: 3}, {class: other, times: 4}],
   cycles: [{step: coaching, role: team-leader, within: {business_days: 5}},
            {step: training, role: team-leader, within: {business_days: 10}},
            {step: manager decides, role: manager, within: {business_days: 10}}],
   lock_hours: 24}
"""


def call(folder, line, actor="p_tl1", today="2026-06-01T10:00"):
    return run(line, folder, actor, today)


@pytest.fixture
def folder(_desks, tmp_path):
    made = shutil.copytree(_desks / "new", tmp_path / "desk")
    idv = next(line for line in CARD.split("      - ") if line.startswith("{id: idv"))
    more = "".join(
        f"      - {idv}".replace("id: idv,", f"id: {name},").replace("critical: compliance", f"critical: {name}")
        for name in ("customer", "business")
    )
    card = CARD.replace("      - {id: check", f"{more}      - {{id: check")
    write(
        made,
        {
            "definitions/ladders.yaml": LADDER,
            "definitions/scorecards/desk.yaml": card,
            "qacli.yaml": (made / "qacli.yaml").read_text("utf-8") + ROLES,
        },
    )
    done(call(made, "escalate agree again", "p_mgr1", "2026-01-05"))
    return made


def failed(folder, *when, colleague="p_a07", purpose="routine", design="simple", criterion="idv"):
    """Record one evaluation for each moment, in which a criterion was failed."""
    rows = []
    for moment in when:
        at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        draw = Draw(
            frame="weekly@1", period="", first=at.date(), last=at.date(), purpose=purpose, design=design, seed="",
            notices="", source="telephony", sha256="9f3c" * 16, population=9, eligible=9, drawn=1,
        )  # fmt: skip
        item = Item(
            draw=ref(draw), transaction=f"x{moment}{colleague}", started_at=at, day=at.date(), channel="phone", team="",
            colleague=colleague, reason="", seconds=None, stratum="all", purpose=purpose, probability=0.1, weight=9.0,
            scorecard="desk@1.0", evaluator="p_ev1",
        )  # fmt: skip
        seen = Observation(
            item=ref(item), session="", scorecard="desk@1.0", score=None, applicable_weight=Decimal(0), entered="file",
            customer=0, business=0, compliance=0,
        )  # fmt: skip
        rating = Rating(
            observation=ref(seen), criterion=criterion, answer="not_met", met=False, value=None, weight=Decimal(0),
            evidence=NO_WORDS, offset="", comment=NO_WORDS,
        )  # fmt: skip
        rows += [draw, item, seen, rating]
    Workspace.find(folder, "p_ev1", datetime(2026, 7, 1, 9, tzinfo=UTC)).commit(lambda _: Change(rows), "test")


def steps(folder, today="2026-06-01T10:00"):
    return [
        (row["state"], row["colleague"], row["class"], row["failed"], row["cycle"])
        for row in call(folder, "escalate ladder --format json", today=today).rows
    ]


def test_c23_two_failed_criticals_within_four_months_open_a_cycle(folder):
    failed(folder, "2026-01-20T10:00", "2026-05-20T10:00")
    assert steps(folder) == [("reached", "p_a07", "compliance", 2, 1)]
    told = done(call(folder, "escalate ladder --record")).out
    # five business days after 1 June 2026
    assert (
        "p_a07: a compliance critical failed in 2 of 2 evaluations, 2026-01-20 to 2026-05-20; cycle 1: coaching" in told
    )
    assert told.strip().endswith("p_tl1 by 2026-06-08")
    assert "nothing to do" in done(call(folder, "escalate ladder --record")).err
    assert steps(folder) == [("open", "p_a07", "compliance", 2, 1)]
    assert steps(folder, "2026-06-09T10:00") == [("overdue", "p_a07", "compliance", 2, 1)]


@pytest.mark.parametrize(
    ("when", "more"),
    [
        (("2026-01-20T10:00", "2026-05-21T10:00"), {}),  # a day more than four months
        (("2026-05-20T10:00",), {}),
        (("2026-05-19T10:00", "2026-05-20T10:00"), {"purpose": "targeted"}),
        (("2026-05-19T10:00", "2026-05-20T10:00"), {"design": "judgement"}),
        (("2026-05-18T10:00", "2026-05-19T10:00", "2026-05-20T10:00"), {"criterion": "next"}),
        (("2025-08-19T10:00", "2025-08-20T10:00"), {}),  # long past
    ],
)
def test_what_opens_none(folder, when, more):
    failed(folder, *when, **more)
    assert steps(folder) == []


def test_several_classes_count_together_or_what_is_not_critical_by_itself(folder):
    failed(folder, "2026-05-18T10:00", criterion="business")
    failed(folder, "2026-05-19T10:00", criterion="customer")
    assert steps(folder) == []
    failed(folder, "2026-05-20T10:00")
    failed(folder, *(f"2026-05-{day}T10:00" for day in (11, 12, 13, 14)), colleague="p_a09", criterion="next")
    assert steps(folder) == [("reached", "p_a07", "mixed", 3, 1), ("reached", "p_a09", "other", 4, 1)]
    counts = call(folder, "escalate ladder --counts --format json").rows
    assert ("p_a07", "mixed", 3, 3, 3) in [
        (row["colleague"], row["class"], row["failed"], row["n"], row["a step from"]) for row in counts
    ]


def test_c23_a_lock_follows_each_step_and_the_next_cycle_is_firmer(folder):
    failed(folder, "2026-05-19T10:00", "2026-05-20T10:00")
    name = done(call(folder, "escalate ladder --record")).out.partition(":")[0]
    # what is failed before the step is done, or within 24 hours of it, counts for nothing
    failed(folder, "2026-06-01T08:00", "2026-06-01T08:30")
    assert [state for state, *_ in steps(folder)] == ["open"]
    told = done(call(folder, f"escalate done {name} --words 'eight cases played'")).err
    assert "nothing counts until 2026-06-02 10:00" in told
    assert [state for state, *_ in steps(folder, "2026-06-02T09:59")] == ["locked"]
    failed(folder, "2026-06-01T20:00", "2026-06-02T08:59")
    assert [state for state, *_ in steps(folder, "2026-06-03T10:00")] == ["done"]
    failed(folder, "2026-06-02T09:00", "2026-06-03T09:00")  # 10:00 in London: the lock has ended
    assert steps(folder, "2026-06-04T10:00")[-1] == ("reached", "p_a07", "compliance", 2, 2)
    # where the step before is long past, it begins with the first again
    name = done(call(folder, "escalate ladder --record", today="2026-06-04T10:00")).out.partition(":")[0]
    done(call(folder, f"escalate done {name} --words 'worked beside'", today="2026-06-05T10:00"))
    failed(folder, "2026-12-01T10:00", "2026-12-02T10:00")
    assert steps(folder, "2026-12-03T10:00")[-1] == ("reached", "p_a07", "compliance", 2, 1)


def test_a_step_is_told_in_run_and_done_by_whom_it_names(folder):
    failed(folder, "2026-05-19T10:00", "2026-05-20T10:00")
    assert "p_tl1: p_a07: a compliance critical failed in 2 of 2 evaluations" in call(folder, "run").out
    name = done(call(folder, "escalate ladder --record")).out.partition(":")[0]
    for actor, words, rule in (
        ("p_a07", "x", "not-their-step"),
        ("p_mgr1", "x", "not-their-step"),
        ("p_tl1", "' '", "step-unsaid"),
    ):
        found = call(folder, f"escalate done {name} --words {words}", actor)
        assert (found.code, f"refused[{rule}]" in found.err) == (1, True)
    assert f"qacli escalate done {name}" in call(folder, "run", today="2026-06-09").out
    done(call(folder, f"escalate done {name} --words 'played'"))
    assert "refused[step-done]" in call(folder, f"escalate done {name} --words again").err


def test_a_ladder_counts_once_a_second_person_has_agreed_it(folder):
    write(folder, {"definitions/ladders.yaml": LADDER.replace("version: 1", "version: 2")})
    failed(folder, "2026-05-19T10:00", "2026-05-20T10:00")
    found = call(folder, "escalate ladder --format json")
    assert found.rows == []
    assert "again@2 counts once another person than p_tl1 agrees: qacli escalate agree again" in found.err
    own = call(folder, "escalate agree again")
    assert (own.code, "refused[same-person]: p_tl1 owns again@2 and cannot agree it as well." in own.err) == (1, True)
    assert "another person runs: qacli escalate agree again --as PERSON" in own.err
    assert "again@2 agreed by p_mgr1" in done(call(folder, "escalate agree again", "p_mgr1")).out
    assert [row["state"] for row in call(folder, "escalate ladder --format json").rows] == ["reached"]
    write(folder, {"definitions/ladders.yaml": "[]\n"})
    assert "no ladder is defined" in call(folder, "escalate ladder").err


def test_a_ladder_counts_by_the_day(folder):
    write(folder, {"definitions/ladders.yaml": LADDER.replace("{months: 4}", "{hours: 96}")})
    found = call(folder, "check")
    assert "error[window-unit]" in found.out + found.err
