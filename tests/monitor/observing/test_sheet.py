"""The sheet that prompts, the full screen and forms fill: what is asked, lacking, quoted, taken back."""

from __future__ import annotations

from decimal import Decimal

import pytest
import scoring_cards
from desk import CARD
from in_memory import BINARY, POINT5

from qacli.files.yaml import parse
from qacli.model import Words
from qacli.monitor.observing.answers import Answer
from qacli.monitor.observing.observation import Note
from qacli.monitor.observing.opinion import Opinion
from qacli.monitor.observing.sheet import NoSuchTurn, NothingSuggested, Sheet, Step, resumed
from qacli.monitor.observing.typed import Unwritable
from qacli.monitor.suggesting.suggestion import Suggestion
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard
from qacli.sources.transcripts.turns import Turn

DESK = Scorecard.model_validate(parse(CARD, "card.yaml").data)
SCALES = {
    f"{scale.id}@1": scale for scale in (Scale.model_validate(parse(text, "s.yaml").data) for text in (BINARY, POINT5))
}
TURNS = [
    Turn(1, 0, "colleague", "Which postcode,\nplease?"),
    Turn(2, 41, "customer", "[b]EC1[/b]"),
    Turn(3, 3675, "colleague", "Bye."),
]
HOLD = scoring_cards.card("""
criteria:
  - {id: hold, scale: binary@1, weight: 40}
  - {id: why, scale: point5@1, weight: 60, only_if: {criterion: hold, answers: [met]}}
""")


def sheet(card=DESK, **more):
    return Sheet(card, SCALES, **{"turns": TURNS, **more}).begun()


def lacking(found):
    return [(lack.criterion, lack.rule) for lack in found.missing]


def test_a_new_sheet_stands_at_the_first_criterion_and_lacks_every_answer():
    new = sheet()
    assert (new.at, new.place, new.criterion.id) == ("idv", 0, "idv")
    assert lacking(new) == [("idv", "missing-answer"), ("check", "missing-answer"), ("next", "missing-answer")]


def test_words_of_opinion_are_asked_about_and_evidence_is_asked_for_as_the_card_says():
    opinion = {"id": "person", "version": "1", "owner": "p_tl1", "from": "2026-01-01", "words": ["rude"]}
    asks = Opinion.model_validate({**opinion, "why": "names the person", "ask": "what was said?"})
    new = sheet(DESK.model_copy(update={"evidence": ("every",)}), opinions=[asks])
    filled = new.answered("not_met").evidenced('was Rude, "how rude" said the customer')
    assert filled.remark(filled.criterion) == "'Rude' names the person; ask instead: what was said?"
    assert (new.remark(new.criterion), filled.missing[0].rule) == ("", "missing-answer")
    assert new.moved("check").answered("4").why_evidence() == "the card asks for it with every answer"


def test_an_entry_returns_the_next_sheet_and_leaves_this_one_as_it_was():
    new = sheet()
    filled = new.answered("not_met").evidenced("00:41 gave the balance first").onward().answered("4").onward()
    assert filled.given == {"idv": Answer("not_met", "gave the balance first", "00:41"), "check": Answer("4")}
    assert (filled.at, lacking(filled)) == ("next", [("next", "missing-answer")])
    assert new.answers == {}
    assert filled.answered("4").missing == ()


def test_an_answer_that_needs_evidence_is_kept_before_the_evidence_is_there():
    begun = sheet().answered("met")
    assert lacking(begun)[0] == ("idv", "missing-evidence")
    assert begun.why_evidence() == "it is compliance-critical"
    assert begun.onward().at == "check"
    assert begun.onward().answered("4").onward().answered("4").onward().at == "idv", "from the top again"


def test_what_an_answer_closes_is_not_given_and_comes_back_when_it_opens_again():
    open_ = sheet(HOLD).answered("met").onward().answered("4")
    closed = open_.moved("hold").answered("not_met")
    assert [each.id for each in closed.asked] == ["hold"]
    assert [*closed.given] == ["hold"]
    again = closed.answered("met")
    assert again.given["why"] == Answer("4")


