"""Scores apart from who gave them."""

from __future__ import annotations

from random import Random

import pytest

from qacli.understand.facts import Selection
from qacli.understand.summary import by_colleague, by_team


def crossed():
    """Birch is judged mostly by a lenient evaluator (+7), the others mostly by another; all colleagues are alike."""
    chance, lines = Random(3), ["team colleague by held score"]
    for number in range(240):
        team = "birch" if number % 2 else "cedar"
        lenient = chance.random() < (0.7 if team == "birch" else 0.1)
        score = 80 + 7 * lenient + chance.gauss(0, 4)
        lines.append(f"{team} p_{team}{number % 8} {'p_ev3' if lenient else 'p_ev1'} 2000 {score:.1f}")
    return "\n".join(lines)


def test_c10_a_lenient_evaluator_makes_no_team_better(desk_of):
    frame = by_team(desk_of(crossed()), Selection()).frame.set_index("team")
    raw, apart = frame["mean"].diff().iloc[-1], frame["adjusted"].diff().iloc[-1]
    assert raw == pytest.approx(-4.2, abs=1.5)  # (0.7 - 0.1) * 7
    assert abs(apart) < 1.5
    assert (frame["adjusted_low"] < frame["adjusted"]).all()


def test_colleagues_whom_no_evaluator_joins_are_not_compared(desk_of):
    lines = "\n".join(f"p_{who} p_ev{who} {80 + n}" for who in (1, 2) for n in range(6))
    found = by_colleague(desk_of(f"colleague by score\n{lines}"), Selection())
    assert found.frame["adjusted"].isna().all()
    assert any(note.startswith("phone@1: not adjusted for evaluators") for note in found.notes)
