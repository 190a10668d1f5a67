"""What ``qacli feedback`` refuses, each typed as somebody would type it."""

from __future__ import annotations

import shutil

import pytest
from command_line import run
from desk import DRAWN, done, form, refused, write

STRENGTH = (
    "  - {kind: strength, observation: o_6, criterion: check, situation: s, behaviour: b, impact: i, effect: e}\n"
)
WORK = """\
  - {kind: development, observation: o_6, criterion: idv, situation: s, behaviour: b, impact: i, next: n, effect: e}
"""
ITEMS = f"model: sbi\nitems:\n{STRENGTH}{WORK}"
OWN = "assessments:\n  - {observation: o_6, criterion: idv, answer: met}\n"


def call(folder, line, actor="p_tl1", today=DRAWN):
    return run(line, folder, actor, today)


@pytest.fixture(scope="module")
def delivered_once(scored_once, tmp_path_factory):
    """The desk with feedback f_7 delivered, only to be read: every command below is refused or a dry run."""
    folder = shutil.copytree(scored_once, tmp_path_factory.mktemp("delivered") / "desk")
    done(call(folder, "feedback deliver f_7"))
    write(folder, {"own.yaml": OWN})
    return folder


# before the talk

PREPARED = [
    ("prepare o_6 --for p_a09", "p_tl1", "other-colleague", "not of p_a09: o_6 (p_a07)."),
    ("prepare o_6 --for p_a07", "p_a07", "own-feedback", "p_a07 cannot prepare feedback to themselves."),
    (
        "prepare o_6 --for p_a07 --on 2026-05-24",
        "p_tl1",
        "before-observation",
        "feedback on 24 May 2026 cannot rest on o_6, made on 25 May 2026.",
    ),
    ("invite f_7 --on 2026-05-24", "p_tl1", "before-observation", "name a day on or after it"),
    ("invite f_7 --on 2026-05-26", "p_a07", "own-feedback", "p_a07 cannot invite themselves to f_7."),
    ("withdraw f_7 --reason x", "p_a07", "own-feedback", "p_a07 cannot withdraw f_7."),
    ("withdraw f_7 --reason ' '", "p_tl1", "withdrawn-why", "f_7 is not withdrawn without a reason."),
    ("deliver f_7", "p_a07", "own-feedback", "p_a07 cannot deliver f_7 to themselves."),
    ("deliver f_7 --on 2026-05-24", "p_tl1", "before-observation", "feedback on 24 May 2026 cannot rest on o_6"),
    ("deliver f_7 --on 2026-05-26", "p_tl1", "future-delivery", "on 26 May 2026: that day is still to come."),
    (
        "deliver f_7 --on 2026-05-25T15:00",
        "p_tl1",
        "future-delivery",
        "at 15:00 on 25 May 2026: that hour is still to come.",
    ),
    ("reply f_7 --words well", "p_a07", "not-delivered", "first: qacli feedback deliver f_7"),
    ("decline f_7 --words no", "p_tl1", "not-delivered", "f_7 has not been delivered yet."),
    ("ack f_7", "p_a07", "not-delivered", "f_7 has not been delivered yet."),
]


@pytest.mark.parametrize(
    ("line", "actor", "rule", "said"), PREPARED, ids=[f"{line} {who}" for line, who, *_ in PREPARED]
)
def test_before_the_talk(scored_once, line, actor, rule, said):
    refused(call(scored_once, f"feedback {line} --dry-run", actor), rule, said)


def test_without_an_observation_there_is_nothing_to_prepare(scored_once):
    found = call(scored_once, "feedback prepare --for p_a07")
    assert (found.code, "Missing argument 'OBSERVATION...'" in found.err) == (2, True)


def test_nobody_is_told_what_was_corrected_since(scored):
    path = form(scored, "t_5-1", idv="met", next="4")
    done(call(scored, f"score --from {path} --correct 'heard again'", "p_ev1"))
    said = refused(
        call(scored, "feedback deliver f_7"), "corrected-since", "withdrawn or replaced since it was prepared: o_6."
    )
    assert (
        'take it back: qacli feedback withdraw f_7 --reason "..." --as p_tl1 --today 2026-05-25; and prepare it from what stands'
        in said
    )
    done(call(scored, "feedback withdraw f_7 --reason 'heard again'"))
    again = done(call(scored, "feedback prepare o_9 --for p_a07")).out.partition(":")[0]
    # of what now met the standard throughout, no fault is made up
    write(scored, {"items.yaml": f"model: sbi\nitems:\n{STRENGTH}{WORK}".replace("o_6", "o_9")})
    told = refused(call(scored, f"feedback deliver {again} --items {scored / 'items.yaml'}"), "otherwise-rated")
    assert "what has failed: nothing: leave it out, and the sheet says so" in told


