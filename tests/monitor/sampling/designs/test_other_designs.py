"""Systematic, two-stage and risk-weighted draws against second ones written with nothing but csv, hashlib and sorting."""

from __future__ import annotations

import csv
import hashlib
import io
import random
from collections import defaultdict
from datetime import datetime

import pytest
from populations import HEADER, OPEN, draw, frame, ground, ids

from qacli.monitor.sampling.designs.design import Found
from qacli.monitor.sampling.designs.registry import DESIGNS, NotByChance, design_of
from qacli.monitor.sampling.designs.systematic import _at_least, repeats
from qacli.prepare.frames.risk import RiskClass
from qacli.prepare.people import Person

AGENTS = ("A07", "A09", "A12", "A15", "A18")
STAFF = [Person(f"p_{agent.lower()}", "telephony", agent) for agent in AGENTS]
BASIS = ground(OPEN, people=STAFF)


def export(count=103):
    return [
        f"T{n:03},2026-05-{1 + n % 31:02} {8 + n % 7:02}:{n % 60:02},{AGENTS[n * n % 5]},{('phone', 'chat')[n % 3 == 0]},"
        f"K{n},{30 + 37 * n % 600}\n"
        for n in range(count)
    ]


def table(lines):
    return list(csv.DictReader(io.StringIO(HEADER + "".join(lines))))


def rank(name, seed="2026"):
    key = hashlib.sha256(b"qacli/prn/1\0" + seed.encode()).hexdigest()
    return hashlib.sha256((key + name).encode()).hexdigest()


def uniform(name, seed="2026"):
    return int(rank(name, seed)[:13], 16) / 2**52


def by_rank(rows):
    return sorted((row["id"] for row in rows), key=rank)


# --- systematic ---


@pytest.mark.parametrize(("order_by", "column"), [("started_at", "start"), ("seconds", "talk"), ("channel", "channel")])
def test_a_systematic_draw_takes_every_so_many_along_its_order(connection, tmp_path, order_by, column):
    lines = export()
    found = draw(connection, tmp_path, "".join(lines), frame(design="systematic", size=10, order_by=order_by), BASIS)

    def place(row):
        return int(row[column]) if column == "talk" else row[column], row["start"], row["id"]

    along = [row["id"] for row in sorted(table(lines), key=place)]
    # reference: floor((u + i)·N/n), i = 0 to n - 1
    assert ids(found) == [along[int((uniform("start") + i) * 103 / 10)] for i in range(10)]
    assert found.sizes["all"] == (10, 10, 10 / 103)
    random.Random(5).shuffle(lines)
    again = draw(connection, tmp_path, "".join(lines), frame(design="systematic", size=10, order_by=order_by), BASIS)
    assert ids(again) == ids(found)


def test_a_systematic_draw_of_more_than_there_are_takes_all(connection, tmp_path):
    found = draw(connection, tmp_path, "".join(export(6)), frame(design="systematic", size=10), BASIS)
    assert sorted(ids(found)) == [f"T{n:03}" for n in range(6)]
    assert found.sizes["all"] == (10, 6, 1.0)
    empty = draw(connection, tmp_path, "", frame(design="systematic", size=10), BASIS)
    assert (empty.rows, empty.sizes) == ({}, {})


def test_an_order_that_repeats_itself_at_the_interval_is_told(connection, tmp_path):
    # calls go to five colleagues in turn, and every fifth is taken: all of one colleague
    turns = "".join(f"T{n:03},2026-05-04 {8 + n // 20:02}:{n % 20:02},{AGENTS[n % 5]},phone,K,60\n" for n in range(100))
    found = draw(connection, tmp_path, turns, frame(design="systematic", size=20), BASIS)
    whose = found.rows["all"][0]["colleague"]
    told = list(repeats("started_at", found.rows["all"], found.ranked["all"]))
    others = sum(row["colleague"] == whose for row in found.ranked["all"])
    assert told[0] == (
        f"20 of 20 picks have colleague {whose}, of 20 drawn without order {others}: the order by started_at repeats "
        "itself at the interval of this draw; take another size or order_by"
    )
    calm = draw(connection, tmp_path, turns, frame(design="systematic", size=17), BASIS)
    assert list(repeats("started_at", calm.rows["all"], calm.ranked["all"])) == []


