"""Scoring at line prompts, driven as a person drives it: by lines."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
import scoring_cards
from command_line import run
from desk import CARD, DRAWN, done, form, items
from in_memory import BINARY, POINT5
from terminal import terminal

from qacli.commands.prompts import RECORD, KeepDraft, Prompts
from qacli.files.yaml import parse
from qacli.model import Words
from qacli.monitor.observing.answers import Answer
from qacli.monitor.observing.observation import Note
from qacli.monitor.observing.sheet import Sheet, resumed
from qacli.monitor.observing.typed import meant
from qacli.monitor.suggesting.suggestion import Suggestion
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard
from qacli.sources.transcripts.turns import Turn

DESK = Scorecard.model_validate(parse(CARD, "card.yaml").data)
SCALES = {
    f"{scale.id}@1": scale for scale in (Scale.model_validate(parse(text, "s.yaml").data) for text in (BINARY, POINT5))
}


class Sitting:
    """One sitting: the lines typed, what was shown, and the draft as it was last kept. At the review it records."""

    def __init__(
        self, *lines, draft=None, transcript=(), notes=(), card=DESK, scales=SCALES, suggested=(), total=False
    ):
        self.lines, self.shown, self.asked, self.kept = list(lines), [], [], None
        sheet = Sheet(card, scales, turns=transcript, notes=notes, suggested=suggested)
        self.prompts = Prompts(resumed(sheet, draft or {}), self.ask, self.shown.append, self.keep, total)

    def ask(self, prompt):
        self.asked.append(prompt)
        if not self.lines and prompt == RECORD:
            return "r"
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)

    def keep(self, sheet):
        self.kept = sheet

    @property
    def saved(self):
        return dict(self.kept.answers)

    def run(self):
        return self.prompts.run().given


HOLD = scoring_cards.card("""
criteria:
  - {id: hold, scale: binary@1, weight: 40}
  - {id: why, scale: point5@1, weight: 30, only_if: {criterion: hold, answers: [met]}}
  - {id: back, scale: point5@1, weight: 30, only_if: {criterion: why, answers: ["4", "5"]}}
  - {id: extra, scale: binary@1, weight: 5, bonus: yes}
