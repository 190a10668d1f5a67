"""The draw against a second one written with nothing but csv, hashlib and heapq."""

from __future__ import annotations

import csv
import hashlib
import heapq
import io
import random
import unicodedata
from collections import Counter, defaultdict
from datetime import date

import pytest
from command_line import run
from desk import FRAME, done, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from populations import A07, DAYS, HEADER, MAY, OPEN, draw, frame, ground, ids, notice

from qacli.monitor.sampling.drawing import NotOfCadence, whole_period
from qacli.monitor.sampling.eligibility import REASONS
from qacli.prepare.frames.frame import Population
from qacli.prepare.notices.notice import Acknowledgement, Span
from qacli.prepare.people import Person
from qacli.prepare.period import parse_period

# --- the second draw ---


def oracle(text, frame, ground, period, seed):
    """Return (exclusions by reason, {stratum: ids in order of rank})."""
    key = hashlib.sha256(b"qacli/prn/1\0" + seed.encode()).hexdigest()
    why, strata = Counter(), defaultdict(list)
    for row in csv.DictReader(io.StringIO(HEADER + text)):
        row = {name: unicodedata.normalize("NFC", cell.strip()) for name, cell in row.items()}
        day = date.fromisoformat(row["start"][:10]) if row["start"] else None
        if day is None or not period.first <= day <= period.last:
            continue
        if frame.population.channel and row["channel"] not in frame.population.channel:
            continue
        if frame.population.minimum_seconds and int(row["talk"] or -1) < frame.population.minimum_seconds:
            continue
        person = next(
            (
                line.person
                for line in ground.people
                if line.source_id == row["agent"] and line.source in {"", "telephony"} and line.from_ <= day <= line.to
            ),
            None,
        )
        reason = left_out(row, day, person, frame, ground)
        if reason:
            why[reason] += 1
            continue
        stratum = {"simple": "all", "quota": person}.get(frame.design) or row["channel"]
        strata[stratum].append((hashlib.sha256((key + row["id"]).encode()).hexdigest(), row["id"]))
    n = frame.per_colleague if frame.design == "quota" else frame.size.n
    return dict(why), {name: [id_ for _, id_ in heapq.nsmallest(n, found)] for name, found in strata.items()}


def left_out(row, day, person, frame, ground):
    def told(channel):
        return any(
            each.audience == "customers"
            and each.channel in {"all", channel}
            and each.from_ <= day <= (each.to or date.max)
            for each in ground.notices
        )

    def knew():
        for each in ground.notices:
            if each.audience != "colleagues" or not each.from_ <= day <= (each.to or date.max):
                continue
            if not each.acknowledge or any(
                ack.person == person and ack.notice == each.reference and ack.on <= day
                for ack in ground.acknowledgements
            ):
                return True
        return False

    tests = {
        "notice-gap": not (row["channel"] and told(row["channel"])),
        "opt-out": any(out.key == row["customer"] and out.from_ <= day <= out.to for out in ground.opt_outs),
        "no-colleague": not row["agent"],
        "unknown-colleague": person is None,
        "no-acknowledgement": not knew(),
        "already-sampled": row["id"] in ground.sampled,
        "no-scorecard": frame.card_for(row["channel"]) is None,
    }
    assert list(tests) == list(REASONS)
    return next((reason for reason, holds in tests.items() if holds), "")


