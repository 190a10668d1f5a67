"""What is judged was perceived: sessions that went another way than planned."""

from __future__ import annotations

import pytest
from command_line import run
from desk import CARD, DRAWN, FRAME, WEEK, done, form, items, write


@pytest.fixture
def heard(agreed):
    """The desk with calls only, drawn for a card that asks for the voice."""
    voiced = CARD.replace("never, procedure: need@1", "never, needs: [words, voice], procedure: need@1")
    frame = FRAME.replace("id: weekly", "id: calls").replace("[phone, chat]", "[phone]").replace("desk@1.0", "desk@2")
    write(
        agreed,
        {
            "definitions/scorecards/desk.yaml": voiced.replace("version: 1.0", "version: 2"),
            "definitions/frames/calls.yaml": frame.replace(", chat: transcript", ""),
        },
    )
    done(run("frame agree calls", agreed, "p_mgr1", DRAWN))
    done(run(f"sample draw calls --period {WEEK}", agreed, "p_tl1", DRAWN))
    return agreed


def test_c03_what_only_a_transcript_showed_is_not_scored_until_it_is_heard(heard):
    item = items(heard)[0]["item"]
    done(run(f"record {item} --technique transcript", heard, "p_ev1", DRAWN))
    result = run(f"score --from {form(heard, item)}", heard, "p_ev1", DRAWN)
    assert (result.code, result.err) == (
        1,
        f"""\
refused[technique-blind]: {item} cannot be scored from what p_ev1 perceived of it:
  phone: check of desk@2 needs words, voice, and transcript@1 gives no voice; perceived by: recording, live-remote, \
mystery-shop, side-by-side
  = help: look at it in another way as well, and say so: qacli record {item} --technique recording
""",
    )
    done(run(f"record {item} --technique recording", heard, "p_ev1", DRAWN))
    done(run(f"score --from {form(heard, item)}", heard, "p_ev1", DRAWN))


def test_a_session_of_another_person_counts_for_nobody_else(heard):
    item = items(heard)[0]["item"]
    done(run(f"record {item} --technique transcript", heard, "p_ev2", DRAWN))
    done(run(f"score --from {form(heard, item)}", heard, "p_ev1", DRAWN))  # as planned: by recording


def test_a_note_says_only_what_the_technique_shows(heard):
    notes = heard / "notes.csv"
    notes.write_text("criterion,offset,polarity,fact\ncheck,01:00,-,sounded bored\nnext,,+,named Friday\n", "utf-8")
    result = run(f"record {items(heard)[0]['item']} --technique transcript --notes {notes}", heard, "p_ev1", DRAWN)
    assert result.code == 1
    assert "technique-blind  check: it needs voice, and transcript gives none on phone" in result.err
    assert "next" not in result.err


@pytest.fixture
def everything(agreed):
    """The desk with all conversations of the week drawn, calls and chats."""
    frame = FRAME.replace("id: weekly", "id: everything").replace("per_colleague: 2", "per_colleague: 3")
    write(agreed, {"definitions/frames/everything.yaml": frame})
    done(run("frame agree everything", agreed, "p_mgr1", DRAWN))
    done(run(f"sample draw everything --period {WEEK}", agreed, "p_tl1", DRAWN))
    return agreed


def test_a_technique_of_no_use_on_the_channel_is_refused(everything):
    chat = next(row["item"] for row in items(everything) if row["channel"] == "chat")
    result = run(f"record {chat} --technique recording", everything, "p_ev1", DRAWN)
    assert (result.code, result.err) == (
        1,
        f"""\
refused[technique-blind]: {chat} cannot be observed by recording:
  recording@1 is of no use on chat
  = help: name the technique that was really used: transcript, live-remote, side-by-side, mystery-shop, survey, \
feedback-analysis
""",
    )


def test_each_item_is_looked_at_as_its_channel_is_planned(everything):
    channels = {row["channel"]: row for row in items(everything)}
    for row in channels.values():
        done(run(f"score --from {form(everything, row['item'])}", everything, row["evaluator"], DRAWN))
    found = run("export sessions --format json", everything, "p_tl1").rows
    channels = {row["item"]: channel for channel, row in channels.items()}
    assert {(channels[row["item"]], row["technique"]) for row in found} == {
        ("phone", "recording@1"),
        ("chat", "transcript@1"),
    }
