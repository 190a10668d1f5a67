"""Scorecards from draft to retirement, typed as people do."""

from __future__ import annotations

import pytest
from command_line import run, snapshot
from desk import CARD, DRAWN, FRAME, TRIAL, WEEK, done, form, items, write

DAY = "2026-05-04"
FILE = "definitions/scorecards/desk.yaml"


@pytest.fixture
def new(desk_at):
    return desk_at("new")


def edited(folder, *changes):
    text = CARD
    for old, replacement in changes:
        assert old in text
        text = text.replace(old, replacement)
    write(folder, {FILE: text})


def test_c01_is_professional_without_a_promise_is_refused_with_both_faults_named(new):
    edited(
        new,
        ("The colleague says back what the customer wants.", "Is professional."),
        ("need@1, promise: sorted}\n      - {id: next", "need@1}\n      - {id: next"),
    )
    result = run("scorecard lint desk --format table", new, "p_tl1", DAY)
    assert result.code == 1
    assert "error[missing" in result.out
    assert "promise" in result.out
    assert "error[vague-word]: 'professional' is an opinion: two people will differ on it\n" in result.out
    assert result.out.count(f"--> {FILE}:") == 2
    assert result.out.endswith("2 errors\n")
    assert run("scorecard approve desk", new, "p_mgr1", DAY).code != 0


def test_c02_anchors_that_differ_only_by_very_are_refused(new):
    edited(
        new, ("3: Says back a part., 4: Says it back and waits.", "3: Is clear about it., 4: Is very clear about it.")
    )
    result = run("scorecard lint desk --format json", new, "p_tl1", DAY)
    assert result.code == 1
    [found] = result.rows
    assert (found["code"], found["message"]) == ("only-degree", "3 and 4 differ only by 'very'")
    done_ = run("scorecard approve desk", new, "p_mgr1", DAY)
    assert done_.err.startswith("refused[definition-faults]: scorecard desk@1.0 cannot be approved with 1 fault:\n")


def test_c01_a_promise_that_no_criterion_looks_at_is_a_fault_and_coverage_shows_it(new):
    edited(new, ("sorted: We sort it out the first time.}", "sorted: We sort it out the first time., kind: We care.}"))
    [found] = run("scorecard lint desk --format json", new).rows
    assert (found["code"], found["line"]) == ("uncovered-promise", 7)
    grid = run("scorecard show desk --coverage", new)
    assert grid.out.splitlines()[:2] == ["criterion,safe,sorted,kind,procedure,kpis", "idv,x,,,idv@1,none"]
    assert "no criterion looks at the promise kind" in grid.err
    assert grid.out.splitlines()[-1] == "rests on,not said,not said,not said,,"
    assert "without a KPI: idv, check, next" in grid.err


def test_c01_coverage_says_what_a_promise_rests_on(new):
    basis = "expectations:\n  - {promise: PROMISE, source: survey, reference: question 4, on: 2026-03-31}\nsections:"
    edited(new, ("sections:", basis.replace("PROMISE", "sorted")))
    grid = run("scorecard show desk --coverage", new)
    assert grid.out.splitlines()[-1] == "rests on,not said,survey 2026-03-31,,"
    edited(new, ("sections:", basis.replace("PROMISE", "solved")))
    [found] = run("scorecard lint desk --format json", new).rows
    assert (found["code"], "solved is not among the promises" in found["message"]) == ("unknown-promise", True)


def test_c01_a_card_is_approved_before_it_is_drawn_or_scored_with(new):
    for person in ("p_a07", "p_a09", "p_a12"):
        done(run("notice ack n-staff --on 2026-01-05", new, person, DAY))
    done(run("frame agree weekly", new, "p_mgr1", DAY))
    draw = f"sample draw weekly --period {WEEK}"
    refused = run(draw, new, "p_tl1", DRAWN)
    assert refused == (
        1,
        "",
        "refused[card-not-approved]: not approved by a second person as they stand: scorecard desk@1.0, "
        "scale binary@1, scale point5@1.\n"
        "  = help: someone other than p_tl1 runs: qacli scorecard approve desk --with-scales "
        f"--as PERSON --today {DRAWN}\n",
    )
    assert run("scorecard approve desk", new, "p_mgr1", DAY).err.startswith(
        "refused[scale-not-approved]: not approved by a second person as they stand: scale binary@1, scale point5@1.\n"
    )
    write(new, {"trial.csv": TRIAL})
    done(run(f"scale trial binary point5 --from {new / 'trial.csv'}", new, "p_tl1", DAY))
    own = run("scorecard approve desk --with-scales", new, "p_tl1", DAY)
    assert own.err.startswith("refused[same-person]")
    assert "awaits approval by someone other than p_tl1: scorecard desk@1.0" in run("check", new).err
    said = done(run("scorecard approve desk --with-scales", new, "p_mgr1", "2026-05-26"))
    assert said.out.splitlines()[-1] == "desk@1.0 approved by p_mgr1 (recorded by unknown for p_mgr1)"
    assert run("check", new) == (0, "", "")
    # Played on the day before the approval, the card is not approved yet.
    assert run(draw, new, "p_tl1", DRAWN).err.startswith("refused[card-not-approved]")
    done(run(draw, new, "p_tl1", "2026-05-27"))