day = st.sampled_from(DAYS)
row = st.tuples(
    day,
    st.sampled_from(["A07", "A09", "A12", "A99", ""]),
    st.sampled_from(["phone", "chat", "desk", ""]),
    st.sampled_from(["K1", "K2", "K3", ""]),
    st.sampled_from(["", "20", "300"]),
)
span = st.tuples(day, day).map(sorted)
notices = st.lists(
    st.builds(
        lambda n, channel, days: notice(f"c{n}", "customers", channel, *days),
        st.integers(1, 99),
        st.sampled_from(["all", "phone", "chat"]),
        span,
    ),
    min_size=1,
    max_size=4,
)
staff = st.lists(
    st.builds(
        lambda n, days, ack: notice(f"s{n}", "colleagues", "all", *days, ack), st.integers(1, 2), span, st.booleans()
    ),
    min_size=1,
    max_size=2,
    unique_by=lambda each: each.id,
)
acks = st.lists(
    st.builds(
        lambda person, n, on: Acknowledgement(person=person, notice=f"s{n}@1", on=on, means=""),
        st.sampled_from(["p_a07", "p_a09"]),
        st.integers(1, 2),
        day,
    ),
    max_size=4,
    unique_by=lambda each: (each.person, each.notice),
)
spells = st.lists(
    st.builds(
        lambda agent, days: Person(f"p_{agent.lower()}", "telephony", agent, *days),
        st.sampled_from(["A07", "A09", "A12"]),
        span,
    ),
    min_size=1,
    max_size=5,
)
opt_outs = st.lists(
    st.builds(lambda customer, days: Span(customer, *days), st.sampled_from(["K1", "K2"]), span), max_size=2
)
frames = st.sampled_from(
    [
        frame(size=3),
        frame(size=50, population=Population(channel=("phone", "chat"))),
        frame(design="quota", size=None, per_colleague=2),
        frame(scorecards={"phone": "desk@1"}, population=Population(minimum_seconds=60)),
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(row, max_size=25), notices, staff, acks, spells, opt_outs, frames, st.integers(0, 9))
def test_the_draw_is_what_csv_and_heap_give(
    connection, tmp_path, rows, told, staff, acks, spells, opt_outs, asked, seed
):
    text = "".join(
        f"T{n},{day} 10:00,{agent},{channel},{customer},{talk}\n"
        for n, (day, agent, channel, customer, talk) in enumerate(rows)
    )
    basis = ground([*told, *staff], acks, spells, opt_outs, sampled=["T3", "T5"])
    found = draw(connection, tmp_path, text, asked, basis, seed=str(seed))
    excluded, picked = oracle(text, asked, basis, MAY, str(seed))
    assert found.excluded == excluded
    assert {stratum: [row["id"] for row in rows] for stratum, rows in found.rows.items()} == picked
    assert found.population == sum(excluded.values()) + sum(found.eligible.values())


# --- published vectors and laws ---


def calls(numbers):
    return "".join(f"T{n:05},2026-05-{1 + n % 31:02} 10:00,A07,phone,K,60\n" for n in numbers)


def test_the_simple_sample_of_eight_among_the_test_vectors(connection, tmp_path):
    # the list that every implementation of these permanent random numbers must give for seed 2026
    found = draw(connection, tmp_path, calls(range(1, 1001)), frame(), ground(OPEN, people=[A07]))
    assert ids(found) == ["T00226", "T00203", "T00733", "T00507", "T00151", "T00840", "T00364", "T00876"]
    assert found.eligible == {"all": 1000}


@pytest.mark.parametrize(
    "design", [{"design": "simple", "size": 100}, {"design": "quota", "size": None, "per_colleague": 100}]
)
def test_shuffled_rows_change_nothing_and_150_contain_100(connection, tmp_path, design):
    numbers = list(range(1, 601))
    basis = ground(OPEN, people=[A07])
    first = ids(draw(connection, tmp_path, calls(numbers), frame(**design), basis))
    random.Random(7).shuffle(numbers)
    again = draw(connection, tmp_path, calls(numbers), frame(**design), basis)
    assert ids(again) == first
    assert len(first) == 100
    more = {name: 150 if size == 100 else size for name, size in design.items()}
    assert ids(draw(connection, tmp_path, calls(numbers), frame(**more), basis))[:100] == first


def test_a_removed_row_disturbs_nothing_else(connection, tmp_path):
    basis = ground(OPEN, people=[A07])
    before = ids(draw(connection, tmp_path, calls(range(1, 1001)), frame(), basis))
    after = ids(draw(connection, tmp_path, calls(n for n in range(1, 1001) if n != 203), frame(), basis))
    assert after[:-1] == [id_ for id_ in before if id_ != "T00203"]


def test_a_person_with_two_lines_for_the_same_days_is_one_person(connection, tmp_path):
    # one line for any source, one for this source: both mean p_a07
    people = [Person("p_a07", "", "A07"), A07, Person("p_a07", "telephony", "A07", date(2026, 5, 1), date(2026, 5, 31))]
    found = draw(connection, tmp_path, calls(range(1, 6)), frame(), ground(OPEN, people=people))
    assert found.eligible == {"all": 5}
    assert sorted(ids(found)) == ["T00001", "T00002", "T00003", "T00004", "T00005"]


def test_agent_ids_that_look_the_same_are_the_same(connection, tmp_path):
    decomposed = Person("p_e", "telephony", "É1")
    found = draw(
        connection, tmp_path, "T1,2026-05-04 10:00, É1 ,phone,K,60\n", frame(), ground(OPEN, people=[decomposed])
    )
    assert ids(found) == ["T1"]


def test_each_transaction_counts_under_its_first_reason_only(connection, tmp_path):
    # no notice on chat, the customer opted out, nobody knows the agent: counted as notice-gap and nowhere else
    told = [notice("n-phone", "customers", "phone", date(2020, 1, 1), None)]
    found = draw(
        connection,
        tmp_path,
        "T1,2026-05-04 10:00,A99,chat,K1,60\n",
        frame(),
        ground(told, people=[A07], opt_outs=[Span("K1", date.min, date.max)]),
    )
    assert (found.excluded, found.eligible, found.rows) == ({"notice-gap": 1}, {}, {})


def test_local_days_decide_not_utc_days(connection, tmp_path):
    # 00:30 on 1 May in London is still 30 April in UTC
    text = "T1,2026-05-01 00:30,A07,phone,K,60\nT2,2026-06-01 00:30,A07,phone,K,60\n"
    assert ids(draw(connection, tmp_path, text, frame(), ground(OPEN, people=[A07]))) == ["T1"]


# British Summer Time 2026: clocks skip 01:00 to 02:00 on 29 March and repeat 01:00 to 02:00 on 25 October
# (Summer Time Order 2002: last Sundays of March and October at 01:00 UTC).
MIDNIGHTS = (
    ("2026-03-28 23:59:59", False),
    ("2026-03-29 00:00:00", True),
    ("2026-03-29 01:30:00", True),
    ("2026-03-29 23:59:59", True),
    ("2026-03-30 00:00:00", False),
    ("2026-10-24 23:59:59", False),
    ("2026-10-25 00:00:00", True),
    ("2026-10-25 01:30:00", True),
    ("2026-10-25 23:59:59", True),
    ("2026-10-26 00:00:00", False),
)


@pytest.mark.parametrize("who", ["customers", "colleagues"])
def test_c05_a_notice_holds_from_midnight_to_midnight_also_when_the_clocks_change(connection, tmp_path, who):
    days = (date(2026, 3, 29), date(2026, 10, 25))
    told = [notice(f"n-{day}", who, "phone" if who == "customers" else "all", day, day) for day in days]
    basis = ground([*told, OPEN[who == "customers"]], people=[A07])
    text = "".join(f"T{n},{started},A07,phone,K,60\n" for n, (started, _) in enumerate(MIDNIGHTS))
    year = parse_period("2026-01-01..2026-12-31")
    found = draw(connection, tmp_path, text, frame(), basis, period=year)
    assert sorted(ids(found)) == [f"T{n}" for n, (_, eligible) in enumerate(MIDNIGHTS) if eligible]


def test_the_first_and_the_last_day_of_every_span_count(connection, tmp_path):
    first, last = date(2026, 5, 12), date(2026, 5, 14)
    text = "".join(f"T{n},2026-05-{n} 10:00,A07,phone,K1,60\n" for n in range(11, 17))
    inside, outside = ["T12", "T13", "T14"], ["T11", "T15", "T16"]
    told = [notice("n-phone", "customers", "phone", first, last), OPEN[1]]
    knew = [OPEN[0], notice("n-staff", "colleagues", "all", first, last)]
    here = Person("p_a07", "telephony", "A07", first, last)
    for basis, expected in (
        (ground(told, people=[A07]), inside),
        (ground(knew, people=[A07]), inside),
        (ground(OPEN, people=[here]), inside),
        (ground(OPEN, people=[A07], opt_outs=[Span("K1", first, last)]), outside),
    ):
        assert sorted(ids(draw(connection, tmp_path, text, frame(), basis))) == expected


@pytest.mark.parametrize(
    ("cadence", "typed", "drawn_as"),
    [
        ("week", "2026-05-11..2026-05-17", "2026-W20"),
        ("month", "2026-05-01..2026-05-31", "2026-05"),
        ("quarter", "2026-Q2", "2026-Q2"),
        ("week", "2026-05-12..2026-05-18", ""),
        ("week", "2026-05-11..2026-05-24", ""),
        ("week", "2026-05", ""),
        ("month", "2026-W20", ""),
        ("quarter", "2026-05", ""),
    ],
)
def test_a_frame_is_drawn_by_whole_periods_of_its_cadence_in_one_spelling(cadence, typed, drawn_as):
    if drawn_as:
        assert whole_period(frame(cadence=cadence), parse_period(typed)).key == drawn_as
    else:
        with pytest.raises(NotOfCadence, match=f"is not one whole {cadence}"):
            whole_period(frame(cadence=cadence), parse_period(typed))


def test_what_each_stratum_had_was_asked_for_and_gave_is_recorded(drawn):
    write(drawn, {"definitions/frames/weekly.yaml": FRAME.replace("1\nowner", "2\nowner").replace("e: 2", "e: 3")})
    done(run("frame agree weekly", drawn, "p_mgr1", "2026-06-02"))
    done(run("sample draw weekly --period 2026-W20", drawn, "p_tl1", "2026-06-02"))
    with (drawn / "records/2026/strata.csv").open(newline="", encoding="utf-8") as table:
        found = [(row["stratum"], row["eligible"], row["asked"], row["drawn"]) for row in csv.DictReader(table)]
    # week 20: two calls and a chat each, but nobody was told about chats from 11 to 17 May
    assert found[-3:] == [(person, "2", "3", "2") for person in ("p_a07", "p_a09", "p_a12")]


def test_the_day_of_an_earlier_draw_is_told_as_the_clock_of_the_place_shows_it(drawn):
    # 00:30 in London in summer is still the day before in UTC
    done(run("sample draw weekly --period 2026-W20", drawn, "p_tl1", "2026-06-02T00:30"))
    again = done(run("sample draw weekly --period 2026-W20", drawn, "p_tl1", "2026-06-03"))
    assert "was drawn on 2 June 2026 as" in again.err
    write(drawn, {"definitions/frames/weekly.yaml": FRAME.replace("version: 1", "version: 2")})
    done(run("frame agree weekly", drawn, "p_mgr1", "2026-06-02T00:30"))
    assert "on 2026-06-02" in done(run("frame show weekly", drawn)).out
