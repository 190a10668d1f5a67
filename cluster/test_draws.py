"""The same population on DuckDB, PostgreSQL and Spark: the same exclusions, the same counts, the same picks."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from engines import write
from populations import DAYS, MAY, PROFILE, frame, ground, notice

from qacli.engine.connection import connect
from qacli.monitor.sampling.designs.registry import DESIGNS
from qacli.monitor.sampling.eligibility import REASONS
from qacli.monitor.sampling.lost import counted, lost
from qacli.monitor.sampling.picking import pick
from qacli.prepare.frames.frame import Population
from qacli.prepare.frames.risk import RiskClass
from qacli.prepare.notices.notice import Acknowledgement, Span
from qacli.prepare.people import Person
from qacli.sources.population import open_population
from qacli.sources.tables import population_of
from qacli.sources.warehouse import Table

LONDON = ZoneInfo("Europe/London")
ROWS = 20_000
HEADER = ("id", "start", "agent", "channel", "customer", "talk", "note")
# composed, decomposed, marks in the wrong order, jamo, a letter with a code of its own, quotes, beyond 16 bits
STEMS = (
    "T",
    "Z\u00fcrich-",
    "Zu\u0308rich-",
    "q\u0307\u0323",
    "\u1100\u1161\u11a8",
    "\u212b",
    "O'Neil\\",
    "%s?",
    "\U0001f600",
)
BLANKS = ("", "", " ", "\u00a0", "\u2003", "\u3000 ")
AGENTS = ("A07", "A08", "A\u0308x", "a\u0308x", "nobody knows", "", "?")
NOTES = ("", 'she said "no"', "first line\nsecond line", "caf\u00e9, \u4f60\u597d")
NOTICES = (
    notice("n-phone", "customers", "phone", date(2026, 1, 1), date(2026, 5, 20)),
    notice("n-chat", "customers", "chat", date(2026, 5, 4), None),
    notice("n-video", "customers", "video", date(2026, 1, 1), None),
    notice("n-staff", "colleagues", "all", date(2026, 1, 1), None, acknowledge=True),
)
PEOPLE = (
    Person("p_a07", "telephony", "A07"),
    Person("p_a08", "telephony", "A08"),
    Person("p_ax", "telephony", "\u00e4x"),
    Person("p_ox", "telephony", "\u00c4x"),
)
CARDS = {"phone": "desk@1", "chat": "desk@1"}
RISK = {
    "long": RiskClass(weight=4, minimum_seconds=900),
    "nobody's": RiskClass(weight=2, queue=("it's \\ a queue",)),
    "chats": RiskClass(weight=Decimal("1.5"), channel=("chat",)),
}
FRAMES = {
    "simple": frame(size=40),
    "systematic": frame(design="systematic", order_by="seconds", size=25),
    "systematic by channel": frame(design="systematic", order_by="channel", size=25),
    "stratified": frame(design="stratified", stratify_by="colleague", allocation="equal", size=30, cap=11),
    "proportional": frame(design="proportional", stratify_by="channel", size=60, floor=5),
    "quota": frame(design="quota", per_colleague=7),
    "two-stage": frame(design="two-stage", cluster_by="day", clusters=6, per_cluster=4, size=None),
    "risk-weighted": frame(design="risk-weighted", risk=RISK, size=50),
    "margin": frame(size={"margin": 5}),
}
FRAMES = {name: each.model_copy(update={"scorecards": CARDS}) for name, each in FRAMES.items()}


def conversations():
    """20,000 rows of awkward ids, days around the period, and every reason to leave a row out."""
    chance = random.Random(2026)
    for number in range(ROWS):
        id_ = chance.choice(BLANKS) + chance.choice(STEMS) + str(number) + chance.choice(BLANKS)
        day, time = chance.choice(DAYS), f"{chance.randrange(24):02}:{chance.randrange(60):02}"
        start = f"{day} {time}" if chance.random() < 0.99 else "?"
        channel = chance.choice(("phone", "phone", "chat", "video"))
        yield (
            id_,
            start,
            chance.choice(AGENTS),
            channel,
            f" K{chance.randrange(900)}",
            str(chance.randrange(1200)),
            chance.choice(NOTES),
        )


CONVERSATIONS = list(conversations())
GROUND = ground(
    NOTICES,
    [
        Acknowledgement(person=person, notice="n-staff@1", on=date(2026, 5, day), means="")
        for person, day in (("p_a07", 1), ("p_a08", 9), ("p_ax", 2))
    ],
    PEOPLE,
    [Span(f"K{number}", date(2026, 5, 3), date(2026, 5, 1 + number % 31)) for number in range(0, 900, 7)],
    [id_.strip() for id_, *_ in CONVERSATIONS[:500]],
)
SPOKEN = PROFILE.model_copy(update={"missing": ("", "?")})


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    path = write(tmp_path_factory.mktemp("here") / "export.csv", HEADER, CONVERSATIONS)
    with connect() as connection, open_population(connection, [path], SPOKEN, LONDON) as population:
        yield population


@pytest.fixture(scope="module")
def there(engine):
    engine.put("conversations", HEADER, CONVERSATIONS)
    with engine.open("conversations") as remote:
        yield population_of(Table(remote, engine.name, SPOKEN, LONDON))


def test_every_design_is_drawn_here():
    assert {each.design for each in FRAMES.values()} == DESIGNS.keys()


@pytest.mark.parametrize("design", FRAMES)
def test_an_engine_draws_what_duckdb_draws(here, there, design):
    expected, found = (pick(each, FRAMES[design], MAY, "seed 2026", GROUND) for each in (here, there))
    assert found == expected
    assert set(expected.excluded) == set(REASONS)
    assert all(expected.excluded.values()), "every reason to leave a row out occurs"
    assert sum(map(len, expected.rows.values())) >= 20


def test_the_frame_of_the_population_is_asked_there(here, there):
    asked = Population(channel=["phone", "chat"], minimum_seconds=300)
    narrow = FRAMES["quota"].model_copy(update={"population": asked})
    expected, found = (pick(each, narrow, MAY, "seed", GROUND) for each in (here, there))
    assert found == expected
    assert expected.population < ROWS / 1.5


def test_counts_of_the_whole_are_the_same(here, there):
    told = [getattr(each, "figures", each) for each in (there, here)]
    assert len({(each.records, each.transactions, each.undated) for each in told}) == 1
    assert there.left_out == here.left_out
    assert told[0].undated > 100


def test_who_is_lost_is_counted_there(here, there):
    for by in ("channel", "reason", "colleague"):
        assert lost(there, GROUND, by, MAY.first, MAY.last, 0.95, 5) == lost(
            here, GROUND, by, MAY.first, MAY.last, 0.95, 5
        )
    gaps = [Span("phone", date(2026, 5, 21), date.max), Span("chat", date.min, date(2026, 5, 3))]
    assert counted(there, gaps) == counted(here, gaps)
    assert min(counted(here, gaps)) > 100


def test_the_digest_tells_an_edit_and_not_an_order(engine, there):
    mixed = random.Random(1).sample(CONVERSATIONS, ROWS)
    engine.put("mixed", HEADER, mixed)
    with engine.open("mixed") as remote:
        assert Table(remote, engine.name, SPOKEN, LONDON).read.digest == there.digest
    first = list(mixed[7])
    first[5] = str(int(first[5]) + 1)
    engine.put("edited", HEADER, [*mixed[:7], first, *mixed[8:]])
    with engine.open("edited") as remote:
        assert Table(remote, engine.name, SPOKEN, LONDON).read.digest != there.digest
