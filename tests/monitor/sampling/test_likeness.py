"""How alike clusters are by past scores."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from populations import frame

from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.draw import Item
from qacli.monitor.sampling.likeness import likeness, past_likeness

# Snedecor and Cochran, Statistical Methods: samples of six bulls, components 73.4 and 248.3
BULLS = {"b1": (46, 31, 37, 62, 30), "b2": (70, 59), "b3": (52, 44, 57, 40, 67, 64, 70), "b4": (47, 21, 70, 46, 14),
         "b5": (42, 64, 50, 69, 77, 81, 87), "b6": (35, 68, 59, 38, 57, 76, 57, 29, 60)}  # fmt: skip


def desk(scores, card="desk@1", weight=2.0, fewest=5):
    """Return a view of items with these scores by colleague."""
    items, observations = [], []
    for colleague, values in scores.items():
        for number, value in enumerate(values):
            id_ = f"{colleague}.{number}"
            items.append(SimpleNamespace(id=id_, colleague=colleague, team="", day=date(2026, 5, 1 + number), weight=weight,
                                         started_at=datetime(2026, 5, 1 + number, 9, 30, tzinfo=UTC), scorecard=card))  # fmt: skip
            observations.append(SimpleNamespace(item=id_, score=value))
    rows = {Item: items, Observation: observations}
    return SimpleNamespace(
        current=rows.__getitem__, settings=SimpleNamespace(thresholds=SimpleNamespace(minimum_n=fewest))
    )


def clusters(**more):
    return frame(design="two-stage", size=None, clusters=3, per_cluster=4, cluster_by="colleague", **more)


def test_past_scores_say_how_alike_the_work_of_one_colleague_is():
    found = likeness(desk(BULLS), clusters())
    assert found.alike == pytest.approx(73.4 / (73.4 + 248.3), abs=0.0001)
    assert found.words == "23 % of what varies lies between colleagues, as 35 past scores of 6 colleagues say"


def test_what_the_frame_plans_counts_and_what_is_known_is_told_beside():
    found = likeness(desk(BULLS), clusters(alike=10))
    assert found.alike == 0.1
    assert found.words == (
        "10 % of what varies lies between colleagues, as the frame plans; 35 past scores of 6 colleagues say 23 %"
    )


@pytest.mark.parametrize(
    "view", [desk({}), desk({"a": (1, 2), "b": (3,)}), desk(BULLS, "other@1"), desk(BULLS, weight=None)]
)
def test_without_past_scores_that_count_it_is_undefined(view):
    found = likeness(view, clusters())
    assert found.alike is None
    assert found.words.startswith("nobody knows how much of what varies lies between colleagues: write alike")


def test_colleagues_who_do_not_differ_are_not_alike_below_nothing():
    assert likeness(desk({"a": (1, 9, 2, 8), "b": (2, 8, 1, 9)}), clusters()).alike == 0


def test_the_mean_of_a_card_makes_nobody_alike():
    # the colleagues of one card score 40 more; among those of a card nobody differs
    both = [
        desk({"a": (1, 9, 2, 8), "b": (2, 8, 1, 9)}),
        desk({"c": (41, 49, 42, 48), "d": (42, 48, 41, 49)}, "chat@1"),
    ]
    view = SimpleNamespace(
        current=lambda row: [each for one in both for each in one.current(row)], settings=both[0].settings
    )
    asked = clusters(scorecards={"phone": "desk@1", "chat": "chat@1"})
    assert past_likeness(view, asked).estimate < 0
