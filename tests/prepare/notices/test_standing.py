from __future__ import annotations

from datetime import date

import pytest

from qacli.prepare.notices.notice import Acknowledgement, Notice
from qacli.prepare.notices.standing import Window, calendar, standings
from qacli.prepare.people import People, Person


def notice(id_, audience, channel, first, last, acknowledge=False):
    return Notice.model_construct(
        id=id_, version="1", audience=audience, channel=channel, from_=first, to=last, acknowledge=acknowledge
    )


CHAT = (
    notice("n-chat-1", "customers", "chat", date(2025, 5, 11), date(2026, 5, 10)),
    notice("n-chat-2", "customers", "chat", date(2026, 5, 18), None),
    notice("n-staff", "colleagues", "all", date(2026, 1, 5), date(2027, 1, 4), acknowledge=True),
)
PEOPLE = People(
    [Person("p_a07", "telephony", "A07"), Person("p_a22", "telephony", "A22", date(2026, 5, 18)), Person("p_ev1")]
)
ACKS = [Acknowledgement(person=person, notice="n-staff@1", on=date(2026, 5, 21), means="form") for person in ("p_a22",)]
MAY = Window(date(2026, 5, 13), date(2026, 5, 1), date(2026, 5, 31), 7)


def stand(window=MAY, people=PEOPLE):
    return {each.key: each for each in standings(CHAT, ACKS, people, ["chat"], window)}


def test_each_channel_and_each_colleague_who_handles_transactions_has_a_line():
    found = stand()
    assert {key: each.light for key, each in found.items()} == {"chat": "red", "p_a07": "red", "p_a22": "away"}


def test_the_calendar_turns_amber_before_the_end_and_red_after_it():
    # the last seven days before the end are amber, the last day told is one of them
    assert calendar(stand()["chat"], MAY) == "###!!!!!!!.......##############"
    assert [(each.light, each.from_.day, each.to.day) for each in stand()["chat"].stretches] == [
        ("green", 1, 3),
        ("amber", 4, 10),
        ("red", 11, 17),
        ("green", 18, 31),
    ]
    # hired on the 18th, acknowledged on the 21st
    assert calendar(stand()["p_a22"], MAY) == " " * 17 + "..." + "#" * 11


def test_over_a_long_time_a_mark_is_a_week_and_the_worst_day_decides():
    quarter = MAY._replace(first=date(2026, 4, 6), last=date(2026, 6, 28), within=0)
    # weeks from Monday 6 April; the gap of 11 to 17 May is the sixth
    assert calendar(stand(quarter)["chat"], quarter) == "#####.######"


@pytest.mark.parametrize(
    ("on", "light", "until"),
    [
        (date(2026, 5, 3), "green", date(2026, 5, 10)),
        (date(2026, 5, 4), "amber", date(2026, 5, 10)),
        (date(2026, 5, 10), "amber", date(2026, 5, 10)),
        (date(2026, 5, 11), "red", None),
        (date(2026, 5, 17), "red", None),
        (date(2026, 5, 18), "green", None),
    ],
)
def test_first_and_last_days_count(on, light, until):
    found = stand(MAY._replace(on=on))["chat"]
    assert (found.light, found.until) == (light, until)