""")


def test_what_a_rule_suggests_is_shown_and_its_words_may_be_taken_as_evidence():
    suggested = [
        Suggestion("idv", "not_met", "early@1", 2, "your balance is"),
        Suggestion("next", "4", "day@1", None, "not said"),
    ]
    turns = [Turn(1, 0, "customer", "Hello"), Turn(2, 41, "colleague", "your balance is 5")]
    sitting = Sitting("n", "1", "4", "1", "said nothing", transcript=turns, suggested=suggested)
    answers = sitting.run()
    assert "  [1] early@1 suggests not_met: your balance is, turn 2; you decide, s takes it" in sitting.shown
    assert "  [1] day@1 suggests 4: not said; you decide, s takes it" in sitting.shown
    assert answers["idv"] == Answer("not_met", "your balance is", "00:41")
    assert answers["next"] == Answer("1", "said nothing"), "what a person answers counts"


def questions(sitting):
    return [line.split("  ")[0] for line in sitting.shown if line[0].isdigit()]


def test_what_an_answer_opens_is_asked_and_what_it_closes_is_not():
    sitting = Sitting("n", "went silent", "n", card=HOLD)
    assert sitting.run() == {"hold": Answer("not_met", "went silent"), "extra": Answer("not_met")}
    assert questions(sitting) == ["1/2 hold", "2/2 extra"]
    assert "2/2 extra  It is said.  [bonus]" in sitting.shown
    sitting = Sitting("y", "asked first", "4", "4", "n", card=HOLD)
    assert [*sitting.run()] == ["hold", "why", "back", "extra"]
    assert questions(sitting) == ["1/2 hold", "2/3 why", "3/4 back", "4/4 extra"]


def test_going_back_to_another_answer_asks_anew_and_forgets_nothing_that_was_typed():
    # hold met, why 4, back 4; then back to hold: not met closes both
    sitting = Sitting("y", "asked first", "4", "4", "b", "b", "b", "n", "went silent", "n", card=HOLD)
    assert [*sitting.run()] == ["hold", "extra"]
    assert questions(sitting)[-2:] == ["1/4 hold", "2/2 extra"]
    assert sitting.saved["back"] == Answer("4")
    # and back once more: what was typed stands as it was
    again = Sitting("b", "y", "", "", "", "n", card=HOLD, draft={**sitting.saved, "extra": Answer("")})
    assert again.run()["back"] == Answer("4")


def test_a_draft_goes_on_where_what_it_opened_lacks_an_answer():
    draft = {"hold": Answer("met", "asked"), "extra": Answer("not_met")}
    sitting = Sitting("4", "4", "", card=HOLD, draft=draft)
    assert [*sitting.run()] == ["hold", "why", "back", "extra"]
    assert sitting.shown[0] == "draft: 2 of 3 answered; b goes back"


def test_answers_in_the_order_of_the_card():
    sitting = Sitting("y", "asked for the postcode", "4", "a", "nothing was left")
    assert sitting.run() == {
        "idv": Answer("met", "asked for the postcode"),
        "check": Answer("4"),
        "next": Answer("na", "nothing was left"),
    }
    assert (
        sitting.shown[1] == "1/3 idv  The customer passes the check before any detail is given.  [critical: compliance]"
    )
    assert sitting.asked[:3] == [
        "n/y/a> ",
        "  evidence (it is compliance-critical; empty: answer again)> ",
        "1/2/3/4/5> ",
    ]


def test_an_answer_typed_ahead_is_no_evidence():
    sitting = Sitting("n", "4", "met", "gave the balance first", "4", "4")
    assert sitting.run()["idv"] == Answer("not_met", "gave the balance first")
    assert [line for line in sitting.shown if "no evidence" in line] == [
        f"  '{typed}' is no evidence: write what was seen or heard" for typed in ("4", "met")
    ]
    assert sitting.saved["check"] == Answer("4")


def test_what_looks_like_a_time_and_is_none_is_told():
    sitting = Sitting("n", "99:99 gave the balance first", "4", "4")
    assert sitting.run()["idv"] == Answer("not_met", "99:99 gave the balance first")
    assert "  look again: 99:99 is no time from the start, such as 02:41, and stays among the words" in sitting.shown


def test_a_time_in_front_of_the_evidence_is_its_offset():
    sitting = Sitting("n", "00:41 gave the balance first", "4", "4")
    assert sitting.run()["idv"] == Answer("not_met", "gave the balance first", "00:41")


def test_na_is_not_offered_where_the_criterion_always_applies():
    sitting = Sitting("y", "asked", "a", "4", "4")
    assert sitting.run()["check"] == Answer("4")
    assert "  'a' is none of 1/2/3/4/5; ? shows what each means" in sitting.shown


@pytest.mark.parametrize(
    ("typed", "point"),
    [
        ("Y", "met"),
        ("yes", "met"),
        ("met", "met"),
        ("Not Met", "not_met"),
        ("not_met", "not_met"),
        ("NO", "not_met"),
        ("A", "na"),
        ("N/A", "na"),
        ("na", "na"),
    ],
)
def test_points_are_answered_by_key_name_or_label(typed, point):
    assert Sitting(typed, "asked", "4", "4").run()["idv"].answer == point


def test_keys_come_in_capitals_too_and_labels_that_say_two_things_say_none():
    sitting = Sitting("E", "said it", "C", "kind", "Y", "B", "", "T", "4", "4")
    assert sitting.run()["idv"] == Answer("met", "said it", "", "kind")
    twins = [point.model_copy(update={"label": "same"}) for point in SCALES["point5@1"].points]
    scale = SCALES["point5@1"].model_copy(update={"points": tuple(twins)})
    assert (meant("same", scale.keys(), scale), meant("4", scale.keys(), scale)) == ("", "4")


def test_na_is_in_the_line_of_keys_only_where_it_may_be_given():
    sitting = Sitting("?", "y", "asked", "?", "4", "4")
    sitting.run()
    helped = [line for line in sitting.shown if line.endswith("q keep draft")]
    assert [line.startswith("  a N/A   e evidence") for line in helped] == [True, True, False]


MEASURED = Scale.model_validate(
    parse(
        """
