"""Quality and a measure that part company, before and after a day."""

from __future__ import annotations

import pytest

from qacli.understand.comparing.parting import (
    CANNOT_TELL,
    FELL,
    NOTHING_MOVED,
    PARTED,
    ROSE,
    STEADY,
    TOGETHER,
    Moments,
    Shift,
    moments,
    of_sums,
    partings,
    shift,
)

# Student's sleep data as R ships them: t.test(extra ~ group) gives 0.75 - 2.33 = -1.58, -3.3654832 to 0.2054832
FIRST = (0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
SECOND = (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)


def test_a_change_has_the_interval_of_welch() -> None:
    found = shift(moments(SECOND), moments(FIRST))
    assert (found.change, found.low, found.high) == pytest.approx((-1.58, -3.3654832, 0.2054832), abs=1e-6)
    assert found.verdict == CANNOT_TELL


def test_sums_say_as_much_as_values() -> None:
    found = of_sums(10, sum(FIRST), sum(value * value for value in FIRST))
    assert found == pytest.approx(moments(FIRST))
    assert of_sums(0, 0, 0) == (0, None, None)
    assert of_sums(1, 4, 16) == (1, 4, None)


def test_nothing_is_told_of_nine_or_of_no_variation() -> None:
    assert shift(moments(FIRST[:9]), moments(SECOND)).verdict == CANNOT_TELL
    assert shift(Moments(20, 5, 0), Moments(20, 5, 0)).verdict == STEADY
    assert shift(Moments(20, 5, 0), Moments(20, 6, 0)).verdict == CANNOT_TELL


@pytest.mark.parametrize(
    ("mean", "n", "margin", "verdict"),
    [(84, 200, 5, STEADY), (84, 200, 1, FELL), (91, 200, 5, ROSE), (84, 12, 5, CANNOT_TELL)],
)
def test_steady_is_shown_and_not_taken_for_granted(mean: float, n: int, margin: float, verdict: str) -> None:
    assert shift(Moments(200, 86, 80), Moments(n, mean, 80), margin).verdict == verdict


def moved(verdict: str, p: float = 0.0001) -> Shift:
    some = Moments(50, 80.0, 9.0)
    return Shift(some, some, 1.0, 0.5, 1.5, p, verdict)


@pytest.mark.parametrize(
    ("quality", "measure", "better", "verdict"),
    [
        (STEADY, FELL, "higher", PARTED),
        (ROSE, FELL, "higher", PARTED),
        (FELL, FELL, "higher", TOGETHER),
        (ROSE, FELL, "lower", TOGETHER),
        (STEADY, FELL, "lower", PARTED),
        (CANNOT_TELL, FELL, "higher", CANNOT_TELL),
        (FELL, CANNOT_TELL, "higher", NOTHING_MOVED),
        (STEADY, STEADY, "higher", NOTHING_MOVED),
    ],
)
def test_the_verdict_follows_from_both_moves(quality: str, measure: str, better: str, verdict: str) -> None:
    [found] = partings([("cedar", moved(quality), moved(measure))], better)
    assert found.verdict == verdict


def test_one_move_among_many_units_that_chance_makes_is_none_shown() -> None:
    still = [(f"team-{number}", moved(STEADY), moved(CANNOT_TELL, 0.5)) for number in range(19)]
    assert partings([("cedar", moved(STEADY), moved(FELL, 0.04)), *still])[0].verdict == NOTHING_MOVED
    assert partings([("cedar", moved(STEADY), moved(FELL, 0.0001)), *still])[0].verdict == PARTED
