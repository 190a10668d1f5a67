"""Summaries by colleague, team, channel, reason and for the desk."""

from __future__ import annotations

from datetime import date

import pytest

from qacli.understand.facts import Selection
from qacli.understand.notes import NOTHING
from qacli.understand.summary import SCORE_COLUMNS, by_channel, by_colleague, by_reason, by_team, desk

ALL = Selection()


def row_of(summary, **key):
    frame = summary.frame
    for name, value in key.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1
    return frame.iloc[0]


def test_a_rank_is_a_whole_number_and_the_notes_say_of_what(desk_of):
    table = {"p_ev1": {"p_a": [60, 62, 64, 61, 63], "p_b": [90, 92, 94, 91, 93]}}
    table["p_ev2"] = {name: [score + 2 for score in scores] for name, scores in table["p_ev1"].items()}
    table["p_ev1"]["p_c"], table["p_ev2"]["p_c"] = [75, 77, 79, 76, 78], [77, 79, 81, 78, 80]
    lines = [f"{by} {who} {score}" for by, each in table.items() for who, scores in each.items() for score in scores]
    summary = by_colleague(desk_of("\n".join(["by colleague score", *lines])), ALL)
    ranks = dict(zip(summary.frame["colleague"], summary.frame["rank"], strict=True))
    assert ranks == {"p_a": 3, "p_b": 1, "p_c": 2}
    assert {type(rank) for rank in ranks.values()} == {int}
    assert "by the shrunk mean, 1 the highest; the least reliability is 1.00" in " ".join(summary.notes)


def test_c10_three_evaluations_are_too_few_and_not_ranked(desk_of):
    view = desk_of("""
        colleague score
        p_a24     61
        p_a24     70
        p_a24     75
        p_a24     80
        p_a24     64
        p_a23     97
        p_a23     98
        p_a23     99
    """)
    summary = by_colleague(view, ALL)
    few = row_of(summary, colleague="p_a23")
    assert (few.n, few.minimum, few.maximum, few.verdict) == (3, 97, 99, "too few")
    assert summary.frame[["mean", "low", "high"]].isna().all(axis=1).tolist() == [True, False]
    # the better score stands first only because its id does
    assert summary.frame["colleague"].tolist() == ["p_a23", "p_a24"]
    assert summary.frame["rank"].isna().all()
    assert any("nobody is ranked" in note for note in summary.notes)
    assert summary.statement == "8 observations of 2 colleagues; enough for a mean: 1 of 2"


def test_the_order_is_of_names_and_not_of_scores(desk_of):
    view = desk_of("""
        colleague score
        p_b 90
        p_a 10
        p_c 50
    """)
    assert by_colleague(view, ALL).frame["colleague"].tolist() == ["p_a", "p_b", "p_c"]


def test_a_colleague_gets_a_t_interval(desk_of):
    # R's sleep data (Student 1908), t.test of the ten differences: 1.58, 0.7001142 to 2.4598858; here above 50
    view = desk_of("score\n51.2\n52.4\n51.3\n51.3\n50.0\n51.0\n51.8\n50.8\n54.6\n51.4")
    found = row_of(by_colleague(view, ALL), colleague="p_a01")
    assert found["mean"] == pytest.approx(51.58)
    assert (found.low, found.high) == pytest.approx((50.7001142, 52.4598858), abs=1e-6)
    assert (found.n, found.verdict, found.method) == (10, "interval", "t 95%")


def test_the_least_n_is_a_setting(desk_of):
    table = "score\n60\n70\n80\n90\n75"
    assert by_colleague(desk_of(table), ALL).frame["verdict"].tolist() == ["interval"]
    assert by_colleague(desk_of(table, minimum_n=6), ALL).frame["verdict"].tolist() == ["too few"]


def test_one_evaluation_shows_its_value_and_none_says_so(desk_of):
    view = desk_of("""
        colleague score
        p_a 72
        p_b -
    """)
    summary = by_colleague(view, ALL)
    one, none = row_of(summary, colleague="p_a"), row_of(summary, colleague="p_b")
    assert (one.n, one.minimum, one.maximum, one.verdict) == (1, 72, 72, "too few")
    assert (none.drawn, none.observed, none.n, none.verdict) == (1, 0, 0, "no evaluations")
    assert summary.frame["minimum"].isna().tolist() == [False, True]