# --- two stages ---


@pytest.mark.parametrize(("cluster_by", "column"), [("colleague", "agent"), ("day", "start")])
def test_a_two_stage_draw_takes_some_clusters_and_some_of_each(connection, tmp_path, cluster_by, column):
    lines = export()
    asked = frame(design="two-stage", size=None, cluster_by=cluster_by, clusters=3, per_cluster=4)
    found = draw(connection, tmp_path, "".join(lines), asked, BASIS)
    clusters = defaultdict(list)
    for row in table(lines):
        clusters[f"p_{row['agent'].lower()}" if column == "agent" else row["start"][:10]].append(row)
    chosen = sorted(clusters, key=rank)[:3]
    assert {name: [row["id"] for row in rows] for name, rows in found.rows.items() if rows} == {
        name: by_rank(clusters[name])[:4] for name in chosen
    }
    for name, share in found.sizes.items():
        held = len(clusters[name])
        chance = 3 / len(clusters) * min(4, held) / held
        assert share == ((4, min(4, held), pytest.approx(chance)) if name in chosen else (0, 0, 0))


def test_with_fewer_clusters_than_asked_all_are_taken():
    asked = frame(design="two-stage", size=None, clusters=9, per_cluster=2)
    found = DESIGNS["two-stage"].shares(asked, Found({"p_a07": 8, "p_a09": 1}, {}, "2026"))
    assert found == {"p_a07": (2, 2, 0.25), "p_a09": (2, 1, 1.0)}


# --- risk-weighted ---

RISK = {
    "long-chat": RiskClass(weight=8, channel=("chat",), minimum_seconds=300),
    "phone": RiskClass(weight=2, channel=("phone",)),
}


def test_a_risk_weighted_draw_takes_the_first_in_pareto_order(connection, tmp_path):
    lines = export()
    found = draw(connection, tmp_path, "".join(lines), frame(design="risk-weighted", size=12, risk=RISK), BASIS)

    def class_of(row):
        if row["channel"] == "chat" and int(row["talk"]) >= 300:
            return "long-chat"
        return "phone" if row["channel"] == "phone" else "other"

    weights = {"long-chat": 8, "phone": 2, "other": 1}
    rows = table(lines)
    total = sum(weights[class_of(row)] for row in rows)
    chances = {name: 12 * weight / total for name, weight in weights.items()}

    def order(row):
        u, chance = uniform(row["id"]), chances[class_of(row)]
        return u / (1 - u) / (chance / (1 - chance))

    first = sorted(rows, key=order)[:12]
    assert sorted(ids(found)) == sorted(row["id"] for row in first)
    assert {name: share.probability for name, share in found.sizes.items()} == pytest.approx(chances)
    assert sum(share.drawn for share in found.sizes.values()) == 12


def test_a_class_that_weighs_too_much_is_taken_whole():
    # R sps 0.6.2, README: revenue 1 to 10, 100, 150 and n = 6: the last two are certain, 10 has the weight 1.375
    heavy = {"large": RiskClass(weight=100, reason=("x",)), "ten": RiskClass(weight=10, reason=("y",))}
    found = Found(
        {"large": 2, "ten": 1, "other": 45}, {"large": ["a", "b"], "ten": ["c"], "other": ["d", "e", "f", "g"]}, "1"
    )
    shares = DESIGNS["risk-weighted"].shares(frame(design="risk-weighted", size=6, risk=heavy), found)
    assert shares["large"] == (2, 2, 1.0)
    assert 1 / shares["ten"].probability == pytest.approx(1.375)  # 4 of the others: 55 / (4 · 10)
    assert sum(share.drawn for share in shares.values()) == 6


# --- none ---


