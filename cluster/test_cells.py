"""Every way of writing times and durations reads on an engine as it reads from an export, or is refused as there."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from engines import write

from qacli.engine.connection import connect
from qacli.files.faults import FileFaults
from qacli.sources.population import open_population
from qacli.sources.profile import Profile
from qacli.sources.tables import population_of, report_of
from qacli.sources.warehouse import NoOrder, Table

LONDON = ZoneInfo("Europe/London")
# The clocks go forward on 29 March 2026 at 01:00 UTC and back on 25 October 2026 at 01:00 UTC (gov.uk/when-do-the-clocks-change).
NIGHTS = (
    "2026-03-29 00:59",
    "2026-03-29 01:30",
    "2026-03-29 02:00",
    "2026-10-25 00:59",
    "2026-10-25 01:30",
    "2026-10-25 02:00",
)
ALL = "SELECT id, started_at, ended_at, local_date, seconds FROM population ORDER BY id"


def profile(columns, **more):
    return Profile.model_validate(
        {"id": "p", "version": "1", "owner": "p_tl1", "from": "2026-01-01", "columns": columns, **more}
    )


def columns(started, ended, unit, **more):
    return {
        "transaction": {"column": "id"},
        "started_at": {"column": "start", **started},
        "ended_at": {"column": "end", "dates": ended},
        "seconds": {"column": "talk", "unit": unit},
        **more,
    }


def numbered(starts, ends, talks):
    """Return rows of all starts, ends and talks, each list as long as the longest needs it."""
    most = max(map(len, (starts, ends, talks)))
    return [(f"T{n:03}", starts[n % len(starts)], ends[n % len(ends)], talks[n % len(talks)]) for n in range(most)]


ISO = (
    "2026-05-01",
    "2026/5/1 9:05",
    "2026.05.01 10:00:59",
    "2024-02-29 23:59:59.25",
    "2026-05-31T10:00",
    "2026-12-31 12:30 AM",
    *NIGHTS,
)
ZONED = (
    "2026-05-01T10:00:00Z",
    "2026-05-01 10:00:00.123456+02:00",
    "2026-12-31T23:30:00-0530",
    "2026-10-25 01:30:00+00",
)
BRITISH = ("31/12/2026 10:00", "1.5.2026", "29-02-2024 12:00:01", "01/05/2026 1:05 PM", "1/5/2026 12:30:09 am")
AMERICAN = ("12/31/2026 10:00", "5.1.2026", "02-29-2024 12:00:01", "05/01/2026 1:05 PM", "10/25/2026 01:30")
WORDS = ("01-Aug-2026", "1 sep 2023 10:02", "29/FEB/2024 12:00:00.5", "30.Nov.2026 11:59 pm")
PLAIN, MINUTES, MILLIS, CLOCK = ("0", "12.5", "-3", ""), ("1.25", "90"), ("1500", "-2"), ("0:05:09", "-100:00:01")
KINDS = {
    "iso": (columns({"dates": "y-m-d"}, "d/m/y", "seconds"), numbered(ISO, BRITISH, PLAIN)),
    "zoned": (columns({"dates": "y-m-d"}, "m/d/y", "minutes"), numbered(ZONED, AMERICAN, MINUTES)),
    "words": (
        columns({"dates": "d-mon-y"}, "epoch-s", "milliseconds"),
        numbered(WORDS, ("1772329000.5", "954979200"), MILLIS),
    ),
    "short": (
        columns({"dates": "d/m/y"}, "epoch-ms", "hh:mm:ss"),
        numbered(("01/05/26", "31/12/99"), ("1772329000123",), CLOCK),
    ),
}


@pytest.mark.parametrize(("kind", "zone"), [*((kind, "Europe/London") for kind in KINDS), ("iso", "America/New_York")])
def test_times_and_durations_read_as_from_an_export(engine, tmp_path, kind, zone):
    mapped, rows = KINDS[kind]
    header, read = ("id", "start", "end", "talk"), profile(mapped, time_zone=zone)
    with connect() as connection, open_population(connection, [write(tmp_path / "e.csv", header, rows)], read, LONDON):
        expected = connection.execute(ALL).fetchall()
    engine.put(f"cells_{kind}", header, rows)
    with engine.open(f"cells_{kind}") as remote:
        found = population_of(Table(remote, engine.name, read, LONDON)).connection.execute(ALL).fetchall()
    assert found == expected
    assert all(row[1] is not None and row[3] is not None for row in expected)


def test_a_date_and_a_time_apart_and_words_for_nothing(engine, tmp_path):
    mapped = columns({"dates": "d/m/y", "time": "clock"}, "d/m/y", "seconds")
    mapped["channel"] = {"column": "how", "values": {"Tel\u00e9fono": "phone", "O'Chat\\": "chat"}}
    read = profile(mapped, missing=["", "?", "n/a"])
    header = ("id", "start", "clock", "end", "talk", "how")
    rows = [
        ("T1", "01/05/2026", "10:00", "?", "5", "Tel\u00e9fono"),
        ("T2", "02/05/2026", "n/a", "03/05/2026", "?", "O'Chat\\"),
        ("T3", "?", "10:00", " ", "", "n/a"),
        ("T4", "13/05/2026", " 23:59 ", "", "n/a", "Tele\u0301fono "),
    ]
    asked = "SELECT *  FROM population ORDER BY id"
    with connect() as connection, open_population(connection, [write(tmp_path / "e.csv", header, rows)], read, LONDON):
        expected = connection.execute(asked).fetchall()
    engine.put("apart", header, rows)
    with engine.open("apart") as remote:
        found = population_of(Table(remote, engine.name, read, LONDON)).connection.execute(asked).fetchall()
    assert found == expected
    assert [row[6] for row in expected] == ["phone", "chat", None, "phone"]


def test_columns_that_are_times_and_numbers_there(engine):
    types = {
        "postgresql": "id bigint, start timestamptz, ended timestamp, talk integer",
        "spark": "id::BIGINT AS id, start::TIMESTAMPTZ AS start, ended::TIMESTAMP AS ended, talk::INTEGER AS talk",
    }
    header = ("id", "start", "ended", "talk")
    rows = [
        ("1", "2026-05-01 23:30:00+00", "2026-05-02 00:40:00", "5"),
        ("2", "2026-12-01 00:00:00+00", "2026-12-01 00:01:00.5", "60"),
    ]
    engine.put("typed", header, rows, types[engine.name])
    read = profile(
        {**columns({"dates": "d/m/y"}, "d/m/y", "seconds"), "ended_at": {"column": "ended", "dates": "d/m/y"}}
    )
    with engine.open("typed") as remote:
        found = population_of(Table(remote, engine.name, read, LONDON)).connection.execute(ALL).fetchall()
    shown = [[str(cell) for cell in row] for row in found]
    assert shown == [
        ["1", "2026-05-01 23:30:00", "2026-05-01 23:40:00", "2026-05-02", "5.0"],
        ["2", "2026-12-01 00:00:00", "2026-12-01 00:01:00.500000", "2026-12-01", "60.0"],
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [("T1", "31/02/2026", "", "5"), ("T2", "1/2/2026", "", "5")],
            ["bad-date", "'31/02/2026' in column 'start'", "transaction T1"],
        ),
        ([("T1", "2026-02-01", "", "5")], ["bad-date", "is no date written d/m/y"]),
        ([("T9", "1/2/2026", "", "1:05")], ["bad-duration", "'1:05' in column 'talk'", "transaction T9"]),
        ([("", "1/2/2026", "", "5"), ("T2", "1/2/2026", "", "5")], ["id-blank", "1 of 2 rows"]),
        (
            [("A\u0308", "1/2/2026", "", "5"), (" \u00c4", "1/2/2026", "", "5")],
            ["id-twice", "transaction \u00c4 stands in 2 rows"],
        ),
        ([("T1\u202e", "1/2/2026", "", "5")], ["unsafe-character", "1 row with"]),
        ([("T1", "1/2/2026", "", "5\n6")], ["unsafe-character"]),
        ([("T" * 70_000, "1/2/2026", "", "5")], ["cell-too-long", "70,000 characters"]),
    ],
)
def test_what_cannot_be_read_is_refused_and_named(engine, rows, said):
    engine.put("refused", ("id", "start", "end", "talk"), rows)
    with engine.open("refused") as remote, pytest.raises(FileFaults) as refused:
        population_of(Table(remote, engine.name, profile(columns({"dates": "d/m/y"}, "d/m/y", "seconds")), LONDON))
    assert all(each in str(refused.value) for each in said), str(refused.value)


def test_a_column_that_is_not_there_and_an_order_that_is_none(engine):
    engine.put("small", ("id", "start"), [("T1", "1/2/2026")])
    with engine.open("small") as remote:
        with pytest.raises(FileFaults, match="there is no column 'talk'"):
            Table(remote, engine.name, profile(columns({"dates": "d/m/y"}, "d/m/y", "seconds")), LONDON)
        last = {"one_per": "transaction", "keep": "last"}
        with pytest.raises(NoOrder, match="have no order"):
            Table(
                remote,
                engine.name,
                profile(
                    {"transaction": {"column": "id"}, "started_at": {"column": "start", "dates": "d/m/y"}}, grain=last
                ),
                LONDON,
            )


def test_a_report_says_how_a_table_reads(engine):
    rows = [("T1", "1/2/2026 10:00", "1/2/2026 09:00", "-5"), ("T2", "3/4/2026 10:00", "", "60")]
    engine.put("odd", ("id", "start", "end", "talk"), rows)
    with engine.open("odd") as remote:
        report = report_of(
            Table(remote, engine.name, profile(columns({"dates": "d/m/y"}, "d/m/y", "seconds")), LONDON), {}
        )
    assert report.findings == (
        "started_at: d/m/y as the profile says; none of 2 cells tells it from another order",
        "ended_at: d/m/y as the profile says; none of 1 cells tells it from another order",
        "end before start: 1 transaction, for example T1",
        "negative duration: 1 transaction, for example T1",
    )
