from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from qacli.files.validate import validate
from qacli.files.yaml import parse
from qacli.improve.resources.desk import Desk, staffing, workings

PHONE = """\
id: phone-desk
version: 1
owner: p_mgr1
from: 2026-01-01
title: Phone desk
channel: phone
contacts: 100
interval_min: 30
handle_s: 180
answered: {percent: 80, within_s: 20}
shrinkage_percent: 30
rostered: 18
paid_hours: 37.5
hour_cost: 20
source: telephony report of May 2026
"""
CHAT = PHONE.replace(
    "answered: {percent: 80, within_s: 20}", "abandoned: {percent: 5, patience_s: 300}\nconcurrency: 3"
)


def desk(text=PHONE):
    return validate(parse(text, "desks.yaml"), Desk)


def test_the_rota_that_a_promise_takes():
    # 100 calls in 30 min of 180 s, 80/20, at most 85 % busy, 30 % shrinkage: 14 and 20 (pyworkforce's documentation)
    found = staffing(desk())
    assert (found.people, found.rostered, found.gap(desk())) == (14, 20, 2)


def test_who_gives_up_is_counted_by_erlang_a():
    # pyworkforce's ErlangA at 10 Erlangs, 180 s, patience 300 s: 12 people lose 4.27 %, 14 lose 1.40 %
    found = staffing(desk(CHAT.replace("concurrency: 3", "")))
    assert found.people == 12


def test_chats_at_a_time_are_places():
    # 12 places, three to a person
    assert staffing(desk(CHAT)).people == 4


def test_the_workings_show_those_who_are_there_and_those_it_takes():
    rows = {row.people: row for row in workings(desk())}
    assert set(rows) == {10, 11, 12, 13, 14, 15, 16}  # 18 on the rota bring 12
    assert rows[10].queue.service_level is None  # 10 Erlangs on 10 people: no balance
    assert rows[14].weekly_cost == Decimal("15000.00")  # 20 on the rota, 37.5 hours, 20 each


@pytest.mark.parametrize(
    "text",
    [
        PHONE.replace("answered: {percent: 80, within_s: 20}\n", ""),
        PHONE + "abandoned: {percent: 5, patience_s: 300}\n",
    ],
)
def test_a_desk_promises_one_thing(text):
    with pytest.raises(ValidationError, match="promises either answered"):
        Desk.model_validate(parse(text, "desks.yaml").data)


def test_nothing_that_is_worked_out_can_be_typed():
    with pytest.raises(ValidationError, match="people"):
        Desk.model_validate(parse(PHONE + "people: 14\n", "desks.yaml").data)


@given(contacts=st.integers(0, 400), more=st.integers(1, 50))
def test_more_contacts_never_take_fewer_people(contacts, more):
    few = desk().model_copy(update={"contacts": Decimal(contacts)})
    many = desk().model_copy(update={"contacts": Decimal(contacts + more)})
    assert staffing(few).people <= staffing(many).people
