"""Ratings against measures: linked, not linked within a margin, undecided; and what is refused."""

from __future__ import annotations

import shutil

import pytest
from command_line import run
from desk import done


def ask(line, folder):
    return run(f"compare {line}", folder, "p_tl1")


def test_c16_a_greeting_that_no_customer_cares_about_is_not_linked_and_never_called_good(answered_desk):
    found = done(ask("greet csat", answered_desk))
    assert found.out.startswith("greet and csat: not linked within 0.2 (rho -0.0")
    assert found.out.endswith(", n 312)\n")
    assert "good" not in found.out + found.err
    assert "desk@1.0 says that greet moves csat: look at the criterion" in found.err


def test_c16_what_customers_do_care_about_is_linked_with_its_limits_and_no_cause(answered_desk):
    found = done(ask("check csat", answered_desk))
    assert found.out.startswith("check and csat: linked (rho 0.3")
    assert "two things go together, not that one brings the other" in found.err
    assert "csat mean: 433 of 832 customers asked have answered (52%); the others are unknown" in found.err


def test_c16_under_210_pairs_a_missing_link_is_undecided(answered_desk):
    found = done(ask("greet csat --to 2026-05-03", answered_desk))
    assert found.out.startswith("greet and csat: undecided (rho ")
    assert found.out.endswith(", n 120)\n")


def test_c16_under_thirty_pairs_no_verdict_is_given(answered_desk):
    found = ask("greet csat --to 2026-04-05", answered_desk)
    assert (found.code, found.out) == (1, "")
    assert found.err.startswith("refused[too-few-pairs]: greet and csat: 24 transactions have both, a verdict takes 30")


def test_c16_averages_of_a_team_are_no_proof_about_a_colleague(answered_desk):
    found = ask("score csat --by team --colleague p_a01", answered_desk)
    assert found.code == 1
    assert found.err.startswith(
        "refused[team-average]: averages of teams, and of weeks, say nothing about one colleague."
    )
    told = done(ask("score csat --by team", answered_desk))
    assert told.out == "score and csat by team: too few (2 teams; a verdict takes 30)\n"
    assert "means of teams and weeks say nothing about any colleague in them" in told.err


def test_c16_what_was_drawn_to_be_compared_is_never_pooled_with_routine(answered_desk):
    routine = run("compare greet csat --purpose routine --format json", answered_desk, "p_tl1").rows
    assert [(row["purpose"], row["n"] <= 156) for row in routine] == [("routine", True)]
    summary = run("summarise desk --purpose all --format json", answered_desk, "p_tl1").rows
    assert summary[0]["observed"] == 156


def test_c16_the_grid_holds_every_criterion_and_measure_and_says_how_many_looks(answered_desk):
    found = done(run("compare --all --format table", answered_desk, "p_tl1"))
    assert [line.split()[0] for line in found.out.splitlines()[1:]] == ["idv", "greet", "check", "score"]
    assert "8 comparisons: what is called linked stands among them all (Holm, 5 %)" in found.err
    assert "*: the scorecard says that this measure should move with it" in found.err


def test_c16_where_quality_and_a_measure_part_company_other_explanations_stand_beside_it(answered_desk):
    found = done(ask("score aht --since 2026-05-11 --by team", answered_desk))
    verdicts = {line.split(",")[1]: line.rsplit(",", 1)[1] for line in found.out.splitlines()[1:]}
    assert verdicts == {"ash": "no move of the measure shown", "cedar": "part company"}
    assert "cedar: score and aht part company from 2026-05-11. It may be, and none of it is shown:" in found.err
    assert "  quality may have moved unseen: anything from " in found.err
    assert (
        "  the measure may be made to look better (Ending contacts before they are settled): read it with csat"
        in found.err
    )
    assert "period: all days; purpose: routine" in found.err


def test_contacts_of_channels_that_a_measure_leaves_out_are_no_missing_values(answered_desk, tmp_path):
    folder = shutil.copytree(answered_desk, tmp_path / "desk")
    export, kpis = folder / "exports/quarter.csv", folder / "definitions/kpis.yaml"
    head, *lines = export.read_text("utf-8").splitlines()
    chats = [line.replace(",phone,", ",chat,") if at % 4 == 0 else line for at, line in enumerate(lines)]
    export.write_text("\n".join([head, *chats, ""]), "utf-8")
    text = kpis.read_text("utf-8").replace("{formula: aht-mean}", "{formula: aht-mean, channels: [phone]}")
    kpis.write_text(text, "utf-8")
    told = done(run("compare score aht", folder, "p_tl1")).err
    assert f"aht standard: known of {sum(',phone,' in line for line in chats):,} transactions\n" in told


def test_a_verdict_is_kept_once(answered_desk, tmp_path):
    folder = shutil.copytree(answered_desk, tmp_path / "desk")
    first = run("compare greet csat --record", folder, "p_tl1", "2026-07-01")
    assert "on record: lk_2" in first.err
    again = run("compare greet csat --record", folder, "p_tl1", "2026-07-02")
    assert "on record already, nothing added: lk_2" in again.err
    [row] = run("export links --format json", folder, "p_tl1").rows
    assert (row["criterion"], row["kpi"], row["variant"], row["level"]) == ("greet", "csat@1", "mean", "transaction")
    assert (row["verdict"], row["n"], row["margin"], row["looks"]) == ("not linked", 312, 0.2, 1)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("gret csat", "did you mean 'greet'?"),
        ("greet csat --margin 20", "a margin of 20 is none"),
        ("greet csat --variant nps", "csat has no value of a single transaction to compare: nps is not computed"),
    ],
)
def test_what_cannot_be_compared_is_said(answered_desk, line, said):
    found = ask(line, answered_desk)
    assert found.code in {1, 2}
    assert said in found.err
