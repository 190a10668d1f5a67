from __future__ import annotations

import pytest
import scoring_cards
from in_memory import BINARY, CARD, POINT5

from qacli.files.yaml import parse
from qacli.monitor.observing.answers import Answer, IncompleteForm, lacks, lacks_of, why_evidence
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard

DESK = Scorecard.model_validate(parse(CARD, "card.yaml").data)
SCALES = {
    f"{scale.id}@1": scale for scale in (Scale.model_validate(parse(text, "s.yaml").data) for text in (BINARY, POINT5))
}
FULL = {
    "ch-idv": Answer("met", "passed before the balance", "00:41"),
    "ch-amount": Answer("met", "412 on both sides"),
    "ch-care": Answer("na", "no sign of difficulty"),
    "ch-check": Answer("4"),
    "ch-plain": Answer("3", "two terms of ours"),
    "ch-close": Answer("5", "named Friday, and who calls"),
}


def wrong(**changed):
    """What an entry lacks when some answers are changed (None: left out), as rule and criterion."""
    answers = {**FULL, **{name.replace("_", "-"): answer for name, answer in changed.items()}}
    return [
        (lack.rule, lack.criterion)
        for lack in lacks(DESK, SCALES.__getitem__, {name: answer for name, answer in answers.items() if answer})
    ]


def test_a_full_entry_lacks_nothing():
    assert wrong() == []


@pytest.mark.parametrize(
    ("criterion", "answer", "why"),
    [
        ("ch-check", "3", "the standard was not met"),
        ("ch-check", "1", "the standard was not met"),
        ("ch-check", "5", "the top mark was given"),
        ("ch-close", "na", "why it does not apply (rule: Nothing is left to do.)"),
        ("ch-idv", "met", "it is compliance-critical"),
        ("ch-idv", "not_met", "it is compliance-critical"),
        ("ch-amount", "met", "it is business-critical"),
        ("ch-care", "met", "it is customer-critical"),
        ("ch-check", "4", ""),
    ],
)
def test_c08_evidence_for_fail_top_mark_not_applicable_and_every_critical(criterion, answer, why):
    found = DESK.criterion(criterion)
    assert why_evidence(found, SCALES[found.scale], answer) == why
    assert wrong(**{criterion.replace("-", "_"): Answer(answer)}) == ([("missing-evidence", criterion)] if why else [])
    assert wrong(**{criterion.replace("-", "_"): Answer(answer, "\t ")}) == (
        [("missing-evidence", criterion)] if why else []
    )


def test_every_applicable_criterion_is_answered():
    assert wrong(ch_check=None, ch_close=None) == [("missing-answer", "ch-check"), ("missing-answer", "ch-close")]


def test_na_only_under_its_rule():
    assert wrong(ch_check=Answer("na", "the customer hung up")) == [("never-not-applicable", "ch-check")]


@pytest.mark.parametrize("answer", ["", "6", "yes", "Met", "４", "4 "])
def test_only_points_of_the_scale_are_answers(answer):
    assert wrong(ch_check=Answer(answer, "x")) == [("unknown-point", "ch-check")]


@pytest.mark.parametrize(
    ("offset", "fine"),
    [
        ("00:41", True),
        ("2:41", True),
        ("1:02:41", True),
        ("41", False),
        ("00:61", False),
        ("62:00:00:00", False),
        ("٠٠:٤١", False),
        ("0:41 ", False),
    ],
)
def test_offsets_are_times_from_the_start(offset, fine):
    assert wrong(ch_check=Answer("4", "", offset)) == ([] if fine else [("bad-offset", "ch-check")])


