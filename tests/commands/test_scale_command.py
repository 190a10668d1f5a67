"""Scales from draft to approval, typed as people do."""

from __future__ import annotations

import pytest
from command_line import run, snapshot
from desk import DRAWN, TRIAL, done, write

DAY = "2026-05-04"
POINT5 = "definitions/scales/point5.yaml"
HEADER = "transaction,scorer,criterion,point\n"


@pytest.fixture
def new(desk_at):
    return desk_at("new")


def tried(folder, text, scales="binary point5", day=DAY):
    write(folder, {"trial.csv": text})
    return run(f"scale trial {scales} --from {folder / 'trial.csv'}", folder, "p_tl1", day)


def at_odds(criterion="idv", points=("met", "not_met")):
    """Twelve transactions on which two people never agree."""
    return HEADER + "".join(
        f"trial-{number},{scorer},{criterion},{points[(number + place) % 2]}\n"
        for number in range(12)
        for place, scorer in enumerate(("p_ev1", "p_ev2"))
    )


def test_c02_two_points_that_differ_only_by_very_are_refused(new):
    text = (new / POINT5).read_text("utf-8")
    write(new, {POINT5: text.replace("label: meets the standard", "label: very nearly there")})
    result = run("scale lint point5 --format table", new, "p_tl1", DAY)
    assert result.code == 1
    assert "error[only-degree]: 3 and 4 differ only by 'very'\n" in result.out
    assert f"--> {POINT5}:14:34" in result.out
    done(tried(new, TRIAL))
    refused = run("scale approve point5", new, "p_mgr1", DAY)
    assert (refused.code, refused.out) == (1, "")
    assert "refused[definition-faults]: scale point5@1 cannot be approved with 1 fault:" in refused.err


def test_c02_a_trial_is_recorded_once_and_decides(new):
    assert run("scale lint binary", new, "p_tl1", DAY) == (0, "", "")
    untried = run("scale approve binary point5", new, "p_mgr1", DAY)
    assert untried.err.startswith("refused[no-trial]: scales binary@1 and point5@1 have not been tried: nobody knows")
    shown = done(tried(new, TRIAL))
    assert shown.out.splitlines()[1] == "tr_1-1,binary@1,all,12,2,12,100,1,,,AC1; no interval: no variation,1,0,reached"
    assert "point5@1: 100 % the same; AC2 (linear weights) 1.00; 12 ratings of 12 transactions" in shown.err
    again = done(tried(new, TRIAL))
    assert again.out == ""
    assert "these ratings of binary@1 are recorded as tr_1-1: nothing to do" in again.err
    own = run("scale approve binary", new, "p_tl1", DAY)
    assert own.err.startswith("refused[same-person]: p_tl1 owns binary@1 and cannot approve it as well.\n")
    said = done(run("scale approve binary point5 --comment read", new, "p_mgr1", DAY))
    assert said.out == "".join(
        f"{scale}@1 approved by p_mgr1 (recorded by unknown for p_mgr1)\n" for scale in ("binary", "point5")
    )
    assert "already approved by p_mgr1" in done(run("scale approve binary", new, "p_mgr1", DAY)).err
    first = run("scale list --format json", new).rows[0]
    assert (first["scale"], first["trial"], first["approved"]) == ("binary@1", "reached", f"by p_mgr1 on {DAY}")


