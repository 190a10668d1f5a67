"""Plans of ISO 2859-1 against cells of the published tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qacli.stats import lot_plan
from qacli.stats.lots import AQLS, LETTERS, LOTS, _normal, _tightened

REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "iso2859_single.json"


@pytest.mark.parametrize(
    ("lot", "aql", "level", "tightened", "expected"),
    [
        # ANSI/ASQ Z1.4, tables I and II-A; the first two are the worked examples of R AQLSchemes and of most textbooks
        (4000, 1.5, "II", False, ("L", 200, 7)),
        (1000, 1.0, "II", False, ("J", 80, 2)),
        (400, 1.0, "II", False, ("H", 50, 1)),
        (60, 2.5, "II", False, ("E", 20, 1)),
        (40, 4.0, "II", False, ("D", 13, 1)),
        (20_000, 1.0, "II", False, ("M", 315, 7)),
        # table II-B: K, 1.0: 125 and 2; the same lot is looked at as often and forgiven less
        (2000, 1.0, "II", True, ("K", 125, 2)),
        # a plan for more than there are takes them all
        (9, 0.65, "III", False, ("C", 9, 0)),
    ],
)
def test_plans_are_those_of_the_tables(lot, aql, level, tightened, expected):
    assert lot_plan(lot, aql, level, tightened) == expected


@pytest.mark.skipif(not REFERENCE.exists(), reason="shared data is absent: ../shared/reference/stats_reference.json")
def test_every_cell_of_tables_2a_and_2b():
    known = json.loads(REFERENCE.read_text("utf-8"))["plans"]
    for name, found in (("normal", _normal), ("tightened", _tightened)):
        for row, letter in enumerate(LETTERS):
            for column, aql in enumerate(known[name][letter]):
                assert found(row, column) == tuple(known[name][letter][aql][:2]), (name, letter, aql)


def test_a_larger_lot_is_never_looked_at_less():
    # a draw relies on this: what a plan asks of a part is never more than what it asks of the whole
    for aql in AQLS:
        for tightened in (False, True):
            sizes = [lot_plan(lot, aql, "III", tightened).n for lot in (1, 2, *LOTS, 10**6)]
            assert sizes == sorted(sizes)


@pytest.mark.parametrize(("lot", "aql", "level"), [(0, 1.0, "II"), (10, 3.0, "II"), (10, 1.0, "S-1")])
def test_what_the_standard_does_not_have_is_refused(lot, aql, level):
    with pytest.raises(ValueError, match=r"holds nothing|has no plan"):
        lot_plan(lot, aql, level)