def test_all_lacks_at_once_in_the_order_of_the_card_with_a_hint():
    found = lacks(
        DESK,
        SCALES.__getitem__,
        {
            "ch-ckeck": Answer("4"),
            "ch-idv": Answer("not_met", "", "4'10"),
            "ch-amount": Answer("na", "x"),
            "ch-care": Answer("maybe"),
            "ch-plain": Answer("4"),
            "ch-close": Answer("5"),
        },
    )
    assert (
        str(IncompleteForm({"t_4k-2": found}))
        == """\
refused[incomplete-form]: 7 entries for t_4k-2 cannot be recorded:
  unknown-criterion     ch-ckeck: not on chat@1.0; did you mean ch-check?
  missing-evidence      ch-idv: say what was seen or heard: it is compliance-critical
  bad-offset            ch-idv: '4'10' is no time from the start: write 02:41 or 1:02:41
  never-not-applicable  ch-amount: this criterion always applies
  unknown-point         ch-care: 'maybe' is none of not_met, met, na
  missing-answer        ch-check: no answer was given
  missing-evidence      ch-close: say what was seen or heard: the top mark was given
  = help: nothing was recorded; mend these and hand it in again"""
    )


HOLD = scoring_cards.card("""
criteria:
  - {id: hold, scale: binary@1, weight: 40}
  - {id: why, scale: five@1, weight: 30, only_if: {criterion: hold, answers: [met]}}
  - {id: back, scale: five@1, weight: 30, only_if: {criterion: why, answers: ["4", "5"]}}
  - {id: extra, scale: binary@1, weight: 5, bonus: yes}
""")
SAID = {"hold": Answer("met", "asked first"), "why": Answer("4"), "back": Answer("4"), "extra": Answer("not_met")}
TOP = "say what was seen or heard: the top mark was given"


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"hold": Answer("not_met", "went silent"), "why": None, "back": None}, []),
        # an answer to what is not asked is refused: one of the two is wrong
        (
            {"hold": Answer("not_met", "went silent")},
            [
                ("not-asked", "why", "only asked when hold is met: leave the answer out"),
                ("not-asked", "back", "only asked when why is 4 or 5: leave the answer out"),
            ],
        ),
        ({"back": None}, [("missing-answer", "back", "no answer was given")]),
        ({"why": Answer("3", "mumbled"), "back": None}, []),
        # what hangs on an answer that cannot stand waits until that is mended
        ({"hold": None}, [("missing-answer", "hold", "no answer was given")]),
        ({"hold": Answer("maybe"), "back": None}, [("unknown-point", "hold", "'maybe' is none of not_met, met, na")]),
        ({"hold": Answer("met")}, [("missing-evidence", "hold", TOP)]),
        (
            {"hold": Answer("met"), "why": None, "back": None},
            [("missing-evidence", "hold", TOP), ("missing-answer", "why", "no answer was given")],
        ),
        # a bonus that is earned is a top mark; one that is not needs no words
        ({"extra": Answer("met")}, [("missing-evidence", "extra", TOP)]),
    ],
)
def test_a_form_answers_what_is_asked_and_nothing_else(changed, found):
    given = {name: answer for name, answer in (SAID | changed).items() if answer}
    assert [tuple(lack) for lack in lacks(HOLD, scoring_cards.scale, given)] == found


def test_c02_a_measured_number_is_checked_against_its_scale_and_names_its_source():
    scale = Scale.model_validate(
        parse(
            """
id: measured
version: 1
owner: p_tl1
from: 2026-01-01
title: Measured
kind: number
range: {from: 0, to: 100, step: 5}
met_at: 80
""",
            "s.yaml",
        ).data
    )
    found = DESK.criterion("ch-close").model_copy(update={"filled_from": "reply-seconds"})

    def told(answer):
        return [(lack.rule, lack.message) for lack in lacks_of(found, scale, answer)]

    assert told(Answer("85", "log of the chat")) == []
    assert told(Answer("85")) == [
        ("missing-evidence", "say what was seen or heard: it is measured, so name where reply-seconds was read")
    ]
    assert told(Answer("83", "log")) == [("unknown-point", "'83' is none of 0 to 100 in steps of 5, na")]
