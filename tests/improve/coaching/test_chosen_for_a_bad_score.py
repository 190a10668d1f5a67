"""Who is chosen for a bad score comes back by chance: that is no effect, and one of the size that is said is found."""

from __future__ import annotations

import random

import pytest

from qacli.stats import beyond_expected, detectable_share, newcombe

DESKS, N = 150, 12


def desks(between):
    """Yield the counts of ten colleagues before and after, and their true shares; the worst before stands first."""
    chance = random.Random(12)
    for _ in range(DESKS):
        true = [min(0.97, max(0.3, chance.gauss(0.7, between))) for _ in range(10)]
        sides = [[(met(chance, share), N) for share in true] for _ in range(2)]
        order = sorted(range(10), key=lambda at: sides[0][at])
        yield [[side[at] for at in order] for side in sides], chance


def met(chance, share):
    return sum(chance.random() < share for _ in range(N))


@pytest.mark.parametrize("between", [0.0, 0.12])
def test_c12_the_worst_of_ten_is_seldom_called_better_when_nothing_was_done(between):
    rises = called = 0
    for (before, after), _ in desks(between):
        others = list(zip(before[1:], after[1:], strict=True))
        called += beyond_expected(before[0], after[0], others).low > 0
        rises += newcombe(*after[0], *before[0]).low > 0
    assert called <= 0.05 * DESKS
    assert rises > called  # what the plain change would have called a rise


def test_c12_a_true_effect_of_the_size_that_is_said_is_found_in_four_of_five_cases():
    asked = found = 0
    for (before, after), chance in desks(0.12):
        others = list(zip(before[1:], after[1:], strict=True))
        share = detectable_share(beyond_expected(before[0], after[0], others).needed, N)
        if share is not None:
            asked += 1
            found += beyond_expected(before[0], (met(chance, share), N), others).low > 0
    # 3 standard errors of 80 % of about 130
    assert asked > 100
    assert 0.69 < found / asked < 0.91
