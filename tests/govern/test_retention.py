"""What is due to go by class and year, and what stays."""

from __future__ import annotations

from datetime import date

import in_memory
import pytest

from qacli.govern.hold import Hold, HoldEnd, LegalHold, NoHold, held, hold, refuse_held, release
from qacli.govern.retention import CLASSES, RecordClass, class_of, due, unruled
from qacli.govern.retirement import HeldYear, retire
from qacli.govern.staying import reasons_to_stay
from qacli.model import Correction
from qacli.monitor.observing.observation import Observation, Rating
from qacli.monitor.sampling.draw import Item
from qacli.workspace.tables import tables

KINDS = (Item, Observation, Rating)


@pytest.fixture
def observed(desk):
    in_memory.observe(desk, {"ch-check": "4 | said it back | 00:10"}, transaction="c1", day="2026-12-30")
    in_memory.observe(
        desk, {"ch-check": "4 | said it back | 00:10"}, transaction="c2", day="2027-01-04", colleague="p_a09"
    )
    return desk


def test_every_table_belongs_to_one_class_or_to_none_because_it_proves_what_went():
    members = [table for each in CLASSES.values() for table in each]
    assert len(members) == len(set(members))
    approvals = {
        "trials",
        "trial_ratings",
        "approvals",
        "approval_overrides",
        "endings",
        "reviews",
        "technique_choices",
    }
    told = {"acknowledgements", "deliveries", "procedure_acks", "authority_acks"}
    proofs = {"versions", "redactions", "retirements", Correction.TABLE} | told | approvals
    assert {kind.TABLE for kind in tables()} - set(members) - proofs == set()
    assert set(RecordClass.__args__) == set(CLASSES)
    assert class_of("redactions") == ""


def test_a_year_is_due_so_many_months_after_its_end_by_the_rule_of_the_day(observed):
    assert due(observed.on("2027-12-31"), KINDS, {}) == []
    found = due(observed.on("2028-01-01"), KINDS, {})  # the second version says 12 months
    assert [(each.table, each.year, each.rows, each.since, each.rule) for each in found] == [
        ("observations", 2026, 1, date(2028, 1, 1), "obs@2"),
        ("ratings", 2026, 1, date(2028, 1, 1), "obs@2"),
    ]
    assert unruled(observed, KINDS) == ["draws"]


def test_the_earlier_rule_counts_in_its_time(desk):
    in_memory.observe(desk, {"ch-check": "4 | said it back | 00:10"}, transaction="c1", day="2023-05-05")
    assert {each.since for each in due(desk.on("2026-06-01"), KINDS, {})} == {date(2026, 1, 1)}


def test_what_is_held_stays_until_the_hold_ends(observed):
    observed.on("2028-02-01")
    observed.commit(hold(observed, "p_a07", "a claim", date(2028, 3, 1)))
    stays = [(each.table, each.stays) for each in due(observed, KINDS, reasons_to_stay(observed, KINDS))]
    assert stays == [("observations", "held by h_3"), ("ratings", "held by h_3")]
    with pytest.raises(HeldYear, match="observations of 2026 cannot go: held by h_3"):
        retire(observed, KINDS, "observations", 2026, "retention")
    assert retire(observed, KINDS, "observations", 2027, "retention").retires == [
        ("observations", 2027),
        ("ratings", 2027),
    ]
    with pytest.raises(LegalHold, match="h_3 on p_a07 lasts until 1 March 2028"):
        refuse_held(observed, "p_a07", [])
    refuse_held(observed, "p_a09", ["observations"])
    assert held(observed.on("2028-03-02")) == []


def test_a_hold_on_a_class_holds_everybody_in_it_until_it_is_released(observed):
    observed.commit(hold(observed, "observations", "an audit", None))
    assert hold(observed, "observations", "an audit", None).findings == [
        "h_3 holds observations already: nothing to do"
    ]
    with pytest.raises(LegalHold, match="has not been released"):
        refuse_held(observed, "p_a09", ["draws", "observations"])
    observed.commit(release(observed, "observations", "audit closed"))
    assert held(observed) == []
    assert [row.hold for row in observed.rows(HoldEnd)] == [row.id for row in observed.rows(Hold)]
    with pytest.raises(NoHold):
        release(observed, "observations", "again")
