"""How the programme balances: by who gave it, and over all."""

from __future__ import annotations

from datetime import date

from in_memory import Memory, observe

from qacli.improve.feedback.answering import decline, reply
from qacli.improve.feedback.delivering import deliver
from qacli.improve.feedback.preparing import prepare
from qacli.improve.feedback.ratio import balances

WELL = {"ch-idv": "met", "ch-amount": "met", "ch-care": "na", "ch-check": "5", "ch-plain": "4", "ch-close": "1"}
BADLY = {"ch-idv": "not_met", "ch-amount": "na", "ch-care": "na", "ch-check": "1", "ch-plain": "1", "ch-close": "1"}
FINE = WELL | {"ch-close": "5"}


def talk(desk, answers, transaction, giver, day):
    """Observe on 19 May, prepare the next day and deliver on a day; return the sheet."""
    seen = observe(desk, answers, transaction=transaction)
    sheet = desk.commit(prepare(desk.on("2026-05-20"), [seen], "p_a07", date.fromisoformat(day)))[0].id
    desk.commit(deliver(desk.on(day, giver), sheet, date.fromisoformat(day), "in person"))
    return sheet


def test_strengths_for_each_point_to_work_on_by_who_gave_them():
    desk = Memory()
    one = talk(desk, WELL, "8c11", "p_tl1", "2026-05-21")
    two = talk(desk, BADLY, "8c12", "p_tl1", "2026-05-25")
    talk(desk, FINE, "8c13", "p_ev1", "2026-05-22")
    desk.commit(reply(desk.on("2026-05-26", "p_a07"), one, "I see"))
    desk.commit(decline(desk, two))
    ev, tl, both = balances(desk)
    # 3 strengths and 1 point to work on, then none and 2: 3 to 3; days 2 and 6
    assert (tl.evaluator, tl.feedback, tl.strengths, tl.developments, tl.ratio, tl.bare) == ("p_tl1", 2, 3, 3, 1.0, 1)
    assert (tl.delay, tl.own_views, tl.replied, tl.declined) == (4, 0, 1, 1)
    assert (ev.strengths, ev.developments, ev.ratio) == (3, 0, None)
    assert (both.evaluator, both.feedback, both.ratio, both.delay) == ("all", 3, 2.0, 3)
    assert [each.feedback for each in balances(desk, date(2026, 5, 22), date(2026, 5, 24))] == [1]
    assert balances(Memory()) == []
