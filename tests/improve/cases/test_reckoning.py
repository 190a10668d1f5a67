"""What a case comes to: totals over its months, one input at a time, all at their worst, and where it breaks even."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from in_memory import Memory

from qacli.files.yaml import parse
from qacli.improve.cases.case import Case
from qacli.improve.cases.known import NoTrace
from qacli.improve.cases.reckoning import reckon
from qacli.improve.cases.weighing import NoResult, extremes

# The catalogue of the desk in memory: the drill takes 45 minutes and costs nothing, the buddy 120 minutes and 12.50.
CASE = """
id: units
version: 1
owner: p_tl1
from: 2026-05-01
title: Units
currency: GBP
months: {months}
figures:
  minutes: {{from: catalogue, row: idv-drill, column: minutes}}
  buddy: {{from: catalogue, row: buddy, column: minutes}}
  nothing: {{from: catalogue, row: idv-drill, column: cost}}
assumptions:
  fixed: {{value: 10000, low: 8000, high: 12000, unit: GBP, source: book}}
  price: {{value: 50, low: 45, high: 60, unit: GBP, source: book}}
  variable: {{value: 30, low: 25, high: 35, unit: GBP, source: book}}
  units: {{value: 1000, low: 400, high: 1500, unit: units, source: book}}
options:
  - {{id: do-nothing, title: Wait, costs: [{idle}], risks: [{{what: Waiting., answer: None., owner: p_tl1}}]}}
  - id: act
    title: Act
    costs: [{{what: Plant, amount: fixed}}, {cost}]
    benefits: [{{what: Sales, amount: {benefit}, each: {each}, baseline: minutes}}]
    risks: [{{what: Nobody buys., answer: None., owner: p_tl1}}]
recommend: act
because: It pays.
actions: [{{what: Build., owner: p_tl1, due: 2026-06-12}}]
ask: {{what: Approve it., of: p_mgr1, by: 2026-06-05}}
texts: {{summary: Yes.}}
"""
SOLD = "units * (price - variable) * minutes / minutes"


def found(benefit=SOLD, each="once", months=12, idle="", cost="{what: Room, amount: minutes - minutes}"):
    text = CASE.format(benefit=benefit, each=each, months=months, idle=idle, cost=cost)
    return reckon(Memory(), Case.model_validate(parse(text, "case.yaml").data))


def test_half_a_penny_is_rounded_up_as_people_do():
    # 30 * 45 / 1000 / 60 * 50 = 1.125, beside the plant of 10,000
    assert found(cost="{what: Time, amount: variable * minutes / 1000 / 60 * price}").outcomes["act"].cost == Decimal(
        "10001.13"
    )


def test_it_breaks_even_where_the_textbook_says():
    # Break-even quantity: fixed costs / (price - variable cost) = 10,000 / (50 - 30) = 500 units; the price at which
    # 1,000 units do: 30 + 10,000 / 1,000 = 40. R: uniroot(function(x) x * 20 - 10000, c(0, 1e4))$root is 500.
    swings = {each.known.name: each for each in found().swings}
    assert (swings["units"].even, swings["units"].inside) == (500, True)
    assert (swings["price"].even, swings["price"].inside) == (40, False)
    assert (swings["variable"].even, swings["fixed"].even) == (40, 20000)
    assert (swings["units"].at_low, swings["units"].at_high) == (-2000, 20000)


def test_the_widest_swing_is_told_first():
    assert [each.known.name for each in found().swings if each.known.ranged] == ["units", "price", "variable", "fixed"]


def test_worst_and_best_have_every_input_at_its_end():
    ours = found().recommended
    assert ours.gain == 10000
    assert ours.worst == 400 * (45 - 35) - 12000
    assert ours.best == 1500 * (60 - 25) - 8000
    assert (ours.cost_range, ours.benefit_range) == ((8000, 12000), (4000, 52500))


def test_an_input_that_divides_is_followed_to_its_zero():
    # 1,000,000 / price = 10,000 at a price of 100
    swings = {each.known.name: each for each in found("units * 1000 / price * minutes / minutes").swings}
    assert abs(swings["price"].even - 100) < Decimal("0.001")


@pytest.mark.parametrize(
    ("each", "months", "benefit"),
    [("once", 6, 20000), ("week", 6, 520000), ("month", 6, 120000), ("year", 6, 10000), ("year", 18, 30000)],
)
def test_what_comes_again_is_counted_over_the_months(each, months, benefit):
    assert found(each=each, months=months).recommended.benefit == benefit


def test_when_it_has_paid_back():
    assert found(each="month").recommended.payback == Decimal("0.5")  # 10,000 against 20,000 a month
    assert found(each="year").recommended.payback == 6
    assert found().recommended.payback is None  # it comes at once


def test_what_doing_nothing_costs_counts_for_acting():
    reckoned = found(idle="{what: Rent, amount: buddy, each: month}")
    assert reckoned.outcomes["do-nothing"].net == -1440
    assert (reckoned.outcomes["do-nothing"].gain, reckoned.recommended.gain) == (0, 11440)


def test_the_worst_is_found_where_inputs_work_together():
    # x * (y - 5) falls with x where y is 2 and rises with it where y is 8: each alone would not find -30
    inputs = {"x": Fraction(1), "y": Fraction(8)}
    ends = {"x": (Fraction(1), Fraction(10)), "y": (Fraction(2), Fraction(9))}
    assert extremes(lambda at: at["x"] * (at["y"] - 5), inputs, ends) == (-30, 3, 40)


def test_of_many_inputs_each_alone_says_which_end_is_worse():
    names = [f"i{number}" for number in range(12)]
    inputs, ends = dict.fromkeys(names, Fraction(2)), dict.fromkeys(names, (Fraction(1), Fraction(3)))
    assert extremes(lambda at: sum(at.values()), inputs, ends) == (12, 24, 36)


def test_a_division_by_nothing_has_no_result():
    with pytest.raises(NoResult, match=r"'Room' divides by 0: minutes / nothing"):
        found(cost="{what: Room, amount: minutes / nothing}")


def test_a_figure_that_is_not_there_is_named():
    desk = Memory()
    desk.made = [(kind, item) for kind, item in desk.made if item.id != "buddy"]
    text = CASE.format(benefit=SOLD, each="once", months=12, idle="", cost="{what: Room, amount: minutes}")
    with pytest.raises(NoTrace) as wrong:
        reckon(desk, Case.model_validate(parse(text, "case.yaml").data))
    assert "buddy: catalogue has no row buddy; there is: idv-drill" in str(wrong.value)
