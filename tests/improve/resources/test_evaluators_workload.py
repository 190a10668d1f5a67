from __future__ import annotations

import pytest

from qacli.improve.resources.workload import BeyondHours, workload


def test_a_plan_that_takes_more_hours_than_there_are_is_refused():
    with pytest.raises(BeyondHours, match="900 evaluations of 22 min need 330 h; there are 250 h") as refused:
        workload(250, 22, 24, plan=900)
    assert "681 fit" in refused.value.help  # 250 * 60 / 22 = 681.8


def test_what_fits_and_what_it_tells():
    found = workload(44, 22, 24)
    assert (found.fits, found.each, found.spare) == (120, 5, 0)
    # 4 of 5: 37.6 to 96.4 % (Wilson, published)
    assert (round(found.per_colleague.low, 3), round(found.per_colleague.high, 3)) == (0.376, 0.964)


def test_time_away_from_evaluating_counts():
    # 152 h, 25 % away, 20 % of the rest for other work, 16.2 min each: 337
    assert workload(152, 16.2, 24, shrinkage=0.25, other=0.2).fits == 337
    with pytest.raises(BeyondHours, match=r"there are 91\.2 h"):
        workload(152, 16.2, 24, plan=338, shrinkage=0.25, other=0.2)


def test_where_nothing_fits_nothing_is_told():
    found = workload(0.1, 22, 24)
    assert (found.fits, found.each, found.per_colleague, found.in_all) == (0, 0, None, None)
