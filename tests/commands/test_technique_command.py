"""``qacli technique``, and what a technique that cannot show what is asked keeps from being planned."""

from __future__ import annotations

from command_line import run
from desk import CARD, DRAWN, FRAME, WEEK, done, form, write

HEARD = (
    CARD.replace("version: 1.0", "version: 2")
    .replace("id: desk", "id: heard")
    .replace(
        "not_applicable: never, procedure: need@1", "not_applicable: never, needs: [words, voice], procedure: need@1"
    )
)
READ = """\
id: read
version: 1
owner: p_tl1
from: 2026-01-01
title: Calls read in transcript
purpose: routine
cadence: week
population: {channel: [phone]}
scorecards: {phone: heard@2}
design: quota
per_colleague: 1
seed: read
technique: transcript
because: it is quick
evaluators: [p_ev1, p_ev2]
minutes_per_evaluation: 15
"""


def planned(folder, frame=READ):
    write(folder, {"definitions/scorecards/heard.yaml": HEARD, "definitions/frames/read.yaml": frame})
    return folder


def test_c03_a_criterion_of_the_voice_planned_from_transcripts_is_refused_and_a_way_to_hear_it_offered(agreed):
    planned(agreed)
    refusal = """\
refused[technique-blind]: read@1 cannot be carried out as it names techniques:
  phone: check of heard@2 needs words, voice, and transcript@1 gives no voice; perceived by: recording, live-remote, \
mystery-shop, side-by-side
  = help: in the frame read write, for example, technique: {phone: recording}
"""
    for line in ("frame agree read", "technique justify read --because 'no time'"):
        result = run(line, agreed, "p_mgr1", DRAWN)
        assert (result.code, result.err) == (1, refusal)
    found = run("check --format json", agreed, "p_tl1", DRAWN)
    assert [(row["code"], row["file"], row["line"]) for row in found.rows] == [
        ("technique-blind", "definitions/frames/read.yaml", 13)
    ]
    # what was offered is accepted, drawn and scored
    planned(agreed, READ.replace("technique: transcript", "technique: {phone: recording}"))
    done(run("scorecard approve heard", agreed, "p_mgr1", DRAWN))
    done(run("frame agree read", agreed, "p_mgr1", DRAWN))
    assert run("check", agreed, "p_tl1", DRAWN) == (0, "", "")
    done(run(f"sample draw read --period {WEEK}", agreed, "p_tl1", DRAWN))


def test_c03_what_became_blind_after_it_was_agreed_is_not_drawn(agreed):
    planned(agreed, READ.replace("transcript", "recording"))
    done(run("scorecard approve heard", agreed, "p_mgr1", DRAWN))
    done(run("frame agree read", agreed, "p_mgr1", DRAWN))
    techniques = agreed / "definitions/techniques.yaml"
    deaf = techniques.read_text("utf-8").replace("phone: [words, voice, timing, record]", "phone: [words]", 1)
    techniques.write_text(deaf, "utf-8")
    result = run(f"sample draw read --period {WEEK}", agreed, "p_tl1", DRAWN)
    assert result.code == 1
    assert "check of heard@2 needs words, voice, and recording@1 gives no voice" in result.err


def test_c03_a_plan_says_why(agreed):
    planned(agreed, READ.replace("transcript", "recording").replace("because: it is quick\n", ""))
    result = run("frame agree read", agreed, "p_mgr1", DRAWN)
    assert (result.code, result.err.splitlines()[0]) == (
        1,
        "refused[technique-unexplained]: read@1 does not say why it uses recording on phone.",
    )
    assert run("technique justify read", agreed, "p_tl1", DRAWN).code == 1
    done(run("technique justify read --because 'the voice is heard'", agreed, "p_tl1", DRAWN))
    done(run("frame agree read", agreed, "p_mgr1", DRAWN))


