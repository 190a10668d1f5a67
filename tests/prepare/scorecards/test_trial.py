from decimal import Decimal

import in_memory
import pytest

from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.trial import TrialRating, Tried, agreement, faults_of, in_words, with_verdict
from qacli.stats import cohen_kappa

SIX = Decimal("0.6")
# R irrCAC 1.0 README, cont3x3abstractors: AC1 .8493305, quadratic kappa .8921569
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]


def rated(table, points):
    """The ratings of two scorers, from their table of counts: a transaction for each unit."""
    units = [(points[k], points[j]) for k, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    return [
        TrialRating(trial="m_1", transaction=f"t{number}", scorer=scorer, criterion="need", point=point)
        for number, both in enumerate(units)
        for scorer, point in zip(("p_ev1", "p_ev2"), both, strict=True)
    ]


@pytest.fixture
def binary(read):
    return read(Scale, in_memory.BINARY)


@pytest.fixture
def three(read):
    text = in_memory.POINT5[: in_memory.POINT5.index("points:")]
    points = "[{point: 1, value: 0, label: far off}, {point: 2, value: 50, label: near}, {point: 3, value: 100, label: there}]"
    return read(Scale, f"{text}points: {points}\nmet_at: 3\n")


def test_c02_a_binary_scale_is_judged_by_ac1(binary):
    # R 4.2.2 irrCAC 1.0: 95 passed by both, 3 and 2 by one of them: AC1 .9474, kappa -.0246
    found = agreement(binary, rated([[0, 2], [3, 95]], ["not_met", "met"]), SIX)
    assert found.coefficient.estimate == pytest.approx(0.9474375821288, abs=1e-9)
    assert found.kappa == pytest.approx(-0.02459016393443, abs=1e-9)
    assert (found.exact, found.units, found.transactions, found.scorers) == (pytest.approx(0.95), 100, 100, 2)
    assert found.verdict == "reached"


def test_c02_an_ordinal_scale_is_judged_by_ac2_with_weighted_kappa_beside_it(three):
    found = agreement(three, rated(ABSTRACTORS, ["1", "2", "3"]), SIX)
    assert found.coefficient.method == "AC2 (linear weights) 95%"
    assert found.exact == pytest.approx(0.89)
    assert found.kappa == pytest.approx(0.8921569, abs=1e-7)
    assert cohen_kappa(ABSTRACTORS, "quadratic").estimate == found.kappa


def test_c02_what_cannot_be_told_is_said(binary):
    few = agreement(binary, rated([[3, 1], [1, 4]], ["not_met", "met"]), SIX)
    assert (few.coefficient.estimate, few.kappa, few.verdict) == (None, None, "undefined")
    assert in_words(few) == (
        "78 % the same; coefficient undefined: 9 ratings by two people, 10 are needed; "
        "9 ratings of 9 transactions by 2 people"
    )
    same = agreement(binary, rated([[0, 0], [0, 20]], ["not_met", "met"]), SIX)
    assert same.verdict == "undefined"
    assert "100 % the same; coefficient undefined: every rating is the same" in in_words(same)
    alone = [row for row in rated([[5, 0], [0, 20]], ["not_met", "met"]) if row.scorer == "p_ev1"]
    one = agreement(binary, alone, SIX)
    assert (one.verdict, one.exact) == ("undefined", None)
    assert "nothing was rated by two people" in in_words(one)


@pytest.mark.parametrize(
    ("table", "verdict", "said"),
    [
        ([[10, 0], [1, 9]], "reached", "reaches 0.6"),
        ([[8, 1], [2, 9]], "reached, cannot tell", "reaches 0.6, but the interval holds it"),
        ([[7, 3], [2, 8]], "below, cannot tell", "below 0.6, but the interval holds it"),
        ([[20, 20], [20, 20]], "below", "below 0.6, so that the scale cannot be approved on it"),
    ],
)
def test_c02_the_interval_decides_how_sure_the_verdict_is(binary, table, verdict, said):
    found = agreement(binary, rated(table, ["not_met", "met"]), SIX)
    assert found.verdict == verdict
    assert said in with_verdict(found, SIX)


def test_not_applicable_is_counted_apart_and_is_no_point(binary):
    rows = rated([[10, 0], [0, 10]], ["not_met", "met"])
    rows += [
        TrialRating(trial="m_1", transaction="x", scorer=scorer, criterion="need", point=point)
        for scorer, point in (("p_ev1", "na"), ("p_ev2", "met"))
    ]
    found = agreement(binary, rows, SIX)
    assert (found.applicability, found.units, found.transactions) == (1, 20, 21)


def test_the_criteria_of_one_transaction_are_no_draws_of_their_own(binary):
    rows = rated([[8, 1], [2, 9]], ["not_met", "met"])
    copies = [
        TrialRating(trial="m_1", transaction=row.transaction, scorer=row.scorer, criterion=f"c{n}", point=row.point)
        for row in rows
        for n in range(4)
    ]
    one, four = agreement(binary, rows, SIX), agreement(binary, copies, SIX)
    assert four.units == 4 * one.units
    assert four.coefficient.se == pytest.approx(one.coefficient.se)


def test_a_line_tells_all_its_faults(binary, three):
    scales = {"binary@1": binary, "point5@1": three}
    users = {"binary@1": {"idv"}, "point5@1": {"check"}}
    found = faults_of(Tried(" ", "Ruth", "idv", "4"), scales, users, ["p_ev1"])
    assert [each.code for each in found] == ["no-transaction", "unknown-person", "unknown-point"]
    assert [each.code for each in faults_of(Tried("t", "p_ev1", "idw", "4"), scales, users, ["p_ev1"])] == [
        "unknown-criterion"
    ]
    assert faults_of(Tried("t", "p_ev1", "idv", "na"), scales, users, ["p_ev1"]) == []


def test_a_scale_that_no_card_uses_yet_is_tried_on_any_criterion(binary):
    assert faults_of(Tried("t", "p_ev1", "new-one", "met"), {"binary@1": binary}, {}, ["p_ev1"]) == []
