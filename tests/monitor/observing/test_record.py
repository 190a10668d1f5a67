"""How a session is recorded: refusals of C07, test visits, the diary; and C08, what is written down, through the command line."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from functools import partial

import pytest
from command_line import run
from desk import DRAWN, NOTICES, SETTINGS, done, form, items, notices, write

from qacli.monitor.observing.answers import Answer
from qacli.monitor.observing.answers import lacks as lacking
from qacli.workspace import Workspace, evidence

SPOT = "--kind spot --started 2026-05-20T10:20"
NOON = "2026-05-25T12:00"


def refused(folder, line, actor="p_ev1", today=DRAWN):
    result = run(line, folder, actor, today)
    assert (result.code, result.out) == (1, "")
    return result.err.splitlines()[0]


def sessions(folder, more=""):
    return [row for row in run(f"record diary {more} --format json", folder, "p_tl1", NOON).rows if row["session"]]


def test_c07_a_session_says_who_watched_whom_where_how_and_when(drawn):
    line = "--technique side-by-side --started 2026-05-20T10:20 --ended 2026-05-20T10:31 --told-at 2026-05-20T09:00 --comfort 4"
    done(run(f"record t_5-1 {line} --transaction-kind non-routine", drawn, "p_ev1", DRAWN))
    [row] = sessions(drawn)
    assert (row["observer"], row["colleague"], row["channel"], row["technique"], row["position"], row["state"]) == (
        "p_ev1",
        "p_a07",
        "phone",
        "side-by-side",
        "beside",
        "watched",
    )
    assert (row["told_at"], row["started"], row["ended"], row["minutes"]) == (
        "2026-05-20 09:00",
        "2026-05-20 10:20",
        "2026-05-20 10:31",
        11,
    )
    assert (row["comfort"], row["intervened"], row["transaction_kind"]) == (4, False, "non-routine")


def test_c07_two_live_calls_at_five_past_ten_are_refused_though_no_end_was_said(drawn):
    """The first call took 300 seconds by its source, so somebody was with it until 10:05."""
    done(run("record t_5-1 --technique live-remote --started 2026-05-20T10:01", drawn, "p_ev1", DRAWN))
    second = "record t_5-3 --technique side-by-side --started 2026-05-20T10:05"
    assert refused(drawn, second) == (
        "refused[overlapping-sessions]: p_ev1 was watching t_5-1 live at that time (s_6)."
    )
    done(run(second.replace("10:05", "10:06"), drawn, "p_ev1", DRAWN))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "--technique side-by-side --started 2026-05-20T10:20 --told-at 2026-05-20T10:25",
            "refused[times-wrong]: a planned session is announced before it starts at 10:20, not at 10:25.",
        ),
        (
            f"--technique side-by-side {SPOT} --told-at 2026-05-20T09:00",
            "refused[times-wrong]: an unannounced check that starts at 10:20 is not told at 09:00, ahead of it.",
        ),
        (
            "--technique recording --started 2026-05-25T10:00 --ended 2026-05-25T10:02",
            "refused[implausible-length]: t_5-1 lasted 5 min and cannot have been heard whole in 2 min.",
        ),
        (
            "--technique recording --started 2026-05-25T08:00 --ended 2026-05-25T10:30",
            "refused[implausible-length]: nobody takes 2 h 30 min over t_5-1, which lasted 5 min.",
        ),
        (
            "--technique recording --position beside",
            "refused[position-wrong]: nobody observes by recording from the position beside.",
        ),
        (
            "--technique recording --scenario 'lost card'",
            "refused[no-visit]: --shopper and --scenario are of test visits, and recording is none.",
        ),
    ],
)
def test_c07_times_and_places_that_cannot_be_are_refused_with_their_rule(drawn, line, words):
    assert refused(drawn, f"record t_5-1 {line}", today=NOON) == words
    assert not sessions(drawn)


def test_c07_a_part_of_a_recording_an_unannounced_visit_and_a_place_in_the_room_are_taken(drawn):
    part = "--technique recording --started 2026-05-25T10:00 --ended 2026-05-25T10:02 --partly"
    done(run(f"record t_5-1 {part}", drawn, "p_ev1", NOON))
    room = f"--technique side-by-side {SPOT} --told-at 2026-05-20T10:15 --position in-the-room"
    done(run(f"record t_5-3 {room}", drawn, "p_ev2", NOON))
    assert {(row["position"], row["partly"], row["kind"]) for row in sessions(drawn)} == {
        ("afterwards", True, "routine"),
        ("in-the-room", False, "spot"),
    }


def test_c07_a_test_visit_is_recorded_whole_and_by_pseudonym(drawn):
    told = notices([*NOTICES, ("n-shop", *NOTICES[-1][1:])])
    write(drawn, {"definitions/notices.yaml": told + "  covers: [mystery-shop]\n  uses: coaching of teams\n"})
    done(run("notice ack n-shop --on 2026-05-01", drawn, "p_a07", DRAWN))
    visit = "record t_5-1 --technique mystery-shop --started 2026-05-20T10:20"
    assert refused(drawn, f"{visit} --told-at 2026-05-20T09:00") == (
        "refused[visit-incomplete]: the visit to t_5-1 cannot be recorded: who visited is not said, by person id; the story "
        "of the visit is not said; a colleague who is told of a visit acts for it: there is no time at which they were told."
    )
    assert "p_ms9 is not in people.csv" in refused(drawn, f"{visit} --shopper p_ms9 --scenario 'lost card'")
    assert refused(drawn, f"{visit} --shopper p_a07 --scenario 'lost card'").startswith("refused[own-work]: p_a07")
    done(run(f"{visit} --shopper p_tl1 --scenario 'lost card'", drawn, "p_ev1", DRAWN))
    [row] = sessions(drawn)
    assert (row["shopper"], row["scenario"], row["position"]) == ("p_tl1", "lost card", "as-customer")
    # the shopper was on the phone then, whoever recorded it
    beside = "--technique side-by-side --started 2026-05-20T10:21"
    assert refused(drawn, f"record t_5-3 {beside}", "p_tl1").startswith("refused[overlapping-sessions]: p_tl1")
    done(run(f"record t_5-3 {beside}", drawn, "p_ev1", DRAWN))


def test_c07_routine_checks_are_due_done_late_or_missed_and_why(drawn):
    done(run(f"score --from {form(drawn, 't_5-1')}", drawn, "p_ev1", DRAWN))
    done(run("excuse score/t_5-2 --reason 'ill for two weeks'", drawn, "p_tl1", "2026-06-03"))
    done(run(f"score --from {form(drawn, 't_5-3')}", drawn, "p_ev1", "2026-06-03"))
    done(run("sample replace t_5-6 --reason 'recording lost'", drawn, "p_ev2", "2026-06-03"))
    rows = {row["check"]: row for row in run("record diary --format json", drawn, "p_tl1", "2026-06-03").rows}
    states = [(row["state"], row["due"], row["scored_on"], row["why"]) for row in rows.values()]
    assert rows["t_5-1"]["state"] == "done"
    assert (rows["t_5-2"]["state"], rows["t_5-2"]["why"]) == ("missed", "ill for two weeks")
    assert (rows["t_5-3"]["state"], rows["t_5-3"]["due"], rows["t_5-3"]["scored_on"]) == (
        "done late",
        "2026-06-01",
        "2026-06-03",
    )
    assert (rows["t_5-4"]["state"], rows["t_5-6"]["state"], rows["t_5-6"]["why"]) == (
        "late",
        "replaced",
        "recording-lost",
    )
    assert len(states) == 7  # six, and the one that took the place of another
    counted = run("record diary --by kind --format json", drawn, "p_tl1", "2026-06-03").rows
    assert counted == [
        {
            "kind": "routine",
            "planned": 7,
            "done": 1,
            "done_late": 1,
            "watched": 0,
            "due": 1,
            "late": 2,
            "missed": 1,
            "replaced": 1,
        }
    ]


def test_c07_who_was_not_seen_in_unusual_work_nor_on_their_channels_is_named(drawn):
    """A07 and the others work on phone and chat; with the setting at two, both are asked for."""
    write(drawn, {"qacli.yaml": SETTINGS + "thresholds: {observed_channels: 2}\n"})
    both = [item for item in items(drawn) if item["colleague"] == "p_a07"]
    line = f"record {both[0]['item']} --technique {{}} --transaction-kind non-routine"
    technique = "transcript" if both[0]["channel"] == "chat" else "recording"
    done(run(line.format(technique), drawn, "p_ev1", DRAWN))
    told = run("record diary --by channel", drawn, "p_tl1", DRAWN).err
    assert "no non-routine transaction observed of 2 of 3 colleagues: p_a09, p_a12" in told
    other = {"phone": "chat", "chat": "phone"}[both[0]["channel"]]
    assert f"p_a07 works on 2 channels and was observed on 1: not on {other}" in told
    assert "p_a12 works on 2 channels and was observed on 0: not on chat, phone" in told


SAME = "asked for the postcode and then for the date of birth"
TEXT = """\
item: {item}
answers:
  idv: {{answer: met, evidence: "{idv}"}}
  check: 4
  next: {{answer: 5, evidence: "{next}"}}