# the colleague's own view


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  - {observation: o_6, criterion: idv}\n", "nothing is rated"),
        (2 * "  - {observation: o_6, criterion: idv, answer: met}\n", "idv in o_6 stands twice"),
        (
            "  - {observation: o_6, criterion: idv, answer: '5'}\n",
            "'5' is no answer to idv: choose from not_met, met, na",
        ),
    ],
)
def test_an_own_view_that_says_nothing_or_the_same_twice(scored_once, tmp_path, text, said):
    write(tmp_path, {"own.yaml": f"assessments:\n{text}"})
    found = call(scored_once, f"feedback selfassess f_7 --from {tmp_path / 'own.yaml'} --dry-run", "p_a07")
    assert (found.code, said in found.err) == (1, True), found.err
    assert "nothing was recorded; what can be rated: qacli feedback selfassess f_7 --blank" in found.err


# in the talk: the two sentences of each rule that has two

BARE = STRENGTH.replace("check", "next")
TALKS = [
    (
        f"{WORK}{STRENGTH}",
        "strengths-first",
        "order given: 1 development idv, 2 strength check; order asked: 1 strength check",
    ),
    (WORK, "strengths-first", "no strength is among them, and these met the standard: check"),
    (f"{STRENGTH}{WORK.replace('observation: o_6, ', '')}", "unseen-point", "this one names none."),
    (
        f"{STRENGTH}{WORK}{WORK.replace('o_6', 'o_9')}",
        "unseen-point",
        "this one names o_9, which f_7 does not rest on.",
    ),
    (f"{BARE}{WORK}", "otherwise-rated", "next is no strength in o_6: it has not met the standard there."),
    (f"{STRENGTH}{WORK}{WORK.replace('idv', 'check')}", "otherwise-rated", "it has not failed the standard there."),
    (f"{STRENGTH}{WORK}{WORK.replace('idv', 'tone')}", "otherwise-rated", "it was not rated there, or did not apply."),
    (f"{STRENGTH}{WORK}{WORK}", "said-twice", "item 3: idv in o_6 stands twice."),
    (f"{STRENGTH}{WORK.replace('next: n, ', '')}", "step-missing", "item 2, development idv: sbi also asks for next."),
    (
        f"{STRENGTH}{WORK.replace('impact: i', 'impact: lazy')}",
        "person-word",
        "item 2, impact: 'lazy' judges the person.",
    ),
    (
        f"{STRENGTH}{WORK.replace(', effect: e', '')}",
        "effect-unsaid",
        "item 2: neither it nor the card says what idv does",
    ),
    (STRENGTH, "critical-left-out", "a failed critical is not among the items: idv in o_6."),
]


@pytest.mark.parametrize(("text", "rule", "said"), TALKS, ids=[said for *_, said in TALKS])
def test_in_the_talk(scored_once, tmp_path, text, rule, said):
    write(tmp_path, {"items.yaml": f"model: sbi\nitems:\n{text}"})
    line = f"feedback deliver f_7 --items {tmp_path / 'items.yaml'} --dry-run"
    refused(call(scored_once, line), rule, said)


def test_a_model_that_is_not_there(scored_once, tmp_path):
    write(tmp_path, {"items.yaml": ITEMS.replace("sbi", "grow")})
    found = call(scored_once, f"feedback deliver f_7 --items {tmp_path / 'items.yaml'} --dry-run")
    assert (found.code, "no feedback-model 'grow'" in found.err) == (1, True), found.err


# after the talk

