"""qacli feedback: invited, heard first, told in order, answered; every refusal as it is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from command_line import run
from desk import CARD, DRAWN, SETTINGS, done, refused, write

from qacli.model import Change, Words, ref
from qacli.monitor.observing.observation import Observation, Rating
from qacli.monitor.sampling.draw import Item
from qacli.workspace import Workspace

NEXT_DAY, LATER = "2026-05-26", "2026-06-03"
STRENGTH = """\
  - kind: strength
    observation: o_6
    criterion: check
    situation: the call A07-20, when the customer asked for the fee back
    behaviour: you said the request back in one sentence
    impact: the customer said yes at once and did not have to say it again
    effect: the right thing is done the first time
"""
WORK = """\
  - kind: development
    observation: o_6
    criterion: idv
    situation: the same call, at 00:41
    behaviour: you named the balance before the postcode was given
    impact: anybody with the number could have heard it
    next: ask for the postcode first and wait for the pass
    question: what made it hard to ask first?
    effect: nobody else can get at the money
"""
ITEMS = f"model: sbi\nitems:\n{STRENGTH}{WORK}"
OWN = """\
assessments:
  - {observation: o_6, criterion: idv, answer: met, comment: I asked for the postcode.}
  - {observation: o_6, criterion: next, answer: "4"}
