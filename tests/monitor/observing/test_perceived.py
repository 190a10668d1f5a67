"""What is judged was perceived: sessions that went another way than planned."""

from __future__ import annotations

import shutil

import pytest
from command_line import run
from desk import CARD, DRAWN, FRAME, WEEK, done, form, items, write

VOICED = CARD.replace("never, procedure: need@1", "never, needs: [words, voice], procedure: need@1")
# all conversations of the week: calls by a card that asks for the voice, chats by one that does not
FULL = FRAME.replace("id: weekly", "id: full").replace("per_colleague: 2", "per_colleague: 3")


@pytest.fixture(scope="module")
def _once(_desks, tmp_path_factory):
    folder = shutil.copytree(_desks / "agreed", tmp_path_factory.mktemp("heard") / "desk")
    card = VOICED.replace("version: 1.0", "version: 2").replace("id: desk", "id: heard")
    frame = FULL.replace("{any: desk@1.0}", "{phone: heard@2, chat: desk@1.0}")
    write(folder, {"definitions/scorecards/heard.yaml": card, "definitions/frames/full.yaml": frame})
    done(run("scorecard approve heard", folder, "p_mgr1", DRAWN))
    done(run("frame agree full", folder, "p_mgr1", DRAWN))
    done(run(f"sample draw full --period {WEEK}", folder, "p_tl1", DRAWN))
    return folder


@pytest.fixture
def heard(_once, tmp_path):
    """The desk with the calls and chats of a week drawn."""
    return shutil.copytree(_once, tmp_path / "desk")


def of(channel, folder):
    return next(row["item"] for row in items(folder) if row["channel"] == channel)


def test_c03_what_only_a_transcript_showed_is_not_scored_until_it_is_heard(heard):
    item = of("phone", heard)
    done(run(f"record {item} --technique transcript", heard, "p_ev1", DRAWN))
    result = run(f"score --from {form(heard, item)}", heard, "p_ev1", DRAWN)
    assert (result.code, result.err) == (
        1,
        f"""\
refused[technique-blind]: {item} cannot be scored from what p_ev1 perceived of it:
  phone: check of heard@2 needs words, voice, and transcript@1 gives no voice; perceived by: recording, live-remote, \
mystery-shop, side-by-side
  = help: look at it in another way as well, and say so: qacli record {item} --technique recording
""",
    )
    done(run(f"record {item} --technique recording", heard, "p_ev1", DRAWN))
    done(run(f"score --from {form(heard, item)}", heard, "p_ev1", DRAWN))


def test_a_session_of_another_person_counts_for_nobody_else(heard):
    item = of("phone", heard)
    done(run(f"record {item} --technique transcript", heard, "p_ev2", DRAWN))
    done(run(f"score --from {form(heard, item)}", heard, "p_ev1", DRAWN))  # as planned: by recording


def test_a_note_says_only_what_the_technique_shows(heard):
    notes = heard / "notes.csv"
    notes.write_text("criterion,offset,polarity,fact\ncheck,01:00,-,sounded bored\nnext,,+,named Friday\n", "utf-8")
    result = run(f"record {of('phone', heard)} --technique transcript --notes {notes}", heard, "p_ev1", DRAWN)
    assert result.code == 1
    assert "technique-blind  check: it needs voice, and transcript gives none on phone" in result.err
    assert "next" not in result.err


def test_a_technique_of_no_use_on_the_channel_is_refused(heard):
    chat = of("chat", heard)
    result = run(f"record {chat} --technique recording", heard, "p_ev1", DRAWN)
    assert (result.code, result.err) == (
        1,
        f"""\
refused[technique-blind]: {chat} cannot be observed by recording:
  recording@1 is of no use on chat
  = help: name the technique that was really used: feedback-analysis, transcript, survey, live-remote, \
mystery-shop, side-by-side
""",
    )


def test_each_item_is_looked_at_as_its_channel_is_planned(heard):
    channels = {row["channel"]: row for row in items(heard)}
    for row in channels.values():
        done(run(f"score --from {form(heard, row['item'])}", heard, row["evaluator"], DRAWN))
    found = run("export sessions --format json", heard, "p_tl1").rows
    channels = {row["item"]: channel for channel, row in channels.items()}
    assert {(channels[row["item"]], row["technique"]) for row in found} == {
        ("phone", "recording@1"),
        ("chat", "transcript@1"),
    }
