"""A quarter of a desk as records: two teams, weekly samples, ratings of three criteria, and customers who answered some.

What is planted: ``linked`` is the rank correlation of the criterion ``check`` with satisfaction; ``greet`` has none. All
of it is made by numbers of a seed, invented, and committed in one entry.
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from qacli.model import NO_WORDS, Change, Row, ref
from qacli.monitor.observing.observation import Observation, Rating, Session
from qacli.monitor.sampling.draw import Draw, Item, Stratum
from qacli.workspace import Workspace

LONDON = ZoneInfo("Europe/London")
MONDAY = date(2026, 3, 30)
SETTINGS = """\
organisation: Harbour & Vale Bank
sector: private
provenance: example
purpose: improve the quality of service to customers
lawful_basis: legitimate interests, assessed on 2 March 2026
dpia: DPIA-QA-2
thresholds: {calibration_tolerance: 15}
sources:
  transactions: {path: exports/quarter.csv, profile: telephony}
"""
CARD = """\
id: desk
version: 1.0
owner: p_tl1
from: 2026-01-01
title: Calls
channels: [phone]
promises: {safe: Your money is safe with us., sorted: We sort it out the first time.}
sections:
  - id: all
    title: All of it
    criteria:
      - {id: idv, observable: The customer passes the check before any detail is given., scale: binary@1, weight: 0,
         critical: compliance, anchors: {not_met: A detail comes first., met: The pass comes first.},
         not_applicable: General question., procedure: idv@1, promise: safe}
      - {id: greet, observable: The colleague says their name., scale: binary@1, weight: 30,
         anchors: {not_met: No name., met: A name.}, not_applicable: never, procedure: idv@1, promise: sorted,
         kpis: [csat]}
      - {id: check, observable: The colleague says back what the customer wants., scale: point5@1, weight: 70,
         anchors: {1: Acts on a guess., 3: Says back a part., 4: Says it back and waits., 5: As 4 and asks once more.},
         not_applicable: never, procedure: idv@1, promise: sorted, kpis: [csat]}
"""
PROFILE = """\
id: telephony
version: 1
owner: p_tl1
from: 2026-01-01
columns:
  transaction: {column: txn_id}
  started_at: {column: started_at, dates: y-m-d}
  colleague: {column: agent_id}
  team: {column: team}
  channel: {column: channel}
  reason: {column: reason}
  seconds: {column: seconds, unit: seconds}
  talk: {column: seconds, unit: seconds}
  satisfaction: {column: csat, lowest: 1, highest: 5}
"""
KPIS = """\
- {id: csat, version: 1, owner: p_tl1, from: 2026-01-01, title: Customer satisfaction, purpose: See whether they were content.,
   variants: {mean: sum of ratings / valid answers}, computed: {mean: {formula: csat-mean}},
   unit: points of the scale, better: higher,
   gaming: Asking only after contacts that went well., counter: aht, source: surveys}
- {id: aht, version: 1, owner: p_tl1, from: 2026-01-01, title: Average handling time, purpose: Plan how many are needed.,
   variants: {standard: talk + hold + wrap / handled}, computed: {standard: {formula: aht-mean}},
   unit: seconds, better: lower,
   gaming: Ending contacts before they are settled., counter: csat, source: telephone system}
