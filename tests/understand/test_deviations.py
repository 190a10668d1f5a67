"""Deviations over opportunities, as control rooms count them."""

from __future__ import annotations

import pytest

from qacli.understand.deviations import COLUMNS, by_deviation
from qacli.understand.facts import Selection


def test_c10_deviations_are_counted_over_the_opportunities_for_them(desk_of):
    view = desk_of("""
        colleague ratings
        p_a       greet=n,cr-ask=none,cr-pass=na
        p_a       greet=y,cr-ask=minor,cr-pass=na
        p_b       greet=y,cr-ask=major,cr-pass=na
        p_b       greet=y,cr-ask=minor,cr-pass=critical
        p_c       greet=y,cr-ask=none,cr-pass=none
    """)
    summary = by_deviation(view, Selection())
    frame = summary.frame
    assert tuple(frame.columns) == COLUMNS
    assert frame[["criterion", "degree", "n", "deviations", "note"]].values.tolist() == [
        ["cr-ask", "any", 5, 3, ""],
        ["cr-ask", "critical", 5, 0, ""],
        ["cr-ask", "major", 5, 1, ""],
        ["cr-ask", "moderate", 5, 0, ""],
        ["cr-ask", "minor", 5, 2, ""],
        ["cr-pass", "any", 2, 1, "too few"],
        ["cr-pass", "critical", 2, 1, "too few"],
        ["cr-pass", "major", 2, 0, "too few"],
        ["cr-pass", "moderate", 2, 0, "too few"],
        ["cr-pass", "minor", 2, 0, "too few"],
    ]
    assert summary.statement == (
        "4 deviations in 7 opportunities (57.1% as counted): critical 1, major 1, moderate 0, minor 2"
    )


def test_c10_rates_are_weighted_by_the_design_and_none_of_20_still_has_a_width(desk_of):
    # by hand: 4 of 10 in a stratum of 300 and 1 of 10 in one of 100, (300 x 0.4 + 100 x 0.1) / 400 = 0.325
    cells = (("busy", 300, 4), ("quiet", 100, 1))
    lines = [
        f"{name} {held} cr-ask={'minor' if place < left else 'none'}"
        for name, held, left in cells
        for place in range(10)
    ]
    frame = by_deviation(desk_of("stratum held ratings\n" + "\n".join(lines)), Selection()).frame
    every, critical = frame.iloc[0], frame.iloc[1]
    assert (every.n, every.deviations, every.share) == (20, 5, pytest.approx(0.325))
    # Wilson, 0 of 20: 0 to 16.1 %
    assert (critical.degree, critical.share, critical.low, critical.high) == (
        "critical",
        0,
        0,
        pytest.approx(0.161, abs=5e-4),
    )


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("ratings\ngreet=n", "no criterion in these observations is rated on a deviation scale"),
        ("ratings\ncr-ask=na", "no opportunity for a deviation in these observations"),
        ("score ratings\n- cr-ask=none", "no observations in this period"),
    ],
)
def test_c10_what_cannot_be_counted_is_said_and_is_no_zero(desk_of, table, statement):
    summary = by_deviation(desk_of(table), Selection())
    assert summary.statement == statement
    assert summary.frame["share"].isna().all()