def test_c03_the_justification_is_recorded_and_printed(agreed):
    frame = FRAME.replace("because:", "complement: {phone: survey}\nbecause:")
    write(agreed, {"definitions/frames/weekly.yaml": frame.replace("version: 1", "version: 2")})
    line = "technique justify weekly --because 'it can be heard again' --channel phone"
    result = done(run(f"{line} --format md", agreed, "p_tl1", DRAWN))
    assert "| because | it can be heard again | nobody is disturbed |" in result.out
    assert "| recorded by | p\\_tl1 | nobody yet |" in result.out
    assert "| which adds | opinion | nothing |" in result.out
    assert "| must have been told | customers: n\\-phone\\@1; colleagues: n\\-staff\\@1 |" in result.out.replace(
        "n-", "n\\-"
    )
    assert "chat: no complement is named; transcript is blind to: Tone and pace" in result.err
    again = done(run(line, agreed, "p_tl1", DRAWN))
    assert "p_tl1 gave this reason for phone of weekly@2 already: nothing to do" in again.err
    assert [
        (row["plan"], row["channel"], row["technique"], row["complement"], row["reason"], row["by"])
        for row in run("export technique_choices --format json", agreed, "p_tl1").rows
    ] == [("weekly@2", "phone", "recording@1", "survey@1", "it can be heard again", "p_tl1")]
    result = run("technique justify weekly --channel desk", agreed, "p_tl1", DRAWN)
    assert result.err.startswith("refused[other-channel]: weekly@2 does not look at desk.")


def test_c03_a_justification_tells_what_does_not_fit(agreed):
    frame = READ.replace("transcript", "side-by-side").replace("heard@2", "desk@1.0")
    write(agreed, {"definitions/frames/read.yaml": frame, "definitions/notices.yaml": "[]\n"})
    result = done(run(f"technique justify read -o {agreed / 'why.md'}", agreed, "p_tl1", DRAWN))
    assert result.err.splitlines()[:3] == [
        "phone: no notice to customers is in force today, and side-by-side needs one",
        "phone: no notice to colleagues is in force today, and side-by-side needs one",
        "phone: side-by-side takes 35 minutes, and read@1 plans 15 per evaluation",
    ]


def test_c03_techniques_are_compared_criterion_by_criterion(agreed):
    planned(agreed)
    rows = run("technique compare heard@2 --channel phone --format json", agreed, "p_tl1", DRAWN).rows
    found = {row["technique"]: (row["weight"], row["criteria"], row["criticals"], row["cannot_judge"]) for row in rows}
    assert found["recording"] == (100, 3, 1, "")
    # check weighs 60 of the 100
    assert found["transcript"] == (40, 2, 1, "check: voice")
    assert found["survey"] == (0, 0, 0, "all of it: it shows only opinion")
    rows = run("technique compare heard@2 --grid --format json", agreed, "p_tl1", DRAWN).rows
    assert [(row["channel"], row["criterion"], row["transcript"]) for row in rows[:3]] == [
        ("phone", "idv", "sees"),
        ("phone", "check", "blind: voice"),
        ("phone", "next", "sees"),
    ]
    rows = run("technique compare heard@2 --channel chat --format json", agreed, "p_tl1", DRAWN).rows
    assert {row["technique"]: row["cannot_judge"] for row in rows}["recording"] == "of no use on chat"
    result = run("technique compare desk --channel letter", agreed, "p_tl1", DRAWN)
    assert (result.code, "its channels: phone, chat" in result.err) == (2, True)


def test_techniques_are_listed_and_shown(agreed):
    rows = run("technique list --format json", agreed, "p_tl1", DRAWN).rows
    assert [row["technique"] for row in rows][:2] == ["recording@1", "transcript@1"]
    assert len(rows) == 7
    shown = {row["setting"]: row["value"] for row in run("technique show survey --format json", agreed, "p_tl1").rows}
    assert (shown["sees on any"], shown["live"], shown["must have been told"]) == ("opinion", False, "customers")
    result = run("technique show surveys", agreed, "p_tl1")
    assert "did you mean 'survey'?" in result.err


