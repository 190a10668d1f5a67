"""Few rows of a big table are those that reading the whole table gives: seen on every table of the example bank."""

from __future__ import annotations

import pytest

from qacli.monitor.observing.observation import Observation, Rating
from qacli.workspace import Workspace, view
from qacli.workspace.cells import columns
from qacli.workspace.tables import TABLES, table
from qacli.workspace.view import NoSuchRow


@pytest.fixture
def bank(demo_once, monkeypatch):
    """Views of the example bank: one that reads small tables whole, and one that takes every table for a big one."""
    workspace = Workspace(demo_once[0])
    whole = workspace.view()
    monkeypatch.setattr(view, "SMALL", -1)
    return whole, workspace.view


def test_by_any_cell_of_any_table(bank):
    whole, big = bank
    seen = 0
    for kind in map(table, TABLES):
        for name in (column.name for column in columns(kind) if column.type is str):
            rows = [row for row in whole.rows(kind) if getattr(row, name)]
            for cell in sorted({getattr(row, name) for row in rows})[:3]:
                expected = [row for row in rows if getattr(row, name) == cell]
                assert list(big().rows(kind, **{name: cell})) == expected == list(whole.rows(kind, **{name: cell}))
                seen += 1
    assert seen > 200


def test_by_several_cells_and_in_force(bank):
    whole, big = bank
    heads = {row.id for row in whole.rows(Observation)[:7]}
    expected = [row for row in whole.current(Rating) if row.observation in heads and row.answer == "met"]
    assert expected
    assert list(big().current(Rating, observation=heads, answer="met")) == expected
    assert list(big().rows(Rating, observation=())) == []
    assert big().one(Observation, min(heads)) == whole.one(Observation, min(heads))
    with pytest.raises(NoSuchRow):
        big().one(Observation, "o_zzz")
