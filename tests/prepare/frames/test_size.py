"""Aims of a size against published tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qacli.prepare.frames.frame import Frame
from qacli.prepare.frames.size import SampleTooLarge, Size
from qacli.stats import chance_to_miss


def size(**settings):
    return Size.model_validate({name: str(value) for name, value in settings.items()})


@pytest.mark.parametrize(
    ("asked", "eligible", "n"),
    [
        ({"n": 30}, 12, 30),
        ({"fraction": 2}, 1001, 21),
        # Krejcie and Morgan (1970), table 1, by rounding up: 278 of 1,000
        ({"margin": 5}, 1000, 278),
        # ottoqa.com: 60,000 calls a month, 99 %, 3 points: 1,789
        ({"margin": 3, "confidence": 99}, 60_000, 1789),
        # samplics 0.6.1, SampleSize: p = .8, N = 200, half a confidence interval of .05
        ({"margin": 5, "share": 80}, 200, 111),
        # Cochran (1977), section 4.6: (1.96 · 10 / 2)² = 96.04, of 500: 80.56
        ({"margin": 2, "sd": 10}, 500, 81),
        # R power.prop.test(p1 = .90, p2 = .80, power = .8): 198.96 in each group
        ({"drop": 10, "from": 90}, 1000, 199),
        # Nothing found in 45 of 100, or 57 of 1,000, is 95 % sure evidence of less than 5 % (hypergeometric)
        ({"fault": 5}, 100, 45),
        ({"fault": 5}, 1000, 57),
        # R AcceptanceSampling::find.plan(PRP = c(.03, .95), CRP = c(.08, .1)): 175 and 9
        ({"acceptable": 3, "rejectable": 8}, 1000, 175),
        # ANSI/ASQ Z1.4, level II, lot of 501 to 1,200, AQL 2.5: 80 and 5
        ({"aql": 2.5}, 1000, 80),
    ],
)
def test_an_aim_asks_for_what_the_tables_say(asked, eligible, n):
    assert size(**asked).asked(eligible) == n


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"n": 30}, ""),
        ({"fraction": 2}, "n 20 from 2 % of those eligible, of 1,000 eligible"),
        ({"margin": 5}, "n 278 from a margin of 5 points at 95 % for a share near 50 %, of 1,000 eligible"),
        (
            {"margin": 2, "sd": 8},
            "n 58 from a margin of 2 points at 95 % for a mean with standard deviation 8, of 1,000 eligible",
        ),
        ({"drop": 10}, "n 199 from a drop by 10 points from 90 % seen in two periods with 80 %, of 1,000 eligible"),
        ({"fault": 2}, "n 138 from finding a fault that 2 % have with 95 %, of 1,000 eligible"),
        (
            {"acceptable": 3, "rejectable": 8},
            "n 175 from a plan that accepts 3 % failed and rejects 8 %: look at 175, accept with at most 9 failed, "
            "of 1,000 eligible",
        ),
        (
            {"aql": 2.5, "inspection": "tightened"},
            "n 80 from ISO 2859-1, AQL 2.5, level II, tightened: accept with at most 3 failed, of 1,000 eligible",
        ),
    ],
)
def test_the_rule_is_told_with_its_number(asked, told):
    assert size(**asked).rule(1000) == told


@given(
    st.sampled_from(
        [
            {"fraction": 7},
            {"margin": 5},
            {"margin": 2, "sd": 9},
            {"drop": 10},
            {"fault": 5},
            {"acceptable": 5, "rejectable": 20},
            {"aql": 0.4, "level": "III"},
        ]
    ),
    st.integers(1, 3000),
    st.integers(0, 3000),
)
def test_the_most_that_a_draw_keeps_is_never_passed(asked, eligible, left_out):
    # what is kept of each stratum is fixed before anybody knows how much of the export is eligible
    assert size(**asked).asked(eligible) <= size(**asked).most(eligible + left_out)


def test_a_fault_is_found_as_surely_as_was_asked():
    for eligible in (20, 21, 57, 400):
        n = size(fault=5).asked(eligible)
        assert chance_to_miss(0.05, n, eligible) <= 0.05 < chance_to_miss(0.05, n - 1, eligible)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"design": "simple", "size": size(n=30)}, "30 in all"),
        ({"design": "simple", "size": size(fraction=2)}, "2 % of those eligible"),
        ({"design": "simple", "size": size(aql=2.5)}, "as many as it takes for ISO 2859-1, AQL 2.5, level II, normal"),
        ({"design": "quota", "per_colleague": 2}, "2 per colleague"),
        ({"design": "two-stage", "clusters": 3, "per_cluster": 5}, "5 of each of 3 colleagues"),
        ({"design": "judgement"}, "chosen by a person"),
    ],
)
def test_a_frame_says_its_size_in_words(settings, words):
    assert Frame.model_construct(**settings).size_in_words() == words


@pytest.mark.parametrize("asked", [{"fraction": 50}, {"margin": "0.01"}, {"fault": "0.001"}, {"drop": "0.01"}])
def test_an_aim_that_nobody_could_evaluate_is_refused(asked):
    assert size(**asked).most(10_000_000) == 100_000
    with pytest.raises(SampleTooLarge, match=r"eligible, and no sample may pass 100,000\."):
        size(**asked).asked(10_000_000)