def test_equal_scores_have_no_interval_and_the_note_says_why(desk_of):
    view = desk_of("score\n" + "90\n" * 5)
    found = by_colleague(view, ALL).frame.iloc[0]
    assert (found["mean"], found.verdict, found.note) == (90, "no interval", "no interval: no variation")


def test_limits_stop_where_scores_do(desk_of):
    view = desk_of("score\n" + "100\n" * 4 + "80")
    assert by_colleague(view, ALL).frame.iloc[0]["high"] == 100


def test_failed_criticals_are_shares_apart_from_the_score(desk_of):
    view = desk_of("score compliance\n" + "90 0\n" * 7 + "70 2\n" * 3)
    found = by_colleague(view, ALL).frame.iloc[0]
    assert found["mean"] == pytest.approx(84)
    # limits as R's prop.test without continuity correction gives them for 3 of 10
    assert (found.compliance, found.compliance_share) == (3, 0.3)
    assert (found.compliance_low, found.compliance_high) == pytest.approx((0.1077913, 0.6032219), abs=1e-6)
    assert (found.customer, found.customer_share) == (0, 0)


def test_scores_that_a_critical_set_to_0_are_told_and_not_averaged(desk_of):
    view = desk_of("score compliance\n" + "80 0\n" * 3 + "90 0\n" * 3 + "0 1\n" * 2, compliance="zero")
    summary = by_colleague(view, ALL)
    found = summary.frame.iloc[0]
    assert (found.observed, found.n, found["mean"], found.compliance_share) == (8, 6, 85, 0.25)
    assert any("set the score to 0" in note and note.endswith(": 2") for note in summary.notes)


def test_a_card_that_sets_criticals_apart_keeps_its_zero(desk_of):
    view = desk_of("score compliance\n" + "80 0\n" * 5 + "0 1")
    assert by_colleague(view, ALL).frame.iloc[0]["n"] == 6


QUOTA = """
    stratum held team  colleague score
    p_a     10   north p_a       80
    p_a     10   north p_a       90
    p_a     10   north p_a       70
    p_b     90   north p_b       60
    p_b     90   north p_b       50
    p_b     90   north p_b       40
"""


def test_a_quota_sample_is_weighted_by_what_each_colleague_handled(desk_of):
    # 0.1 * 80 + 0.9 * 50 = 53, not (80 + 50) / 2 = 65; variance 0.01 * 0.7 * 100/3 + 0.81 * (87/90) * 100/3 by hand,
    # t(4) = 2.776445
    summary = desk(desk_of(QUOTA), ALL)
    found = row_of(summary, desk="all")
    assert found["mean"] == pytest.approx(53)
    reach = 2.776445 * (0.01 * 0.7 * 100 / 3 + 0.81 * 87 / 90 * 100 / 3) ** 0.5
    assert (found.low, found.high) == pytest.approx((53 - reach, 53 + reach), abs=1e-5)
    assert summary.statement == f"desk, phone@1: mean 53.0 ({53 - reach:.1f} to {53 + reach:.1f}, n 6)"
    assert "weighted by the design: 2 strata of 100 transactions, 6 of them observed" in summary.notes


def test_a_team_that_cuts_across_the_strata_keeps_the_rest_as_zeros(desk_of):
    # stratum of 8, 4 drawn, 3 of them north with 60, 80, 100: mean 80; residuals -20, 0, 20, 0 have the variance
    # 800/3, so se = sqrt(8 * 4 * (800/3) / 4) / 6 = 7.698; t(2) = 4.302653
    view = desk_of(
        """
        stratum held team  score
        phone   8    north 60
        phone   8    north 80
        phone   8    north 100
        phone   8    south 10
    """,
        minimum_n=2,
    )
    north = row_of(by_team(view, ALL), team="north")
    assert (north["mean"], north.n) == (80, 3)
    assert north.low == pytest.approx(80 - 4.302653 * 7.698004, abs=1e-4)
    assert row_of(by_team(view, ALL), team="south").verdict == "too few"


