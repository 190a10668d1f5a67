"""Figures of a case by command, row and column: exactly one, or told what is there."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from in_memory import Memory

from qacli.improve.cases.sources import SOURCES, Lacking, Lookup, look_up
from qacli.understand.kpis.value import KpiValue
from qacli.understand.patterns.finding import Finding


def kpi(id_, **settings):
    return SimpleNamespace(id=id_, reference=f"{id_}@1", title=id_, unit="percent", leading=None, **settings)


def value(kpi_, number, variant="v1", cut="all", slice_="all", month=5):
    first = date(2026, month, 1)
    figures = {"num": None, "den": None, "n": 40, "value": number, "low": number - 1, "high": number + 1, "se": None}
    rest = {"asked": None, "held_back": 0, "complete": 90.0, "method": "", "origin": "x", "sha256": ""}
    where = {"cut": cut, "slice": slice_, "period": f"2026-{month:02}", "first": first, "last": first.replace(day=28)}
    return KpiValue(id=f"kv_{number}", kpi=f"{kpi_}@1", variant=variant, **where, **figures, **rest)


@pytest.fixture
def desk():
    memory = Memory()
    memory.made += [("kpi", kpi("fcr")), ("kpi", kpi("csat"))]
    memory.look_up = memory.definition
    memory.sha256 = lambda kind, reference: ""
    memory.table += [
        value("fcr", 80.0, month=4),
        value("fcr", 84.0),
        value("fcr", 91.0, cut="channel", slice_="chat"),
        value("fcr", 12.0, cut="colleague", slice_="p_a07"),
        value("csat", 70.0),
        value("csat", 4.0, variant="v2"),
    ]
    return memory


def found(desk, source, row, column, **where):
    return look_up(Lookup(desk), source, row, column, where)


def test_without_a_period_it_is_the_last(desk):
    cell, trace = found(desk, "kpi show", "fcr", "value")
    assert (cell.value, cell.low, cell.high, cell.unit) == (84, 83, 85, "percent")
    assert (
        trace == "kv_84.0: fcr (v1), 1 May 2026 to 28 May 2026, n 40; its definition is not approved yet; 90 % complete"
    )
    assert found(desk, "kpi show", "fcr", "value", period="2026-04")[0].value == 80
    assert found(desk, "kpi show", "fcr", "value", cut="channel", slice="chat")[0].value == 91


@pytest.mark.parametrize(
    ("asked", "where", "told"),
    [
        (("kpi show", "csat", "value"), {}, r"kpi show has 2 rows csat"),  # another KPI is not touched by that
        (("kpi show", "fcr", "value"), {"cut": "colleague", "slice": "p_a07"}, "has no row fcr"),
        (("kpi show", "aht", "value"), {}, "kpi show has no row aht"),
        (("kpi show", "fcr", "mean"), {}, "kpi show has no column mean"),
        (("kpi show", "fcr", "num"), {}, "num of fcr is not known"),
        (("catalogue", "buddy", "cost"), {"period": "2026-05"}, "catalogue is not narrowed down by period"),
    ],
)
def test_no_other_figure_is_taken_for_it(desk, asked, where, told):
    with pytest.raises(Lacking, match=told):
        found(desk, *asked, **where)


def test_what_one_colleague_did_is_in_no_source(desk):
    days = {"first": date(2026, 5, 1), "last": date(2026, 5, 28), "since": None, "until": None}
    bare = {"method": "", "p": None, "adjusted": None, "since_low": None, "since_high": None, "spread": ""}
    seen = {"look": "lo_1", "channel": "chat", "scorecard": "chat@1.0", "criterion": "ch-idv", "n": 20, "failed": 9}
    rest = {"n_other": 60, "failed_other": 3, "effect": 0.4, "low": 0.2, "high": 0.6, **days, **bare}
    desk.table += [
        Finding(id="w_1", kind="rise", colleague="", **seen, **rest),
        Finding(id="w_2", kind="apart", colleague="p_a07", **seen, **rest),
    ]
    assert found(desk, "finding show", "w_1", "effect")[0][:4] == (40, "points of per cent", 20, 60)
    with pytest.raises(Lacking, match="finding show has no row w_2"):
        found(desk, "finding show", "w_2", "failed")
    assert not any("colleague" in name for name in SOURCES)