def test_what_a_person_chooses_is_not_drawn():
    with pytest.raises(NotByChance, match="f@1 is of design judgement: a person chooses its transactions"):
        design_of(frame(design="judgement", size=None))


# --- laws ---

SETTINGS = {
    "simple": ({"size": 20}, {"size": 30}),
    "quota": ({"size": None, "per_colleague": 3}, {"size": None, "per_colleague": 5}),
    "two-stage": ({"size": None, "clusters": 2, "per_cluster": 3}, {"size": None, "clusters": 3, "per_cluster": 5}),
}


@pytest.mark.parametrize("design", SETTINGS)
def test_a_larger_sample_contains_the_smaller(connection, tmp_path, design):
    text = "".join(export())
    small, large = (
        set(ids(draw(connection, tmp_path, text, frame(design=design, **asked), BASIS))) for asked in SETTINGS[design]
    )
    assert small < large


@pytest.mark.parametrize("design", ["two-stage", "proportional", "risk-weighted"])
def test_a_row_that_was_not_drawn_can_go_and_the_rest_is_the_same(connection, tmp_path, design):
    # of the designs with shares by size, where the shares do not move
    more = {"proportional": {"stratify_by": "channel"}, "risk-weighted": {"risk": RISK, "size": {"n": 9}}}
    asked = frame(design=design, **(more.get(design) or SETTINGS[design][0]))
    lines = export()
    before = ids(draw(connection, tmp_path, "".join(lines), asked, BASIS))
    gone = next(line for line in lines if line[:4] not in before)
    assert set(ids(draw(connection, tmp_path, "".join(line for line in lines if line != gone), asked, BASIS))) == set(
        before
    )


@pytest.mark.parametrize(
    "asked",
    [
        frame(size={"fraction": 7}),
        frame(design="stratified", stratify_by="colleague", allocation="equal", size=23, cap=5),
        frame(design="proportional", stratify_by="channel", size=23, floor=9),
        frame(design="quota", size=None, per_colleague=4),
    ],
    ids=lambda asked: asked.design,
)
def test_weights_add_up_to_what_each_stratum_holds(connection, tmp_path, asked):
    found = draw(connection, tmp_path, "".join(export()), asked, BASIS)
    for stratum, share in found.sizes.items():
        assert share.drawn / share.probability == pytest.approx(found.eligible[stratum])
        assert share.drawn <= (asked.cap or share.drawn)
    assert sum(found.eligible.values()) == 103


@pytest.mark.parametrize(
    ("found", "n", "others", "m", "chance"),
    [
        # Fisher (1935), The Design of Experiments, chapter 2: the lady tasting tea, 4 cups of 8: 1 in 70, 17 in 70
        (4, 4, 0, 4, 1 / 70),
        (3, 4, 1, 4, 17 / 70),
        (0, 4, 3, 5, 1),
        (2, 2, 1, 6, 3 / 28),  # by hand: the first two are two of the three, C(3,2) / C(8,2)
    ],
)
def test_the_chance_of_so_many_alike_is_fishers(found, n, others, m, chance):
    assert _at_least(found, n, others, m) == pytest.approx(chance)


def picked(hours, people="p_a07"):
    day = datetime.fromisoformat("2026-05-04")
    return [
        {"colleague": people, "channel": "phone", "reason": "card", "day": day, "started_at": day.replace(hour=hour)}
        for hour in hours
    ]


def test_only_what_chance_hardly_gives_is_told():
    # of two tens, 10 and 3 alike have the chance C(13,10) / C(20,10) = 0.0015, 10 and 2 have 0.0004, 10 and 1 have 0.00006;
    # told is what is rarer than 0.0002, a thousandth shared among five tests
    spread = list(range(10))
    for others, told in ((3, 0), (2, 0), (1, 1)):
        alike = picked([9] * others + [hour + 10 for hour in range(10 - others)])
        assert len(list(repeats("started_at", picked([9] * 10), alike))) == told
    assert list(repeats("started_at", picked(spread), picked(spread))) == []
    assert list(repeats("started_at", [], [])) == []
