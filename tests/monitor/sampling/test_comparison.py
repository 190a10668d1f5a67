"""What a comparison of designs says, against what can be worked out by hand."""

from __future__ import annotations

from math import comb, sqrt

import populations
import pytest

from qacli.monitor.sampling import rehearsal
from qacli.monitor.sampling.comparison import Question, compared
from qacli.monitor.sampling.rehearsal import SIDES, Stage

Z = 1.959964  # normal quantile of 0.975
PEOPLE, EACH = 20, 30
FRAMES = {
    "simple": populations.frame(design="simple", size=40),
    "proportional": populations.frame(
        design="stratified", stratify_by="channel", allocation="proportional", size=40, cap=None
    ),
    "quota": populations.frame(design="quota", size=None, per_colleague=2),
    "two-stage": populations.frame(design="two-stage", size=None, cluster_by="colleague", clusters=4, per_cluster=10),
}


def stage():
    """600 transactions of one day: 30 of each of 20 colleagues, a fifth of them chats."""
    places = range(PEOPLE * EACH)
    groups = dict.fromkeys(SIDES, ["same"] * len(places))
    groups["colleague"] = [f"p_{place % PEOPLE:02}" for place in places]
    groups["channel"] = ["chat" if place % 5 == 0 else "phone" for place in places]
    strata = {
        "simple": ["all"] * len(places),
        "proportional": groups["channel"],
        "quota": groups["colleague"],
        "two-stage": groups["colleague"],
    }
    held = {name: {group: of.count(group) for group in set(of)} for name, of in strata.items()}
    return Stage(len(places), [f"c{place}" for place in places], groups, strata, held, {})


def found(alike):
    question = Question(0.95, 0.1, alike, 3, "channel")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rehearsal, "TIMES", 20)
        return {each.design: each for each in compared(stage(), FRAMES, "seed", question)}


@pytest.fixture(scope="module")
def alone():
    return found(0)


@pytest.fixture(scope="module")
def alike():
    return found(0.1)


def test_without_likeness_equal_weights_tell_as_simple_random_sampling(alone):
    # Cochran (1977), section 2.6 with p = 1/2: variance (1/n - 1/N)/4, here n 40 of N 600
    for each in alone.values():
        assert each.n == 40
        assert each.margin == pytest.approx(Z * sqrt(0.25 * (1 / 40 - 1 / 600)), rel=1e-6)


def test_likeness_widens_what_takes_many_of_few_and_not_what_takes_some_of_each(alike):
    # Σ(w_c - P_c)² is 1/m - 1/M for m of M colleagues of one size, and 0 for as many of each
    rest = 0.8 * (1 / 40 - 1 / 600)
    assert alike["two-stage"].margin == pytest.approx(Z * sqrt(0.25 * (0.1 * (1 / 4 - 1 / 20) + rest)), rel=1e-6)
    assert alike["quota"].margin == pytest.approx(Z * sqrt(0.25 * rest), rel=1e-6)
    assert alike["quota"].margin < alike["simple"].margin < alike["two-stage"].margin


def test_a_fault_of_a_tenth_of_the_colleagues_is_missed_where_they_are_not_looked_at(alike):
    # two of twenty always make it: C(18,4)/C(20,4) for four colleagues drawn; none is missed where all are seen
    assert alike["two-stage"].missed_people == pytest.approx(comb(18, 4) / comb(20, 4))
    assert (alike["quota"].missed_people, alike["quota"].unseen, alike["quota"].thin) == (0, 0, 20)
    assert (alike["two-stage"].unseen, alike["two-stage"].thin) == (16, 16)
    # a fault spread over all: C(540,40)/C(600,40)
    assert alike["simple"].missed == pytest.approx(comb(540, 40) / comb(600, 40))


def test_strata_are_balanced_and_the_rarest_is_told_least(alike):
    assert alike["proportional"].balance["channel"] == pytest.approx(0)
    assert alike["simple"].balance["channel"] > 0.02
    # eight chats of 120: z·sqrt((1/8 - 1/120)/4)
    chat = alike["proportional"]
    assert (chat.group, chat.worst) == ("chat", pytest.approx(Z * sqrt(0.25 * (1 / 8 - 1 / 120)), rel=1e-6))
