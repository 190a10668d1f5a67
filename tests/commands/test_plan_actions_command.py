"""C19 through the command line: 34 weeks of satisfaction whose best 13-week move is 2.1, and actions held against them."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from command_line import run
from desk import done, write
from measures import KPIS, measured

MONDAY = "2026-05-26"
FIRST = date(2025, 9, 29)
ACTION = """\
id: panel-first
verb: open
object: the panel of past contacts before the first answer
scope: phone and chat
owner: p_tl1
metric: {kpi: csat}
target: 80.8
start: 2026-06-01
review: 2026-06-22
due: 2026-07-06
decisions: {order-of-work: 0}
hours: 12
money: 0
why: The panel is there and nobody opens it, so training would teach what people know.
"""
ASAP = """\
id: csat
verb: improve
object: CSAT
due: asap
"""
RESOURCES = """\
- {id: team-time, version: 1, owner: p_tl1, from: 2026-01-01, title: Time off the phones, kind: budget, unit: hours, have: 60,
   source: rota of May 2026}
"""


def call(folder, line, actor="p_tl1", today=MONDAY):
    return run(line, folder, actor, today)


SATISFIED = (
    778, 772, 773, 773, 776, 775, 772, 776, 777, 774, 772, 778, 779, 773, 773, 772, 776,
    777, 781, 785, 791, 790, 786, 790, 793, 792, 793, 793, 793, 789, 793, 793, 793, 790,
)  # fmt: skip
"""Of 1,000 in the weeks 2025-W40 to 2026-W21. The best move over 5 weeks is 1.9 points, over 13 weeks 2.1."""


def figures():
    """The weeks as a file to be imported: of 10,000 answers to 20,000 questions, and contacts settled at once."""
    yield "kpi,variant,period,num,den,asked"
    for at, score in enumerate(SATISFIED):
        year, number, _ = (FIRST + timedelta(weeks=at)).isocalendar()
        yield f"csat,top2,{year}-W{number:02},{10 * score},10000,20000"
        yield f"fcr,repeat-7,{year}-W{number:02},{7000 + 10 * (at * 5 % 7)},10000,"


CONTACT = ["a,2026-05-01 10:00,phone,,,,1,yes,,1,,,,,,"]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def desk_once(tmp_path_factory):
    """34 weeks of figures, what the owner may decide agreed and read, and twelve hours secured."""
    folder = measured(tmp_path_factory.mktemp("smart") / "desk", CONTACT, KPIS.replace("2026-01-01", "2025-01-01"))
    smart = (ROOT / "scorecards/smart.yaml").read_text("utf-8")
    weeks = "\n".join([*figures(), ""])
    write(folder, {"definitions/smart.yaml": smart, "definitions/resources.yaml": RESOURCES, "weeks.csv": weeks})
    write(folder, {"action.yaml": ACTION, "asap.yaml": ASAP})
    done(call(folder, f"kpi import {folder / 'weeks.csv'} --source switch --method 'all answers'"))
    done(call(folder, "authority set order --role team-leader --decision order-of-work --limit 0 --from 2026-01-01"))
    done(call(folder, "authority agree order", "p_ev1"))
    done(call(folder, "authority ack"))
    ask = "resource request team-time --amount 12 --unit hours --of p_ev1 --effect csat --for panel-first"
    asked = done(call(folder, f"{ask} --from 2026-06-01 --words 'an hour for each of twelve'")).out.partition(":")[0]
    done(call(folder, f"resource secure {asked}", "p_ev1"))
    return folder


@pytest.fixture
def desk(desk_once, tmp_path):
    return shutil.copytree(desk_once, tmp_path / "desk")


def letters(folder, text=ACTION, today=MONDAY):
    """The verdict and its words by letter, as ``plan check FILE`` tells them."""
    write(folder, {"tried.yaml": text})
    found = call(folder, f"plan check {folder / 'tried.yaml'} --format json", today=today)
    return {row["letter"]: (row["verdict"], row["because"]) for row in found.rows}


def test_c19_an_action_that_holds_is_recorded_with_its_numbers(desk):
    found = letters(desk)
    for each in found.items():
        print(each)
    assert {letter: verdict for letter, (verdict, _) in found.items()} == dict.fromkeys("SMART", "held")


def test_c19_improve_csat_asap_fails_every_letter_each_with_its_cause(desk):
    found = letters(desk, ASAP)
    for each in found.items():
        print(each)
    assert {letter: verdict for letter, (verdict, _) in found.items()} == dict.fromkeys("SMART", "failed")
