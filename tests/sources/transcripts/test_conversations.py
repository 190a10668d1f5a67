"""Conversations as systems export them, and the published examples themselves."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from qacli.files.faults import FileFaults
from qacli.sources.transcripts.folder import Transcripts

DATA = Path(__file__).parents[4] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="shared data is absent")
ZENDESK = {
    "comments": [
        {"author_id": 7, "public": True, "plain_body": "It is late", "created_at": "2026-05-14T10:02:00Z"},
        {"author_id": 9, "public": False, "body": "he rang before", "created_at": "2026-05-14T10:03:00Z"},
        {"author_id": 9, "public": True, "html_body": "<p>Sorry</p>", "created_at": "2026-05-14T10:05:30Z"},
    ],
    "users": [{"id": 7, "role": "end-user"}, {"id": 9, "role": "agent"}],
}
INTERCOM = {
    "created_at": 1778752800,
    "source": {"body": "<p>It is late</p>", "author": {"type": "user"}},
    "conversation_parts": {
        "conversation_parts": [
            {"part_type": "assignment", "body": None, "author": {"type": "bot"}, "created_at": 1778752805},
            {
                "part_type": "note",
                "body": "<p>he rang before</p>",
                "author": {"type": "admin"},
                "created_at": 1778752810,
            },
            {"part_type": "comment", "body": "<p>Sorry</p>", "author": {"type": "admin"}, "created_at": 1778752900},
        ]
    },
}


@pytest.mark.parametrize(
    ("tree", "seconds", "events"), [(ZENDESK, 210, 0), (INTERCOM, 100, 1)], ids=["zendesk", "intercom"]
)
def test_what_colleagues_wrote_to_each_other_is_left_out_and_counted(read, tree, seconds, events):
    found = read("T1.json", json.dumps(tree), whole=True)
    assert [(turn.seconds, turn.role, turn.text) for turn in found.turns] == [
        (0, "customer", "It is late"),
        (seconds, "colleague", "Sorry"),
    ]
    assert +found.left_out == Counter({"internal note": 1}) + Counter({"event": events})


def test_without_users_the_ids_of_authors_are_named_by_hand(read):
    tree = {"comments": ZENDESK["comments"]}
    assert [role for _, role, _ in read("T1.json", json.dumps(tree), {"7": "customer", "9": "colleague"})] == [
        "customer",
        "colleague",
    ]


@needs_data
def test_the_published_analyses_of_a_chat_and_a_call():
    folder = Transcripts(DATA / "amazon_connect", "{transaction}.json")
    chat = folder.read("contact-lens-example-output-files-chat-1")
    assert (len(chat.turns), chat.left_out["event"]) == (31, 4)
    assert {turn.role for turn in chat.turns} == {"colleague", "customer", "system"}
    call = folder.read("contact-lens-voice-raw.repaired")
    assert (len(call.turns), call.turns[0], call.turns[-1].seconds) == (10, (1, 0, "colleague", "Okay."), 31)


@needs_data
def test_an_example_that_was_published_broken_is_a_message(read):
    published = DATA / "amazon_connect" / "contact-lens-example-output-files-1.notjson.txt"
    with pytest.raises(FileFaults, match="no JSON"):
        read("T1.json", published.read_bytes())


@needs_data
def test_the_collection_of_abcd():
    folder = Transcripts(DATA / "abcd", "abcd_sample.json")
    found = folder.read("3592")
    assert Counter(turn.role for turn in found.turns) == {"colleague": 12, "customer": 13, "action": 4}
    assert found.removed == {"e-mail address": 1, "phone number": 2}
    assert folder.read("1") is None


CALL = (
    '{"Participants": [{"ParticipantId": "1", "ParticipantRole": "AGENT"}],'
    ' "Transcript": [{"ParticipantId": "1", "Content": "%s", "BeginOffsetMillis": %s}]}'
)


@pytest.mark.parametrize("spelled", ["\\u001b[2J", "\\u202e"])
def test_a_character_that_json_spells_out_is_refused_as_if_it_stood_there(read, spelled):
    with pytest.raises(FileFaults, match=r"error.unsafe-character.: U\+.* in the text"):
        read("T1.json", CALL % (spelled, 1))


def test_a_line_break_of_windows_is_a_line_break(read):
    assert read("T1.json", CALL % ("late\\r\\nagain", 1)) == [(0, "colleague", "late\nagain")]


@pytest.mark.parametrize(
    ("time", "why"),
    [
        ("NaN", "a time in it is no number"),
        ("1e400", "a time in it is no number"),
        ("1" + "0" * 400, "this is no conversation as contact-lens writes it"),
        ("9" * 5000, "a number in it has more than 4,300 digits"),
    ],
    ids=["nan", "infinite", "huge", "endless"],
)
def test_times_that_are_none_are_told(read, time, why):
    with pytest.raises(FileFaults, match=why):
        read("T1.json", CALL % ("late", time))
