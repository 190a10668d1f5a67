"""Scoring a calibration at prompts, item by item, with drafts that wait."""

from __future__ import annotations

import io

import stage
from command_line import run
from desk import DRAWN, done


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


def test_there_has_to_be_something_to_report(drawn):
    assert "open one: qacli calibrate open" in run("calibrate report", drawn).err