def test_a_line_of_the_transcript_is_quoted_with_who_said_it_and_when():
    assert sheet().quoted(2).answer == Answer("", "customer: [b]EC1[/b]", "00:41")
    assert sheet().quoted(1).answer.evidence == "colleague: Which postcode, please?"
    both = sheet().quoted(2).quoted(3)
    assert both.answer == Answer("", "customer: [b]EC1[/b] / 1:01:15 colleague: Bye.", "00:41")
    assert both.quoted(3) is both, "no line is quoted twice"
    untimed = sheet(turns=[Turn(1, None, "customer", "Hello")]).quoted(1)
    assert untimed.answer == Answer("", "line 1, customer: Hello")
    long = sheet(turns=[Turn(1, 5, "customer", "word " * 300)]).quoted(1).answer.evidence
    assert (len(long) < 410, long.endswith("word ...")) == (True, True)


def test_a_line_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(NoSuchTurn, match="no line 9: its lines are 1 to 3"):
        sheet().quoted(9)
    with pytest.raises(NoSuchTurn, match="there is no transcript"):
        sheet(turns=[]).quoted(1)


def test_what_was_noted_or_suggested_is_offered_by_number():
    note = Note(session="s_1", criterion="idv", offset="00:41", polarity="-", fact=Words("gave {the} balance"))
    found = sheet(notes=[note], suggested=[Suggestion("idv", "not_met", "early@1", 2, "EC1")])
    assert [(offer.kind, offer.told) for offer in found.offers()] == [
        ("noted", "00:41 - gave {the} balance"),
        ("suggested", "early@1 suggests not_met: EC1, turn 2; you decide"),
    ]
    assert found.taken(1).answer == Answer("", "gave {the} balance", "00:41")
    assert found.accepted().answer == Answer("not_met", "EC1", "00:41")
    assert found.evidenced("my own").accepted().answer == Answer("not_met", "my own")


def test_rules_that_disagree_leave_it_to_the_evaluator():
    two = [Suggestion("idv", answer, f"r{answer}@1", 2, "EC1") for answer in ("met", "not_met")]
    with pytest.raises(NothingSuggested, match="the rules disagree"):
        sheet(suggested=two).accepted()
    with pytest.raises(NothingSuggested, match="nothing is suggested"):
        sheet().accepted()


def test_every_entry_can_be_taken_back_to_the_first():
    sheets = [sheet()]
    for entry in (
        lambda s: s.quoted(2),
        lambda s: s.answered("met"),
        lambda s: s.onward().answered("3"),
        lambda s: s.commented("hard to hear"),
        lambda s: s.answered("4"),
    ):
        sheets.append(entry(sheets[-1]))
    last = sheets[-1]
    for before in reversed(sheets[:-1]):
        last = last.undone()
        assert last.answers == before.answers
    assert last.undone() is last
    assert sheets[2].answered("met").steps == sheets[2].steps, "what changes nothing is no entry"


@pytest.mark.parametrize(
    ("text", "said"), [("read out 4111 1111 1111 1111", "payment card number"), ("\x1b[2Jgone", "cannot be seen")]
)
def test_what_no_draft_may_hold_is_refused_without_repeating_it(text, said):
    for entry in (sheet().evidenced, sheet().commented):
        with pytest.raises(Unwritable, match=said) as refused:
            entry(text)
        assert text not in str(refused.value)


def test_the_score_so_far_is_that_of_what_is_answered():
    # check weighs 60, next 40; 4 is worth 75 and 5 is worth 100: (60 x 75 + 40 x 100) / 100
    assert sheet().so_far() is None
    first = sheet().moved("check").answered("4")
    assert first.so_far().score == Decimal(75)
    assert first.moved("next").answered("5").so_far().score == Decimal(85)
    assert sheet().answered("met").so_far().score is None, "nothing that carries weight is answered"


def test_a_draft_goes_on_where_it_stood_and_forgets_what_the_card_has_not():
    answers = {"gone": Answer("4"), "idv": Answer("met", "asked")}
    found = resumed(sheet(), answers, "check", [Step("gone", None), Step("idv", None)])
    assert (found.at, found.answers, found.steps) == ("check", {"idv": Answer("met", "asked")}, (Step("idv", None),))
    assert resumed(sheet(), answers).at == "check", "the first that lacks something"
    assert resumed(sheet(), answers, "gone").at == "check"