def test_unknown_techniques_and_idle_complements_are_found_by_check(agreed):
    frame = FRAME.replace("chat: transcript}", "chat: transcripts}").replace("id: weekly", "id: one")
    more = FRAME.replace("because:", "complement: {chat: transcript, phone: side-by-side@7}\nbecause:")
    idle = FRAME.replace("because:", "complement: {chat: transcript}\nbecause:").replace("id: weekly", "id: idle")
    write(
        agreed,
        {
            "definitions/frames/one.yaml": frame,
            "definitions/frames/two.yaml": more.replace("id: weekly", "id: two"),
            "definitions/frames/idle.yaml": idle,
        },
    )
    refused = run("frame agree idle", agreed, "p_mgr1", DRAWN)
    assert refused.err.splitlines()[1:] == [
        "  chat: transcript@1 shows nothing that transcript@1 misses",
        "  = help: name one that shows more, or leave complement out",
    ]
    found = run("check --format json", agreed, "p_tl1", DRAWN).rows
    assert [(row["code"], row["file"].rpartition("/")[2], row["message"], row["help"]) for row in found] == [
        (
            "idle-complement",
            "idle.yaml",
            "chat: transcript@1 shows nothing that transcript@1 misses",
            "name one that shows more, or leave complement out",
        ),
        ("unknown-technique", "one.yaml", "no technique 'transcripts'", "did you mean 'transcript'?"),
        ("unknown-technique", "two.yaml", "no technique 'side-by-side@7'", "did you mean 'side-by-side@1'?"),
    ]
    (agreed / "definitions/techniques.yaml").unlink()
    [first, *_] = run("check --format json", agreed, "p_tl1", DRAWN).rows
    assert first["help"].startswith("known: none; qacli init writes the shipped files")
    assert run("technique list", agreed, "p_tl1").err.startswith("no technique is defined; qacli init writes")


def test_routine_and_spot_are_told_apart_from_own_data(drawn):
    empty = run("technique results --format json", drawn, "p_tl1", DRAWN)
    assert (empty.rows, "no observations in this period" in empty.err) == ([], True)
    spot = "--technique side-by-side --kind spot --told-at 2026-05-20T10:15 --intervened --comfort 3 --started 2026-05-20T10:20"
    done(run(f"record t_5-1 {spot}", drawn, "p_ev1", DRAWN))
    for item, person in (("t_5-1", "p_ev1"), ("t_5-2", "p_ev1")):
        done(run(f"score --from {form(drawn, item)}", drawn, person, DRAWN))
    done(run("feedback prepare o_7 --for p_a07", drawn, "p_tl1", DRAWN))
    done(run("feedback deliver f_9", drawn, "p_tl1", DRAWN))
    rows = run("technique results --format json", drawn, "p_tl1", DRAWN).rows
    told = {(row["kind"], row["watched"]): row for row in rows}
    spot = told["spot", "live"]
    assert (spot["observed"], spot["told_before"], spot["verdict"], spot["mean"]) == (1, 1, "too few", None)
    assert (spot["intervened"], spot["n_comfort"], spot["comfort"]) == (1, 1, 3)
    assert (spot["colleagues"], spot["of_colleagues"], spot["n_feedback"]) == (1, 3, 1)
    assert told["routine", "afterwards"]["n_feedback"] == 0


def test_c03_a_technique_of_no_use_on_a_channel_is_refused_with_those_that_show_what_is_asked(agreed):
    write(
        agreed,
        {"definitions/frames/one.yaml": FRAME.replace("id: weekly", "id: one").replace("transcript", "recording")},
    )
    [found] = run("check --format json", agreed, "p_tl1", DRAWN).rows
    assert (found["code"], found["message"], found["help"]) == (
        "technique-blind",
        "chat: recording@1 is of no use there; what desk@1.0 asks is shown by: transcript, live-remote, mystery-shop, "
        "side-by-side",
        "see what each technique shows: qacli technique compare desk",
    )
