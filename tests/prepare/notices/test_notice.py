from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qacli.prepare.notices.notice import (
    Acknowledgement,
    NotForColleagues,
    Notice,
    NoticeNotInForce,
    NotYet,
    Span,
    UnknownPeople,
    acknowledge,
    acknowledged_periods,
    customer_periods,
    gaps,
    merged_periods,
)

WORDS = """
version: 1
owner: p_tl1
wording: We keep this chat.
purpose: better service
lawful_basis: legitimate interests
dpia: DPIA-1
delivered_by: form
"""


def notice(read, name, audience, channel, from_, to="", acknowledge="no"):
    return read(
        Notice,
        f"id: {name}\naudience: {audience}\nchannel: {channel}\nfrom: {from_}\n"
        + (f"to: {to}\n" if to else "")
        + f"acknowledge: {acknowledge}{WORDS}",
    )


@pytest.fixture
def notices(read):
    return [
        notice(read, "n-phone-3", "customers", "phone", "2025-11-01", "2026-10-31"),
        notice(read, "n-chat-1", "customers", "chat", "2025-05-11", "2026-05-10"),
        notice(read, "n-chat-2", "customers", "chat", "2026-05-18", "2027-05-17"),
        notice(read, "n-staff-4", "colleagues", "all", "2026-01-05", "2027-01-04", "yes"),
    ]


def test_c05_the_chat_gap_is_11_to_17_may(notices):
    assert gaps(notices, ["phone", "chat"], date(2026, 3, 30), date(2026, 6, 28)) == [
        ("chat", date(2026, 5, 11), date(2026, 5, 17))
    ]


def test_c05_a_channel_without_any_notice_is_one_long_gap(notices):
    assert gaps(notices, ["email"], date(2026, 5, 1), date(2026, 5, 31)) == [
        ("email", date(2026, 5, 1), date(2026, 5, 31))
    ]


def test_c05_a_gap_is_cut_to_the_days_asked_for(notices):
    assert gaps(notices, ["chat"], date(2026, 5, 13), date(2026, 5, 14)) == [
        ("chat", date(2026, 5, 13), date(2026, 5, 14))
    ]
    assert gaps(notices, ["chat"], date(2026, 5, 18), date(2026, 5, 31)) == []
    assert gaps(notices, ["chat"], date(2027, 5, 10), date(2027, 5, 31)) == [
        ("chat", date(2027, 5, 18), date(2027, 5, 31))
    ]


def test_a_notice_on_all_channels_without_end_covers_each(read):
    everywhere = notice(read, "n-all", "customers", "all", "2026-05-05")
    assert customer_periods([everywhere], ["chat", "phone"]) == [
        ("chat", date(2026, 5, 5), date.max),
        ("phone", date(2026, 5, 5), date.max),
    ]
    assert gaps([everywhere], ["chat"], date(2026, 5, 4), date(2026, 6, 1)) == [
        ("chat", date(2026, 5, 4), date(2026, 5, 4))
    ]


def test_c05_a_colleague_is_eligible_from_the_day_of_acknowledging(notices):
    acks = [
        Acknowledgement(person="p_a07", notice="n-staff-4@1", on=date(2026, 1, 5), means="form"),
        Acknowledgement(person="p_a22", notice="n-staff-4@1", on=date(2026, 5, 21), means="form"),
        Acknowledgement(person="p_a23", notice="n-staff-3@1", on=date(2026, 1, 5), means="form"),
    ]
    assert acknowledged_periods(notices, acks, ["p_a22", "p_a11", "p_a07", "p_a23"]) == [
        ("p_a07", date(2026, 1, 5), date(2027, 1, 4)),
        ("p_a22", date(2026, 5, 21), date(2027, 1, 4)),
    ]


@pytest.mark.parametrize(
    ("audience", "channel", "acknowledge", "place"),
    [("colleagues", "chat", "yes", "channel"), ("customers", "chat", "yes", "acknowledge")],
)
def test_c05_a_notice_that_cannot_work_is_refused(wrong, audience, channel, acknowledge, place):
    text = f"id: n\naudience: {audience}\nchannel: {channel}\nfrom: 2026-01-01\nacknowledge: {acknowledge}{WORDS}"
    assert list(wrong(Notice, text)) == [place]


NOON = datetime(2026, 5, 21, 12, tzinfo=UTC)


def test_c05_acknowledging_twice_records_once(notices, desk):
    view = desk(NOON, definitions=[("notice", n) for n in notices])
    first = view.commit(acknowledge(view, "n-staff-4", ["p_a07", "p_a22", "p_a07"], "form", date(2026, 5, 21)))
    assert [(row.person, row.notice) for row in first.rows] == [("p_a07", "n-staff-4@1"), ("p_a22", "n-staff-4@1")]
    again = acknowledge(view, "n-staff-4", ["p_a22"], "form", date(2026, 5, 21))
    assert again.rows == []
    assert again.findings == ["p_a22 already acknowledged n-staff-4@1: nothing to do"]


@pytest.mark.parametrize(
    ("name", "on", "refusal"),
    [
        ("n-phone-3", date(2026, 5, 21), NotForColleagues),
        ("n-staff-4", date(2027, 1, 5), NoticeNotInForce),
        ("n-staff-4", date(2026, 5, 22), NotYet),
    ],
)
def test_c05_an_acknowledgement_that_cannot_be_is_refused(notices, desk, name, on, refusal):
    view = desk(NOON, definitions=[("notice", n) for n in notices])
    with pytest.raises(refusal) as caught:
        acknowledge(view, name, ["p_a07"], "form", on)
    assert str(caught.value).startswith(f"refused[{refusal.rule}]: ")


def test_c05_people_whom_nobody_knows_are_named_together(notices, desk):
    view = desk(NOON, definitions=[("notice", n) for n in notices])
    with pytest.raises(UnknownPeople) as caught:
        acknowledge(view, "n-staff-4", ["p_a70", "p_a07", "p_220"], "form", date(2026, 5, 21))
    assert str(caught.value).startswith("refused[unknown-person]: not in people.csv: p_220, p_a70.")


days = st.integers(0, 40).map(lambda n: date(2026, 5, 1) + timedelta(days=n))
spans = st.lists(st.builds(Span, st.sampled_from("ab"), days, st.one_of(days, st.just(date.max))), max_size=8)


def covered(periods):
    end = date(2026, 7, 1)
    return {
        (key, date.fromordinal(n))
        for key, first, last in periods
        for n in range(first.toordinal(), min(last, end).toordinal() + 1)
    }


@settings(max_examples=60, deadline=None)
@given(spans)
def test_merged_periods_cover_the_same_days_and_never_touch(periods):
    merged = merged_periods(periods)
    assert covered(merged) == covered(periods)
    assert merged == merged_periods(reversed(periods)) == merged_periods(merged)
    for one, other in pairwise(merged):
        assert one.key < other.key or other.from_ - one.to > timedelta(days=1)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(days, days).map(sorted), max_size=4), days, st.integers(0, 30))
def test_every_day_is_either_covered_or_in_a_gap(ranges, first, length):
    told = [Notice.model_construct(audience="customers", channel="chat", from_=a, to=b) for a, b in ranges]
    last = first + timedelta(days=length)
    asked = covered([Span("chat", first, last)])
    gap, open_ = covered(gaps(told, ["chat"], first, last)), covered(customer_periods(told, ["chat"]))
    assert gap == asked - open_
