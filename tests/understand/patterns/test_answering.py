"""What fresh checks say of a finding: confirmed, dismissed, or too little to tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from pattern_frames import FIRST, LAST, scored

from qacli.understand.patterns.answering import answer_by_level, answer_by_share, checks_needed, days_to_check
from qacli.understand.patterns.finding import Finding

RISE = Finding(
    id="w_5c",
    look="lo_5c",
    kind="rise",
    colleague="",
    channel="chat",
    scorecard="chat@1",
    criterion="idv",
    method="temporal scan, average likelihood ratio",
    n=46,
    failed=17,
    n_other=98,
    failed_other=4,
    effect=0.33,
    low=0.19,
    high=0.48,
    p=0.0001,
    adjusted=0.001,
    first=FIRST,
    last=LAST,
    since=date(2026, 5, 5),
    until=date(2026, 6, 7),
    since_low=None,
    since_high=None,
    spread="process",
)
FALL = replace(RISE, kind="fall", colleague="p_a03", channel="", scorecard="", criterion="", failed=None, n_other=None,
               failed_other=None, since=None, until=None, spread="")  # fmt: skip


def fresh(failed, n, criterion="idv"):
    return pd.DataFrame(
        {"criterion": criterion, "scorecard": "chat@1", "met": [number >= failed for number in range(n)]}
    )


@pytest.mark.parametrize(
    ("failed", "p", "kind"),
    [(3, 0.0087486, "confirmed"), (2, 0.0644816, "dismissed"), (1, 0.3298769, "dismissed"), (0, 1.0, "dismissed")],
)
def test_c10_fresh_checks_alone_are_tested_against_what_was_not_in_the_finding(failed, p, kind):
    # scipy 1.17: fisher_exact([[failed, 8 - failed], [4, 94]], alternative="greater")
    answer = answer_by_share(RISE, fresh(failed, 8))
    assert answer.p == pytest.approx(p, abs=1e-5)
    assert (answer.kind, answer.n, answer.failed) == (kind, 8, failed)


def test_checks_to_which_the_criterion_did_not_apply_leave_it_undecided():
    answer = answer_by_share(RISE, fresh(2, 3))
    assert (answer.kind, answer.p) == ("undecided", None)
    assert answer_by_share(RISE, fresh(3, 8, criterion="greet")).n == 0


def test_as_many_checks_are_drawn_as_find_the_effect_in_four_of_five_cases():
    assert checks_needed(RISE) == 11
    assert checks_needed(replace(RISE, failed=30)) == 8
    assert checks_needed(replace(RISE, failed=9, n=60, failed_other=8, n_other=100)) == 30
    assert checks_needed(FALL) == 8


def test_the_days_of_the_checks_are_those_of_the_rise_or_the_last_four_weeks():
    assert (days_to_check(RISE).first, days_to_check(RISE).last) == (date(2026, 5, 5), date(2026, 6, 7))
    assert (days_to_check(FALL).first, days_to_check(FALL).last) == (date(2026, 6, 1), LAST)


def test_c10_a_fall_is_confirmed_or_dismissed_by_fresh_scores_apart_from_who_judged_them():
    def mean(week, person, evaluator):
        return 85 - 2.2 * (week - 6) * (person == "p_a03") + 7 * (evaluator == "p_ev3")

    routine = scored(mean, evaluators=("p_ev1", "p_ev3"))
    late = scored(lambda week, person, evaluator: 75.0, sd=6, people=("p_a03",), weekly=1).head(8)
    low = answer_by_level(FALL, late.assign(evaluator="p_ev1"), routine, 5)
    assert (low.kind, low.n) == ("confirmed", 8)
    assert -16 < low.effect < -4
    # as low a mean of scores, given by the lenient evaluator, lies further below; a usual one is dismissed
    assert answer_by_level(FALL, late.assign(evaluator="p_ev3"), routine, 5).effect < low.effect - 5
    usual = answer_by_level(FALL, late.assign(score=late["score"] + 11, evaluator="p_ev1"), routine, 5)
    assert usual.kind == "dismissed"
    assert answer_by_level(FALL, late.head(4), routine, 5).kind == "undecided"
    strange = answer_by_level(FALL, late.assign(evaluator="p_ev9"), routine, 5)
    assert (strange.kind, strange.p) == ("undecided", None)
