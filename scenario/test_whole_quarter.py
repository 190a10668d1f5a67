"""One quarter from ``init`` to the refused portfolio, played through the commands only; ``make quarter`` runs it."""

from __future__ import annotations

from collections import Counter

import pytest
import voices
from whole_quarter import played

from qacli.cli import COMMANDS

ELSEWHERE = {
    "demo": "plays a smaller story of its own",
    "schema": "is for editors",
    "spot": "needs times nobody knows before",
}
"""Commands that this story does not type, and why."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return played(tmp_path_factory.mktemp("quarter") / "desk")


def findings(desk, **wanted):
    rows = desk.type("finding list --format json").rows
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def test_the_fault_of_many_hands_is_found_and_confirmed_by_fresh_checks(desk):
    plant = desk.quarter.plant
    (found,) = findings(desk, kind="rise")
    assert (found["channel"], found["criterion"], found["status"]) == (plant.channel, plant.failing, "confirmed")
    assert found["spread"] == "process"
    assert found["since"] == f"{plant.release}"


def test_the_colleague_who_falls_is_found_and_nobody_else(desk):
    (found,) = findings(desk, kind="fall")
    assert (found["colleague"], found["status"]) == (f"p_{desk.quarter.plant.colleague.lower()}", "confirmed")
    assert findings(desk, kind="apart") == []


def test_goodwill_beyond_its_limits_and_late_complaints_are_found(desk):
    assert Counter(desk.breaches) == {"over-limit": 4, "self-approved": 1, "split": 1}
    logged = voices.complaints(desk.quarter.contacts, desk.quarter.plant)
    late = [said for said in desk.audited if "received" in said]
    assert len(late) == int((logged["late"] == "Y").sum()) == 3
    assert sum("inside 8 weeks, past 15 business days" in said for said in late) == 1


def test_an_action_beyond_the_best_move_on_record_is_refused_by_name(desk):
    assert desk.verdicts["A"].startswith("failed: ")
    assert "best 13-week move on record 2.1 (" in desk.verdicts["A"]


def test_of_157_criteria_none_is_held_by_records_of_an_example(desk):
    assert len(desk.grid) == 157
    states = {row["id"]: row["state"] for row in desk.grid}
    assert "held" not in states.values()
    assert (
        states["mon-p11"] == states["mon-p12"] == states["mon-k7"] == "not live"
    )  # done and said, and nothing of it real
    assert states["mon-k8"] == "lacks"  # nobody has put it in their own words


def test_every_command_of_the_program_was_typed(desk):
    typed = {line.partition(" ")[0] for line in desk.typed}
    assert {each.name for each in COMMANDS} - typed == set(ELSEWHERE)


def test_the_trail_is_whole(desk):
    assert desk.type("ledger verify").err == ""
    assert desk.type("sample verify").code == 0
    assert desk.type("privacy access p_a07 -o drafts/access.md", "p_mgr1").code == 0