id: measured
version: 1
owner: p_tl1
from: 2026-01-01
title: Measured
kind: number
range: {from: 0, to: 100, step: 5}
bands: [{band: late, from: 0, label: late}, {band: soon, from: 80, label: soon}]
met_at: 80
""",
        "s.yaml",
    ).data
)
LETTERS = Scale.model_validate(
    parse(
        """
id: letters
version: 1
owner: p_tl1
from: 2026-01-01
title: Letters
kind: ordinal
points: [{point: c, value: 0, label: C}, {point: b, value: 60, label: B}, {point: a, value: 100, label: A}]
met_at: b
""",
        "s.yaml",
    ).data
)


def on(scale, anchors, *lines, filled_from=""):
    """One sitting in which the second criterion is on another scale, after the first was answered."""
    old = (
        "scale: point5@1, weight: 60,\n         anchors: {"
        + CARD.partition("weight: 60,\n         anchors: {")[2].partition("}")[0]
        + "}"
    )
    assert old in CARD
    measure = f", filled_from: {filled_from}" if filled_from else ""
    text = CARD.replace(old, f"scale: {scale.reference}, weight: 60, anchors: {anchors}{measure}")
    text = text.replace(
        "not_applicable: never, procedure: need@1", "not_applicable: Nothing was wanted., procedure: need@1"
    )
    card = Scorecard.model_validate(parse(text, "card.yaml").data)
    return Sitting("y", "asked", *lines, "4", card=card, scales={**SCALES, scale.reference: scale})


def test_c02_a_number_is_typed_and_its_source_is_the_evidence():
    sitting = on(
        MEASURED, "{late: after the limit, soon: within it}", "83", "eighty", "?", "085", "log of the chat, 42 s",
        filled_from="reply-seconds",
    )  # fmt: skip
    assert sitting.run()["check"] == Answer("85", "log of the chat, 42 s")
    assert "0 to 100 in steps of 5, or a> " in sitting.asked
    assert "  evidence (it is measured, so name where reply-seconds was read; empty: answer again)> " in sitting.asked
    assert "  '83' is none of 0 to 100 in steps of 5, or a; ? shows what each means" in sitting.shown
    asked = sitting.shown.index("  0  lowest")
    assert sitting.shown[asked : asked + 7] == [
        "  0  lowest",
        "  late  late, from 0: after the limit",
        "  soon  soon, from 80: within it",
        "  100  highest",
        "  N/A: Nothing was wanted.",
        "  procedure: need@1",
        "  measure: reply-seconds",
    ]


def test_c02_a_measured_number_that_was_typed_before_is_kept_by_an_empty_line():
    sitting = on(MEASURED, "{0: late, 100: soon}", "85", "log", "b", "", "4", filled_from="reply-seconds")
    assert sitting.run()["check"] == Answer("85", "log")


def test_c02_where_points_are_letters_the_asides_are_written_out():
    sitting = on(LETTERS, "{c: says nothing, a: says all}", "comment", "hard to hear", "evidence", "said it back", "B")
    assert sitting.run()["check"] == Answer("b", "said it back", "", "hard to hear")
    assert "c/b/a/na> " in sitting.asked
    assert (
        "  letters are points here; write out back, evidence, comment, transcript, anchors, guidance, suggested, undo, review, keep"
        in sitting.shown
    )
    back = on(LETTERS, "{c: says nothing, a: says all}", "back", "y", "A", "said it all")
    assert back.run()["check"] == Answer("a", "said it all")
    away = on(LETTERS, "{c: says nothing, a: says all}", "N/A", "nothing was asked")
    assert away.run()["check"] == Answer("na", "nothing was asked")


def note(criterion, fact, offset="", polarity="-"):
    return Note(session="s_1", criterion=criterion, offset=offset, polarity=polarity, fact=Words(fact))


def test_what_was_noted_while_watching_is_shown_and_serves_as_evidence():
    noted = [
        note("idv", "gave the balance first", "00:41"),
        note("next", "named Friday", "04:10", "+"),
        note("idv", "{odd}"),
    ]
    sitting = Sitting("n", "1", "4", "e", "1", "4", notes=noted)
    assert sitting.run() == {
        "idv": Answer("not_met", "gave the balance first", "00:41"),
        "check": Answer("4"),
        "next": Answer("4", "named Friday", "04:10"),
    }
    assert [line for line in sitting.shown if "noted" in line] == [
        "  noted [1] 00:41 - gave the balance first",
        "  noted [2] - {odd}",
        "  noted [1] 04:10 + named Friday",
    ]
    assert "  evidence (it is compliance-critical; 1/2 takes its words; empty: answer again)> " in sitting.asked


def test_an_answer_that_needs_evidence_can_be_taken_back_by_giving_none():
    sitting = Sitting("y", "asked", "2", "", "4", "4")
    assert sitting.run()["check"] == Answer("4")


def test_back_shows_the_answer_given_and_enter_keeps_it():
    sitting = Sitting("y", "asked", "4", "b", "b", "", "", "4")
    assert sitting.run()["check"] == Answer("4")
    assert sitting.asked[-4:] == ["n/y/a (met)> ", "1/2/3/4/5 (4)> ", "1/2/3/4/5/a> ", RECORD]
    assert Sitting("b", "<", "y", "asked", "4", "4").run()["idv"] == Answer("met", "asked")


def test_evidence_for_another_answer_is_shown_before_it_is_kept():
    sitting = Sitting("n", "00:41 gave the balance first", "b", "y", "01:10 it was after the check", "4", "4")
    assert sitting.run()["idv"] == Answer("met", "it was after the check", "01:10")
    assert '  evidence (for not_met it was: "gave the balance first"; empty keeps it)> ' in sitting.asked
    kept = Sitting("n", "00:41 gave the balance first", "b", "y", "", "4", "4")
    assert kept.run()["idv"] == Answer("met", "gave the balance first", "00:41")


def test_evidence_and_comment_come_before_or_after_the_answer_and_are_never_lost():
    sitting = Sitting("e", "02:41 said it twice", "c", "kind", "y", "q")
    with pytest.raises(KeepDraft):
        sitting.run()
    assert sitting.saved == {"idv": Answer("met", "said it twice", "02:41", "kind")}
    early = Sitting("e", "02:41 said it twice", "q")
    with pytest.raises(KeepDraft):
        early.run()
    assert early.saved == {"idv": Answer("", "said it twice", "02:41")}
    assert Sitting("y", "4", "4", draft=early.saved).run()["idv"] == Answer("met", "said it twice", "02:41")


def test_help_shows_what_each_point_looks_like_and_the_rule_for_na():
    sitting = Sitting("?", "q")
    with pytest.raises(KeepDraft):
        sitting.run()
    assert sitting.shown.count("  n  not met: A detail comes first.") == 2, "once at the question, once more with ?"
    assert sitting.shown[-3:-1] == ["  N/A: General question.", "  procedure: idv@1"]


def test_the_transcript_at_hand_whole_or_one_turn():
    turns = [
        SimpleNamespace(number=1, seconds=0, role="colleague", text="Which postcode?"),
        SimpleNamespace(number=2, seconds=61, role="customer", text="[b]EC1[/b]"),
    ]
    sitting = Sitting("t", "t 2", "q", transcript=turns)
    with pytest.raises(KeepDraft):
        sitting.run()
    assert sitting.shown[-3:] == [
        "    1 00:00 colleague: Which postcode?",
        "    2 01:01 customer: [b]EC1[/b]",
        "    2 01:01 customer: [b]EC1[/b]",
    ]
    bare = Sitting("t", "q")
    with pytest.raises(KeepDraft):
        bare.run()
    assert bare.shown[-1] == "  no transcript was found for this transaction"


def test_card_numbers_and_hidden_characters_are_asked_again_and_never_reach_the_draft():
    sitting = Sitting("n", "read out 4111 1111 1111 1111", "\x1b[2Jgone", "read out a card", "q")
    with pytest.raises(KeepDraft):
        sitting.run()
    assert sitting.saved["idv"].evidence == "read out a card"
    assert "4111" not in "".join(sitting.shown)


def test_a_draft_goes_on_where_it_stopped():
    sitting = Sitting("4", draft={"idv": Answer("met", "asked"), "check": Answer("4")})
    assert list(sitting.run()) == ["idv", "check", "next"]
    assert sitting.shown[0] == "draft: 2 of 3 answered; b goes back"


@pytest.mark.parametrize(
    "damaged",
    [
        {"idv": Answer("met", "asked"), "check": Answer("9")},
        {"idv": Answer("met", "asked"), "gone": Answer("4")},
        {"idv": Answer("met"), "check": Answer("4"), "next": Answer("4")},
    ],
)
def test_a_draft_that_no_longer_fits_is_asked_again_where_it_does_not(damaged):
    lines = ["y", "asked"] if not damaged["idv"].evidence else []
    found = Sitting(*lines, *(["4"] if damaged.get("check") != Answer("4") else []), "4", "4", draft=damaged).run()
    assert found == {"idv": Answer("met", "asked"), "check": Answer("4"), "next": Answer("4")}


TURNS = [
    Turn(1, 0, "colleague", "Which postcode?"),
    Turn(2, 41, "customer", "[b]EC1[/b]"),
    Turn(3, 50, "colleague", "Ta"),
]


def test_a_line_of_the_transcript_is_quoted_as_evidence_with_its_time():
    sitting = Sitting("y", "t 2", "e 9", "e 2", "4", "4", transcript=TURNS)
    assert sitting.run() == {
        "idv": Answer("met", "customer: [b]EC1[/b]", "00:41"),
        "check": Answer("4"),
        "next": Answer("4"),
    }
    assert "  the transcript has no line 9: its lines are 1 to 3" in sitting.shown
    assert "    2 00:41 customer: [b]EC1[/b]" in sitting.shown
    early = Sitting("e 2", "e 3", "y", "4", "4", transcript=TURNS)
    assert early.run()["idv"] == Answer("met", "customer: [b]EC1[/b] / 00:50 colleague: Ta", "00:41")


def test_lines_of_the_transcript_are_looked_up_by_number_and_by_word():
    sitting = Sitting("t 2-3", "t POSTCODE", "t nowhere", "q", transcript=TURNS)
    with pytest.raises(KeepDraft):
        sitting.run()
    looked = [line.split()[0] for line in sitting.shown if line.startswith("    ")]
    assert looked == ["2", "3", "1"]
    assert sitting.shown[-1] == "  no line is 'nowhere' or holds it"


def test_an_answer_is_kept_before_its_evidence_is_asked_for():
    sitting = Sitting("n")
    with pytest.raises(EOFError):
        sitting.run()
    assert sitting.saved == {"idv": Answer("not_met")}
    again = Sitting("", "gave the balance first", "4", "4", draft=sitting.saved)
    assert again.run()["idv"] == Answer("not_met", "gave the balance first")
    assert again.asked[0] == "n/y/a (not_met)> "


def test_the_review_shows_every_answer_and_opens_one_by_its_number():
    sitting = Sitting("y", "asked", "4", "4", "2", "2", "said nothing back", "x", "r")
    assert sitting.run()["check"] == Answer("2", "said nothing back")
    reviews = [line for line in sitting.shown if line.startswith("  2 check")]
    assert reviews == ["  2 check  4", "  2 check  2  said nothing back"]
    assert sitting.asked.count(RECORD) == 3, "what is no number and no letter of it is asked again"


def test_the_review_says_what_is_missing_and_records_nothing_before_it_is_there():
    sitting = Sitting("r", "r", "y", "asked", "4", "r", "q")
    with pytest.raises(KeepDraft):
        sitting.run()
    assert "  1 idv  LACKS: no answer yet" in sitting.shown
    assert "  not yet: idv: no answer was given" in sitting.shown
    assert "  2 check  4" in sitting.shown
    assert sitting.saved == {"idv": Answer("met", "asked"), "check": Answer("4")}


def test_what_an_edit_opens_is_asked_before_the_review_comes_back():
    sitting = Sitting("n", "went silent", "n", "1", "y", "asked first", "4", "4", card=HOLD)
    assert [*sitting.run()] == ["hold", "why", "back", "extra"]
    assert sitting.asked.count(RECORD) == 2


def test_the_last_entry_is_taken_back_and_a_suggestion_taken_with_its_words():
    suggested = [Suggestion("idv", "not_met", "early@1", 2, "EC1")]
    sitting = Sitting("u", "s", "4", "u", "5", "all of it", "s", "4", transcript=TURNS, suggested=suggested)
    found = sitting.run()
    assert found == {"idv": Answer("not_met", "EC1", "00:41"), "check": Answer("5", "all of it"), "next": Answer("4")}
    assert [line for line in sitting.shown if "back" in line and "take" in line] == [
        "  nothing to take back", "  taken back: check",
    ]  # fmt: skip
    assert "  nothing is suggested here" in sitting.shown


def test_the_score_so_far_is_told_only_where_it_is_wanted():
    # check weighs 60 and next 40; 4 is worth 75, 1 is worth 0: 60 x 75 / 100 = 45
    lines = ("y", "asked", "4", "1", "none")
    told = [line for line in _run(*lines, total=True).shown if "so far" in line]
    assert told == ["  so far 75.0 of 100", "  so far 45.0 of 100"]
    assert not [line for line in _run(*lines).shown if "so far" in line]


def _run(*lines, **more):
    sitting = Sitting(*lines, **more)
    sitting.run()
    return sitting


# --- at a real terminal ---


SCORE = ["score", "--as", "p_ev1", "--today", DRAWN]


def test_a_whole_sitting_at_a_terminal(drawn):
    draft = drawn / "drafts" / "t_5-1.p_ev1.json"
    with terminal(drawn, SCORE) as screen:
        assert "desk@1.0 - phone A07-20" in screen.until("n/y/a> ")
        screen.type("n\n")
        screen.until("empty: answer again)> ")
        screen.type("00:41 gave the balance first\n")
        screen.until("1/2/3/4/5> ")
        screen.type("t\n")
        assert "customer: [b]EC1[/b]" in screen.until("1/2/3/4/5> ")
        # a signal between the prompt and the reading is heard by the next one only
        text, code = screen.end(pressing="\x03")
    assert (code, "draft kept; go on with: qacli score t_5-1" in text) == (130, True)
    assert "gave the balance first" in draft.read_text("utf-8")

    with terminal(drawn, SCORE) as screen:
        assert "draft: 1 of 3 answered" in screen.until("1/2/3/4/5> ")
        screen.type("4\n")
        screen.until("1/2/3/4/5/a> ")
        screen.kill()
    assert json.loads(draft.read_text("utf-8"))["answers"]["check"][0] == "4"

    with terminal(drawn, SCORE) as screen:
        screen.until("1/2/3/4/5/a> ")
        assert screen.end(pressing="\x04")[1] == 130  # the end of the input

    with terminal(drawn, SCORE) as screen:
        screen.until("1/2/3/4/5/a> ")
        screen.type("4\n")
        assert "3 next  4" in screen.until(RECORD)
        screen.type("r\n")
        text, code = screen.end()
    assert code == 0
    assert (
        "o_6: 75.0 of 100 on 100 of 100 weight; criticals: customer 0, business 0, compliance 1 (idv at 00:41)" in text
    )
    assert not draft.exists()
    assert {item["item"]: item["observation"] for item in items(drawn)}["t_5-1"] == "o_6"


def test_what_will_be_refused_is_refused_before_anything_is_asked(drawn):
    done(run(["score", "--from", str(_filled(drawn)), "--as", "p_ev1"], drawn, today=DRAWN))
    for words, told in (
        (["t_5-1"], "refused[already-scored]"),
        (["t_5-3", "--correct", "why"], "refused[nothing-to-correct]"),
        (["t_9"], "there is no t_9"),
        (["t_5-3", "--as", "p_a09"], "refused[own-work]"),
    ):
        with terminal(drawn, [*SCORE, *words]) as screen:
            text, code = screen.end()
        assert (code, told in text, "> " in text) == (1, True, False), text


def _filled(folder):
    return form(folder, "t_5-1")
