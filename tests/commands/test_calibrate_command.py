"""Scoring a calibration at prompts, item by item, with drafts that wait."""

from __future__ import annotations

import io
import shutil
from datetime import date, datetime
from decimal import Decimal

import pytest
import stage
from command_line import run
from desk import DRAWN, done

from qacli.model import NO_WORDS, Change, ref
from qacli.monitor.calibrating.calibration import (
    EVALUATOR,
    EXPERT,
    Calibration,
    CalibrationItem,
    CalibrationScore,
    Reveal,
    Scorer,
)
from qacli.workspace import Workspace


class Keyboard(io.StringIO):
    def isatty(self):
        return True


def at_the_terminal(monkeypatch, folder, keys):
    typed = iter(keys)

    def ask(prompt=""):
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", ask)
    monkeypatch.setattr("sys.stdin", Keyboard())
    return stage.typed(f"qacli calibrate score k_6 --as p_ev1 --today {DRAWN}", folder, terminal=True)


def test_items_are_scored_one_after_the_other_and_what_is_done_waits_as_a_draft(drawn, monkeypatch):
    done(run("calibrate open --items t_5-1,t_5-2 --evaluators p_ev1,p_ev2", drawn, "p_tl1", DRAWN))
    done(run("notice adjust p_a07 --from 2026-05-01 --needs 'reads long texts from paper'", drawn, "p_tl1", DRAWN))
    one = ("y", "00:41 asked for the postcode", "4", "4", "r")
    first = at_the_terminal(monkeypatch, drawn, [*one, "y"])
    assert "k_6, 1 of 2: desk@1.0 - " in first.text
    assert "adjustment for p_a07: reads long texts from paper" in first.text
    assert "draft kept; go on with: qacli calibrate score k_6 --as p_ev1" in first.text
    drafts = ["t_5-1.k_6.p_ev1.json", "t_5-2.k_6.p_ev1.json"]
    assert (first.code, sorted(path.name for path in drawn.glob("drafts/*"))) == (130, drafts)
    second = at_the_terminal(monkeypatch, drawn, one)
    assert "1 of 2" not in second.text
    assert second.text.endswith("ks_8: 2 items of k_6 sealed\n")
    assert [path.name for path in drawn.glob("drafts/*")] == ["k_6.p_ev1.sealed.json"]


def test_a_dry_run_keeps_and_records_nothing(drawn):
    line = "calibrate open --items t_5-1,t_5-2 --evaluators p_ev1,p_ev2"
    assert done(run(f"{line} --dry-run", drawn, "p_tl1", DRAWN)).out.startswith("k_6: 2 items; due 2026-06-01")
    assert run("calibrate list --format json", drawn).rows == []


def test_no_item_at_all_is_no_calibration(drawn):
    refused = run("calibrate open --items 0 --evaluators p_ev1,p_ev2", drawn, "p_tl1", DRAWN)
    assert (refused.code, "0 items are asked for" in refused.err) == (1, True)
    assert "help: ask for some: --items 10, or name items: --items t_4k-2,t_4k-5" in refused.err


def test_there_has_to_be_something_to_report(drawn):
    assert "open one: qacli calibrate open" in run("calibrate report", drawn).err


# By session: what each scorer gives idv and next, item by item. One alone; twelve items all alike; three items.
DEGENERATE = {
    "alone": {"p_ev1": ["met 4"] * 12},
    "alike": {"p_ev1": ["met 4"] * 12, "p_tl1": ["met 4"] * 12},
    "three": {"p_ev1": ["met 4", "not_met 2", "met 5"], "p_tl1": ["met 3", "met 2", "not_met 5"]},
}
VALUES = {"met": 100, "not_met": 0, **{str(point): 25 * (point - 1) for point in range(1, 6)}}


def _revealed(given):
    head = Calibration(due=date(2026, 6, 1), seed="", pool=None)
    count = max(map(len, given.values()))
    rows = [head, *(CalibrationItem(calibration=ref(head), item=f"t_{n}", scorecard="desk@1.0") for n in range(count))]
    for who, answers in given.items():
        rows.append(Scorer(calibration=ref(head), scorer=who, role=EXPERT if who == "p_tl1" else EVALUATOR))
        told = Reveal(calibration=ref(head), scorer=who, seal="", salt="", sealed=True, complete=True, reason=NO_WORDS)
        rows.append(told)
        for number, pair in enumerate(answers):
            for name, answer in zip(("idv", "next", "check"), [*pair.split(), "4"], strict=True):
                value = VALUES[answer]
                said = {"answer": answer, "met": value >= 75, "value": Decimal(value), "offset": ""}
                words = {"evidence": NO_WORDS, "comment": NO_WORDS}
                rows.append(CalibrationScore(reveal=ref(told), item=f"t_{number}", criterion=name, **said, **words))
    return lambda _: Change(rows)


@pytest.fixture(scope="module")
def degenerate(_desks, tmp_path_factory):
    folder = shutil.copytree(_desks / "drawn", tmp_path_factory.mktemp("degenerate") / "desk")
    workspace = Workspace.find(folder, "p_tl1", datetime(2026, 5, 25, 12))
    return folder, {
        name: workspace.commit(_revealed(given), "calibrate reveal").first for name, given in DEGENERATE.items()
    }


@pytest.mark.parametrize(
    ("session", "said", "total"),
    [
        ("alone", "undefined: nothing was rated by two people", "nothing was scored by two people"),
        ("alike", "undefined: every rating is the same", "undefined: every rating is the same; two scorers lie 0.0"),
        ("three", "too few: 3 of the 10 units that are needed", "too few: 3 of the 10 units that are needed"),
    ],
)
def test_c09_a_degenerate_session_prints_words_and_no_numbers(degenerate, session, said, total):
    folder, ids = degenerate
    found = done(run(f"calibrate report {ids[session]} --by criterion --format json", folder, "p_tl1", DRAWN))
    assert len(found.rows) == 3
    for row in found.rows:
        assert [row[name] for name in ("AC", "low", "high", "alpha")] == [None] * 4
        assert row["what it is"].startswith(said)
    assert f"by {len(DEGENERATE[session])} people" in found.err or "total score: nothing" in found.err
    assert total in found.err
    evaluators = done(run(f"calibrate report {ids[session]} --by evaluator --format json", folder, "p_tl1", DRAWN))
    for row in evaluators.rows:
        assert row["bias"] is None or session == "alike"
        assert row["verdict"] in {"the same", "too few: 3 of the 10 items that are needed"}
    if session == "alone":
        assert (evaluators.rows, "no expert scored: nobody can be called strict or lenient" in evaluators.err) == (
            [],
            True,
        )


def test_a_table_of_everything_says_the_same_in_words(degenerate):
    folder, ids = degenerate
    said = done(run(f"calibrate report {ids['three']} --format table", folder, "p_tl1", DRAWN))
    assert "nan" not in said.out + said.err
    drift = done(run(f"calibrate report {ids['three']} --by session --format csv", folder, "p_tl1", DRAWN)).err
    assert "p_ev1: too few to tell drift: 15 of the 20 items that are needed" in drift
    legend = run(
        f"calibrate report {ids['three']} --by criterion --weights ordinal --format csv", folder, "p_tl1", DRAWN
    )
    assert "AC2 with ordinal weights" in legend.err