def test_c01_a_card_whose_approval_was_taken_back_is_not_scored_with(drawn):
    item = items(drawn)[0]["item"]
    done(run("scorecard approve desk --decline --comment 'next is measured twice'", drawn, "p_mgr1", DRAWN))
    before = snapshot(drawn)
    for line in (f"score --from {form(drawn, item)}", f"record {item} --technique recording"):
        assert run(line, drawn, "p_ev1", DRAWN).err.startswith("refused[card-not-approved]"), line
    assert snapshot(drawn).keys() - before.keys() == {f"drafts/{item}.score.yaml"}


def test_c01_old_observations_are_explained_and_corrected_under_their_own_version(drawn):
    item = items(drawn)[0]["item"]
    done(run(f"score --from {form(drawn, item, next='1')}", drawn, "p_ev1", DRAWN))
    before = run("explain o_6", drawn).out
    edited(drawn, ("version: 1.0", "version: 2.0"), ("weight: 60", "weight: 30"), ("weight: 40", "weight: 70"))
    assert run("explain o_6", drawn).out == before
    done(run(f"score --from {form(drawn, item, next='5')} --correct misheard", drawn, "p_ev1", DRAWN))
    assert {row["scorecard"] for row in items(drawn)} == {"desk@1.0"}
    kept = run("explain o_7 --format json", drawn).rows
    assert {row["criterion"]: row["weight"] for row in kept} == {"idv": 0, "check": 60, "next": 40}


def test_c01_an_approved_version_is_edited_under_a_new_version_only(drawn):
    edited(drawn, ("Says it back and waits.", "Says it back and waits for a yes."), ("Calls and chats", "Calls, chats"))
    [fault] = run("check --format json", drawn).rows
    assert fault["code"] == "changed-version"
    assert run("scorecard approve desk", drawn, "p_mgr1", DRAWN).err.startswith("refused[changed-version]")
    result = run("scorecard diff desk", drawn)
    assert result.code == 1
    assert result.out.splitlines()[1:] == [
        'card,title,Calls and chats,"Calls, chats",',
        "check,anchors[4],Says it back and waits.,Says it back and waits for a yes.,criterion score",
    ]
    assert "desk@1.0 to desk@1.0: 2 changes; the trend of the score ends\nthe trend ends for check\n" in result.err
    assert f"these changes take a new version; raise it in {FILE}" in result.err
    edited(drawn, ("version: 1.0", "version: 1.1"), ("Calls and chats", "Calls, chats"))
    result = run("scorecard diff desk@1.0 desk", drawn)
    assert (result.code, result.err) == (0, "desk@1.0 to desk@1.1: 1 change; the trend of the score goes on\n")
    waiting = run("", drawn, "p_mgr1").out
    assert "scorecard" not in waiting  # no frame needs it
    write(
        drawn,
        {"definitions/frames/weekly.yaml": FRAME.replace("desk@1.0", "desk@1.1").replace("version: 1", "version: 2")},
    )
    write(drawn, {"qacli.yaml": (drawn / "qacli.yaml").read_text("utf-8") + "roles: {manager: [p_mgr1]}\n"})
    assert (
        "scorecard desk@1.1 waits for approval: qacli scorecard approve desk --as p_mgr1"
        in run("", drawn, "p_mgr1").out
    )
    done(run("scorecard approve desk --comment 'title made shorter'", drawn, "p_mgr1", DRAWN))
    later = (drawn / FILE).read_text("utf-8").replace("from: 2026-01-01", "from: 2026-07-01").replace("1.1", "1.2")
    write(drawn, {FILE: later})
    for on, version in (("2026-06-30", "desk@1.1"), ("2026-07-01", "desk@1.2")):
        assert [row["scorecard"] for row in run(f"scorecard list --on {on} --format json", drawn).rows] == [version]
    history = run("scorecard show desk --history --format json", drawn).rows
    assert [(row["version"], row["decision"], row["by"], row["comment"]) for row in history] == [
        ("desk@1.0", "approved", "p_mgr1", ""),
        ("desk@1.1", "approved", "p_mgr1", "title made shorter"),
        ("desk@1.2", "none yet", "", ""),
    ]


