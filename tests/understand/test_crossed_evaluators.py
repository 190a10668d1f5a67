"""Evaluators by what they scored: raw beside adjusted, on the desk as records hold it."""

from __future__ import annotations

import pytest

from qacli.understand.evaluators import by_evaluator
from qacli.understand.facts import Selection
from qacli.understand.notes import NOTHING

ALL = Selection()


def table(scores):
    """One line for each score: {evaluator: {colleague: scores}}."""
    lines = [
        f"{who} {colleague} {score}"
        for who, each in scores.items()
        for colleague, given in each.items()
        for score in given
    ]
    return "\n".join(["by colleague score", *lines])


# p_ev1 gives 7 more than p_ev2 to each of two colleagues, and mostly scores the weaker: both means are 75.3 and 75.3
MIXED = {
    "p_ev1": {"p_weak": [76, 78, 77, 75, 79, 77, 77], "p_good": [97]},
    "p_ev2": {"p_weak": [70, 70], "p_good": [89, 91, 90, 90, 88, 92]},
}


def test_c09_the_raw_table_misleads_and_the_adjusted_one_does_not(desk_of):
    summary = by_evaluator(desk_of(table(MIXED)), ALL)
    first, second = summary.frame.to_dict("records")
    # 79.5 and 85: p_ev1 seems the stricter by 5.5; on the same colleagues p_ev1 gives 7 more, 3.5 beside the two
    assert (first["mean"], second["mean"], first["raw"]) == (79.5, 85.0, -2.75)
    assert first["adjusted"] == pytest.approx(3.5)
    assert first["adjusted_low"] < 3.5 < first["adjusted_high"]
    assert [row["verdict"] for row in (first, second)] == ["more lenient", "stricter"]
    assert "raw: compares evaluators only if transactions were assigned to them by chance" in " ".join(summary.notes)
    assert "p_ev1 +3.5 (" in summary.statement


def test_who_shares_no_colleague_with_the_others_cannot_be_compared(desk_of):
    apart = {"p_ev1": {"p_a": [70, 71, 72, 73, 74]}, "p_ev2": {"p_b": [80, 81, 82, 83, 84]}}
    summary = by_evaluator(desk_of(table(apart)), ALL)
    assert summary.frame["adjusted"].isna().all()
    assert list(summary.frame["verdict"]) == ["cannot tell"] * 2
    assert (
        "phone@1, not adjusted, undefined: not all raters are connected by people in common: p_ev1 | p_ev2"
        in " ".join(summary.notes)
    )


def test_a_few_scores_are_told_as_too_few_and_one_evaluator_has_nobody_beside(desk_of):
    few = {**MIXED, "p_ev3": {"p_weak": [70, 71]}}
    told = by_evaluator(desk_of(table(few)), ALL).frame.to_dict("records")[-1]
    assert (told["n"], told["verdict"], told["note"]) == (2, "too few", "fewer than 5 evaluations")
    assert told["mean"] != told["mean"]
    alone = by_evaluator(desk_of(table({"p_ev1": MIXED["p_ev1"]})), ALL)
    assert "undefined: it takes two raters" in " ".join(alone.notes)


def test_versions_of_a_card_are_never_mixed_and_disputes_are_nobodys_judgement(desk_of):
    lines = table(MIXED).replace("by colleague score", "by colleague score card entered").splitlines()
    rows = [lines[0], *(f"{line} phone@{1 + number % 2} prompts" for number, line in enumerate(lines[1:]))]
    summary = by_evaluator(desk_of("\n".join([*rows, "p_rev p_weak 99 phone@1 dispute"])), ALL)
    assert list(dict.fromkeys(summary.frame["scorecard"])) == ["phone@1", "phone@2", "all cards"]
    assert "p_rev" not in set(summary.frame["evaluator"])
    assert "decided in a dispute, so nobody's own judgement, in no figure: 1" in summary.notes


def test_all_cards_side_by_side_tell_more_than_each_and_compare_nobody_across_cards(desk_of):
    # on each card p_ev1 gives 7 more to the same colleague; the second card gives everybody 20 less
    lines = ["by colleague score card"]
    for card, level in (("phone@1", 80), ("chat@1", 60)):
        for number, error in enumerate((-2, 1, 0, 3, -1, -1)):
            lines.append(f"p_ev1 p_a {level + 7 + error} {card}")
            lines.append(f"p_ev2 p_a {level - error + number % 2} {card}")
    summary = by_evaluator(desk_of("\n".join(lines)), ALL)
    both = summary.frame[summary.frame["scorecard"] == "all cards"].to_dict("records")
    assert both[0]["adjusted"] == pytest.approx(3.25)
    assert both[0]["n"] == 12
    assert both[0]["mean"] != both[0]["mean"]  # no raw mean over cards that are not alike
    widths = {row["scorecard"]: row["adjusted_high"] - row["adjusted_low"] for row in summary.frame.to_dict("records")}
    assert widths["all cards"] < min(widths["phone@1"], widths["chat@1"])
    assert summary.statement.startswith("24 observations by 2 evaluators")


def test_an_empty_desk_has_its_columns_and_says_so(desk_of):
    summary = by_evaluator(desk_of("score\n-"), ALL)
    assert (summary.frame.empty, summary.statement) == (True, NOTHING)
