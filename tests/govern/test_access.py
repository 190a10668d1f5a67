"""The pack of one person: all of it, and nobody else by name."""

from __future__ import annotations

import in_memory
import pytest

from qacli.govern.access import pack
from qacli.govern.disclosure import EVERYBODY, NoPurpose, disclosed
from qacli.improve.feedback import prepare
from qacli.model import Change
from qacli.workspace.tables import tables

ANSWERS = {"ch-check": "4 | Rowan and p_a09 listened; Birch said it back to Rowan | 00:10"}


@pytest.fixture
def observed(desk):
    mine = in_memory.observe(desk, ANSWERS, transaction="c1")
    in_memory.observe(desk, ANSWERS, transaction="c2", colleague="p_a09")
    desk.on("2026-05-20")
    desk.commit(prepare(desk, [mine], "p_a07", desk.now.date()))
    desk.commit(Change(rows=[disclosed("export items", 2, "audit by Hazel")]))
    return desk


def table(found, name):
    part = next(part for part in found.parts if part.table == name)
    return [dict(zip(part.columns, row, strict=True)) for row in part.rows]


def test_a_colleague_gets_every_row_about_them_down_to_the_ratings(observed):
    found = pack(observed, tables(), "p_a07")
    assert {part.table: len(part.rows) for part in found.parts} == {
        "items": 1,
        "observations": 1,
        "ratings": 1,
        "feedback": 1,
        "feedback_invitations": 1,
        "feedback_points": 1,
        "access_log": 1,
        "people": 1,
    }
    assert table(found, "items")[0]["transaction"] == "c1"


def test_others_are_masked_the_same_everywhere_and_by_name_too(observed):
    found = pack(observed, tables(), "p_a07")
    rating = table(found, "ratings")[0]
    other = rating["evidence"].split(" and ")[0]
    assert rating["evidence"] == f"{other} and {other} listened; Birch said it back to {other}"
    assert table(found, "items")[0]["evaluator"] == rating["by"] == table(found, "observations")[0]["by"]
    everything = str(found)
    assert not any(name in everything for name in ("Rowan", "Hazel", "Linden", "p_a09", "p_ev1", "p_tl1"))
    assert found.masked == 3


def test_an_evaluator_gets_their_part_but_not_the_words_about_others(observed):
    found = pack(observed, tables(), "p_ev1")
    ratings = table(found, "ratings")
    assert [(row["by"], row["evidence"]) for row in ratings] == [("p_ev1", "")] * 2
    assert [(each.table, each.words) for each in found.withheld] == [("ratings", 2)]


def test_a_customer_is_found_by_the_id_of_a_transaction(observed):
    found = pack(observed, tables(), "c2")
    assert {part.table for part in found.parts} == {"items", "observations", "ratings"}
    assert table(found, "items")[0]["colleague"].startswith("another colleague")
    assert pack(observed, tables(), "c3").parts == []


def test_who_received_names_is_told_to_everybody(observed):
    (received,) = pack(observed, tables(), "p_a12").received_by
    assert received[2] == "export items"
    assert "Hazel" not in received[3]
    assert observed.rows(type(disclosed("x", 1, "y")))[0].person == EVERYBODY
    with pytest.raises(NoPurpose):
        disclosed("export items", 2, "  ")
