"""Thirteen weeks of a small chat desk, written down in bulk: from 5 May the identity check fails in everybody's hands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import desk

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
CARD = desk.CARD.replace("version: 1.0", "version: 1.0").replace("channels: [phone, chat]", "channels: [chat]")
FRAME = desk.FRAME.replace("[phone, chat]", "[chat]").replace(
    "design: quota\nper_colleague: 2", "design: simple\nsize: {n: 12}"
)
FRAME = FRAME.replace("{phone: recording, chat: transcript}", "transcript")


def make(folder: Path) -> Path:
    """Write the desk with its export of a quarter, eight chats a day, and agree its card and frame."""
    desk.make(folder)
    people = "person,source,source_id,from,to,name,login\n" + "".join(
        f"p_{agent.lower()},telephony,{agent},,,{agent},\n" for agent in AGENTS
    )
    rest = "".join(line + "\n" for line in desk.PEOPLE.splitlines() if line.startswith(("p_ev", "p_tl", "p_mgr")))
    desk.write(
        folder,
        {
            "people.csv": people + rest,
            "definitions/scorecards/desk.yaml": CARD,
            "definitions/frames/weekly.yaml": FRAME,
            "definitions/events.yaml": EVENTS,
            "definitions/notices.yaml": desk.notices(
                (
                    ("n-chat", "2026-01-01", "2026-12-31", "customers", "chat", "no"),
                    ("n-staff", "2026-01-01", "2026-12-31", "colleagues", "all", "yes"),
                )
            ),
            "told.csv": "person,on,means\n" + "".join(f"p_{agent.lower()},2026-01-05,in person\n" for agent in AGENTS),
            "exports/may.csv": "\n".join([desk.HEADER, *_chats(), ""]),
        },
    )
    return desk.agreed(folder)


def _chats() -> list[str]:
    return [
        f"{agent}-{day:%m%d},{day:%d/%m/%Y} 10:{number:02},{agent},chat,K{day:%m%d}{agent},200"
        for day in (FIRST + timedelta(days=n) for n in range(WEEKS * 7))
        for number, agent in enumerate(AGENTS)
    ]


def scored(folder: Path, failing: str = "", broken: bool = True) -> Path:
    """Record a draw of twelve chats in each week, all scored; one colleague may fall 2.5 points a week."""
    Workspace.find(folder, "p_ev1", datetime(2026, 7, 1, 9, tzinfo=UTC)).commit(
        lambda _: Change(_rows(failing, broken)), "test"
    )
    return folder


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
    return rows


def _scored(draw, monday, week, number, failing, broken):
    day = monday + timedelta(days=number % 7)
    agent = AGENTS[(number + week * EACH) % len(AGENTS)]
    place = week * EACH + number
    # of the broken weeks every third identity check fails, in turn through all hands; else one in thirty
    fails = place % 3 == 0 if broken and BROKEN[0] <= day <= BROKEN[1] else place % 30 == 7
    fall = 2.5 * week if agent == failing else 0
    score = Decimal(f"{85 + (place * 7 % 11) - fall:.1f}")
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
