"""Short versions of the campaign in reliability/; `make reliability` plays it at length, under strace too."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location

import crash_states
import inclusion
import loaders
import mutants
import own_portfolio
import pytest
import state_machine
import story
import tampering
import typer
import writers
from command_line import run
from portfolio_worlds import UNITS

from qacli.commands.context import command
from qacli.govern.portfolio.unit import criteria
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


NOT_TYPED = {
    "d13-s1": "a second contact would have to be watched before the card of the story is retired",
    "gde-t2": "an effect takes ten fresh checks before the coaching and ten after it",
    "gde-t7": "the small desk has two channels, and three are asked for",
}
"""Criteria of the portfolio maps that no command of the story or behind it shows, and why; the rows of
tests/portfolio_worlds.py show them."""


def test_the_story_can_be_played(tmp_path):
    scenes = story.scenes(tmp_path)
    assert [scene.step.command for scene in scenes] == [step.command for step in story.STORY]
    told = next(scene.folder for scene in scenes if scene.step.command == "privacy erase")
    known = [id_ for id_, each in criteria(UNITS).items() if each.asks_for_words and id_ not in {"mon-k7", "gde-t6"}]
    own_portfolio.type_all(told, known)
    grids = {
        person: run(f"portfolio coverage --for {person} --format json", told, "p_tl1", own_portfolio.DAY).rows
        for person in ("p_tl1", "p_ev1", "p_mgr1")
    }
    shown = {person: {row["id"] for row in rows if row["state"] == "not live"} for person, rows in grids.items()}
    assert set(criteria(UNITS)) - set().union(*shown.values()) == set(NOT_TYPED)
    assert len(shown["p_tl1"]) >= 144


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
