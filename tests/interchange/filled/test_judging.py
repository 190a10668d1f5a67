"""What was handed in, judged against the item as it stands."""

from __future__ import annotations

import pytest
from blank_forms import SUGGESTED, TURNS, blank, sheet

from qacli.files.faults import Fault
from qacli.interchange.filled.handed import Given, Handed
from qacli.interchange.filled.judging import judge
from qacli.monitor.observing.answers import Answer

WHOLE = {
    "idv": {"answer": "met", "lines": (1,)},
    "hold": {"answer": "no", "evidence": "put on hold without a word", "offset": "02:41"},
    "wait": {"answer": "85.0"},
    "next": {"answer": "4"},
}


def handed(answers, origin="ours", **changed):
    made = blank().origin.model_copy(update=changed) if origin else None

    def given(name, parts):
        def fault(part, code, message, remedy):
            return Fault(code, f"{message} | {remedy}", "f", cell=f"{name}/{part}")

        whole = {"answer": "", "evidence": "", "offset": "", "comment": "", "lines": (), **parts}
        return Given(**whole, fault=fault)

    return Handed(
        "t_5-1",
        made,
        {name: given(name, parts) for name, parts in answers.items()},
        "page",
        "f",
        lambda code, message, remedy: Fault(code, f"{message} | {remedy}", "f"),
    )


def judged(answers, origin="ours", *, now=None, **changed):
    return judge(handed(answers, origin, **changed), now or sheet(), "p_ev1")


def faults(found):
    return [(fault.code, fault.cell) for fault in found.faults]


def lacks(found):
    return [(lack.rule, lack.criterion) for lack in found.lacks]


def test_a_whole_form_becomes_what_evaluation_takes():
    found = judged(WHOLE)
    assert (faults(found), lacks(found), found.told) == ([], [], [])
    assert found.form.answers == {
        "idv": Answer("met", "colleague: Which postcode, please?", "00:00"),
        "hold": Answer("not_met", "put on hold without a word", "02:41"),
        "wait": Answer("85"),
        "next": Answer("4"),
    }
    assert found.form.suggested == SUGGESTED


def test_lines_stand_behind_what_was_written_and_the_first_sets_the_time():
    found = judged({**WHOLE, "idv": {"answer": "met", "evidence": "twice:", "lines": (4, 1)}})
    assert found.form.answers["idv"] == Answer(
        "met", "twice: / 04:00 colleague: I ring you on Friday. / 00:00 colleague: Which postcode, please?", "04:00"
    )
    stated = judged({**WHOLE, "idv": {"answer": "met", "lines": (4,), "offset": "03:59"}})
    assert stated.form.answers["idv"].offset == "03:59"


def test_what_is_missing_leaves_a_form_unfinished():
    found = judged({"idv": {"answer": "met"}, "next": {"evidence": "Friday"}})
    assert faults(found) == []
    assert lacks(found) == [
        ("missing-evidence", "idv"),
        ("missing-answer", "hold"),
        ("missing-answer", "wait"),
        ("missing-answer", "next"),
    ]
    assert found.sheet.answers["next"] == Answer("", "Friday")


def test_everything_wrong_is_told_at_its_place_at_once():
    found = judged(
        {
            "idv": {"answer": "perhaps", "lines": (9,), "comment": "4111 1111 1111 1111"},
            "hold": {"answer": "na", "offset": "soon", "evidence": "a\u202eb"},
            "wait": {"answer": "83"},
            "next": {"answer": "4", "evidence": "x" * 4001},
            "nxt": {"answer": "4"},
        }
    )
    assert sorted(faults(found)) == [
        ("bad-offset", "hold/offset"),
        ("never-not-applicable", "hold/answer"),
        ("no-such-line", "idv/lines"),
        ("too-long", "next/evidence"),
        ("unknown-criterion", "nxt/answer"),
        ("unknown-point", "idv/answer"),
        ("unknown-point", "wait/answer"),
        ("unwritable", "hold/evidence"),
        ("unwritable", "idv/comment"),
    ]
    assert not [fault for fault in found.faults if "4111" in fault.message]


def test_what_the_other_answers_close_is_left_out_and_told():
    found = judged({**WHOLE, "why": {"answer": "3", "evidence": "queue"}})
    assert "why" not in found.form.answers
    assert (faults(found), found.told) == ([], ["t_5-1: why is left out, only asked when hold is met"])


@pytest.mark.parametrize(
    ("changed", "code", "words"),
    [
        ({"evaluator": "p_ev2"}, "form-of-another", "made for p_ev2, not for p_ev1 | hand it in"),
        ({"card": "desk@2.0"}, "changed-form", "shows desk@2.0, and the item is scored by desk@1.0"),
        ({"card_hash": "0" * 16}, "changed-form", "shows desk@1.0 as it was | the card was changed since"),
    ],
)
def test_the_form_of_another_person_or_another_card_is_not_taken(changed, code, words):
    (fault,) = judged(WHOLE, **changed).faults
    assert (fault.code, words in fault.message) == (code, True)


def test_lines_of_another_conversation_are_refused_and_words_are_not():
    now = sheet(turns=TURNS[1:])
    assert faults(judged(WHOLE, now=now)) == [("changed-transcript", "idv/lines")]
    words = {**WHOLE, "idv": {"answer": "met", "evidence": "asked for the postcode"}}
    assert faults(judged(words, now=now)) == []


def test_what_other_rules_suggest_now_is_not_recorded_as_shown():
    found = judged(WHOLE, now=sheet(suggested=()))
    assert found.form.suggested == ()
    assert found.told == ["t_5-1: rules have changed since the form was made; what they suggested is not recorded"]


def test_the_file_of_a_program_is_left_to_evaluation():
    """It comes whole or not at all: what it lacks, and what is not asked, is refused there."""
    answers = {"idv": {"answer": "yes", "lines": (1,)}, "why": {"answer": "3"}, "strange": {"answer": "x"}}
    found = judged(answers, origin="")
    assert (faults(found), lacks(found)) == ([], [])
    assert list(found.form.answers) == ["idv", "why", "strange"]
    assert found.form.answers["idv"] == Answer("met", "colleague: Which postcode, please?", "00:00")
    assert found.form.suggested == ()
