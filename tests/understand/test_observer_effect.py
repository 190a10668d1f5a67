from __future__ import annotations

import random
from statistics import fmean

import pytest

from qacli.understand.observer_effect import Usual, Watched, effects

# Student's sleep data as R ships them, in minutes; t.test(extra[group == 2], extra[group == 1], paired = TRUE) gives
# a mean difference of 1.58, 0.7001142 to 2.4598858.
FIRST = (0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
SECOND = (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)


def test_c07_watched_and_unwatched_are_compared_within_each_colleague():
    usual = {(f"p_{n}", "phone"): Usual(40, 38, 300 + value) for n, value in enumerate(FIRST)}
    watched = [Watched(f"p_{n}", "phone", 300 + value) for n, value in enumerate(SECOND)]
    [phone, whole] = effects(watched, usual, 5, 0.95)
    assert (phone.estimate, phone.low, phone.high) == pytest.approx((1.58, 0.7001142, 2.4598858))
    assert (phone.colleagues, phone.watched, phone.unwatched, phone.verdict) == (10, 10, 380, "longer")
    assert whole == phone._replace(channel="all")


def test_too_few_colleagues_no_partner_and_no_difference_are_said():
    usual = {
        ("p_1", "phone"): Usual(9, 9, 300.0),
        ("p_2", "phone"): Usual(9, 9, 400.0),
        ("p_3", "chat"): Usual(2, 0, None),
    }
    watched = [Watched("p_1", "phone", 320.0), Watched("p_2", "phone", 390.0), Watched("p_3", "chat", 90.0)]
    [phone, whole] = effects(watched, usual, 5, 0.95)
    assert (phone.verdict, phone.estimate, phone.watched, whole.watched) == ("too few", None, 2, 2)
    assert effects(watched, usual, 2, 0.95)[0].verdict == "cannot tell"
    assert effects([], usual, 2, 0.95)[0].method == "nothing to compare"


def test_slow_colleagues_who_are_watched_more_do_not_make_watching_look_slow():
    """20 colleagues, being watched adds 30 seconds; the slower somebody is, the more often somebody sits beside them.

    In 200 worlds the interval of 95 % holds the truth about 190 times; the plain difference of means is far off.
    """
    held, naive = 0, []
    for seed in range(200):
        chance = random.Random(seed)
        pace = {f"p_{n}": 200.0 + 20 * n for n in range(20)}
        watched = [
            Watched(who, "phone", chance.gauss(mean + 30, 60))
            for n, (who, mean) in enumerate(pace.items())
            for _ in range(1 + n // 4)
        ]
        usual = {(who, "phone"): Usual(50, 50, chance.gauss(mean, 60 / 50**0.5)) for who, mean in pace.items()}
        found = effects(watched, usual, 5, 0.95)[0]
        held += found.low <= 30 <= found.high
        naive.append(fmean(each.seconds for each in watched) - fmean(cell.mean for cell in usual.values()))
    assert 180 <= held <= 198  # binomial, beyond three standard deviations of 190 on either side
    assert fmean(naive) > 80
