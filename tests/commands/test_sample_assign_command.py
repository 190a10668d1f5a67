"""qacli sample assign: somebody is ill, and hours that do not suffice."""

from __future__ import annotations

import pytest
from command_line import run
from desk import DRAWN, FRAME, done, form, items, write


def assign(folder, words, actor="p_tl1"):
    return run(f"sample assign {words}", folder, actor, DRAWN)


def of(folder, person):
    return [row["item"] for row in items(folder, f"--for {person} --open")]


def test_items_of_somebody_ill_go_to_the_others(drawn):
    mine, others = of(drawn, "p_ev1"), of(drawn, "p_ev2")
    assert len(mine) == len(others) == 3
    told = done(assign(drawn, "--from p_ev1 --to p_ev2 --reason 'ill until Friday'")).out
    assert told == "".join(f"{item}: p_ev1 -> p_ev2\n" for item in mine)
    assert (of(drawn, "p_ev1"), sorted(of(drawn, "p_ev2"))) == ([], sorted(mine + others))
    row = done(run("export assignments --format json", drawn, "p_tl1")).rows[0]
    assert (row["item"], row["before"], row["evaluator"], row["reason"]) == (
        mine[0],
        "p_ev1",
        "p_ev2",
        "ill until Friday",
    )
    assert assign(drawn, "--from p_ev1 --reason ill").err == "p_ev1 has no open item: nothing to do\n"
    # what waits for p_ev2 is what p_ev2 now has
    assert "6 to score" in done(run("", drawn, "p_ev2")).out


def test_what_was_scored_stays_and_a_reason_is_needed(drawn):
    item = of(drawn, "p_ev1")[0]
    assert "refused[assignment-reason]" in assign(drawn, f"{item} --to p_ev2").err
    done(run(["score", "--from", str(form(drawn, item))], drawn, "p_ev1", DRAWN))
    assert "refused[assignment-scored]" in assign(drawn, f"{item} --to p_ev2 --reason ill").err
    assert item not in assign(drawn, "--from p_ev1 --reason ill").out


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("t_5-1 --to p_tl1 --reason x", "refused[not-an-evaluator]: p_tl1 is no evaluator of weekly@1."),
        ("t_5-1 --to p_ev3 --reason x", "there is no person 'p_ev3' in people.csv"),
        ("t_99 --to p_ev1 --reason x", "t_99"),
        ("--from p_ev1 --to p_ev1 --reason x", "p_ev1 has them already"),
    ],
)
def test_what_cannot_be_given(drawn, words, refused):
    result = assign(drawn, words)
    assert result.code != 0
    assert refused in result.err


def test_nobody_is_assigned_above_their_hours_and_the_rest_is_told(agreed):
    # 20 minutes each: one hour holds three, and a quota of one holds one; six are drawn
    text = FRAME.replace("[p_ev1, p_ev2]", "{p_ev1: {hours: 1}, p_ev2: {hours: 6, quota: 1}}").replace(
        "id: weekly", "id: few"
    )
    write(agreed, {"definitions/frames/few.yaml": text})
    done(run("frame agree few", agreed, "p_mgr1", DRAWN))
    told = done(run("sample draw few --period 2026-W21", agreed, "p_tl1", DRAWN)).err
    assert "2 of 6 items have no evaluator: few@1 asks for more than its evaluators have hours for" in told
    assert [len(of(agreed, who)) for who in ("p_ev1", "p_ev2")] == [3, 1]
    # whoever has room later can be given the rest by name; without a name nobody has
    rest = [row["item"] for row in items(agreed) if not row["evaluator"]]
    assert "nobody else of its frame may take it and has room for it" in assign(agreed, "--reason 'two left'").err
    done(assign(agreed, f"{' '.join(rest)} --to p_ev2 --reason 'has an hour more this week'"))
    assert not [row for row in items(agreed) if not row["evaluator"]]


def test_evaluators_who_share_no_colleague_are_told_at_the_draw(agreed):
    text = FRAME.replace("per_colleague: 2", "per_colleague: 1").replace("id: weekly", "id: one")
    write(agreed, {"definitions/frames/one.yaml": text})
    done(run("frame agree one", agreed, "p_mgr1", DRAWN))
    first = done(run("sample draw one --period 2026-W20", agreed, "p_tl1", DRAWN)).err
    assert "evaluators fall into 2 groups that share no colleague" in first
    # the week after each colleague goes to the other evaluator, and the two are linked
    second = done(run("sample draw one --period 2026-W21", agreed, "p_tl1", DRAWN)).err
    assert "groups" not in second
    assert len({(row["colleague"], row["evaluator"]) for row in items(agreed)}) == 6
