from datetime import UTC, datetime

import pytest

from qacli.prepare.frame import Frame, SamePerson, WrongRole, agree_frame, agreed
from qacli.prepare.scorecard import Scorecard
from qacli.prepare.settings import Settings
from qacli.prepare.technique import Technique

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
because: {phone: nobody is disturbed, chat: it is all there}
evaluators: [p_ev1, p_ev2]
minutes_per_evaluation: 22
"""
TECHNIQUE = """
{id: recording, version: 1, owner: p_tl1, from: 2026-01-01, title: Hearing it again, sees: {any: [words]},
 blind_to: The screen., live: no, intrusion: none, notice_needed: [], minutes: 20, cost: 0, bias: None., advantages: All.}
"""
CARD = """
{{id: {0}, version: 1.0, owner: p_tl1, from: 2026-01-01, title: Card, channels: [{0}], promises: {{safe: It is safe.}},
 sections: [{{id: all, title: All, criteria: [{{id: said, observable: It is said., scale: binary@1, weight: 100,
 anchors: {{met: Said.}}, not_applicable: never, procedure: idv@1, promise: safe}}]}}]}}
"""
SETTINGS = """
organisation: Harbour
sector: private
provenance: example
roles: {manager: [p_mgr1], leader: [p_tl1, p_tl2]}
"""


def test_each_channel_finds_its_card(read):
    frame = read(Frame, WEEKLY)
    assert [frame.card_for(channel) for channel in ("phone", "chat")] == ["phone@1.0", "chat@1.0"]
    assert frame.floor == 2
    assert read(Frame, WEEKLY.replace(", any:", ", chat:")).card_for("email") is None


def test_each_channel_finds_its_technique(read, wrong):
    assert read(Frame, WEEKLY).technique_for("chat") == "recording"
    frame = read(Frame, WEEKLY.replace("technique: recording", "technique: {phone: recording@1, any: transcript}"))
    assert [frame.technique_for(channel) for channel in ("phone", "chat")] == ["recording@1", "transcript"]
    # where no channels are asked for, those of the scorecards count
    everything = WEEKLY.replace("population: {channel: [phone, chat]}\n", "")
    assert "scorecards.any" in wrong(Frame, everything.replace("technique: recording", "technique: {phone: recording}"))


def test_the_work_of_a_sample_is_added_up(read):
    assert read(Frame, WEEKLY).work() == "11 h of evaluators' time"
    quota = WEEKLY.replace("design: proportional\nstratify_by: channel\nsize: 30", "design: quota\nper_colleague: 3")
    assert read(Frame, quota).work() == "1 h 6 min of evaluators' time per colleague"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("size: 30", "per_colleague: 2", "design"),
        ("size: 30", "size: 30\nper_colleague: 2", "per_colleague"),
        ("stratify_by: channel", "stratify_by: none", "design"),
        ("design: proportional", "design: simple", "stratify_by"),
        ("design: proportional", "design: quota", "stratify_by"),
        ("design: proportional\nstratify_by: channel", "design: simple\nfloor: 3", "floor"),
        (", any: chat@1.0", "", "population.channel.1"),
        (", any: chat@1.0", ", chat: chat@1.0, email: chat@1.0", "scorecards.email"),
        ("technique: recording", "technique: {phone: recording}", "population.channel.1"),
        ("technique: recording", "technique: {any: recording, email: transcript}", "technique.email"),
        ("{phone: nobody is disturbed,", "{email: nobody is disturbed,", "because.email"),
        ("technique: recording", "technique: re cording", "technique.any"),
        ("[p_ev1, p_ev2]", "[p_ev1, p_ev1]", "evaluators.1"),
        ("size: 30", "size: 0", "size"),
        ("size: 30", "size: thirty", "size"),
    ],
)
def test_c04_a_frame_that_cannot_be_drawn_is_refused_at_its_place(wrong, old, new, place):
    assert old in WEEKLY
    assert place in wrong(Frame, WEEKLY.replace(old, new))


@pytest.fixture
def office(read, desk):
    def make(actor, agreement="", hashes=None):
        return desk(
            datetime(2026, 5, 4, 9, tzinfo=UTC),
            actor,
            [
                ("frame", read(Frame, WEEKLY)),
                ("technique", read(Technique, TECHNIQUE)),
                *(("scorecard", read(Scorecard, CARD.format(channel))) for channel in ("phone", "chat")),
            ],
            read(Settings, SETTINGS + agreement),
            hashes,
        )

    return make


def test_c04_a_second_person_agrees_a_frame_once(office):
    view = office("p_mgr1")
    change = view.commit(agree_frame(view, "weekly", "as discussed"))
    [row] = change.rows
    assert (row.kind, row.item, row.sha256, row.decision, row.role, row.comment.text) == (
        "frame",
        "weekly@2",
        "aa",
        "agreed",
        "manager",
        "as discussed",
    )
    again = agree_frame(view, "weekly")
    assert not again.rows
    assert "already agreed" in again.findings[0]


def test_c04_the_owner_cannot_agree_the_own_frame(office):
    with pytest.raises(SamePerson) as caught:
        agree_frame(office("p_tl1"), "weekly")
    assert str(caught.value).startswith("refused[same-person]: p_tl1 owns weekly@2")


def test_c04_the_role_named_in_the_settings_is_asked_for(office):
    with pytest.raises(WrongRole) as caught:
        agree_frame(office("p_tl2", "agreement: {frame: manager}\n"), "weekly")
    assert str(caught.value).startswith("refused[wrong-role]: frames are agreed by a manager")
    assert agree_frame(office("p_tl2"), "weekly").rows[0].role == "leader"


def test_c04_an_approval_holds_for_exactly_the_text_that_was_agreed(office):
    hashes = {("frame", "weekly@2"): "aa"}
    view = office("p_mgr1", hashes=hashes)
    frame = view.definition("frame", "weekly")
    assert agreed(view, frame) is None
    view.commit(agree_frame(view, "weekly"))
    assert agreed(view, frame).sha256 == "aa"
    hashes["frame", "weekly@2"] = "bb"
    assert agreed(view, frame) is None
    hashes["frame", "weekly@2"] = "aa"
    view.commit(agree_frame(view, "weekly", "too few chats", "declined"))
    assert agreed(view, frame) is None