"""


def call(folder, line, actor="p_tl1", today=DRAWN):
    return run(line, folder, actor, today)


def deliver(folder, text=ITEMS, more="", today=DRAWN):
    write(folder, {"items.yaml": text})
    return call(folder, f"feedback deliver f_7 --items {folder / 'items.yaml'} {more}", today=today)


def assess(folder, text=OWN, actor="p_a07", today=DRAWN):
    write(folder, {"own.yaml": text})
    return call(folder, f"feedback selfassess f_7 --from {folder / 'own.yaml'}", actor, today)


def sheet(folder, actor="p_tl1"):
    target = folder / "sheet.md"
    done(run(["report", "feedback", "f_7", "-o", str(target)], folder, actor, DRAWN))
    return target.read_text("utf-8").replace("\\", "")


def test_c11_a_development_point_first_is_refused_and_the_order_shown(scored):
    said = refused(deliver(scored, f"model: sbi\nitems:\n{WORK}{STRENGTH}"), "strengths-first")
    assert "order given: 1 development idv, 2 strength check" in said
    assert "order asked: 1 strength check, 2 development idv" in said
    assert "feedback deliver" not in call(scored, "ledger show").out
    done(deliver(scored))


def test_c11_a_sheet_without_any_strength_names_what_met_the_standard(scored):
    assert "these met the standard: check" in refused(deliver(scored, f"model: sbi\nitems:\n{WORK}"), "strengths-first")


def test_c11_the_order_can_be_switched_when_it_is_prepared_and_the_sheet_says_so(desk_at):
    folder = desk_at("drawn")
    scored_item(folder)
    done(call(folder, "feedback prepare o_6 --for p_a07 --development-first"))
    done(deliver(folder, f"model: sbi\nitems:\n{WORK}{STRENGTH}"))
    assert "strengths first: no" in sheet(folder)
    assert sheet(folder).index("## What to work on") < sheet(folder).index("## What went well")


def scored_item(folder):
    from desk import form

    done(run(f"score --from {form(folder, 't_5-1', idv='not_met', next='1')}", folder, "p_ev1", DRAWN))


@pytest.mark.parametrize(
    ("change", "rule", "said"),
    [
        ((WORK, WORK.replace("    observation: o_6\n", "")), "unseen-point", "item 2, development idv"),
        ((WORK, WORK.replace("o_6", "o_99")), "unseen-point", "names o_99, which f_7 does not rest on"),
        (
            (WORK, WORK.replace("criterion: idv", "criterion: check")),
            "feedback-items",
            "check is no development in o_6",
        ),
        ((STRENGTH, STRENGTH.replace("criterion: check", "criterion: next")), "otherwise-rated", "what has met: check"),
        (
            (STRENGTH, STRENGTH.replace("criterion: check", "criterion: chekc")),
            "otherwise-rated",
            "it was not rated there",
        ),
        ((WORK, WORK + STRENGTH), "said-twice", "item 3: check in o_6 stands twice"),
        ((WORK, ""), "critical-left-out", "idv in o_6"),
        ((WORK, WORK.replace("you named", "lazy as ever, you named")), "person-word", "item 2, behaviour: 'lazy'"),
        ((WORK, WORK.replace("what made", "LAZY or")), "person-word", "item 2, question: 'lazy'"),
        (
            ("    next: ask for the postcode first and wait for the pass\n", ""),
            "step-missing",
            "sbi also asks for next",
        ),
        (("    effect: nobody else can get at the money\n", ""), "effect-unsaid", "item 2"),
    ],
)
def test_c11_what_the_items_may_not_be(scored, change, rule, said):
    assert said in refused(deliver(scored, ITEMS.replace(*change)), rule)


def test_c11_a_word_about_the_person_comes_with_what_to_write_instead(scored):
    said = refused(deliver(scored, ITEMS.replace("you named", "you were lazy and named")), "person-word")
    assert "= help: Write what was left undone" in said
    # the list is data, and what the colleague says is theirs
    done(
        deliver(
            scored,
            ITEMS.replace("you named", "you were idle-handed? no: named").replace("idle-handed? no: ", "")
            + "    account: lazy of me\n",
        )
    )


def test_c11_everything_wrong_with_the_items_is_told_at_once(scored):
    text = (
        ITEMS.replace("you named", "lazily lazy, you named")
        .replace(STRENGTH, "")
        .replace("    next: ask", "    account: ask")
    )
    said = refused(deliver(scored, text), "feedback-items")
    for rule in ("strengths-first", "person-word", "step-missing"):
        assert f" {rule}: " in said


def test_c11_the_lead_time_is_kept(desk_at):
    folder = desk_at("drawn")
    write(folder, {"qacli.yaml": SETTINGS.replace("lead_hours: 0", "lead_hours: 24")})
    scored_item(folder)
    prepared = done(call(folder, "feedback prepare o_6 --for p_a07 --on 2026-05-25T15:00"))
    assert "has 24 hours with the evidence: deliver it from 12:00 on 26 May 2026" in prepared.err
    said = refused(deliver(folder, today=f"{DRAWN}T15:00"), "lead-time")
    assert "f_7 at 15:00 on 25 May 2026 comes before the colleague has had the evidence for 24 hours" in said
    refused(deliver(folder, today=f"{NEXT_DAY}T11:59"), "lead-time")
    # moving the talk does not begin the time anew
    done(call(folder, "feedback invite f_7 --on 2026-05-26T14:00 --place 'room 2'"))
    done(deliver(folder, today=f"{NEXT_DAY}T12:00"))
    assert "refused[feedback-over]" in call(folder, "feedback invite f_7 --on 2026-05-27", today=NEXT_DAY).err
    assert "hour is still to come" not in deliver(folder, today=NEXT_DAY).err


def test_c11_the_own_view_comes_first_and_is_shown_only_afterwards(scored):
    assert "criterion: check" in done(call(scored, "feedback selfassess f_7 --blank", "p_a07")).out
    refused(assess(scored, actor="p_tl1"), "not-the-colleague")
    assert "2 criteria of f_7 sealed" in done(assess(scored)).out
    assert "nothing to do" in done(assess(scored)).err
    refused(assess(scored, OWN.replace("met,", "not_met,")), "self-assessment-sealed")
    before = sheet(scored)
    assert "I asked for the postcode" not in before
    assert "sealed until it is delivered" in before
    said = refused(call(scored, "report feedback f_7", "p_a07"), "scores-sealed")
    assert "qacli report pack f_7" in said
    refused(call(scored, "explain o_6", "p_a07"), "scores-sealed")
    assert call(scored, "explain o_6", "p_a09").code == 0
    done(deliver(scored))
    assert call(scored, "explain o_6", "p_a07").code == 0
    after = sheet(scored, "p_a07")
    assert "| o_6 | idv | met | not met | no | I asked for the postcode. |" in after
    refused(assess(scored, OWN.replace("met,", "not_met,")), "scores-open")


def test_c11_an_own_view_that_fits_nothing_is_told_whole(scored):
    wrong = "assessments:\n  - {observation: o_9, criterion: idv, answer: met}\n  - {observation: o_6, criterion: tone, answer: met}\n"
    wrong += "  - {observation: o_6, criterion: check, answer: met}\n"
    found = assess(scored, wrong)
    assert found.code == 1
    for said in (
        "o_9 is no observation of f_7",
        "tone was not asked in o_6",
        "'met' is no answer to check: choose from 1, 2, 3, 4, 5",
    ):
        assert said in found.err
    assert (
        "refused[not-the-colleague]"
        in call(scored, f"feedback selfassess f_7 --from {scored / 'own.yaml'}", "p_a09").err
    )


def test_c11_nobody_acknowledges_in_silence(scored):
    done(deliver(scored))
    said = refused(call(scored, "feedback ack f_7", "p_a07"), "unanswered")
    assert "qacli feedback decline f_7" in said
    refused(call(scored, "feedback decline f_7 --words x", "p_ev1"), "not-of-this-talk")
    refused(call(scored, "feedback decline f_7"), "no-reply")
    done(call(scored, "feedback decline f_7", "p_a07"))
    done(call(scored, "feedback ack f_7", "p_a07"))
    assert "would rather not reply" in sheet(scored)


def test_c11_a_refusal_that_the_giver_records_ends_it(scored):
    done(deliver(scored))
    waits = call(scored, "run --ahead 14 --format json").rows
    assert [(row["due"], row["owner"], row["command"]) for row in waits if row["work"] == "feedback"] == [
        ("2026-06-01", "p_a07", f"qacli feedback reply f_7 --as p_a07 --today {DRAWN}")
    ]
    done(call(scored, "feedback decline f_7 --words 'left the room'"))
    assert [row for row in call(scored, "run --ahead 14 --format json").rows if row["work"] == "feedback"] == []
    assert "left the room" in sheet(scored)


def test_c11_a_reply_to_one_item_says_whether_they_agree(scored):
    done(deliver(scored))
    assert call(scored, "feedback reply f_7 --words x --item 3", "p_a07").code == 2
    done(call(scored, "feedback reply f_7 --words 'The panel hides the postcode.' --agree partly --item 2", "p_a07"))
    assert "> The panel hides the postcode.\n\nTo item 2, agrees partly, 25 May 2026." in sheet(scored)
    done(call(scored, "feedback ack f_7", "p_a07"))


def test_due_dates_and_age_stand_in_run(scored):
    row = next(
        each for each in call(scored, "run --ahead 0 --format json", today=LATER).rows if each["subject"] == "f_7"
    )
    assert (row["due"], row["late"], row["what"]) == (
        DRAWN,
        "late",
        "feedback f_7 for p_a07 is to be delivered, 9 days old",
    )
    rows = call(scored, "feedback list --format json", today=LATER).rows
    assert [(each["age"], each["own view"]) for each in rows] == [(9, "no")]


def test_the_ratio_counts_what_was_delivered_by_whom(scored):
    assert call(scored, "feedback ratio --format json").rows == []
    done(assess(scored))
    done(deliver(scored, ITEMS.replace("model: sbi", "model: sbi@1")))
    done(call(scored, "feedback reply f_7 --words 'I see.'", "p_a07"))
    (row,) = call(scored, "feedback ratio --format json").rows
    assert row["evaluator"] == "p_tl1"
    assert [row[name] for name in ("feedback", "strengths", "to work on", "ratio", "own views", "replied")] == [
        1,
        1,
        1,
        1,
        1,
        1,
    ]
    assert call(scored, "feedback ratio --to 2026-05-24 --format json").rows == []


def test_items_are_written_to_be_filled_in(scored):
    text = done(call(scored, "feedback items f_7 --model coin")).out
    assert 'situation: "phone A07-' in text
    assert 'behaviour: "asked for the postcode"' in text
    assert "# Context: When and where was it?" in text
    said = refused(deliver(scored, text), "feedback-items")
    assert "step-missing" in said
    filled = (
        text.replace('behaviour: ""', "behaviour: done")
        .replace('impact: ""', "impact: heard")
        .replace('next: ""', "next: kept")
    )
    done(deliver(scored, filled.replace('effect: ""', "effect: sure")))


def test_c11_a_model_is_data(scored):
    path = scored / "definitions/feedback-models.yaml"
    path.write_text(
        path.read_text("utf-8").replace("part: behaviour, name: Your view", "part: situation, name: Your view"), "utf-8"
    )
    found = call(scored, "check")
    assert "never says what was seen or heard" in found.out + found.err


def test_c11_the_evidence_comes_ahead_without_a_score(scored):
    done(call(scored, "feedback invite f_7 --on 2026-05-25T16:00 --place 'meeting room 2'"))
    moved = done(call(scored, "feedback invite f_7 --on 2026-05-26T14:30")).out
    assert "at 14:30 on 26 May 2026 in meeting room 2 (recorded by" in moved
    assert "nothing to do" in done(call(scored, "feedback invite f_7")).err
    again = done(call(scored, "feedback invite f_7 --place 'the meeting room 2'")).out
    assert "at 14:30 on 26 May 2026 in the meeting room 2" in again
    done(call(scored, "feedback invite f_7 --place 'meeting room 2'"))
    told = done(call(scored, "report pack f_7", "p_a07")).out.strip()
    text = (scored / "out/feedback/f_7-pack.md").read_text("utf-8").replace("\\", "")
    assert told.endswith("out/feedback/f_7-pack.md")
    assert "26 May 2026 at 14:30, in meeting room 2." in text
    assert "- 00:41: asked for the postcode" in text
    assert "| idv | The customer passes the check before any detail is given. |" in text
    for sealed in ("Rated", "not met", " of 100"):
        assert sealed not in text


def test_an_organisation_writes_the_sheet_its_own_way(scored, tmp_path):
    path, target = tmp_path / "ours.md.j2", tmp_path / "ours.html"
    path.write_text(
        "# {{ organisation }} to {{ colleague }}\n\n{% for part in parts %}{% for each in part.points %}\n"
        "- {{ each.observable }}\n{% endfor %}{% endfor %}\n",
        "utf-8",
    )
    done(run(["report", "feedback", "f_7", "--template", str(path), "-o", str(target)], scored, "p_tl1", DRAWN))
    page = target.read_text("utf-8")
    assert "<h1>Harbour &amp; Vale Bank to Gwen</h1>" in page
    assert "<li>The colleague says back what the customer wants.</li>" in page
    assert "Example data: every person" in page
    path.write_text("{{ settings.secret }}", "utf-8")
    found = run(["report", "feedback", "f_7", "--template", str(path)], scored, "p_tl1", DRAWN)
    assert (found.code, "refused[template-refused]" in found.err) == (1, True)
    assert "the names of qacli report feedback f_7 --format json" in found.err
    assert '"colleague": "Gwen"' in done(call(scored, "report feedback f_7 --format json")).out


def test_whoever_is_next_is_told_so(scored):
    def told(person):
        return [line for line in run([], scored, person, None).out.splitlines() if line.startswith("feedback f_7")]

    assert "qacli feedback deliver f_7" in told("p_tl1")[0]
    assert "your own view is asked for: qacli report pack f_7" in told("p_a07")[0]
    done(assess(scored))
    assert told("p_a07") == []
    done(deliver(scored))
    assert "waits for your answer" in told("p_a07")[0]
    done(call(scored, "feedback reply f_7 --words yes", "p_a07"))
    assert "still to be acknowledged: qacli feedback ack f_7" in told("p_a07")[0]


@pytest.mark.parametrize(
    ("model", "steps", "missing"),
    [("coin", "next: keep it so\n", "next"), ("pendleton", "account: I was glad it went well\n", "account")],
)
def test_c11_each_model_that_ships_asks_for_its_own_steps(scored, model, steps, missing):
    bare = ITEMS.replace("model: sbi", f"model: {model}").replace(WORK, WORK + "    account: I was in a hurry\n")
    assert f"item 1, strength check: {model} also asks for {missing}" in refused(deliver(scored, bare), "step-missing")
    done(deliver(scored, bare.replace(STRENGTH, f"{STRENGTH}    {steps}")))
    assert f"({model}@1)" in sheet(scored)


def test_the_own_view_is_asked_on_a_terminal(scored):
    from qacli.commands.feedback_own import answered
    from qacli.workspace import Workspace

    view = Workspace.find(scored, "p_a07").view()
    typed, shown = iter(["met", "I asked first", "9", "", "4", ""]), []
    own = answered(view, "f_7", lambda _: next(typed), shown.append)
    assert [(each.criterion, each.answer, each.comment) for each in own.assessments] == [
        ("idv", "met", "I asked first"),
        ("next", "4", ""),
    ]
    assert "  '9' is none of 1, 2, 3, 4, 5" in shown
    assert call(scored, "feedback selfassess f_7", "p_a07").code == 2


def test_what_was_prepared_by_mistake_is_taken_back(scored):
    refused(call(scored, "feedback withdraw f_7"), "withdrawn-why")
    refused(call(scored, "feedback withdraw f_7 --reason x", "p_a07"), "own-feedback")
    done(call(scored, "feedback withdraw f_7 --reason 'one call more first'"))
    assert call(scored, "feedback list --format json").rows == []
    assert [row for row in call(scored, "run --ahead 14 --format json").rows if row["work"] == "feedback"] == []
    again = done(call(scored, "feedback prepare o_6 --for p_a07")).out.partition(":")[0]
    done(call(scored, f"feedback deliver {again}"))
    refused(call(scored, f"feedback withdraw {again} --reason late"), "feedback-over")


SPEED = """\
      - {id: speed, observable: The first reply comes in the time that was promised., scale: number100@1, weight: 40,
         anchors: {0: Never., 100: At once.}, not_applicable: never, procedure: need@1, promise: sorted}
