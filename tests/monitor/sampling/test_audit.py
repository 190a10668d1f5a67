"""Whose items are put aside more often than chance would have it, against Fisher's exact test."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from qacli.monitor.sampling.audit import audit


def view_of(*lines):
    """Each line: draw, evaluator, how many items, how many of them replaced."""
    items, replaced = [], []
    for draw, evaluator, n, k in lines:
        for number in range(n):
            id_ = f"t_{draw}-{evaluator}-{number}"
            items.append(SimpleNamespace(id=id_, draw=draw, evaluator=evaluator, colleague="p_a1", weight=2.0))
            if number < k:
                by = evaluator if number else "p_tl1"
                cause = "recording-lost" if number % 2 else "already-known"
                replaced.append(
                    SimpleNamespace(
                        item=id_,
                        new="" if number == 1 else "t_x",
                        cause=cause,
                        evaluator=evaluator,
                        watched=number == 0,
                        by=by,
                    )
                )
    items.append(SimpleNamespace(id="t_c", draw=lines[0][0], evaluator="p_ev1", colleague="p_a1", weight=None))
    return SimpleNamespace(rows=lambda kind: items if kind.__name__ == "Item" else replaced)


def test_cherry_picking_shows():
    found = audit(view_of(("d_1", "p_ev1", 4, 4), ("d_1", "p_ev2", 4, 0)), "evaluator", ["d_1"], 0.95)
    first, second = found
    # four of eight replaced, all four of one evaluator: 1 in 70 (Fisher 1935); two people share the 5 %
    assert first.chance == pytest.approx(1 / 70)
    assert (first.name, first.items, first.replaced, first.verdict) == ("p_ev1", 4, 4, "more than the others")
    assert first.causes == {"already-known": 2, "recording-lost": 2}
    assert (first.watched, first.by_others, first.left_open) == (1, 1, 1)
    assert (second.replaced, second.verdict) == (0, "cannot be told from the others")


def test_a_week_in_which_recordings_were_lost_for_all_is_nobodys_fault():
    # ev1 has most of the replaced items, but only because the week of the loss was ev1's
    lost = view_of(("d_1", "p_ev1", 8, 8), ("d_1", "p_ev2", 2, 2), ("d_2", "p_ev1", 2, 0), ("d_2", "p_ev2", 8, 0))
    first, second = audit(lost, "evaluator", ["d_1", "d_2"], 0.95)
    assert (first.replaced, second.replaced) == (8, 2)
    assert first.chance == second.chance == pytest.approx(1)
    assert first.verdict == "cannot tell at this n"


@pytest.mark.parametrize(
    ("lines", "by", "verdict"),
    [
        ([("d_1", "p_ev1", 4, 2), ("d_1", "p_ev2", 4, 1)], "evaluator", "cannot tell at this n"),
        ([("d_1", "p_ev1", 4, 0), ("d_1", "p_ev2", 4, 0)], "evaluator", "nothing was replaced"),
        ([("d_1", "p_ev1", 4, 2), ("d_1", "p_ev2", 4, 1)], "colleague", "nobody else's to compare with"),
    ],
)
def test_what_cannot_be_told_is_said(lines, by, verdict):
    assert {each.verdict for each in audit(view_of(*lines), by, ["d_1"], 0.95)} == {verdict}


def test_only_the_draws_that_are_asked_for_count():
    assert audit(view_of(("d_1", "p_ev1", 4, 4)), "evaluator", ["d_2"], 0.95) == []
