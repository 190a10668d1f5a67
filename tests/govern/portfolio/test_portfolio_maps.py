"""The maps themselves: every id of the five sources, tables and commands that exist, headings of our own."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from portfolio_worlds import KINDS, UNITS

import qacli
from qacli.cli import COMMANDS
from qacli.govern.portfolio.own_words import words_of
from qacli.govern.portfolio.unit import ANYONE, Approved, Chain, OwnWords, Records, criteria, tables_of
from qacli.workspace.definitions import KINDS as DEFINITIONS

REPO = Path(__file__).parents[3]
SEEDS = REPO.parent / "shared" / "seeds"
CRITERIA = criteria(UNITS)


def runs(text, length=5):
    words = words_of(text)
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def numbered(unit, letter, last, first=1):
    return [f"{unit}-{letter}{number}" for number in range(first, last + 1)]


# The sources' own numbering: 16 + 16, 26 criteria in four outcomes + 5 + 3, 15 + 15, 5 + 7 + 6 + 8, and 16 + 11 + 7 + 1.
IDS = {
    "mon": [*numbered("mon", "p", 16), *numbered("mon", "k", 16)],
    "d13": [
        *(f"d13-{part}.{number}" for part, last in ((1, 5), (2, 6), (3, 5), (4, 10)) for number in range(1, last + 1)),
        *numbered("d13", "s", 5),
        *numbered("d13", "e", 3),
    ],
    "per": [*numbered("per", "p", 15), *numbered("per", "k", 15)],
    "gde": [*numbered("gde", "c", 5), *numbered("gde", "t", 7), *numbered("gde", "x", 6), *numbered("gde", "m", 8)],
    "cfa": [
        *numbered("cfa", "p", 16),
        *(f"cfa-k{letter}" for letter in "abcdefghijk"),
        *numbered("cfa", "e", 4),
        "cfa-e5a",
        "cfa-e5b",
        "cfa-e6",
        "cfa-f",
    ],
}


def test_the_maps_hold_every_id_of_the_five_sources_once_and_in_order():
    assert {unit.id: [each.id for each in unit.criteria] for unit in UNITS} == IDS
    assert {unit: len(ids) for unit, ids in IDS.items()} == {"mon": 32, "d13": 34, "per": 30, "gde": 26, "cfa": 35}
    assert len(CRITERIA) == 157


def parts():
    for criterion in CRITERIA.values():
        for part in criterion.needs:
            yield from ((criterion.id, each) for each in (part.chain if isinstance(part, Chain) else [part]))


def test_every_table_and_column_that_a_map_names_exists():
    for id_, part in parts():
        if not hasattr(part, "table"):
            continue
        columns = [*part.where, *part.filled, *getattr(part, "covers", ()), *getattr(part, "differ", ())]
        columns += [name for name in (getattr(part, "links", None), *getattr(part, "every", ())) if name]
        columns += [] if part.whose == ANYONE else [part.whose]
        kind = KINDS[part.table]
        for column in columns:
            first, *further = column.split("@")
            assert first in kind.columns(), f"{id_}: {part.table}.{first}"
            for step in further:
                table, _, name = step.partition(".")
                assert name in KINDS[table].columns(), f"{id_}: {step}"


def test_the_tables_of_a_column_are_those_it_leads_to():
    assert list(tables_of("item@items.draw@draws.period")) == ["items", "draws"]
    assert list(tables_of("item")) == []


def test_every_value_that_a_map_asks_for_is_spelled_by_the_program():
    house = Path(qacli.__file__).parent
    program = "\n".join(path.read_text("utf-8") for path in house.rglob("*.py"))
    asked = {
        (id_, value)
        for id_, part in parts()
        for values in (*getattr(part, "where", {}).values(), *getattr(part, "covers", {}).values())
        for value in values
    }
    plain = {"yes", "no", "gde-t6", *"12345"}  # of cells that hold no word
    assert {(id_, value) for id_, value in asked if value not in plain and f'"{value}"' not in program} == set()
    assert asked


def commands():
    for each in COMMANDS:
        app = import_module(f"qacli.commands.{each.name}").app
        alone = len(app.registered_commands) == 1 and not app.registered_groups
        for command in app.registered_commands:
            yield f"qacli {each.name}" if alone else f"qacli {each.name} {command.name}"
    yield "qacli ledger host take"


def test_every_command_that_a_map_names_exists():
    known = set(commands())
    made = {
        (id_, part.make)
        for id_, each in CRITERIA.items()
        for part in each.needs
        if hasattr(part, "make") and part.make.startswith("qacli")
    }
    assert {pair for pair in made if not any(pair[1] == one or pair[1].startswith(f"{one} ") for one in known)} == set()
    assert len(made) > 100


def test_every_kind_of_definition_that_a_map_names_exists():
    for id_, part in parts():
        if isinstance(part, Approved):
            assert part.approved in DEFINITIONS, id_
        for source in getattr(part, "every", {}).values() if isinstance(part, Records) else ():
            kind, _, field = source.partition(".")
            assert field in DEFINITIONS[kind].load().model_fields, id_


def test_what_is_known_is_held_by_own_words_and_by_nothing_else():
    knowledge = [id_ for ids in IDS.values() for id_ in ids if re.search(r"-k|^d13-4", id_)]
    assert len(knowledge) == 16 + 10 + 15 + 11
    for id_ in knowledge:
        assert all(isinstance(part, OwnWords) for part in CRITERIA[id_].needs), id_


def test_principles_strategy_and_leadership_take_evidence_beside_words():
    for id_ in ("gde-c1", "gde-c2", "gde-c5"):
        kinds = {type(part) for part in CRITERIA[id_].needs}
        assert OwnWords in kinds
        assert kinds - {OwnWords}, id_


def test_nothing_that_travels_with_the_program_is_live():
    for folder in ("examples", "scorecards"):
        for path in (REPO / folder).rglob("*"):
            if path.suffix in {".yaml", ".csv", ".md"}:
                text = path.read_text("utf-8")
                assert "provenance: live" not in text, path
                assert ",live," not in text, path


def test_a_heading_is_said_once_in_its_map():
    for unit in UNITS:
        headings = [each.heading for each in unit.criteria]
        assert len(set(headings)) == len(headings)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="shared data is absent")
def test_headings_are_ours_and_not_the_text_of_the_sources():
    sources = [runs(path.read_text("utf-8")) for path in sorted(SEEDS.glob("*.txt"))]
    assert len(sources) == 5
    assert {each.id for each in CRITERIA.values() if not runs(each.heading).isdisjoint(set().union(*sources))} == set()