"""


def measured(folder):
    """Record an observation whose number lies off the steps of its scale, as another program may write it; return its id."""
    card = CARD.replace("version: 1.0", "version: 1.1").replace("weight: 60,", "weight: 20,") + SPEED
    write(folder, {"definitions/scorecards/desk@1.1.yaml": card})

    def act(view):
        [item] = [row for row in view.current(Item) if row.id == "t_5-1"]
        mine = replace(item, id="", draw="d_5", scorecard="desk@1.1", transaction="A07-x")
        [seen] = view.current(Observation)
        head = replace(seen, id="", item=ref(mine), scorecard="desk@1.1", at=None, by="")
        rows = [row for row in view.current(Rating) if row.observation == seen.id]
        copied = [
            replace(row, id="", observation=ref(head), evidence=Words("heard"), comment=Words("")) for row in rows
        ]
        speed = replace(copied[1], criterion="speed", answer="43", met=False, value=Decimal(43), weight=Decimal(40))
        return Change([mine, head, *copied, speed])

    made = Workspace.find(folder, "p_ev1", datetime(2026, 5, 25, 9, tzinfo=UTC)).commit(act, "test").rows
    return next(row.id for row in made if isinstance(row, Observation))


def test_a_number_off_the_steps_of_its_scale_stands_on_the_sheet_as_it_was_recorded(scored):
    name = measured(scored)
    sheet_of = done(call(scored, f"feedback prepare {name} --for p_a07 --developments 5")).out.partition(":")[0]
    write(scored, {"own.yaml": f"assessments:\n  - {{observation: {name}, criterion: speed, answer: '80'}}\n"})
    done(call(scored, f"feedback selfassess {sheet_of} --from {scored / 'own.yaml'}", "p_a07"))
    done(call(scored, f"feedback items {sheet_of}"))
    done(call(scored, f"report pack {sheet_of}", "p_a07"))
    done(call(scored, f"feedback deliver {sheet_of}"))
    for person in ("p_tl1", "p_a07"):
        target = scored / "sheet.md"
        done(run(["report", "feedback", sheet_of, "-o", str(target)], scored, person, DRAWN))
        text = target.read_text("utf-8").replace("\\", "")
        assert "Rated: 43 (speed," in text
        assert f"| {name} | speed | 80 (met) | 43 | no |" in text


def test_a_number_off_the_steps_of_its_scale_is_refused_where_its_score_is_to_be_explained(scored):
    name = measured(scored)
    refused(
        call(scored, f"explain {name}"),
        "not-on-the-scale",
        "speed was answered 43, which number100@1 does not have",
        name,
    )
