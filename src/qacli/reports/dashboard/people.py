"""Colleagues by criteria: who may need help with what, as far as the numbers carry it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from qacli.reports.charts.heat import Cell, HeatMap, heat_map
from qacli.reports.charts.markup import el, joined, numbers
from qacli.reports.dashboard.content import Content, Part, Said, counted
from qacli.stats import between_variance

if TYPE_CHECKING:
    import pandas as pd

FEWEST_PEOPLE = 8
"""How far colleagues differ cannot be told from fewer."""
ALPHA = 0.05
MOST = 10
"""So many criteria of a card are shown, those that failed most often."""


def people(content: Content, standing: Collection[tuple[str, str, str]] = ()) -> list[Part]:
    """Return a heat map per scorecard. ``standing`` are (colleague, scorecard, criterion) that chance does not explain."""
    rated = content.rated[content.rated["met"].notna() & (content.rated["colleague"] != "")]
    keep = [
        (card, name) not in content.policy.bonus
        for card, name in zip(rated["scorecard"], rated["criterion"], strict=True)
    ]
    rated = rated[keep]
    groups = sorted(rated.groupby("scorecard", sort=True), key=lambda each: -len(each[1]))
    return [_of_card(content, str(card), rows, standing) for card, rows in groups]


def stand_out(content: Content, standing: Collection[tuple[str, str, str]]) -> Iterator[Said]:
    """Yield one sentence for each colleague who stands out on a criterion; worth a look, and no verdict."""
    for person, card, criterion in sorted(standing):
        rows = content.rated[(content.rated["colleague"] == person) & (content.rated["criterion"] == criterion)]
        met = rows[rows["met"].notna()]["met"].astype(bool)
        words = f"{content.names.of(person)}, {criterion} of {card}: {int((~met).sum())} of {len(met)} not met"
        yield Said(60, f"{words}, more than the others by more than chance explains. To confirm before anybody acts.")


def _of_card(content: Content, card: str, rows: pd.DataFrame, standing: Collection[tuple[str, str, str]]) -> Part:
    failed = (~rows["met"].astype(bool)).groupby(rows["criterion"], sort=False).sum()
    order = [str(name) for name in failed.sort_values(ascending=False, kind="stable").index if failed[name]][:MOST]
    cells, overall = _cells(content, card, rows[rows["criterion"].isin(order)], order, standing)
    there = sorted(cells, key=content.names.of)
    titles = _titles(content, card)
    chart = HeatMap(
        _short(order),
        [(content.names.of(person), cells[person]) for person in there],
        overall,
        [titles[name] for name in order],
    )
    told = sum(cell.stands for row in cells.values() for cell in row)
    enough = sum(not cell.few for row in cells.values() for cell in row if cell.share is not None)
    name = f"people-{card.replace('@', '-').replace('.', '-')}"
    body = (
        joined([heat_map(chart, f"Per cent met, {card}"), _asked(order, titles, rows)])
        if order
        else el("p", "No criterion failed.")
    )
    return Part(name, _heading(card, told, enough), _lead(rows, order), body, long=True)


def _heading(card: str, told: int, enough: int) -> str:
    if not enough:
        return f"{card}: too few observations of anybody to compare colleagues"
    if told:
        return f"{card}: {counted(told, 'cell')} of {enough} stand{'s' * (told == 1)} out more than chance explains"
    return f"{card}: no colleague stands out on one criterion more than chance explains"


def _lead(rows: pd.DataFrame, order: list[str]) -> str:
    people = counted(rows["colleague"].nunique(), "colleague")
    all_ = rows["criterion"].nunique()
    rest = f"; the {len(order)} criteria that failed most of {all_}" if len(order) < all_ else ""
    return (
        f"{counted(rows['observation'].nunique(), 'observation')} of {people}, in order of names, not of figures{rest}. "
        "Nobody is ranked."
    )


def _cells(
    content: Content, card: str, rows: pd.DataFrame, order: list[str], standing: Collection[tuple[str, str, str]]
) -> tuple[dict[str, list[Cell]], list[Cell]]:
    counts = rows.assign(met=rows["met"].astype(bool)).groupby(["criterion", "colleague"])["met"].agg(["sum", "size"])
    persons = sorted({str(person) for person in rows["colleague"]})
    cells: dict[str, list[Cell]] = {person: [] for person in persons}
    overall = []
    for name in order:
        part = counts.loc[name]
        met, n = part["sum"].astype(float), part["size"].astype(int)
        share = float(met.sum() / n.sum())
        overall.append(Cell(share, int(n.sum())))
        reliance = _reliance((met / n).tolist(), n.tolist(), share)
        for person in persons:
            if person not in n.index:
                cells[person].append(Cell(None, 0))
                continue
            many, own = int(n[person]), float(met[person] / n[person])
            lean = reliance[list(n.index).index(person)] * (own - share)
            stands = (person, card, name) in standing
            cells[person].append(Cell(own, many, lean, many < content.policy.minimum_n and not stands, stands))
    return cells, overall


def _reliance(shares: list[float], ns: list[int], share: float) -> list[float]:
    """Return for each colleague which part of a difference from all is no chance: τ²/(τ²+p(1-p)/n).

    None of it, where there are few colleagues, or where all together differ no more than chance makes them (Cochran's Q).
    """
    from scipy.special import chdtrc

    if len(shares) < FEWEST_PEOPLE or not 0 < share < 1:
        return [0.0] * len(shares)
    errors = [share * (1 - share) / n for n in ns]
    q = sum((own - share) ** 2 / error for own, error in zip(shares, errors, strict=True))
    if chdtrc(len(shares) - 1, q) > ALPHA:
        return [0.0] * len(shares)
    between = between_variance(shares, errors)
    return [between / (between + error) for error in errors]


def _titles(content: Content, card: str) -> dict[str, str]:
    return {each.id: each.observable for each in content.view.look_up("scorecard", card).criteria()}


def _short(names: list[str]) -> list[str]:
    """Return criteria without the beginning that all share, such as ph-: room is short above a column."""
    starts = {name.partition("-")[0] for name in names}
    return (
        [name.partition("-")[2] for name in names] if len(starts) == 1 and all("-" in name for name in names) else names
    )


def _asked(order: list[str], titles: dict[str, str], rows: pd.DataFrame) -> object:
    failed = (~rows["met"].astype(bool)).groupby(rows["criterion"]).sum()
    asked = rows.groupby("criterion").size()
    lines = [(name, titles[name], int(asked[name]), int(failed[name])) for name in order]
    return numbers(("criterion", "what is asked", "n", "not met"), lines, "What the criteria ask")
