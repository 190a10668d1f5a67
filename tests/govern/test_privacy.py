"""Requests of people and their clock."""

from __future__ import annotations

from datetime import date

import pytest

from qacli.govern.privacy import (
    BeforeRequest,
    NoOpenRequest,
    ReceivedLater,
    Request,
    TooLateToExtend,
    happen,
    open_request,
    open_requests,
    receive,
    standing,
)


def asked(desk, day="2026-05-20", subject="p_a07", kind="access"):
    desk.on(day)
    (row,) = desk.commit(receive(desk, kind, subject, None))
    return row


def told(desk, what, day, kind="access"):
    change = happen(desk, kind, "p_a07", what, date.fromisoformat(day))
    desk.commit(change)
    return change


def test_a_request_says_whose_it_is_and_by_when_it_is_answered(desk):
    row = asked(desk)
    assert (row.person, row.reference.text, row.due) == ("p_a07", "", date(2026, 6, 22))
    customer = asked(desk, subject="Mrs Example, card ending 12")
    assert (customer.person, customer.reference.text) == ("", "Mrs Example, card ending 12")
    assert [each.request.id for each in open_requests(desk)] == [row.id, customer.id]


def test_a_second_request_of_the_same_kind_waits_for_the_first(desk):
    asked(desk)
    change = receive(desk, "access", "p_a07", None)
    assert (list(change.rows), change.findings) == ([], ["q_1 is open already, due on 22 June 2026"])
    assert receive(desk, "complaint", "p_a07", None).rows


def test_the_clock_stands_while_it_is_stopped_and_those_days_are_added(desk):
    row = asked(desk)
    desk.on("2026-06-10")
    told(desk, "clock-stopped", "2026-06-01")
    assert standing(desk, row)[1:] == (date(2026, 6, 29), False, date(2026, 6, 1), False, None)
    told(desk, "clock-started", "2026-06-10")
    desk.on("2026-06-30")
    assert standing(desk, row)[1:] == (date(2026, 6, 29), True, None, False, None)
    told(desk, "done", "2026-06-30")
    assert standing(desk, row)[2:] == (False, None, False, date(2026, 6, 30))
    assert open_request(desk, "access", "p_a07") is None


def test_a_request_that_is_answered_while_its_clock_stands_counts_no_later_day(desk):
    row = asked(desk)
    desk.on("2026-06-10")
    told(desk, "clock-stopped", "2026-06-01")
    told(desk, "done", "2026-06-08")
    desk.on("2026-12-01")
    assert standing(desk, row).due == date(2026, 6, 29)  # 20 June and 7 days is 27 June, a Saturday


def test_an_extension_counts_once_and_only_in_time(desk):
    row = asked(desk)
    desk.on("2026-06-10")
    told(desk, "extended", "2026-06-10")
    assert standing(desk, row).due == date(2026, 8, 20)
    assert told(desk, "extended", "2026-06-10").findings == ["q_1 was extended already: nothing to do"]
    asked(desk, "2026-01-05", "p_a09")
    desk.on("2026-06-10")
    with pytest.raises(TooLateToExtend, match="5 February 2026"):
        happen(desk, "access", "p_a09", "extended", date(2026, 6, 10))


def test_a_complaint_is_acknowledged_within_thirty_days(desk):
    assert asked(desk, "2026-07-01", kind="complaint").due == date(2026, 7, 31)


def test_what_cannot_have_happened_is_refused(desk):
    with pytest.raises(NoOpenRequest, match="no open access request of p_a07"):
        told(desk, "done", "2026-05-18")
    with pytest.raises(ReceivedLater):
        receive(desk, "access", "p_a07", date(2026, 12, 1))
    asked(desk)
    with pytest.raises(BeforeRequest):
        told(desk, "clock-stopped", "2026-05-19")
    with pytest.raises(ReceivedLater):
        told(desk, "clock-stopped", "2026-05-21")
    assert told(desk, "clock-started", "2026-05-20").findings == ["q_1 has its clock running: nothing to do"]
    assert len(desk.rows(Request)) == 1