def test_a_card_is_retired_by_a_second_person_and_used_no_longer(drawn):
    reason = "--reason 'replaced by desk 2'"
    assert run(f"scorecard retire desk {reason}", drawn, "p_tl1", DRAWN).err.startswith("refused[same-person]")
    past = run(f"scorecard retire desk --on 2026-05-24 {reason}", drawn, "p_mgr1", DRAWN)
    assert past.err.startswith("refused[back-dated]: desk@1.0 cannot be retired from 24 May 2026: that day is over.\n")
    said = done(run(f"scorecard retire desk --on 2026-05-31 {reason}", drawn, "p_mgr1", DRAWN))
    assert said.out == "desk@1.0 retired by p_mgr1 (recorded by unknown for p_mgr1); its last day is 2026-05-31\n"
    assert run(f"scorecard retire desk {reason}", drawn, "p_mgr1", DRAWN).err.startswith("refused[already-retired]")
    done(run(f"score --from {form(drawn, items(drawn)[0]['item'])}", drawn, "p_ev1", DRAWN))
    later = run("sample draw weekly --period 2026-W23", drawn, "p_tl1", "2026-06-08")
    assert later.err.startswith("refused[card-retired]: scorecard desk@1.0 is retired: its last day was 31 May 2026.\n")
    [fault] = run("check --format json", drawn, "p_tl1", "2026-06-01").rows
    assert (fault["code"], fault["file"]) == ("retired-card", "definitions/frames/weekly.yaml")
    [row] = run("scorecard list --format json", drawn).rows
    assert (row["last day"], row["approved"]) == ("2026-05-31", f"by p_mgr1 on {DRAWN}")


def test_a_review_that_is_overdue_is_flagged(new):
    edited(new, ("title: Calls and chats", "title: Calls and chats\nreview_by: 2026-05-01"))
    result = run("check --format table --today 2026-05-04", new)
    assert (
        result.code,
        "error[overdue-review]: scorecard desk@1.0 was to be reviewed by 1 May 2026" in result.out,
    ) == (1, True)
    assert run("check --today 2026-05-01", new).code == 0
    assert f"scorecard desk@1.0 was to be reviewed by 2026-05-01: {FILE}" in run("", new, "p_tl1").out


def test_a_new_card_is_drawn_up_after_another_and_overwrites_nothing(new):
    said = done(run("scorecard new social --from desk --channel social --title 'Social: posts'", new, "p_tl1", DAY))
    assert said.out == "wrote definitions/scorecards/social.yaml; edit it, then: qacli scorecard lint social\n"
    text = (new / "definitions/scorecards/social.yaml").read_text("utf-8")
    assert text.startswith("# Drawn up after desk@1.0: read every line, and make it fit social.\nid: social\n")
    assert 'from: 2026-05-04\ntitle: "Social: posts"\nchannels: [social]\n' in text
    assert run("scorecard lint social", new, "p_tl1", DAY).code == 0
    [row] = run("scorecard list --channel social --on 2026-05-04 --criteria --format json", new).rows[:1]
    assert (row["criterion"], row["scorecard"], row["approved"]) == ("so-idv", "social@1.0", "not yet, as it stands")
    again = run("scorecard new social", new, "p_tl1", DAY)
    assert (again.code, "is there already" in again.err) == (2, True)
    taken = run("scorecard new society --from social", new, "p_tl1", DAY)
    assert "so-idv is a criterion of social already, and an id is never used again" in taken.err


def test_a_card_from_nothing_passes_its_own_lint(new):
    shown = done(run("scorecard new email --dry-run", new, "p_tl1", DAY)).out
    assert not (new / "definitions/scorecards/email.yaml").exists()
    done(run("scorecard new email", new, "p_tl1", DAY))
    assert (new / "definitions/scorecards/email.yaml").read_text("utf-8") == shown
    assert run("scorecard lint email", new, "p_tl1", DAY) == (0, "", "")


def test_the_form_says_what_every_point_looks_like(new):
    rows = run("scorecard show desk --format json", new).rows
    assert [row["anchor"] for row in rows if row["criterion"] == "check"] == [
        "Acts on a guess.",
        "",
        "Says back a part.",
        "Says it back and waits.",
        "As 4 and asks one question more.",
    ]
    document = run("scorecard show desk --format md", new).out
    assert document.startswith("# Calls and chats (desk\\@1.0)\n\n**Example data")
    assert "| safe | Your money is safe with us. | idv |" in document
    form_ = run("scorecard show desk --format table", new).out
    assert "  idv  critical: compliance, binary@1\n    The customer passes the check" in form_
    assert "approved not yet, as it stands" in form_