def test_a_stratum_with_one_evaluation_has_no_interval_and_says_why(desk_of):
    view = desk_of("""
        stratum held score
        a       50   60
        a       50   70
        a       50   80
        a       50   90
        b       50   40
    """)
    found = desk(view, ALL).frame.iloc[0]
    assert (found["mean"], found.verdict) == (57.5, "no interval")
    assert found.note == "variance unknown: a stratum holds one evaluation"


def test_channels_and_reasons_have_their_own_rows(desk_of):
    view = desk_of(
        """
        channel reason score
        phone   card   60
        chat    .      80
    """,
        minimum_n=2,
    )
    assert by_channel(view, ALL).frame["channel"].tolist() == ["chat", "phone"]
    assert by_reason(view, ALL).frame["reason"].tolist() == ["card", "not stated"]


def test_versions_of_a_card_are_never_mixed(desk_of):
    view = desk_of("card score\n" + "phone@1 60\n" * 5 + "phone@2 90\n" * 5)
    summary = by_team(view, ALL)
    assert summary.frame[["scorecard", "n", "mean"]].values.tolist() == [["phone@1", 5, 60.0], ["phone@2", 5, 90.0]]
    assert "scorecards: phone@1, phone@2; rows never mix their versions" in summary.notes


@pytest.mark.parametrize("summarise", [by_colleague, by_team, by_channel, by_reason, desk])
def test_nothing_observed_is_said_over_an_empty_table(desk_of, summarise):
    view = desk_of("""
        day        score
        2026-05-14 -
        2026-05-15 80
    """)
    summary = summarise(view, Selection(date(2026, 5, 14), date(2026, 5, 14)))
    assert summary.frame.empty
    assert tuple(summary.frame.columns)[1 : 1 + len(SCORE_COLUMNS)] == SCORE_COLUMNS
    assert (NOTHING in summary.notes, summary.statement) == (False, NOTHING)
    assert "drawn 1, observed 0, 1 not yet observed and taken to be missing at random" in summary.notes


def test_columns_have_the_same_types_with_and_without_rows(desk_of):
    full, empty = (by_team(desk_of(table), ALL).frame for table in ("score\n80", "score\n-"))
    assert full.dtypes.to_dict() == empty.dtypes.to_dict()


def test_the_limits_of_a_mean_pass_100_only_where_the_card_lets_scores_do_so(desk_of):
    table = "score\n104\n90\n110\n108\n99"
    [capped] = by_colleague(desk_of(table), ALL).frame["high"]
    [open_] = by_colleague(desk_of(table, cap="none"), ALL).frame["high"]
    # t interval of these five: 102.2 +- 2.776 x 8.012 / sqrt(5)
    assert (capped, open_) == (100, pytest.approx(112.15, abs=0.01))


def test_scores_that_a_failed_critical_lowered_are_in_the_mean_and_counted(desk_of):
    table = "score compliance customer\n" + "80 0 0\n" * 4 + "50 1 0\n" + "0 1 1\n"
    found = by_colleague(desk_of(table, compliance={"deduct": 30}, customer="zero"), ALL)
    assert found.frame[["n", "mean"]].values.tolist() == [[5, 74]]
    assert "in the means as a failed critical lowered them (see the shares of criticals): 1" in found.notes
    assert not any("lowered" in note for note in by_colleague(desk_of(table), ALL).notes)


def test_among_many_draws_the_only_one_of_its_design_is_told_by_its_own_id(desk_of):
    lines = [f"d_{number} stratified" for number in range(1, 7)] + ["d_7 systematic"]
    notes = by_channel(desk_of("\n".join(["draw design", *lines])), ALL).notes
    assert any(note.startswith("6 draws of weekly@1") for note in notes)
    assert [note.partition(":")[0] for note in notes if note.startswith(("draw ", "1 draws"))] == ["draw d_7"]
