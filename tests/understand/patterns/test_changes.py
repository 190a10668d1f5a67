"""Before, during and after: what the days of a change allow to be said."""

from __future__ import annotations

from datetime import date

import pytest
from pattern_frames import FIRST, LAST, rated

from qacli.understand.facts import Selection
from qacli.understand.patterns.changes import by_change, changes, in_sentence, phases_of
from qacli.understand.patterns.rises import each_day

RELEASE, FIX = date(2026, 5, 5), date(2026, 6, 8)


def broken(day, person):
    return 0.4 if RELEASE <= day < FIX else 0.05


def test_c10_after_the_mending_it_is_better_and_not_shown_to_be_back():
    found = phases_of(rated(broken), FIRST, LAST, RELEASE, date(2026, 6, 7))
    assert (found.change, found.mended, found.back) == ("worse", "better", "cannot tell")
    assert found.spread.verdict == "process"
    assert found.before.n + found.during.n + found.after.n == 156


def test_with_many_it_can_be_said_that_it_is_back():
    found = phases_of(rated(broken, weekly=160), FIRST, LAST, RELEASE, date(2026, 6, 7))
    assert (found.change, found.mended, found.back) == ("worse", "better", "back")


def test_a_change_is_one_sentence_with_every_n():
    rows = rated(broken)
    (claim, phases), *others = changes(each_day(rows), FIRST, LAST, set(), lambda _: rows)
    assert others == []
    said = in_sentence(claim, phases)
    assert said.startswith("idv (chat) failed ")
    for phase in (phases.before, phases.during, phases.after):
        assert f"{phase.failed} of {phase.n} (" in said
    assert said.endswith("better than during it, not shown to be back where it was")


def test_declared_days_give_a_row_for_each_phase(desk_of):
    lines = ["day ratings colleague"]
    lines += [f"2026-05-{n:02} idv={'n' if n > 10 and n % 2 else 'y'} p_a{n % 6}" for n in range(1, 29)]
    found = by_change(desk_of("\n".join(lines)), Selection(), date(2026, 5, 11), None)
    rows = found.frame.set_index("phase")
    assert rows.loc["before", ["failed", "n"]].tolist() == [0, 10]
    assert rows.loc["during", ["failed", "n", "verdict"]].tolist() == [9, 18, "worse"]
    # Newcombe (1998), method 10, of 9/18 and 0/10
    assert rows.loc["during", "difference_share"] == pytest.approx(0.5)
    assert found.statement == "worse since 11 May 2026: idv of phone@1"


def test_nothing_observed_is_said(desk_of):
    found = by_change(desk_of("score ratings\n- idv=n"), Selection(), date(2026, 5, 11), None)
    assert (found.frame.empty, found.statement) == (True, "no observations in this period")
