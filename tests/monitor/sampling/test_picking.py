"""The one query that picks: which side its joins look up, what it does in one pass, and what it refuses."""

from __future__ import annotations

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from command_line import run
from desk import done
from populations import A07, HEADER, MAY, OPEN, PROFILE, draw, frame, ground, notice

from qacli.engine.connection import PROBE_THE_POPULATION, connect
from qacli.files.faults import FileFaults
from qacli.monitor.sampling.eligibility import _pieces
from qacli.monitor.sampling.picking import pick
from qacli.prepare.notices.notice import Span
from qacli.prepare.people import Person
from qacli.sources.population import Population, open_population, unread_population

LONDON = ZoneInfo("Europe/London")
CALLS = HEADER + "".join(f"T{n},2026-05-{1 + n % 31:02} 10:00,A07,phone,K{n},60\n" for n in range(400))


def table(folder, text):
    path = folder / "calls.csv"
    path.write_text(text, "utf-8")
    return path


class Noting:
    """An engine that notes what it is asked."""

    def __init__(self, connection):
        self.connection, self.asked = connection, []

    def execute(self, query, parameters=()):
        self.asked.append((query, parameters))
        return self.connection.execute(query, parameters)


def joins(connection, query, parameters):
    """Return (whether the population is on the probe side, whether on the build side) of each hash join of a query."""

    def reads(node):
        return "READ_CSV" in json.dumps(node)

    def walk(node):
        probe_and_build = node.get("children", [])
        if node["name"].strip() == "HASH_JOIN":
            yield tuple(reads(side) for side in probe_and_build)
        for child in probe_and_build:
            yield from walk(child)

    (_, plan), *_ = connection.execute(f"EXPLAIN (FORMAT json) {query}", parameters).fetchall()
    return [found for node in json.loads(plan) for found in walk(node)]


def test_the_population_is_the_probe_side_of_every_join(tmp_path):
    many = ground(
        OPEN,
        people=[Person(f"p_{n}", "telephony", f"A{n}") for n in range(5_000)],
        opt_outs=[Span(f"K{n}", date(2026, 1, 1), date.max) for n in range(20_000)],
        sampled=["T1"],
    )
    # a connection of its own: what it is told to do must reach no other test
    with connect() as connection, open_population(connection, [table(tmp_path, CALLS)], PROFILE, LONDON) as opened:
        noting = Noting(connection)
        pick(Population(noting, (), (), lambda _: (opened.figures, None)), frame(size=3), MAY, "7", many)
        query, parameters = next(each for each in noting.asked if "arg_min" in each[0])
        found = joins(connection, query, parameters)
        assert found == [(True, False)] * 4
        assert "disabled_optimizers" in PROBE_THE_POPULATION
        connection.execute("RESET disabled_optimizers")
        assert (False, True) in joins(connection, query, parameters), "the optimiser would not have turned one round"


def test_the_first_question_is_answered_by_the_pass_that_checks(connection, tmp_path):
    basis, noting = ground(OPEN, people=[A07], sampled=["T9"]), Noting(connection)
    with unread_population(noting, [table(tmp_path, CALLS)], PROFILE, LONDON) as population:
        first = pick(population, frame(), MAY, "7", basis)
        assert population.figures.records == 400
        assert pick(population, frame(), MAY, "7", basis) == first
        query, parameters = next(each for each in noting.asked if "cells AS MATERIALIZED" in each[0])
        ((_, plan),) = connection.execute(f"EXPLAIN ANALYZE {query}", parameters).fetchall()
        assert "STREAMING_FANOUT" in plan, "the rows are kept, which takes a gigabyte for 10 million"
    assert first.excluded == {"already-sampled": 1}


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("T2,2026-05-04 10:00,A07,phone\n", (3, "E3", "ragged-row")),
        ("T2,4 May,A07,phone,K,60\n", (3, "B3", "bad-date")),
        ("T2,2026-05-04 10:00,A07,phone,K,long\n", (3, "F3", "bad-duration")),
        (" ,2026-05-04 10:00,A07,phone,K,60\n", (3, "A3", "id-blank")),
        ("T1,2026-05-04 10:00,A07,phone,K,60\n", (2, "A2", "id-twice")),
        ("T\x1b,2026-05-04 10:00,A07,phone,K,60\n", (3, "A3", "unsafe-character")),
        (f"T2,2026-05-04 10:00,A07,phone,{'K' * 70_000},60\n", (3, "E3", "long-cell")),
    ],
)
def test_a_row_that_cannot_be_read_is_told_with_its_place_and_no_pick_comes_of_the_rest(
    connection, tmp_path, line, place
):
    with pytest.raises(FileFaults) as caught:
        draw(connection, tmp_path, "T1,2026-05-04 10:00,A07,phone,K,60\n" + line, frame(), ground(OPEN, people=[A07]))
    fault = caught.value.faults[0]
    assert (fault.line, fault.cell, fault.code) == place


