"""Two years before the quarter, as the survey tool counted them, and an action that asks for more than was ever reached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from plan import Planted, parameters

QUARTER = 3
"""Months of a 13-week move."""


def shares(plant: Planted) -> dict[str, float]:
    """Return the share of content customers of each month before the quarter; the best move over three is as planted."""
    truth = parameters()["truths"]["T11"]
    draw = np.random.default_rng([plant.seed, 16])
    noise = np.convolve(draw.standard_normal(truth["months"] + 2), np.ones(3) / 3, "valid")
    noise -= noise.mean()
    moves = noise[QUARTER:] - noise[:-QUARTER]
    found = truth["level"] + noise * plant.best / 100 / moves.max()
    return dict(zip(_months(truth["months"]), found.tolist(), strict=True))


def _months(number: int) -> list[str]:
    first: date = parameters()["first_day"]
    # the month in which the quarter begins is whole in the figures of the survey tool
    last = first.year * 12 + first.month - 1
    return [f"{at // 12}-{at % 12 + 1:02}" for at in range(last - number + 1, last + 1)]


def figures(plant: Planted) -> Iterator[str]:
    """Yield the lines of the file that the survey tool gives."""
    yield "kpi,variant,period,num,den,asked"
    n = parameters()["truths"]["T11"]["answers"]
    for month, share in shares(plant).items():
        yield f"csat,top2,{month},{round(share * n)},{n},{round(n / 0.27)}"


def action(plant: Planted) -> str:
    """Return the action as somebody would write it."""
    truth = parameters()["truths"]["T11"]
    return f"""\
id: content-by-july
verb: ring
object: customers who were not content within a day
scope: phone and chat
owner: p_tl1
metric: {{kpi: {truth["kpi"]}, variant: top2, by: month}}
target: {plant.target}
start: {truth["start"]}
review: {truth["review"]}
due: {truth["due"]}
hours: 0
money: 0
why: Who is called back says so in the next survey.
"""
