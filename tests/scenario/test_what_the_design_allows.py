"""What the design of the samples allows, worked out from the plan."""

from __future__ import annotations

from math import comb

import design
import numpy as np
import pytest
from plan import planted


def test_a_week_without_a_notice_tells_nothing_and_a_week_of_a_release_half():
    failed, rated = design._by_week(planted(1), np.random.default_rng(1))
    assert rated[6] == failed[6] == 0  # 11 to 17 May
    assert min(rated[:6] + rated[7:]) > 8
    assert sum(design._sizes("chat")) == 144  # 12 a week, twelve weeks


def test_a_fault_whose_days_are_known_is_tested_exactly():
    failed, rated = [0, 1, 0, 1, 0, 4, 0, 4, 4, 4, 1, 0, 1], [12] * 6 + [0] + [12] * 6
    # Fisher (1935): 16 of 48 in the five weeks from the release, 4 of 96 in the others
    ways = sum(comb(48, k) * comb(96, 20 - k) for k in range(16, 21)) / comb(144, 20)
    assert design._when_told(planted(1), failed, rated) == pytest.approx(ways)


def test_its_level_is_its_share_by_information_of_half_of_the_error():
    level = design._level(planted(1), 20, 140, np.random.default_rng(1))
    # 20 * 120 / 140 = 17; the other criticals fail in 3 to 6 of 100 among 508 items: about as much each, five to nine of them
    assert 0.002 < level < 0.01


def test_the_gap_apart_from_evaluators_is_no_surer_than_its_sample():
    found = design.gap(1, redraw=False, first=3)
    # about 87 calls a team that vary by 7 points or so: 7 * sqrt(1/87 + 1/174) = 0.9, and more for evaluators not known
    assert 0.9 < found.error < 2.5
    assert abs(found.expected) < 3
    assert 0.2 < found.chance < 0.9
