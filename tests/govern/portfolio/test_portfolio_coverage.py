from __future__ import annotations

from dataclasses import replace

import pytest
from portfolio_worlds import CANDIDATE, KINDS, PORTFOLIO, UNITS, World, alone

from qacli.govern.portfolio.coverage import HELD, LACKS, NOT_LIVE
from qacli.govern.portfolio.unit import ANYONE, Chain, OwnWords, Records, criteria
from qacli.model import REDACTED, Words

CRITERIA = criteria(UNITS)
TABLES = sorted(set().union(*(each.tables for each in CRITERIA.values())))


@pytest.fixture(scope="module")
def whole():
    return World(CRITERIA.values())


def test_nothing_recorded_lacks_all_157():
    assert list(World().states(portfolio=None).values()) == [LACKS] * 157


def test_records_of_every_kind_hold_all_157(whole):
    assert {id_: state for id_, state in whole.states().items() if state != HELD} == {}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_goes_flips_exactly_the_cells_that_depend_on_it(whole, table):
    flipped = {id_ for id_, state in whole.without(table).states().items() if state == LACKS}
    assert flipped == {id_ for id_, each in CRITERIA.items() if table in each.tables}
    assert flipped


def test_the_same_records_of_training_hold_nothing(whole):
    training = World()
    training.table = [replace(row, provenance="training") for row in whole.table]
    assert set(training.states().values()) == {NOT_LIVE}


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=list(CRITERIA))
def test_each_criterion_is_held_by_its_own_rows_and_by_nothing_less(criterion):
    unit, world = alone(criterion), World([criterion])
    assert world.states(unit) == {criterion.id: HELD}
    for part in criterion.needs:
        for table in part.tables:
            assert world.without(table).states(unit) == {criterion.id: LACKS}, table
    strange = World(owner="p_x9")
    strange.table = [
        replace(row, **{name: "p_x9" for name in ("by", "person", "candidate") if hasattr(row, name)})
        for row in world.table
    ]
    assert strange.states(unit) == {criterion.id: LACKS}, "what others did is claimed"


@pytest.mark.parametrize(
    "id_", [id_ for id_, each in CRITERIA.items() if any(isinstance(p, Chain) for p in each.needs)]
)
def test_a_chain_in_the_wrong_order_does_not_hold(id_):
    criterion = CRITERIA[id_]
    world = World([criterion])
    times = [row.at for row in world.table]
    world.table = [replace(row, at=at) for row, at in zip(world.table, reversed(times), strict=True)]
    assert world.states(alone(criterion)) == {id_: LACKS}


@pytest.mark.parametrize(
    "id_", [id_ for id_, each in CRITERIA.items() if any(isinstance(p, OwnWords) for p in each.needs)]
)
def test_words_of_another_criterion_or_redacted_ones_do_not_hold(id_):
    criterion = CRITERIA[id_]
    for changed in ({"criterion": "mon-x"}, {"words": Words(REDACTED, "w_1")}):
        world = World([criterion])
        world.table = [replace(row, **changed) if row.TABLE == "portfolio_words" else row for row in world.table]
        assert world.states(alone(criterion)) == {id_: LACKS}


@pytest.mark.parametrize(
    ("id_", "part"),
    [(id_, part) for id_, each in CRITERIA.items() for part in each.needs if isinstance(part, Records) and part.where],
    ids=str,
)
def test_another_value_than_the_map_asks_for_does_not_hold(id_, part):
    criterion, kind = CRITERIA[id_], KINDS[part.table]
    world = World([criterion])
    for name in part.where:
        other = World()
        wrong = {bool: lambda now: not now, int: lambda now: now + 1}
        other.table = [
            replace(row, **{name: wrong.get(type(now), lambda _: "other")(now)})
            if type(row) is kind and (now := getattr(row, name)) is not None
            else row
            for row in world.table
        ]
        assert other.states(alone(criterion)) == {id_: LACKS}


@pytest.mark.parametrize("setting", ["role", "sector"])
def test_what_the_portfolio_does_not_state_is_lacking(whole, setting):
    unstated = PORTFOLIO.model_copy(update={setting: None})
    lacking = {id_ for id_, state in whole.states(portfolio=unstated).items() if state == LACKS}
    assert lacking == {"role": {"d13-e1", "cfa-e1"}, "sector": {"d13-e2", "cfa-e2"}}[setting]


def test_the_grid_says_what_is_missing_and_what_makes_it():
    cell = next(cell for cell in World().grid(portfolio=None).cells if cell.criterion.id == "mon-p6")
    assert [(lack.missing, lack.make) for lack in cell.lacks] == [
        ("no sessions by the candidate, kind spot", "qacli record session")
    ]


def test_counts_are_of_days_transactions_and_occasions_and_no_verdict():
    world = World()
    for number in range(3):
        item = world.row("items", "anyone", transaction=f"call-{number % 2}")
        world.row("observations", item=item.id)
    cell = next(cell for cell in world.grid().cells if cell.criterion.id == "d13-e3")
    assert (cell.state, cell.transactions, cell.occasions) == (HELD, 2, 3)
    assert cell.days == 3


def test_who_holds_a_row_is_the_column_that_the_map_names():
    criterion = CRITERIA["mon-p5"]
    assert {part.whose for part in criterion.needs} == {"person"}
    world = World([criterion])
    world.table = [replace(row, by="p_mgr1") for row in world.table]
    assert world.states(alone(criterion)) == {"mon-p5": HELD}
    world.table = [replace(row, person="p_mgr1", by=CANDIDATE) for row in world.table]
    assert world.states(alone(criterion)) == {"mon-p5": LACKS}


def test_a_part_of_anyone_is_never_all_that_a_criterion_asks_for():
    for criterion in CRITERIA.values():
        whose = [step.whose for part in criterion.needs if isinstance(part, Chain) for step in part.chain]
        whose += [part.whose for part in criterion.needs if isinstance(part, Records)]
        others = [part for part in criterion.needs if not isinstance(part, Records | Chain)]
        assert others or set(whose) - {ANYONE}, criterion.id