def test_a_malformed_row_is_told_with_its_line_and_cell_and_nothing_is_drawn(agreed):
    export = agreed / "exports/may.csv"
    whole = export.read_text("utf-8")
    export.write_text(whole + "T999,04/05/2026 10:00\n", "utf-8")
    refused = run("sample draw weekly --period 2026-W20", agreed, "p_tl1", "2026-06-02")
    assert refused.code != 0
    assert f"may.csv:{whole.count(chr(10)) + 1}" in refused.err
    assert "drew" not in refused.err
    assert not list(agreed.glob("records/*/draws.csv"))
    export.write_text(whole, "utf-8")
    done(run("sample draw weekly --period 2026-W20", agreed, "p_tl1", "2026-06-02"))
    assert list(agreed.glob("records/*/draws.csv"))


def test_years_far_from_the_first_row_have_the_clock_of_their_own_summer(connection, tmp_path):
    # British Summer Time in 2026, none of it near 2011
    text = "T1,2011-01-04 10:00,A07,phone,K,60\nT2,2026-05-04 10:00,A07,phone,K,60\n"
    found = draw(connection, tmp_path, text, frame(), ground(OPEN, people=[A07]))
    assert [(row["id"], row["started_at"]) for row in found.rows["all"]] == [("T2", datetime(2026, 5, 4, 9))]


def test_channels_that_nobody_names_are_treated_as_the_rest(connection, tmp_path):
    told = [notice("n-phone", "customers", "phone", date(2020, 1, 1), None), OPEN[1]]
    text = "".join(
        f"T{n},2026-05-04 10:00,A07,{channel},K,60\n" for n, channel in enumerate(["phone", "fax", "any", ""])
    )
    asked = frame(scorecards={"phone": "desk@1", "any": "rest@2"})
    found = draw(connection, tmp_path, text, asked, ground(told, people=[A07]))
    assert (found.excluded, found.eligible) == ({"notice-gap": 3}, {"all": 1})
    found = draw(connection, tmp_path, text, asked, ground(OPEN, people=[A07]))
    assert {row["id"]: row["card"] for row in found.rows["all"]} == {"T0": "desk@1", "T1": "rest@2", "T2": "rest@2"}
    assert found.excluded == {"notice-gap": 1}  # without a channel nobody can say what was told


def test_mystery_shopping_needs_its_own_telling_on_its_own_channel(connection, tmp_path):
    text = "T1,2026-05-04 10:00,A07,phone,K,60\nT2,2026-05-04 10:00,A07,chat,K,60\n"
    asked = frame(technique={"phone": "mystery-shop@1", "any": "recording"})
    monitoring = OPEN[1].model_copy(update={"covers": ("monitoring",)})
    found = draw(connection, tmp_path, text, asked, ground([OPEN[0], monitoring], people=[A07]))
    assert (found.excluded, [row["id"] for row in found.rows["all"]]) == ({"no-acknowledgement": 1}, ["T2"])


def test_days_are_cut_where_telling_begins_and_ends():
    day = [date(2026, 5, n) for n in range(1, 10)]
    told = [Span("p", day[1], day[2]), Span("p", day[4], date.max)]
    assert list(_pieces(day[0], day[6], told)) == [
        (day[0], day[0], False),
        (day[1], day[2], True),
        (day[3], day[3], False),
        (day[4], day[6], True),
    ]
    assert list(_pieces(day[2], date.max, told))[-1] == (day[4], date.max, True)
    assert list(_pieces(day[3], day[3], told)) == [(day[3], day[3], False)]
    assert list(_pieces(day[0], day[1], [])) == [(day[0], day[1], False)]