"""


def hand_in(folder, item, actor="p_ev1", **texts):
    path = folder / "drafts" / "given.yaml"
    path.write_text(TEXT.format(item=item, **{"idv": "asked first", "next": "named Friday", **texts}), "utf-8")
    return run(f"score --from {path}", folder, actor, DRAWN)


def recorded(folder):
    return evidence.recorded_texts(Workspace.find(folder, "p_tl1").view(), date(2026, 5, 1), date(2026, 5, 31))


def test_c08_the_same_words_on_several_forms_are_flagged_and_a_card_number_is_refused(drawn, monkeypatch):
    assert run("record check", drawn, "p_tl1", DRAWN) == (0, "", "")
    # a test number that payment networks publish
    assert hand_in(drawn, "t_5-6", idv="4111 1111 1111 1111").err.startswith("refused[card-number]")
    done(hand_in(drawn, "t_5-1", idv=SAME))
    near = done(hand_in(drawn, "t_5-2", idv=SAME.replace("the postcode", "a postcode")))
    assert near.err == (
        "t_5-2 was assigned to p_ev2\n"
        "look again at o_7 idv: the same words stand in 2 forms (o_6); what was seen or heard in this one?\n"
    )
    done(hand_in(drawn, "t_5-3", idv=SAME.upper()))
    done(hand_in(drawn, "t_5-4", idv="asked for the balance of the card and why it was lost"))
    found = run("record check --format json", drawn, "p_tl1", DRAWN)
    assert found.code == 1
    assert [(row["of"], row["criterion"], row["rule"]) for row in found.rows] == [
        ("o_6", "idv", "reused-text"),
        ("o_7", "idv", "reused-text"),
        ("o_8", "idv", "reused-text"),
    ]
    assert found.rows[0]["message"].startswith("the same words stand in 3 forms (o_7, o_8)")
    assert [row["of"] for row in run("record check o_7 --format json", drawn, "p_tl1", DRAWN).rows] == ["o_7"]
    small = recorded(drawn)
    monkeypatch.setattr(evidence, "LIGHT", -1)  # as large workspaces read it
    assert sorted(recorded(drawn)) == sorted(small)
    assert {each.text for each in small} >= {SAME, "named Friday"}
    assert run("record check --format table", drawn, "p_tl1", DRAWN).out.count("reused-text") == 1
    told = run("check", drawn, "p_tl1", DRAWN)
    assert (told.code, told.err) == (0, "to look at again in what was written down: 1; see qacli record check\n")


def test_c08_one_note_on_fourteen_forms_is_flagged_fourteen_times_and_only_there(agreed):
    for week in ("2026-W19", "2026-W20", "2026-W21"):
        done(run(f"sample draw weekly --period {week}", agreed, "p_tl1", DRAWN))
    forms = [
        TEXT.format(item=each["item"], idv=SAME if n < 14 else f"call {n}", next="named Friday")
        for n, each in enumerate(items(agreed))
    ]
    assert len(forms) > 14
    path = agreed / "drafts/all.yaml"
    path.write_text("".join(f"- {form.strip()}\n".replace("\n", "\n  ").rstrip(" ") for form in forms), "utf-8")
    told = done(run(f"score --from {path}", agreed, "p_ev1", DRAWN)).err.splitlines()
    assert "stand in 14 forms" in told[-2]
    assert told[-1] == "and 10 more to look at: qacli record check"
    found = run("record check --format json", agreed, "p_tl1", DRAWN).rows
    assert len(found) == 14
    assert {(row["rule"], row["words"]) for row in found} == {("reused-text", SAME)}


def test_c08_words_of_opinion_are_asked_about_and_never_refused(drawn):
    told = done(hand_in(drawn, "t_5-1", idv="was rude; the customer said “you are lazy”")).err
    assert told == (
        "look again at o_6 idv: 'rude' names the person, not what was said or done; ask instead: which words, or which act, "
        "made me think so?\n"
    )
    # a line of the conversation is what was said, whoever found it rude
    lines = "colleague: Good day, what can I do? / 01:10 customer: You were rude. / line 7, customer: Perfect, thanks"
    assert done(hand_in(drawn, "t_5-3", idv=lines)).err == ""
    beside = done(hand_in(drawn, "t_5-5", idv="was rude / 01:10 customer: You were lazy. / a good end")).err
    assert re.findall(r"o_8 idv: '(.*?)'", beside) == ["rude", "good"]
    # the list is the workspace's own
    write(drawn, {"definitions/opinions.yaml": "[]\n"})
    assert run("record check", drawn, "p_tl1", DRAWN) == (0, "", "")


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (
            {"idv": "rang +44 20 7946 0991 back"},
            "personal-data  idv: holds what looks like a phone number: say what it was, without the number or address",
        ),
        ({"idv": "", "next": ""}, "missing-evidence  idv: say what was seen or heard: it is compliance-critical"),
    ],
)
def test_c08_what_no_entry_may_hold_or_lack(drawn, texts, words):
    phone = next(item["item"] for item in items(drawn) if item["channel"] == "phone")
    result = hand_in(drawn, phone, **texts)
    assert (result.code, result.err.splitlines()[1].strip()) == (1, words)


def test_c08_a_time_behind_the_end_is_asked_about(drawn):
    """The calls of the desk took 300 seconds by their source, a minute more is let pass; of one the transcript says more."""
    calls = [item for item in items(drawn) if item["channel"] == "phone"]
    write(drawn, {f"transcripts/{calls[1]['transaction']}.txt": "10:20 A: Good morning\n10:27 C: Bye\n"})
    late = "look again at o_6 idv: 06:41 is after the end, 05:00 by source and transcript; when was it?"
    assert late in done(hand_in(drawn, calls[0]["item"], idv='asked", offset: "06:41')).err
    for call, offset in ((calls[1], "06:41"), (calls[2], "05:59")):
        assert "after the end" not in done(hand_in(drawn, call["item"], idv=f'asked", offset: "{offset}')).err
    assert [row["rule"] for row in run("record check --format json", drawn, "p_ev1", DRAWN).rows] == ["offset-outside"]


def test_c08_a_card_may_ask_for_more_evidence_or_for_less(desk_at):
    card = (folder := desk_at("new")) / "definitions/scorecards/desk.yaml"
    for setting, lacks in (("[every]", ["idv", "check", "next"]), ("[top]", ["next"])):
        card.write_text(card.read_text("utf-8").split("evidence:")[0] + f"evidence: {setting}\n", "utf-8")
        view = Workspace.find(folder, "p_ev1").view()
        found = lacking(
            view.look_up("scorecard", "desk"),
            partial(view.look_up, "scale"),
            {"idv": Answer("not_met"), "check": Answer("4"), "next": Answer("5")},
        )
        assert [lack.criterion for lack in found if lack.rule == "missing-evidence"] == lacks


def typed(monkeypatch, text):
    monkeypatch.setattr("sys.stdin", io.StringIO(text) if isinstance(text, str) else text)


def test_c08_notes_are_taken_live_kept_at_each_line_and_taken_up_by_the_session(drawn, monkeypatch):
    place = drawn / "drafts/t_5-1.p_ev1.notes.jsonl"

    class Watcher:
        """What a pipe gives, while somebody looks at the disk: what was typed is there before the next is asked for."""

        seen = ()

        def isatty(self):
            return False

        def __iter__(self):
            yield "idv - gave the balance before the check => anybody could have heard it\n"
            assert (
                json.loads(place.read_text("utf-8").splitlines()[-1])["note"][3] == "gave the balance before the check"
            )
            yield "said goodbye by name\n"
            yield "idw - no\n"

    typed(monkeypatch, Watcher())
    result = run("record note t_5-1", drawn, "p_ev1", "2026-05-20T10:20")
    assert (result.code, result.out.splitlines()[0]) == (
        2,
        "t_5-1: 2 notes kept, next: qacli record note t_5-1 --as p_ev1 --today 2026-05-20T10:20",
    )
    assert result.err.splitlines()[:2] == [
        "without + or -: #2; say it before the session is recorded: #2 +",
        "nothing is noted that went well, and feedback begins with that: what was it?",
    ]
    assert "line 3: idw is no criterion of this card; did you mean idv?" in result.err
    # cut off by a loss of power, then taken up again, 41 seconds after it began
    with place.open("a") as book:
        book.write('{"note": ["idv", "00')
    done(run(["record", "note", "t_5-1", "check + said it back"], drawn, "p_ev1", "2026-05-20T10:20:41"))
    typed(monkeypatch, "#2 +\n02:30 #\n.\n")
    assert "live notes of t_5-1 wait: qacli record t_5-1 --technique TECHNIQUE" in run("", drawn, "p_ev1").out
    done(run("record note t_5-1", drawn, "p_ev1", "2026-05-20T10:25:00"))
    lacking = run("record check t_5-1 --format json", drawn, "p_ev1", DRAWN)
    assert {row["rule"] for row in lacking.rows} == {"no-session", "missing-answer", "polarity"}
    typed(monkeypatch, "#4 drop\n.\n")
    done(run("record note t_5-1", drawn, "p_ev1", "2026-05-20T10:25:00"))
    done(run("record t_5-1 --technique side-by-side", drawn, "p_ev1", DRAWN))
    assert not place.exists()
    [row] = sessions(drawn)
    assert (row["started"], row["ended"], row["minutes"]) == ("2026-05-20 10:20", "2026-05-20 10:25", 5)
    lines = (drawn / "records/2026/notes.2.csv").read_text("utf-8").splitlines()[1:]
    assert [line.split(",")[5:8] for line in lines] == [
        ["idv", "00:00", "-"],
        ["", "00:00", "+"],
        ["check", "00:41", "+"],
    ]


def test_a_note_is_not_taken_of_what_may_not_be_observed_nor_with_a_card_number(drawn):
    assert refused(drawn, ["record", "note", "t_5-1", "+ said it"], "p_a07").startswith("refused[own-work]")
    # a test number that payment networks publish
    result = run(["record", "note", "t_5-1", "idv - read out 4111 1111 1111 1111"], drawn, "p_ev1", DRAWN)
    assert (result.code, "payment card number" in result.err) == (2, True)
    assert not list((drawn / "drafts").glob("*.notes.jsonl"))


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("--offset 2:41pm", "'2:41pm' is no time from the start\n  = help: write 02:41 or 1:02:41"),
        ("--criterion idw", "idw is no criterion of this card\n  = help: did you mean 'idv'?"),
        ("--polarity good", "'good' is neither + nor -\n  = help: write --polarity=+ or --polarity=-"),
    ],
)
def test_an_option_that_holds_something_else_is_no_part_of_the_note(drawn, option, words):
    told = run(f"record note t_5-1 'asked for the postcode' {option}", drawn, "p_ev1", DRAWN)
    assert (told.code, words in told.err) == (2, True), told.err
    assert list((drawn / "drafts").glob("*t_5-1*")) == []
    done(run("record note t_5-1 'asked' --offset 2:41 --criterion idv --polarity=-", drawn, "p_ev1", DRAWN))