ANSWERED = [
    ("invite f_7 --on 2026-05-26", "p_tl1", "feedback-over", "a further talk is a new one: qacli feedback prepare"),
    ("withdraw f_7 --reason late", "p_tl1", "feedback-over", "f_7 was delivered on 25 May 2026."),
    ("selfassess f_7 --from own.yaml", "p_a07", "scores-open", "what you think of them now is a reply"),
    ("selfassess f_7 --blank", "p_a07", "scores-open", "what you think of them now is a reply"),
    ("reply f_7 --words well", "p_tl1", "not-the-colleague", "f_7 is feedback to p_a07: p_tl1 cannot reply to it."),
    ("ack f_7", "p_a09", "not-the-colleague", "p_a09 cannot acknowledge it."),
    ("selfassess f_7 --from own.yaml", "p_a09", "not-the-colleague", "p_a09 cannot assess themselves in it."),
    ("reply f_7 --words ' '", "p_a07", "no-reply", "the reply to f_7 has no words."),
    ("decline f_7", "p_tl1", "no-reply", "the reply to f_7 has no words."),
    ("decline f_7 --words no", "p_a09", "not-of-this-talk", "p_a07 records it, or p_tl1, who delivered it"),
    ("ack f_7", "p_a07", "unanswered", "or: qacli feedback decline f_7"),
]


@pytest.mark.parametrize(
    ("line", "actor", "rule", "said"), ANSWERED, ids=[f"{line} {who}" for line, who, *_ in ANSWERED]
)
def test_after_the_talk(delivered_once, line, actor, rule, said):
    line = line.replace("own.yaml", str(delivered_once / "own.yaml"))
    refused(call(delivered_once, f"feedback {line} --dry-run", actor), rule, said)


def test_an_item_that_is_not_there_is_not_replied_to(delivered_once):
    found = call(delivered_once, "feedback reply f_7 --words well --item 9 --dry-run", "p_a07")
    assert (found.code, "f_7 has no item 9" in found.err, "it has 3; left out: the whole" in found.err) == (
        2,
        True,
        True,
    )


# once it is over, and what is asked for twice


def test_c11_after_the_acknowledgement_nothing_is_replied(scored):
    done(call(scored, "feedback deliver f_7"))
    done(call(scored, "feedback decline f_7", "p_a07"))
    # who would rather not reply may think again, until they have taken note of it
    done(call(scored, "feedback reply f_7 --words 'the panel hides it'", "p_a07"))
    done(call(scored, "feedback ack f_7", "p_a07"))
    said = refused(
        call(scored, "feedback reply f_7 --words more", "p_a07"),
        "feedback-acknowledged",
        "f_7 was acknowledged on 25 May 2026",
    )
    assert "a rating is contested with: qacli dispute raise" in said
    assert "nothing to do" in done(call(scored, "feedback reply f_7 --words 'the panel hides it'", "p_a07")).err
    assert "nothing to do" in done(call(scored, "feedback decline f_7", "p_a07")).err


def test_c11_preparing_twice_points_to_moving_the_talk_while_it_is_still_to_come(scored_once, delivered_once):
    line = "feedback prepare o_6 --for p_a07 --on 2026-05-27 --dry-run"
    told = "f_7 already gives feedback on o_6: nothing to do"
    assert f"{told}; another day or place: qacli feedback invite f_7\n" in done(call(scored_once, line)).err
    assert f"{told}\n" in done(call(delivered_once, line)).err


@pytest.mark.parametrize("line", ["feedback items f_7", "feedback selfassess f_7 --blank"])
def test_what_is_to_be_filled_in_is_yaml_and_nothing_else(scored_once, tmp_path, line):
    for more in ("--format json", f"-o {tmp_path / 'form.csv'}"):
        found = call(scored_once, f"{line} {more}", "p_tl1")
        assert (found.code, "what is to be filled in is YAML, not" in found.err) == (2, True), found
        assert found.out == ""
    target = tmp_path / "form.yaml"
    done(call(scored_once, f"{line} -o {target}", "p_tl1"))
    assert "observation: o_6" in target.read_text("utf-8")


def test_an_id_that_is_not_there_is_looked_up_where_feedback_is_listed(scored_once):
    for line in (
        "feedback deliver f_zz",
        "feedback items f_zz",
        "feedback ack f_zz",
        "report feedback f_zz",
        "report pack f_zz",
    ):
        found = call(scored_once, line)
        said = "there is no f_zz in feedback" in found.err, "see: qacli feedback list" in found.err
        assert (found.code, *said) == (1, True, True), found.err