def test_c02_a_scale_on_which_people_differ_is_refused_until_an_authority_answers_for_it(new):
    done(tried(new, at_odds(), "binary"))
    refused = run("scale approve binary", new, "p_mgr1", DAY)
    assert refused.code == 1
    assert (
        "refused[trial-agreement]: the last trial of scale binary@1 stays below 0.6: 0 % the same; AC1 -1.00"
        in refused.err
    )
    nobody = run("scale approve binary --override 'needed today'", new, "p_mgr1", DAY)
    assert nobody.err.startswith("refused[no-authority]: nobody is named who may approve against a rule.\n")
    settings = (new / "qacli.yaml").read_text("utf-8")
    write(new, {"qacli.yaml": f"{settings}roles: {{head: [p_mgr1]}}\nagreement: {{override: head}}\n"})
    before = snapshot(new)
    assert run("scale approve binary --override 'needed today'", new, "p_ev1", DAY).err.startswith(
        "refused[no-authority]: only a head may approve against a rule"
    )
    assert snapshot(new) == before
    passed = done(run("scale approve binary --override 'needed today'", new, "p_mgr1", DAY))
    assert "trial-agreement overridden by p_mgr1" in passed.err
    assert run("scale list --format json", new).rows[0]["approved"] == (
        f"by p_mgr1 on {DAY}, against trial-agreement: needed today"
    )
    done(tried(new, TRIAL, "point5 binary"))
    done(run("scorecard approve desk --with-scales", new, "p_mgr1", DAY))
    for person in ("p_a07", "p_a09", "p_a12"):
        done(run("notice ack n-staff --on 2026-01-05", new, person, DAY))
    done(run("frame agree weekly", new, "p_mgr1", DAY))
    drawn = done(run("sample draw weekly --period 2026-W21", new, "p_tl1", DRAWN))
    told = "approved against a rule: 1\nbinary@1 was approved against trial-agreement by p_mgr1: needed today\n"
    assert told in drawn.err
    assert told in run("summarise desk", new, "p_tl1", DRAWN).err


def test_the_last_trial_decides_and_all_are_shown(new):
    done(tried(new, at_odds(), "binary"))
    differ = done(run("scale show binary --ratings", new, "p_tl1", DAY))
    assert differ.out.splitlines()[1] == 'idv,trial-0,"p_ev1 met, p_ev2 not_met"'
    assert "12 of 12 ratings differ" in differ.err
    done(tried(new, TRIAL.replace("check", "next")))
    assert run("scale approve binary", new, "p_mgr1", DAY).code == 0
    shown = done(run("scale show binary", new, "p_tl1", DAY)).err
    assert [line.partition(" of ")[0] for line in shown.splitlines() if line.startswith("trial ")] == [
        "trial tr_1",
        "trial tr_2-1",
    ]


def test_every_fault_of_every_file_of_a_trial_is_told_at_once(new):
    write(
        new,
        {
            "one.csv": "Scorer;transaction;scorer;criterion;point\nx;t1;p_ev1;idv;4\nx;t2;Ruth;idv;met\nx;t3;p_ev2;idw;met\n",
            "two.csv": HEADER + "t4,p_ev1,idv,met\nt4,p_ev1,idv,not_met\n,p_ev1,check,3\n",
        },
    )
    before = snapshot(new)
    result = run(f"scale trial binary point5 --from {new / 'one.csv'} --from {new / 'two.csv'}", new, "p_tl1", DAY)
    assert result.code == 65
    told = [line.strip() for line in result.err.splitlines() if line.startswith(("error", " -->"))]
    assert [line.partition(":")[0] if line[0] == "e" else line[-9:] for line in told] == [
        "error[unknown-point]",
        "(cell E2)",
        "error[unknown-person]",
        "(cell C3)",
        "error[unknown-criterion]",
        "(cell D4)",
        "error[rated-twice]",
        "(cell D3)",
        "error[no-transaction]",
        "(cell A4)",
    ]
    assert snapshot(new) == before


def test_a_file_or_a_scale_that_is_not_there_is_named(new):
    gone = run(f"scale trial binary --from {new / 'none.csv'}", new, "p_tl1", DAY)
    assert (gone.code, f"there is no file {new / 'none.csv'}" in gone.err) == (1, True)
    assert (
        "there is no scale 'six' in definitions\n  = help: known: binary, deviation, letter, number100, point5, three"
        in run("scale lint six", new).err
    )
