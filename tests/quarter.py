"""Thirteen weeks of a small chat desk, written down in bulk: from 5 May the identity check fails in everybody's hands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import desk
from command_line import run

from qacli.model import Change, Words, ref
from qacli.monitor.observing.observation import Observation, Rating, Session
from qacli.monitor.sampling.draw import Draw, Item, Stratum
from qacli.workspace import Workspace

FIRST, WEEKS, EACH = date(2026, 3, 30), 13, 12
AGENTS = tuple(f"A{number:02}" for number in range(1, 9))
BROKEN = (date(2026, 5, 5), date(2026, 6, 7))
LOOKED = "2026-07-09"
EVENTS = """\
- {id: chg-0505, version: 1, owner: p_tl1, from: 2026-05-05, what: chat release 7.2, channels: [chat]}
- {id: chg-0420, version: 1, owner: p_tl1, from: 2026-04-20, what: new target for calls, channels: [phone]}
- {id: fix-0608, version: 1, owner: p_tl1, from: 2026-06-08, what: panel restored, channels: [chat]}
"""


def on(folder: Path, failing: str = "", broken: bool = True) -> Path:
    """Turn the agreed desk into one of eight colleagues with a quarter of chats, twelve of each week scored.

    One colleague may fall 2.5 points a week; A23 has three scores only, all of them high.
    """
    colleagues = "".join(f"p_{agent.lower()},telephony,{agent},,,{agent},\n" for agent in (*AGENTS, "A23"))
    told = "".join(f"p_{agent.lower()},2026-01-05,in person\n" for agent in AGENTS if agent != "A07")
    desk.write(
        folder,
        {
            "people.csv": desk.PEOPLE.replace("p_a07,telephony,A07,,,Gwen,\n", "") + colleagues,
            "definitions/events.yaml": EVENTS,
            "definitions/notices.yaml": desk.notices(
                (
                    *desk.NOTICES[:1],
                    ("n-chat-1", "2026-01-01", "2026-12-31", "customers", "chat", "no"),
                    *desk.NOTICES[2:],
                )
            ),
            "told.csv": f"person,on,means\n{told}",
            "exports/may.csv": "\n".join([desk.HEADER, *_chats(), ""]),
        },
    )
    desk.done(run(f"notice ack n-staff --from {folder / 'told.csv'}", folder, "p_tl1", desk.DRAWN))
    made = Workspace.find(folder, "p_ev1", datetime(2026, 7, 1, 9, tzinfo=UTC))
    made.commit(lambda _: Change(_rows(failing, broken)), "test")
    return folder


def _chats() -> list[str]:
    return [
        f"{agent}-{day:%m%d},{day:%d/%m/%Y} 10:{number:02},{agent},chat,K{day:%m%d}{agent},200"
        for day in (FIRST + timedelta(days=n) for n in range(WEEKS * 7))
        for number, agent in enumerate(AGENTS)
    ]


def _rows(failing, broken):
    rows = []
    for week in range(WEEKS):
        monday = FIRST + timedelta(days=7 * week)
        draw = Draw(
            frame="weekly@1",
            period=f"2026-W{14 + week}",
            first=monday,
            last=monday + timedelta(days=6),
            purpose="routine",
            design="simple",
            seed="s",
            notices="",
            source="telephony",
            sha256="9f3c" * 16,
            population=56,
            eligible=56,
            drawn=EACH,
        )
        rows += [draw, Stratum(draw=ref(draw), stratum="all", eligible=56, asked=EACH, drawn=EACH)]
        for number in range(EACH):
            rows += _scored(draw, monday, week, number, failing, broken)
        if week < 3:
            rows += _scored(draw, monday, week, EACH, failing, broken, agent="A23", score=Decimal(97 + week))
    return rows


def _scored(draw, monday, week, number, failing, broken, agent="", score=None):
    day = monday + timedelta(days=number % 7)
    agent = agent or AGENTS[(number + week * EACH) % len(AGENTS)]
    place = week * EACH + number
    # of the broken weeks every third identity check fails, in turn through all hands; else one in thirty
    fails = place % 3 == 0 if broken and BROKEN[0] <= day <= BROKEN[1] else place % 30 == 7
    fall = 2.5 * week if agent == failing else 0
    score = score or Decimal(f"{85 + (place * 7 % 11) - fall:.1f}")
    item = Item(
        draw=ref(draw),
        transaction=f"{agent}-{day:%m%d}",
        started_at=datetime(day.year, day.month, day.day, 10, tzinfo=UTC),
        day=day,
        channel="chat",
        team="north",
        colleague=f"p_{agent.lower()}",
        reason="",
        seconds=200,
        stratum="all",
        purpose="routine",
        probability=12 / 56,
        weight=56 / 12,
        scorecard="desk@1.0",
        evaluator="p_ev1",
    )
    session = Session(
        item=ref(item),
        technique="transcript",
        kind="routine",
        transaction_kind="routine",
        told_at=None,
        started=None,
        ended=None,
        intervened=False,
        comfort=None,
    )
    head = Observation(
        item=ref(item),
        session=ref(session),
        scorecard="desk@1.0",
        score=score,
        applicable_weight=Decimal(100),
        customer=0,
        business=0,
        compliance=int(fails),
        entered="file",
    )
    answers = (("idv", not fails, 0), ("check", place % 20 != 3, 60), ("next", place % 15 != 4, 40))
    return [item, session, head, *(_rating(head, *answer) for answer in answers)]


def _rating(head, criterion, met, weight):
    answer = ("met" if met else "not_met") if criterion == "idv" else ("4" if met else "2")
    return Rating(
        observation=ref(head),
        criterion=criterion,
        answer=answer,
        met=met,
        value=Decimal(100 if met else 0),
        weight=Decimal(weight),
        evidence=Words("read"),
        offset="",
        comment=Words(""),
    )
