"""A desk written down as a table: one line per drawn transaction, as the records of draws and observations hold it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from rows_as_sql import queried

from qacli.files.validate import validate
from qacli.files.yaml import read
from qacli.model import Words
from qacli.monitor.observing.observation import NOT_ASKED, Observation, Rating, Session
from qacli.monitor.sampling.draw import Draw, Exclusion, Item, Stratum
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scoring_policy import Criticals, Scoring

SHIPPED = Path(__file__).parents[2] / "scorecards" / "scales"
SCALES = {f"{name}@1": validate(read(SHIPPED / f"{name}.yaml"), Scale) for name in ("binary", "deviation")}
DEFAULTS = {
    "draw": "d_1",
    "stratum": "all",
    "held": "100",
    "day": "2026-05-14",
    "channel": "phone",
    "team": "north",
    "colleague": "p_a01",
    "reason": "card",
    "purpose": "routine",
    "design": "stratified",
    "card": "phone@1",
    "score": "80",
    "customer": "0",
    "business": "0",
    "compliance": "0",
    "ratings": "",
    "by": "p_ev1",
    "transaction": "",
    "technique": "recording",
    "kind": "routine",
    "seconds": "60",
    "again": "",
    "entered": "prompts",
    "chance": "0.1",
}
NOON = datetime(2026, 5, 18, 12, tzinfo=UTC)


class Desk:
    """The part of a View that summaries read: rows in force as SQL, settings, scorecards."""

    def __init__(self, rows, minimum_n, scoring):
        self.given = rows
        self.settings = SimpleNamespace(thresholds=SimpleNamespace(minimum_n=minimum_n, confidence=95))
        self.scoring = scoring
        self.events = ()

    def definition(self, kind, reference):
        if kind == "scale":
            return SCALES[reference]
        assert kind == "scorecard"
        return SimpleNamespace(
            reference=reference,
            scoring=self.scoring,
            criteria=lambda: [
                SimpleNamespace(id=name, bonus=name == "extra", critical="none")
                for name in dict.fromkeys([row.criterion for row in self.rows(Rating)] + ["extra"])
            ],
            criterion=lambda name: SimpleNamespace(
                scale="deviation@1" if name.startswith("cr-") else "binary@1",
                critical="compliance" if name == "idv" else "none",
                controllable="no" if name == "idv" else "unknown",
                causes=("panel hidden",) if name == "idv" else (),
            ),
        )

    def definitions(self, kind):
        assert kind == "event"
        return self.events

    def current(self, kind):
        return self.rows(kind)

    def look_up(self, kind, reference):
        assert kind == "technique"
        return SimpleNamespace(live=reference.startswith(("live", "side")))

    def rows(self, kind):
        return [row for row in self.given if type(row) is kind]

    def sql(self, query, parameters=(), *, words=True):
        return queried(self.given, query, parameters)


def parsed(table):
    header, *lines = (line.split() for line in table.strip().splitlines())
    return [DEFAULTS | dict(zip(header, line, strict=True)) for line in lines]


def rows_of(table):
    """Score ``-`` is drawn but not observed, ``none`` observed without a score; ``again`` is a second evaluator."""
    lines = parsed(table)
    for name in dict.fromkeys(line["draw"] for line in lines):
        yield from draw_rows(name, [line for line in lines if line["draw"] == name])
    for number, line in enumerate(lines, 1):
        yield from item_rows(number, line)


def draw_rows(name, lines):
    held = {line["stratum"]: int(line["held"]) for line in lines}
    drawn = {stratum: sum(line["stratum"] == stratum for line in lines) for stratum in held}
    eligible = sum(held.values())
    yield Draw(
        id=name,
        at=NOON,
        frame="weekly@1",
        period="2026-W20",
        first=date(2026, 5, 11),
        last=date(2026, 5, 17),
        purpose=lines[0]["purpose"],
        design=lines[0]["design"],
        seed="s",
        notices="",
        source="exports/may.csv",
        sha256="9f3c" * 16,
        population=eligible + 7,
        eligible=eligible,
        drawn=len(lines),
    )
    yield Exclusion(id=f"{name}-1", at=NOON, draw=name, reason="notice-gap", transactions=7)
    for number, stratum in enumerate(held, 1):
        yield Stratum(
            id=f"{name}-{number}",
            at=NOON,
            draw=name,
            stratum=stratum,
            eligible=held[stratum],
            asked=drawn[stratum],
            drawn=drawn[stratum],
        )


def item_rows(number, line):
    item = f"t_1-{number}"
    yield Item(
        id=item,
        at=NOON,
        draw=line["draw"],
        transaction=line["transaction"] or f"call-{number}",
        started_at=datetime(2026, 5, 14, 10, tzinfo=UTC),
        day=date.fromisoformat(line["day"]),
        channel=line["channel"],
        team=line["team"].strip("."),
        colleague=line["colleague"],
        reason=line["reason"].strip("."),
        seconds=int(line["seconds"]),
        stratum=line["stratum"],
        purpose=line["purpose"],
        probability=0.0 if line["purpose"] == "targeted" else float(line["chance"]),
        weight=10.0,
        scorecard=line["card"],
        evaluator="p_ev1",
    )
    for turn, score in enumerate(value for value in (line["score"], line["again"]) if value not in {"-", ""}):
        yield from observation_rows(f"o_{number}" + "z" * turn, turn, item, line, score)


def observation_rows(name, turn, item, line, score):
    yield Session(
        id=f"s{name[1:]}",
        item=item,
        technique=line["technique"],
        kind=line["kind"],
        transaction_kind="routine",
        told_at=NOON if line["technique"].startswith("side") else None,
        started=None,
        ended=None,
        intervened=False,
        comfort=4 if line["technique"].startswith("side") else None,
    )
    yield Observation(
        id=name,
        at=NOON + timedelta(hours=turn),
        by=line["by"] if turn == 0 else f"p_ev{turn + 1}",
        item=item,
        session=f"s{name[1:]}",
        scorecard=line["card"],
        score=None if score == "none" else Decimal(score),
        applicable_weight=Decimal(100),
        customer=int(line["customer"]),
        business=int(line["business"]),
        compliance=int(line["compliance"]),
        entered=line["entered"],
    )
    for number, rated in enumerate(filter(None, line["ratings"].split(",")), 1):
        criterion, answer = rated.split("=")
        met = {"y": True, "n": False, "none": True, "minor": True, "major": False, "critical": False}.get(answer)
        yield Rating(
            id=f"{name}-{number}",
            at=NOON,
            observation=name,
            criterion=criterion,
            answer={"hidden": NOT_ASKED}.get(answer, answer),
            met=met,
            value=None if met is None else Decimal(100 * met),
            weight=Decimal(10),
            evidence=Words("heard"),
            offset="",
            comment=Words(""),
        )


@pytest.fixture
def desk_of():
    """Return a view of the desk that a table shows; keywords say what failed criticals do to the score.

    The criterion named extra is a bonus; the answer hidden is that of a criterion that was not asked.
    """

    def made(table, minimum_n=5, cap="at_100", **effects):
        return Desk(list(rows_of(table)), minimum_n, Scoring(critical=Criticals(**effects), cap=cap))

    return made
