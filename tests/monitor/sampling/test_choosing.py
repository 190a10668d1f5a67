"""Transactions chosen by name, and questions put to chance: recorded, provable, and apart from routine."""

from __future__ import annotations

from command_line import run, snapshot
from desk import DRAWN, done, items, write

from qacli.monitor.sampling.draw import Draw, Item, Occasion
from qacli.workspace import Workspace


def choose(folder, more, actor="p_tl1"):
    return run(f"sample choose weekly {more}", folder, actor, DRAWN)


def view_of(folder):
    return Workspace.find(folder, "p_tl1").view()


def test_what_was_chosen_has_neither_chance_nor_weight_and_names_who_and_why(drawn):
    told = done(choose(drawn, "A07-05 A12-06 --reason 'complaint of 12 May' --link 'case 881'"))
    assert "chosen, not drawn: in no estimate" in told.err
    chosen = [item for item in view_of(drawn).rows(Item) if item.draw != "d_5"]
    assert [(item.transaction, item.probability, item.weight, item.purpose) for item in chosen] == [
        ("A07-05", None, None, "kpi-link"),
        ("A12-06", None, None, "kpi-link"),
    ]
    (occasion,) = view_of(drawn).rows(Occasion)
    assert (str(occasion.words), occasion.link, occasion.by) == ("complaint of 12 May", "case 881", "p_tl1")
    assert {item.evaluator for item in chosen} <= {"p_ev1", "p_ev2"}
    listed = run("sample list --purpose kpi-link --format json", drawn).rows
    assert [row["transaction"] for row in listed] == ["A07-05", "A12-06"]
    name = chosen[0].draw
    shown = run(f"sample show {name} --format json", drawn)
    assert [row["transaction"] for row in shown.rows] == ["A07-05", "A12-06"]
    assert "what for   complaint of 12 May (case 881)" in shown.err
    verified = done(run("sample verify", drawn)).out.splitlines()
    assert verified[1] == f"{name}: chosen by p_tl1, not drawn; 2 of 2 might have been observed"
    # and nothing stands in for it
    assert (
        "refused[not-drawn]" in run(f"sample replace {chosen[0].id} --reason already-known", drawn, "p_ev1", DRAWN).err
    )


def test_all_that_may_not_be_chosen_is_told_at_once_and_nothing_is_recorded(drawn):
    write(drawn, {"exports/optouts.csv": "customer_ref,from\nK5A09,2026-05-01\n"})
    before = snapshot(drawn)
    sampled = items(drawn)[0]["transaction"]
    found = choose(drawn, f"NOPE A12c13 A09-05 {sampled} A07-06 --reason complaint")
    assert (found.code, snapshot(drawn)) == (1, before)
    assert found.err.splitlines()[:5] == [
        "refused[not-to-be-chosen]: nothing was recorded:",
        "  NOPE: is not in the source, or has no start there",
        "  A12c13: may not be observed: notice-gap",
        "  A09-05: may not be observed: opt-out",
        f"  {sampled}: lies in a sample already, as t_5-1 (routine)",
    ]
    assert "--also" in found.err
    assert "refused[no-reason-to-choose]" in choose(drawn, "A07-06 --reason ' '").err


def test_a_sampled_one_is_chosen_only_where_that_is_said(drawn):
    sampled = items(drawn)[0]["transaction"]
    done(choose(drawn, f"{sampled} --reason complaint --also"))
    assert [row["purpose"] for row in items(drawn) if row["transaction"] == sampled] == ["routine", "targeted"]
    assert done(run("sample verify", drawn)).code == 0


def test_what_was_chosen_does_not_stand_for_the_draw_of_its_week(agreed):
    done(choose(agreed, "A07-20 --reason complaint"))
    told = done(run("sample draw weekly --period 2026-W21", agreed, "p_tl1", DRAWN))
    assert "1 already-sampled" in told.err
    assert "A07-20" not in {row["transaction"] for row in items(agreed, "--purpose routine")}


def test_a_question_draws_afresh_from_its_part_only(drawn):
    before = {row["transaction"] for row in items(drawn)}
    line = "sample confirm weekly --period 2026-W21 --size 2 --channel chat --question 'is the next step missing in chats?'"
    told = done(run(line, drawn, "p_tl1", DRAWN))
    assert "2 of" not in told.out
    fresh = items(drawn, "--purpose spot")
    assert len(fresh) == 2
    assert {row["channel"] for row in fresh} == {"chat"}
    assert not before & {row["transaction"] for row in fresh}
    # the same words again are another question, with another number: what is left, and no pick twice
    done(run(line, drawn, "p_tl1", DRAWN))
    seeds = [draw.seed for draw in view_of(drawn).rows(Draw)]
    assert seeds[1:] == [f"desk 2026/weekly/2026-W21/question/{number}" for number in (1, 2)]
    assert len(items(drawn, "--purpose spot")) == 3
    assert done(run("sample verify", drawn)).out.count("the same") == 3
    # the plan of the frame knows nothing of questions
    assert "as d_5: nothing to do" in run("sample draw weekly --period 2026-W21", drawn, "p_tl1", DRAWN).err
    assert "is the next step missing" in run("sample show d_6", drawn).err


def test_a_question_is_asked_about_what_the_frame_looks_at(drawn):
    line = "sample confirm weekly --period 2026-W21 --size 2"
    assert "refused[no-question]" in run(f"{line} --question ' '", drawn, "p_tl1", DRAWN).err
    outside = run(f"{line} --question why --channel email", drawn, "p_tl1", DRAWN)
    assert "refused[question-outside-frame]: weekly@1 does not look at channel email." in outside.err
    assert "it looks at: phone, chat" in outside.err
