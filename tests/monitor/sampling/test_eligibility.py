"""Who had been told when, laid out by days: every day once, and nothing of another period."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from populations import A07, OPEN, draw, frame, ground, ids

from qacli.engine.connection import connect
from qacli.monitor.sampling.eligibility import OfColleague, _pieces, _write, known_as
from qacli.prepare.notices.notice import Span, merged_periods
from qacli.prepare.people import People, Person
from qacli.prepare.period import parse_period

FIRST = date(2026, 5, 1)
DAYS = st.integers(0, 12).map(lambda days: FIRST + timedelta(days=days))
SPANS = st.lists(st.tuples(DAYS, DAYS).map(lambda days: Span("p_a07", *sorted(days))), max_size=5).map(merged_periods)


@given(first=DAYS, last=DAYS, told=SPANS)
def test_each_day_stands_in_one_piece_that_says_whether_it_was_told(first, last, told):
    first, last = sorted((first, last))
    pieces = list(_pieces(first, last, told))
    assert all(begin <= end for begin, end, _ in pieces)
    days = {begin + timedelta(days=at): knew for begin, end, knew in pieces for at in range((end - begin).days + 1)}
    assert sum((end - begin).days + 1 for begin, end, _ in pieces) == len(days)
    every = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    assert days == {day: any(span.from_ <= day <= span.to for span in told) for day in every}


def test_what_was_told_before_the_first_day_hides_nothing_that_was_told_later():
    told = [Span("p_a07", date(2026, 4, 1), date(2026, 4, 30)), Span("p_a07", date(2026, 5, 4), date(2026, 5, 5))]
    assert list(_pieces(FIRST, date(2026, 5, 9), told)) == [
        (FIRST, date(2026, 5, 3), False),
        (date(2026, 5, 4), date(2026, 5, 5), True),
        (date(2026, 5, 6), date(2026, 5, 9), False),
    ]


def test_a_question_about_one_colleague_finds_theirs_alone(connection, tmp_path):
    text = "".join(f"T{n},2026-05-04 10:0{n},{agent},phone,K,60\n" for n, agent in enumerate(("A07", "A09", "A07")))
    basis = ground(OPEN, people=[A07, Person("p_a09", "telephony", "A09")])
    for whose, found in (("p_a07", ["T0", "T2"]), ("p_a09", ["T1"]), ("", ["T0", "T1", "T2"])):
        asked = frame(population=OfColleague(colleague=whose))
        assert sorted(ids(draw(connection, tmp_path, text, asked, basis))) == found


def test_rows_that_touch_a_period_on_its_first_or_last_day_are_kept():
    period = parse_period("2026-W20")  # 11 to 17 May
    rows = [
        ("before", date(2026, 5, 1), date(2026, 5, 10)),
        ("first", date(2026, 5, 1), date(2026, 5, 11)),
        ("last", date(2026, 5, 17), date.max),
        ("after", date(2026, 5, 18), date.max),
    ]
    with connect() as connection:
        _write(connection, "notices", "key VARCHAR", rows, period)
        kept = connection.execute("SELECT key FROM notices").fetchall()
    assert kept == [("first",), ("last",)]


def test_who_has_no_id_in_the_source_is_known_by_none():
    people = People([Person("p_a07", "", "A07"), Person("p_a08", "telephony", ""), Person("p_a09", "chat", "C9")])
    assert known_as(people, "telephony") == [("A07", "p_a07", date.min, date.max)]
