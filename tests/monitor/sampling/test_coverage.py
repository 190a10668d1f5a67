"""The groups of a population, and those for which a sample does not stand."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import populations
import pytest

from qacli.engine.connection import connect
from qacli.monitor.sampling.coverage import drifts, groups
from qacli.sources.population import open_population

ROWS = """\
c1,2026-05-04 10:00:00,A07,phone,K1,300
c2,2026-05-04 11:00:00,A07,phone,K2,20
c3,2026-05-05 10:00:00,A09,chat,K3,300
c4,2026-05-12 10:00:00,A09,email,K4,300
c5,2026-06-01 10:00:00,A09,social,K5,300
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    path = tmp_path_factory.mktemp("coverage") / "may.csv"
    path.write_text(populations.HEADER + ROWS, "utf-8")
    frame = populations.frame(
        population=SimpleNamespace(channel=("phone", "chat"), team=(), reason=(), minimum_seconds=60)
    )
    with (
        connect() as connection,
        open_population(connection, [path], populations.PROFILE, ZoneInfo("Europe/London")) as whole,
    ):
        return groups(whole, frame, date(2026, 5, 1), date(2026, 5, 31))


def test_groups_say_what_the_frame_looks_at_what_it_does_not_and_since_when(found):
    assert found["channel"] == {
        "phone": (1, 1, date(2026, 5, 4)),  # the second call is too short for the frame
        "chat": (1, 0, date(2026, 5, 5)),
        "email": (0, 1, date(2026, 5, 12)),
    }
    assert found["reason"] == {"(none)": (2, 2, date(2026, 5, 4))}
    assert {name: group[:2] for name, group in found["weekday"].items()} == {"Monday": (1, 1), "Tuesday": (1, 1)}


def items(**channels):
    """So many items of each channel, each with a weight."""
    blank = {"team": "", "reason": "", "day": date(2026, 5, 4)}
    return [
        SimpleNamespace(channel=name, weight=weight, **blank)
        for name, (n, weight) in channels.items()
        for _ in range(n)
    ]


KNOWN = {"channel": {"phone": (800, 0, None), "chat": (200, 0, None)}}


def known():
    return {
        side: {name: SimpleNamespace(inside=group[0]) for name, group in there.items()} for side, there in KNOWN.items()
    }


def test_a_share_that_chance_does_not_explain_is_a_drift():
    # Wilson for 2 of 50 at 97.5 % (two groups): 0.9 to 15.0 %; a fifth of the population lies above it
    found = drifts(known(), items(phone=(48, 1), chat=(2, 1)), 0.95)
    assert [(each.side, each.group, each.share, each.scored, each.n) for each in found] == [
        ("channel", "chat", 0.2, 0.04, 50),
        ("channel", "phone", 0.8, 0.96, 50),
    ]


def test_what_chance_explains_and_what_weights_put_right_is_none():
    assert drifts(known(), items(phone=(44, 1), chat=(6, 1)), 0.95) == []
    assert drifts(known(), items(phone=(40, 20), chat=(40, 5)), 0.95) == []  # drawn evenly, weighted 800 to 200
    assert len(drifts(known(), items(phone=(40, 1), chat=(40, 1)), 0.95)) == 2
    assert drifts(known(), [], 0.95) == []


def test_a_group_without_any_item_is_told_of():
    found = drifts(known(), items(phone=(60, 1)), 0.95)
    assert ("chat", 0.0) in [(each.group, each.scored) for each in found]
