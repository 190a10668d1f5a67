"""What a peer reached over several periods: each period counts by what its figure is divided by."""

from __future__ import annotations

from datetime import date

import pytest

from qacli.understand.kpis.value import KpiValue
from qacli.understand.targets.assessing import Place, peers_of

DESK = Place("occupancy", "standard", "all", "all")


def occupancy(month, value, minutes, n, se=1.0):
    first = date(2026, month, 1)
    where = {"cut": "team", "slice": "red", "period": f"2026-{month:02}", "first": first, "last": first.replace(day=28)}
    counts = {"num": None if minutes is None else value * minutes / 100, "den": minutes, "n": n}
    rest = {"asked": None, "held_back": 0, "complete": 100.0, "method": "", "origin": "x", "sha256": ""}
    limits = {"low": None, "high": None, "se": se}
    return KpiValue(
        id=f"kv_{month}", kpi="occupancy@1", variant="standard", value=value, **where, **counts, **limits, **rest
    )


def test_c21_minutes_and_not_contacts_make_the_occupancy_of_two_months():
    # 80 % of 1,000 minutes and 50 % of 3,000 are 2,300 of 4,000, whatever contacts fell into them
    [peer] = peers_of([occupancy(4, 80.0, 1000, 300), occupancy(5, 50.0, 3000, 100)], DESK, {"2026-04", "2026-05"})
    assert (peer.mean, peer.n) == (pytest.approx(57.5), 400)
    assert peer.variance == pytest.approx(400 * (0.25**2 + 0.75**2))


def test_c21_without_what_they_are_divided_by_contacts_count():
    [peer] = peers_of(
        [occupancy(4, 80.0, None, 300), occupancy(5, 50.0, None, 100, se=None)], DESK, {"2026-04", "2026-05"}
    )
    assert (peer.mean, peer.variance) == (pytest.approx(72.5), None)
