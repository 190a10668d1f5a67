from datetime import UTC, datetime

import pytest

from qacli.prepare.approval import SamePerson, WrongRole, approval, approve
from qacli.prepare.frames.frame import Frame
from qacli.prepare.settings import Settings

WEEKLY = """
id: weekly
version: 2
owner: p_tl1
from: 2026-01-01
title: Weekly
purpose: routine
cadence: week
population: {channel: [phone, chat]}
scorecards: {phone: phone@1.0, any: chat@1.0}
design: proportional
stratify_by: channel
size: 30
seed: spring
technique: recording
evaluators: [p_ev1, p_ev2]
minutes_per_evaluation: 22
"""
SETTINGS = """
organisation: Harbour
sector: private
provenance: example
roles: {manager: [p_mgr1], leader: [p_tl1, p_tl2]}
"""


@pytest.fixture
def office(read, desk):
    def make(actor, agreement="", hashes=None):
        return desk(
            datetime(2026, 5, 4, 9, tzinfo=UTC),
            actor,
            [("frame", read(Frame, WEEKLY))],
            read(Settings, SETTINGS + agreement),
            hashes,
        )

    return make


def test_c04_a_second_person_agrees_a_frame_once(office):
    view = office("p_mgr1")
    change = view.commit(approve(view, "frame", "weekly", "as discussed"))
    [row] = change.rows
    assert (row.kind, row.item, row.sha256, row.decision, row.role, row.comment.text) == (
        "frame",
        "weekly@2",
        "aa",
        "agreed",
        "manager",
        "as discussed",
    )
    again = approve(view, "frame", "weekly")
    assert not again.rows
    assert "already agreed" in again.findings[0]


def test_c04_the_owner_cannot_agree_the_own_frame(office):
    with pytest.raises(SamePerson) as caught:
        approve(office("p_tl1"), "frame", "weekly")
    assert str(caught.value).startswith("refused[same-person]: p_tl1 owns weekly@2")


def test_c04_the_role_named_in_the_settings_is_asked_for(office):
    with pytest.raises(WrongRole) as caught:
        approve(office("p_tl2", "agreement: {frame: manager}\n"), "frame", "weekly")
    assert str(caught.value).startswith("refused[wrong-role]: frames are agreed by a manager")
    assert approve(office("p_tl2"), "frame", "weekly").rows[0].role == "leader"


def test_c04_an_approval_holds_for_exactly_the_text_that_was_agreed(office):
    hashes = {("frame", "weekly@2"): "aa"}
    view = office("p_mgr1", hashes=hashes)
    frame = view.definition("frame", "weekly")
    assert approval(view, "frame", frame) is None
    view.commit(approve(view, "frame", "weekly"))
    assert approval(view, "frame", frame).sha256 == "aa"
    hashes["frame", "weekly@2"] = "bb"
    assert approval(view, "frame", frame) is None
    hashes["frame", "weekly@2"] = "aa"
    view.commit(approve(view, "frame", "weekly", "too few chats", "declined"))
    assert approval(view, "frame", frame) is None