"""
EVENTS = "- {id: chg-1, version: 1, owner: p_tl1, from: 2026-05-04, what: handling <time> target cut}\n"
VALUES = {"1": 0, "2": 25, "3": 50, "4": 75, "5": 100}


class Quarter:
    """The desk as it is made: its transactions, and the rows of its samples."""

    def __init__(self, seed: int, colleagues: int, weeks: int, linked: float, quicker: str) -> None:
        self.draw = random.Random(seed)
        self.colleagues = [f"a{number:02}" for number in range(1, colleagues + 1)]
        self.weeks, self.linked, self.quicker = weeks, linked, quicker
        self.lines: list[tuple[str, datetime, str, str, str, int, str]] = []
        self.feeling: dict[str, float] = {}

    def team(self, colleague: str) -> str:
        return "ash" if int(colleague[1:]) <= len(self.colleagues) // 2 else "cedar"

    def play(self, per_week: int) -> None:
        """Every colleague takes so many calls a week; half of the customers answer."""
        for week in range(self.weeks):
            for colleague in self.colleagues:
                for number in range(per_week):
                    start = datetime.combine(MONDAY + timedelta(weeks=week, days=number % 5), datetime.min.time())
                    start = start.replace(hour=9 + number % 8, minute=self.draw.randrange(60))
                    self._call(f"{colleague}w{week:02}n{number:02}", start, colleague, week)

    def _call(self, id_: str, start: datetime, colleague: str, week: int) -> None:
        feeling = self.draw.gauss(0, 1)
        self.feeling[id_] = feeling
        answer = str(min(5, max(1, round(3.8 + 0.9 * feeling)))) if self.draw.random() < 0.5 else ""
        quick = self.team(colleague) == self.quicker and week >= self.weeks // 2
        seconds = round(self.draw.lognormvariate(5.9, 0.4) * (0.8 if quick else 1))
        reason = self.draw.choice(["card", "login", "fees"])
        self.lines.append((id_, start, colleague, self.team(colleague), reason, seconds, answer))

    def export(self) -> str:
        head = "txn_id,started_at,agent_id,team,channel,reason,seconds,csat\n"
        return head + "".join(
            f"{id_},{start:%Y-%m-%d %H:%M},{colleague.upper()},{team},phone,{reason},{seconds},{answer}\n"
            for id_, start, colleague, team, reason, seconds, answer in self.lines
        )

    def sample(self, purpose: str, per_week: int, answered: bool) -> list[Row]:
        rows: list[Row] = []
        for week in range(self.weeks):
            first = MONDAY + timedelta(weeks=week)
            last = first + timedelta(days=6)
            there = [line for line in self.lines if first <= line[1].date() <= last and (line[6] or not answered)]
            taken = self.draw.sample(there, min(per_week, len(there)))
            rows += self._drawn(purpose, first, last, len(there), taken)
        return rows

    def _drawn(self, purpose: str, first: date, last: date, eligible: int, taken: list) -> list[Row]:
        year, week, _ = first.isocalendar()
        drawn = Draw(frame=f"{purpose}@1", period=f"{year}-W{week:02}", first=first, last=last, purpose=purpose,
                     design="simple", seed="2026", notices="", source="telephony", sha256="9f3c" * 16,
                     population=eligible, eligible=eligible, drawn=len(taken))  # fmt: skip
        rows: list[Row] = [
            drawn,
            Stratum(draw=ref(drawn), stratum="all", eligible=eligible, asked=len(taken), drawn=len(taken)),
        ]
        for line in taken:
            item = self._item(line, drawn, purpose, len(taken) / eligible)
            rows += [item, *self._scored(line, item)]
        return rows

    def _item(self, line: tuple, drawn: Draw, purpose: str, chance: float) -> Item:
        id_, start, colleague, team, reason, seconds, _ = line
        return Item(draw=ref(drawn), transaction=id_, started_at=start.replace(tzinfo=LONDON), day=start.date(),
                    channel="phone", team=team, colleague=f"p_{colleague}", reason=reason, seconds=seconds, stratum="all",
                    purpose=purpose, probability=chance, weight=1 / chance, scorecard="desk@1.0",
                    evaluator="p_ev1")  # fmt: skip

    def _scored(self, line: tuple, item: Item) -> list[Row]:
        heard = self.linked * self.feeling[line[0]] + (1 - self.linked**2) ** 0.5 * self.draw.gauss(0, 1)
        point = str(min(5, max(1, round(3.7 + 0.9 * heard))))
        greet, idv = (self.draw.random() < chance for chance in (0.8, 0.93))
        session = Session(item=ref(item), technique="recording", kind="routine", transaction_kind="routine", told_at=None,
                          started=None, ended=None, intervened=False, comfort=None)  # fmt: skip
        score = Decimal(30 * greet) + Decimal(70) * VALUES[point] / 100
        seen = Observation(item=ref(item), session=ref(session), scorecard="desk@1.0", score=score, applicable_weight=Decimal(100),
                           customer=0, business=0, compliance=int(not idv), entered="file")  # fmt: skip
        answers = (
            ("idv", "met" if idv else "not_met", idv, 100 * idv, 0),
            ("greet", "met" if greet else "not_met", greet, 100 * greet, 30),
            ("check", point, int(point) >= 4, VALUES[point], 70),
        )
        ratings = [
            Rating(
                observation=ref(seen),
                criterion=name,
                answer=answer,
                met=met,
                value=Decimal(value),
                weight=Decimal(weight),
                evidence=NO_WORDS,
                offset="",
                comment=NO_WORDS,
            )
            for name, answer, met, value, weight in answers
        ]
        return [session, seen, *ratings]

    def people(self) -> str:
        head = "person,source,source_id,from,to,name,login\n"
        colleagues = "".join(f"p_{each},telephony,{each.upper()},,,Name {each.upper()},\n" for each in self.colleagues)
        return head + colleagues + "p_ev1,,,,,Ruth,\np_tl1,,,,,Joan,\np_mgr1,,,,,Victor,\n"


def make(
    folder: Path,
    *,
    seed: int = 2026,
    colleagues: int = 8,
    weeks: int = 13,
    routine: int = 0,
    kpi_link: int = 0,
    per_week: int = 8,
    linked: float = 0.5,
    quicker: str = "",
) -> Path:
    """Write the desk into a folder, ``routine`` and ``kpi_link`` transactions scored in each week; return the folder."""
    quarter = Quarter(seed, colleagues, weeks, linked, quicker)
    quarter.play(per_week)
    shipped = Path(__file__).parents[1] / "scorecards" / "scales"
    files = {
        "qacli.yaml": SETTINGS,
        "people.csv": quarter.people(),
        "exports/quarter.csv": quarter.export(),
        "definitions/profiles/telephony.yaml": PROFILE,
        "definitions/scorecards/desk.yaml": CARD,
        "definitions/kpis.yaml": KPIS,
        "definitions/events.yaml": EVENTS,
        **{
            f"definitions/scales/{name}.yaml": (shipped / f"{name}.yaml").read_text("utf-8")
            for name in ("binary", "point5")
        },
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(text, "utf-8")
        path.chmod(0o600)
    rows = [
        *(quarter.sample("routine", routine, answered=False) if routine else []),
        *(quarter.sample("kpi-link", kpi_link, answered=True) if kpi_link else []),
    ]
    if rows:
        clock = datetime.combine(MONDAY + timedelta(weeks=weeks, days=1), datetime.min.time()).replace(hour=12)
        Workspace.find(folder, "p_ev1", clock).commit(lambda _: Change(rows), "score")
    return folder
