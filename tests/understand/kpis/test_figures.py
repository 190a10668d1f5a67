from datetime import date, timedelta

import pytest

from qacli.understand.kpis.figures import NOT_YET, Sums, figure
from qacli.understand.kpis.formulas import FORMULAS
from qacli.understand.kpis.measuring import Reach, reach
from qacli.understand.kpis.verdict import Limits, judge, judge_range


def test_c14_an_index_is_the_net_promoter_score_with_its_error():
    # CrossValidated, "margin of error in NPS" (whuber): half promoters, a sixth detractors, n = 324: 33.33 with 4.14
    found = figure("index", Sums(324, up=162, down=54))
    assert (found.value, found.se) == pytest.approx((33.3333, 4.1409), abs=1e-4)


def test_c14_a_share_per_thousand_has_wilsons_interval():
    # 0 of 20: Wilson 0 to 16.1 % (Newcombe 1998)
    found = figure("share", Sums(20), 1000)
    assert (found.value, round(found.low, 6)) == (0, 0)
    assert round(found.high) == 161


def test_c14_a_mean_and_a_ratio_have_intervals_of_their_contacts():
    # values 1 to 5: mean 3, sd 1.5811, t(.975, 4) = 2.7764, half width 1.9632
    found = figure("mean", Sums(5, x=15, xx=55), 1)
    assert (found.value, found.low, found.high) == pytest.approx((3, 1.0368, 4.9632), abs=1e-4)
    # ratio of sums with y the same for all is the mean over y
    ratio = figure("ratio", Sums(5, x=15, xx=55, y=50, yy=500, xy=150), 100)
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx((30, 10.368, 49.632), abs=1e-3)


def test_c14_what_is_not_yet_knowable_is_not_zero():
    assert figure("share", Sums(0, held=7))[3:6] == (None, None, None)
    assert figure("share", Sums(0, held=7)).method == NOT_YET
    assert figure("mean", Sums(1, x=4, xx=16), 1).low is None


def test_every_formula_names_the_fields_that_its_sql_reads():
    from typing import get_args

    from qacli.prepare.kpi import PARAMETERS, FormulaName
    from qacli.sources.profile import FIELDS

    assert set(FORMULAS) == set(get_args(FormulaName))
    for name, formula in FORMULAS.items():
        text = formula.counts + formula.adds + formula.over + formula.held
        asked = {word for word in ("within", "short", "days") if f"{{{word}}}" in text}
        assert asked == set(PARAMETERS.get(name, ())), name
        assert set(formula.needs) <= set(FIELDS["transactions"]), name


def test_a_source_covers_the_days_on_which_the_desk_is_closed():
    saturday = date(2026, 6, 27)
    open_days = [saturday - timedelta(at) for at in range(80) if (saturday - timedelta(at)).weekday() != 6][::-1]
    assert reach(open_days).last == date(2026, 6, 28)
    assert reach(open_days[:-1]).last == date(2026, 6, 26)
    assert reach([]) is None
    assert reach([saturday]) == Reach(saturday, saturday)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(80, 82, "met"), (79, 82, "inside tolerance"), (78.9, 79.9, "breach"), (78, 80.5, "cannot tell"), (None, None, "cannot tell")],
)  # fmt: skip
def test_c15_a_verdict_counts_the_whole_interval(low, high, verdict):
    assert judge(Limits(79.5, low, high), 80, "higher", 1) == verdict
    turned = Limits(-79.5, None if high is None else -high, None if low is None else -low)
    assert judge(turned, -80, "lower", 1) == verdict


def test_c15_a_range_is_met_between_its_ends():
    assert [judge_range(Limits(0, *ends), 80, 85) for ends in ((81, 84), (70, 79), (84, 86), (86, 90))] == [
        "met",
        "breach",
        "cannot tell",
        "breach",
    ]


def test_a_percentile_of_few_contacts_has_no_interval():
    from qacli.stats import rank_coverage

    # the whole range of 5 values holds their median with 1 - 2/32 = 93.75 %, of 6 with 96.9 %; nine of ten takes about 30
    assert [rank_coverage(n, 0.5, 1, n) for n in (1, 5, 6)] == pytest.approx([0, 0.9375, 0.96875])
    alone = figure("quantile", Sums(1, quantiles=(300.0, None, None)))
    assert (alone.value, alone.low, alone.high, alone.se) == (300, None, None, None)
    assert alone.method == "no interval: too few contacts"
