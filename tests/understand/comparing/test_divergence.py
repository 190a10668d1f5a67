"""Where a score and a measure part company: a measure that hardly moved parts from nothing, however many contacts it has."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from qacli.understand.comparing.divergence import divergences
from qacli.understand.comparing.pairs import SCORE, Measure, Measured, Rated

SINCE = date(2026, 4, 20)
DAYS = [date(2026, 3, 30) + timedelta(days=day) for day in range(42)]
AHT = Measure("aht", "aht@1", "standard", "Handling time", "lower", "Ending contacts early.", "fcr")


def handled(later):
    """500 contacts a day of 400 s with a standard deviation of 100 s; from the 20th on they take so many seconds."""
    rows = []
    for day in DAYS:
        mean = 400 if day < SINCE else later
        rows.append((day, "p_a01", "ash", "phone", "card", 500, 500, 500.0 * mean, 500.0 * (mean**2 + 100**2)))
    names = ["day", "colleague", "team", "channel", "reason", "transactions", "answered", "total", "squares"]
    frame = pd.DataFrame(rows, columns=names)
    return Measured(AHT, {}, frame, survey=False, source="telephony", sha256="0")


def scores():
    """Three scores a day, 70 to 78, the same before and after."""
    rows = [(day, "ash", SCORE, 70.0 + 4 * part) for day in DAYS for part in range(3)]
    return Rated(pd.DataFrame(rows, columns=["day", "team", "criterion", "value"]), "routine", 0)


@pytest.mark.parametrize(
    ("later", "moved", "verdict"),
    [
        (396, "steady", "no move of the measure shown"),  # 1 %: 3 standard errors, and nothing to speak of
        (381, "cannot tell", "no move of the measure shown"),  # 4.8 %, 4.2 to 5.4: perhaps a twentieth, perhaps not
        (352, "fell", "part company"),  # 12 %
    ],
)
def test_a_measure_within_a_twentieth_of_before_is_steady(later, moved, verdict):
    (found,) = divergences(scores(), handled(later), SINCE, "team", 5)
    assert found.measure.change == pytest.approx(later - 400)
    assert (found.quality.verdict, found.measure.verdict, found.verdict) == ("steady", moved, verdict)
