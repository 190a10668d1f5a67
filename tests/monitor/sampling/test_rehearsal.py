"""Draws on paper: they are what a real draw with that seed would give, whatever the design."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import populations
import pytest

from qacli.engine.connection import connect
from qacli.monitor.sampling import rehearsal
from qacli.monitor.sampling.picking import pick
from qacli.monitor.sampling.rehearsal import rehearsals, staged
from qacli.prepare.frames.risk import RiskClass
from qacli.prepare.people import Person
from qacli.sources.population import open_population

ZONE = ZoneInfo("Europe/London")
AGENTS = ("A07", "A09", "A12", "A14")
ROWS = "".join(
    f"c{n:03},2026-05-{1 + n % 28:02} {8 + n % 2:02}:{n % 60:02}:00,{AGENTS[n % 4]},"
    f"{'chat' if n % 5 == 0 else 'phone'},K{n},{60 + 7 * n % 400}\n"
    for n in range(150)
)
OF_EACH = {"size": None, "per_colleague": 3}
DESIGNS = {
    "simple": {"design": "simple", "size": 12},
    "systematic": {"design": "systematic", "size": 12, "order_by": "started_at"},
    "proportional": {"design": "stratified", "stratify_by": "channel", "allocation": "proportional", "size": 12},
    "quota": {"design": "quota", **OF_EACH},
    "two-stage": {"design": "two-stage", "cluster_by": "colleague", "clusters": 2, "per_cluster": 4},
    "time-block": {"design": "two-stage", "cluster_by": "hour", "clusters": 5, "per_cluster": 2},
    "risk-weighted": {
        "design": "risk-weighted",
        "size": 12,
        "risk": {"chats": RiskClass.model_validate({"channel": ["chat"], "weight": "3"})},
    },
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    path = tmp_path_factory.mktemp("rehearsal") / "may.csv"
    path.write_text(populations.HEADER + ROWS, "utf-8")
    ground = populations.ground(populations.OPEN, people=[Person(f"p_{each}", "telephony", each) for each in AGENTS])
    frames = {name: populations.frame(cap=None, **more) for name, more in DESIGNS.items()}
    with connect() as connection, open_population(connection, [path], populations.PROFILE, ZONE) as population:
        yield population, frames, ground


def on_stage(desk, seed="seed"):
    population, frames, ground = desk
    return staged(population, frames, populations.MAY, ground, ZONE, seed)


def test_what_is_drawn_on_paper_is_what_a_draw_with_that_seed_gives(desk):
    population, frames, ground = desk
    stage = on_stage(desk)
    first = next(rehearsals(stage, frames, "seed"))
    for name, frame in frames.items():
        picks = pick(population, frame, populations.MAY, "seed/rehearsal 0", ground)
        real = {row["id"]: 1 / picks.sizes[stratum].probability for stratum, rows in picks.rows.items() for row in rows}
        assert {stage.ids[place]: weight for place, weight in first[name].items()} == pytest.approx(real), name
        assert len(real) >= 8


def test_every_side_of_a_transaction_is_known(desk):
    stage = on_stage(desk)
    assert (stage.eligible, len(stage.ids), stage.times) == (150, 150, 100)
    place = stage.ids.index("c035")  # 8 May 2026 at 09:35 in London, a chat of 305 seconds
    told = {side: groups[place] for side, groups in stage.groups.items()}
    assert told == {
        "channel": "chat",
        "team": "(none)",
        "reason": "(none)",
        "colleague": "p_A14",
        "weekday": "Friday",
        "day": "2026-05-08",
        "hour": "09",
        "duration": "2",  # the third quarter: medians of 60 + 7n mod 400 lie near 260
    }


def test_of_very_many_some_by_rank_stand_for_all(desk, monkeypatch):
    monkeypatch.setattr(rehearsal, "MOST", 40)
    stage = on_stage(desk)
    assert (stage.eligible, len(stage.ids)) == (150, 40)
    assert sum(stage.held["proportional"].values()) == 150
    _, frames, _ = desk
    drawn = next(rehearsals(stage, frames, "seed"))["proportional"]
    assert sum(drawn.values()) == pytest.approx(150)  # weights are those of all, not of those that stand for them
