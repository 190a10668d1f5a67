"""Who was observed how often, and why somebody was not."""

from __future__ import annotations

from datetime import date

import pytest

from qacli.monitor.sampling.handled import Handled
from qacli.understand.facts import Selection
from qacli.understand.patterns.coverage import by_coverage, chances

SPAN = (date(2026, 3, 30), date(2026, 6, 28))


def work(colleague, told=100, transactions=None, channel="phone", first=SPAN[0], last=SPAN[1]):
    return Handled(colleague, channel, told if transactions is None else transactions, told, first, last)


def row_of(summary, colleague):
    return summary.frame[summary.frame["colleague"] == colleague].iloc[0]


def test_c10_an_absence_is_no_gap_and_neither_is_who_was_not_told(desk_of):
    view = desk_of("colleague\n" + "p_a01\n" * 6 + "p_a02\n" * 6)
    known = [
        work("p_a01"),
        work("p_a02"),
        work("p_a05", told=10, last=date(2026, 4, 19)),
        work("p_a11", told=0, transactions=90),
        work("p_a13", told=100),
    ]
    found = by_coverage(view, Selection(purpose="all"), known, SPAN)
    away = row_of(found, "p_a05")
    assert (away.n, away.verdict) == (0, "none drawn, by chance")
    assert away.note == "no transaction after 19 April 2026: away, not missed"
    assert row_of(found, "p_a11").verdict == "not eligible: not told of monitoring"
    gap = row_of(found, "p_a13")
    assert (gap.verdict, round(gap.expected, 2)) == ("gap: none drawn", 3.87)
    assert row_of(found, "p_a01").verdict == "observed"
    assert "2 of 4 colleagues who could be observed were observed" in found.statement


def test_kinds_and_channels_are_counted_apart(desk_of):
    view = desk_of("""
        colleague purpose channel score draw
        p_a       routine phone   80    d_1
        p_a       routine chat    -     d_1
        p_a       spot    chat    70    d_2
    """)
    row = row_of(by_coverage(view, Selection(purpose="all")), "p_a")
    assert (row.n, row.drawn, row.routine, row.spot, row.channels) == (2, 3, 1, 1, "chat 1, phone 1")
    assert row.note == "1 drawn and not scored"


def test_without_transactions_nobody_knows_who_was_away(desk_of):
    found = by_coverage(desk_of("colleague\np_a"), Selection(purpose="all"))
    assert found.frame[["handled", "expected"]].isna().all(axis=None)
    assert any("who was away" in note for note in found.notes)


def test_chance_shares_the_items_of_a_channel_by_what_was_handled_when_told():
    found = chances([work("a", 300), work("b", 100), work("b", 50, channel="chat")], {"phone": 20, "chat": 6})
    assert found == pytest.approx({"a": 15.0, "b": 11.0})


def test_work_of_weeks_of_which_nothing_was_drawn_is_no_gap(desk_of):
    view = desk_of("colleague\n" + "p_a01\n" * 12)
    known = [work("p_a01")._replace(open=60), work("p_a05")._replace(open=0), work("p_a13")._replace(open=20)]
    assert chances(known, {"phone": 12}) == pytest.approx({"p_a01": 9.0, "p_a05": 0.0, "p_a13": 3.0})
    found = by_coverage(view, Selection(purpose="all"), known, SPAN)
    verdicts = [row_of(found, name).verdict for name in ("p_a05", "p_a13")]
    assert verdicts == ["not eligible: no routine sample of those days", "gap: none drawn"]
    assert "1 of 2 colleagues who could be observed were observed" in found.statement
