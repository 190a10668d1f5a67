"""Which observations count, and what is said of the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from qacli.monitor.sampling.draw import Extension, Item
from qacli.understand.facts import Selection, observations, ratings, sample
from qacli.understand.summary import by_colleague, desk

NOON = datetime(2026, 5, 18, 12, tzinfo=UTC)


def test_an_observation_stands_beside_its_item_draw_and_stratum(desk_of):
    view = desk_of("""
        stratum held colleague score
        phone   40   p_a       80
    """)
    found = observations(view, Selection()).iloc[0]
    assert (found["item"], found["observation"], found["draw"], found["stratum"]) == ("t_1-1", "o_1", "d_1", "phone")
    assert (found["held"], found["weight"], found["probability"], found["frame"]) == (40, 10.0, 0.1, "weekly@1")
    assert (found["evaluator"], found["scorecard"], found["colleague"]) == ("p_ev1", "phone@1", "p_a")


def test_days_are_local_days_of_the_transaction_and_both_ends_count(desk_of):
    view = desk_of("""
        day        score
        2026-05-10 1
        2026-05-11 2
        2026-05-17 3
        2026-05-18 4
    """)
    week = observations(view, Selection(date(2026, 5, 11), date(2026, 5, 17)))
    assert week["score"].tolist() == [2, 3]
    assert observations(view, Selection(from_=date(2026, 5, 17)))["score"].tolist() == [3, 4]


@pytest.mark.parametrize(
    ("selection", "scores"),
    [
        (Selection(channel="chat"), [1]),
        (Selection(team="south"), [2]),
        (Selection(colleague="p_b"), [2, 3]),
        (Selection(channel="phone", colleague="p_b"), [2, 3]),
        (Selection(purpose="spot"), [4]),
        (Selection(purpose="all"), [1, 2, 3, 4]),
        (Selection(purpose="targeted"), []),
    ],
)
def test_a_selection_narrows(desk_of, selection, scores):
    view = desk_of("""
        draw channel team  colleague purpose  score
        d_1  chat    north p_a       routine  1
        d_1  phone   south p_b       routine  2
        d_1  phone   north p_b       routine  3
        d_2  phone   north p_a       spot     4
        d_3  phone   north p_a       targeted 5
    """)
    assert sorted(observations(view, selection)["score"]) == scores


def test_chosen_transactions_are_in_no_estimate_and_that_is_said(desk_of):
    view = desk_of("""
        draw purpose  design    score
        d_1  routine  simple    80
        d_2  targeted simple    10
        d_3  routine  judgement 20
    """)
    summary = by_colleague(view, Selection(purpose="all"))
    assert summary.frame["maximum"].tolist() == [80]
    assert "left out, because the transaction was chosen and not drawn by chance: 2" in summary.notes


def test_what_was_not_drawn_to_stand_for_others_is_in_no_figure_of_any_purpose(desk_of):
    view = desk_of("""
        draw purpose     design    score ratings
        d_1  routine     simple    80    ph-a=y
        d_2  targeted    simple    10    ph-a=n
        d_3  kpi-link    simple    10    ph-a=n
        d_4  calibration simple    10    ph-a=n
        d_5  kpi-link    judgement 20    ph-a=n
    """)
    # a chosen item has no chance at all; a purpose alone is enough to keep out what has one
    view.given = [replace(row, probability=None, weight=None) if chosen(row) else row for row in view.given]
    assert desk(view, Selection(purpose="all")).frame["maximum"].tolist() == [80]
    assert ratings(view, Selection(purpose="all"))["answer"].tolist() == ["y"]
    told = "left out, because the transaction was chosen and not drawn by chance: 4"
    assert told in by_colleague(view, Selection(purpose="all")).notes
    told = "observations of other purposes: 1 calibration, 2 kpi-link, 1 targeted"
    assert told in by_colleague(view, Selection()).notes


def chosen(row):
    return type(row) is Item and row.draw == "d_5"


def test_the_weight_in_force_is_that_of_the_last_extension_and_summaries_say_that_there_was_one(desk_of):
    view = desk_of("""
        draw stratum held score
        d_1  phone   100  80
        d_1  chat    50   60
    """)
    view.given += [extension("phone", 4, 0.04, 25.0), extension("phone", 5, 0.05, 20.0)]
    found = observations(view, Selection()).set_index("stratum")
    assert found["weight"].to_dict() == {"phone": 20.0, "chat": 10.0}
    assert found["probability"].to_dict() == {"phone": 0.05, "chat": 0.1}
    notes = desk(view, Selection()).notes
    assert "draw d_1 was extended on 18 May 2026, when 1 of its items had been scored" in notes


def extension(stratum, drawn, probability, weight):
    return Extension(
        id=f"xt_{drawn}",
        at=NOON,
        draw="d_1",
        stratum=stratum,
        size=drawn,
        asked=drawn,
        drawn=drawn,
        probability=probability,
        weight=weight,
        observed=1,
    )


def test_a_transaction_observed_by_several_evaluators_counts_once(desk_of):
    view = desk_of("""
        score again
        80    20
        90    -
    """)
    assert observations(view, Selection())["score"].tolist() == [80, 90]
    notes = by_colleague(view, Selection()).notes
    assert "left out, because the first observation of a transaction counts and no further one: 1" in notes
    assert "drawn 2, observed 2" in notes


def test_where_the_first_observation_is_withdrawn_the_next_one_counts(desk_of):
    view = desk_of("""
        score again
        80    20
    """)
    view.given = [row for row in view.given if row.id != "o_1"]
    assert observations(view, Selection())["score"].tolist() == [20]


def test_a_transaction_in_two_draws_counts_once(desk_of):
    view = desk_of("""
        draw transaction score
        d_1  call-a      80
        d_2  call-a      20
        d_2  call-b      60
    """)
    found = by_colleague(view, Selection())
    assert observations(view, Selection())["score"].tolist() == [80, 60]
    assert any(note.startswith("d_1 and d_2 cover some of the same days") for note in found.notes)


def test_what_was_drawn_and_not_observed_is_counted(desk_of):
    view = desk_of("score\n" + "80\n" * 25 + "-\n" * 3)
    notes = desk(view, Selection()).notes
    assert "drawn 28, observed 25, 3 not yet observed and taken to be missing at random" in notes
    assert len(sample(view, Selection()).drawn) == 28


def test_notes_name_period_purpose_source_and_exclusions(desk_of):
    notes = desk(desk_of("score\n80"), Selection(date(2026, 5, 11), date(2026, 5, 17), team="north")).notes
    assert notes[0] == "period: 11 to 17 May 2026; purpose: routine; team north"
    assert "excluded from the population before the draw: 7 notice-gap" in notes
    assert "draw d_1: frame weekly@1, 2026-W20, stratified, source exports/may.csv, sha256 9f3c9f3c9f3c" in notes


def test_a_stratum_of_which_nothing_is_observed_is_named(desk_of):
    view = desk_of("""
        stratum held score
        phone   50   80
        email   812  -
    """)
    assert (
        "nothing observed yet in stratum email of d_1: its 812 transactions are in no figure"
        in desk(view, Selection()).notes
    )


def test_part_of_a_draw_is_estimated_with_the_rest_as_zeros(desk_of):
    view = desk_of("""
        day        score
        2026-05-14 60
        2026-05-14 80
        2026-05-15 10
    """)
    found = sample(view, Selection(date(2026, 5, 14), date(2026, 5, 14)))
    assert (len(found.counted), len(found.observed)) == (3, 2)


def test_ratings_carry_the_facts_of_their_observation(desk_of):
    view = desk_of("""
        score again ratings
        80    70    greet=y,idv=n,hold=na
        -     -     greet=n
    """)
    found = ratings(view, Selection())
    assert found["criterion"].tolist() == ["greet", "idv", "hold"]
    assert (found["place"].tolist(), set(found["observation"]), set(found["held"])) == ([1, 2, 3], {"o_1"}, {100})
