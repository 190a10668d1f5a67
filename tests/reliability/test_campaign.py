"""Short versions of the campaign in reliability/; `make reliability` plays it at length, under strace too."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location

import crash_states
import inclusion
import loaders
import mutants
import pytest
import state_machine
import story
import tampering
import typer
import writers
from command_line import run

from qacli.commands.context import command
from qacli.ledger import ids


def test_every_command_that_writes_is_a_step_of_the_campaign():
    assert story.missing() == set()
    assert {"score", "notice ack", "ledger host take"} <= story.writing_commands()


def test_a_command_that_is_new_is_missed():
    app = typer.Typer()
    for name, writes in (("sign", True), ("look", False)):

        def act(context):
            """Do it."""

        act.__module__ = "qacli.commands.seal"
        command(app, name, writes=writes)(act)
    assert list(story._writing(app, "seal")) == ["seal sign"]


SHOWN = {
    "p_tl1": "mon-p1 mon-p3 mon-p11 mon-p12 mon-p14 mon-k7 d13-3.1 d13-s4 per-p1 per-p3 per-p5 per-p7 per-p9 per-p10 per-p11 per-p12 "
    "per-p13 per-p14 per-p15 gde-t1 gde-t4 gde-x2 gde-x4 gde-x6 gde-m1 gde-m6 gde-m8 cfa-p1 cfa-p2 cfa-p5 cfa-p6 cfa-p7 "
    "cfa-p8 cfa-p9 cfa-p10 cfa-p11 cfa-p14 cfa-e5a cfa-e5b",
    "p_ev1": "mon-p5 mon-p7 mon-p8 mon-p9 mon-p10 d13-1.5 d13-2.4 d13-s2 d13-e3 gde-t3 gde-x3 gde-m2 gde-m7",
}
"""Criteria of the portfolio maps that what the commands of the story record shows, by who did it."""


def test_the_story_can_be_played(tmp_path):
    scenes = story.scenes(tmp_path)
    assert [scene.step.command for scene in scenes] == [step.command for step in story.STORY]
    told = next(scene.folder for scene in scenes if scene.step.command == "privacy erase")
    for person, shown in SHOWN.items():
        rows = run(f"portfolio coverage --for {person} --format json", told, "p_tl1", "2026-06-25").rows
        assert set(shown.split()) <= {row["id"] for row in rows if row["state"] == "not live"}


def test_no_state_that_a_loss_of_power_leaves_is_bad(tmp_path):
    found = crash_states.explore(tmp_path)
    assert found.bad == []
    assert found.states > 100


@pytest.mark.parametrize("fault", crash_states.FAULTS)
def test_a_planted_fault_is_caught(tmp_path, fault):
    assert crash_states.explore(tmp_path, crash_states.FAULTS[fault], crash_states.WORK[:1], most=16, enough=1).bad


def test_writers_at_once_lose_nothing(tmp_path):
    assert writers.entries(tmp_path / "entries", processes=4, count=25)[:4] == (100, 0, 0, 0)
    assert writers.commits(tmp_path / "commits" / "desk", processes=4, count=3)[:4] == (12, 0, 0, 0)


def test_damage_in_the_last_journal_line_is_refused_not_set_aside(tmp_path):
    found = tampering.last_line(tmp_path / "trail", masks=(0x80,), every=5)
    assert found.missed == []
    assert found.tried > 60


def test_a_random_sequence_of_acts():
    assert state_machine.run(examples=12, steps=12) > 12


def test_random_input_raises_only_declared_errors(tmp_path):
    for found in loaders.fuzz(tmp_path / "fuzz", seconds=0.3, seed=3):
        assert found.undeclared == []
        assert found.runs > 10


def test_the_page_tells_the_figures_that_are_kept():
    # by its path: the benchmarks have a module of this name too
    found = spec_from_file_location("campaign", story.ROOT / "reliability" / "run.py")
    campaign = module_from_spec(found)
    found.loader.exec_module(campaign)
    assert campaign.PAGE.read_text("utf-8") == campaign.page()


def test_a_mutant_is_one_function_with_one_thing_changed(monkeypatch):
    found = {each.name: each for each in mutants.mutants("qacli.ledger.ids")}
    assert all(name.startswith("ledger.ids.") for name in found)
    code = ids.base32.__code__
    try:
        mutants.put_in(next(each for name, each in found.items() if "base32: return" in name))
        assert ids.base32(150) is None
    finally:
        ids.base32.__code__ = code
    assert ids.base32(150) == "4p"


@pytest.mark.parametrize("name", inclusion.frames())
def test_c04_each_transaction_is_drawn_as_often_as_its_record_says(name):
    found = inclusion.tried(name, inclusion.frames()[name], draws=100)
    assert found.good, f"{found.furthest} standard errors off"
    assert len(found.chances) == inclusion.UNITS


def test_a_rounded_interval_is_caught():
    assert not inclusion.tried("planted", inclusion.frames()["systematic by time"], 100, inclusion.rounded).good
