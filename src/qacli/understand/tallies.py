"""Facts counted where they lie: what was drawn and observed, and ratings, as few rows however many there are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qacli.monitor.observing.observation import CLASSES, NOT_ASKED
from qacli.understand.facts import EXCLUSIONS, FACTS, Sample, Selection, extended, replaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from qacli.model import View
    from qacli.monitor.sampling.draw import Extension, Replacement

DRAW = ("frame", "period", "first", "last", "design", "source", "sha256")
PART = ("draw", "stratum", "held", "strata", "channel", "scorecard", "purpose", "chance")
FLAGS = ("by_chance", "of_purpose", "selected", "counted", "once", "observed", "scored", *CLASSES)
CELL = (*PART, *FLAGS)
"""What rows of a tally are told apart by. ``chance`` is empty where all of a stratum have the same."""

# ``once`` marks one row of each transaction that was asked for, observed or not. What a draw says of itself is joined
# last: a million rows need not carry it.
TALLY = f"""
WITH facts AS (
        SELECT transaction, day, item, draw, stratum, held, strata, channel, scorecard, purpose,
               CASE WHEN design = 'risk-weighted' THEN probability END AS chance, by_chance, of_purpose, selected, counted,
               observation IS NOT NULL AS observed, score IS NOT NULL AS scored,
               {", ".join(f"coalesce({name} > 0, false) AS {name}" for name in CLASSES)}
        FROM ({FACTS})),
     marked AS (
        SELECT *, by_chance AND of_purpose AND selected AND row_number() OVER (
            PARTITION BY transaction, by_chance AND of_purpose AND selected ORDER BY counted DESC, day, item) = 1 AS once
        FROM facts),
     cells AS (SELECT {", ".join(CELL)}, count(*) AS n FROM marked GROUP BY ALL)
SELECT c.*, {", ".join(f"d.{name}" for name in DRAW)} FROM cells AS c JOIN draws AS d ON d.id = c.draw ORDER BY ALL
"""

ITEMS = f"""
SELECT draw, stratum, count(DISTINCT item) AS items
FROM ({FACTS}) WHERE by_chance AND of_purpose AND design = 'risk-weighted' GROUP BY ALL
"""

# One pass over the ratings, counted by where and when they were drawn, and by who was rated.
RATED = f"""
WITH seen AS (
        SELECT observation, draw, stratum, CASE WHEN design = 'risk-weighted' THEN probability END AS chance,
               channel, day, scorecard, colleague
        FROM ({FACTS}) WHERE counted AND selected AND by_chance AND of_purpose),
     cells AS (SELECT *, row_number() OVER () AS cell
               FROM (SELECT DISTINCT draw, stratum, chance, channel, day, scorecard FROM seen)),
     hands AS (SELECT *, row_number() OVER () AS hand FROM (SELECT DISTINCT colleague, scorecard FROM seen)),
     placed AS (SELECT s.observation, c.cell, h.hand FROM seen AS s
                JOIN cells AS c ON c.draw = s.draw AND c.stratum = s.stratum AND c.chance IS NOT DISTINCT FROM s.chance
                     AND c.channel IS NOT DISTINCT FROM s.channel AND c.day = s.day AND c.scorecard = s.scorecard
                JOIN hands AS h ON h.colleague = s.colleague AND h.scorecard = s.scorecard),
     counts AS (SELECT p.cell, p.hand, r.criterion, count(*) AS rated, count(r.met) AS n,
                       count(*) FILTER (NOT r.met) AS failed, count(*) FILTER (r.answer = '{NOT_ASKED}') AS not_asked
                FROM ratings AS r JOIN placed AS p ON p.observation = r.observation
                GROUP BY GROUPING SETS ((p.cell, r.criterion), (p.hand, r.criterion)))
SELECT coalesce(c.scorecard, h.scorecard) AS scorecard, criterion, draw, stratum, chance, channel, day, colleague,
       rated, n, failed, not_asked
FROM counts LEFT JOIN cells AS c ON c.cell = counts.cell LEFT JOIN hands AS h ON h.hand = counts.hand
ORDER BY ALL
"""


class Tally(NamedTuple):
    """What was drawn and observed, counted; of draws with unequal chances ``items`` has those of each draw and stratum.

    ``cells`` has a row for each place and standing (CELL, and what DRAW says of the draw) with ``n`` facts: items, once for
    each observation of theirs. ``exclusions``, ``replaced`` and ``extended`` are as in ``facts.Sample``.
    """

    selection: Selection
    cells: pd.DataFrame
    exclusions: pd.DataFrame
    replaced: Sequence[Replacement] = ()
    extended: Sequence[Extension] = ()
    items: Mapping[tuple[str, str], int] = MappingProxyType({})

    @property
    def of_chance(self) -> pd.DataFrame:
        """The cells of the purpose that were drawn by chance, asked for or not."""
        return self.cells[self.cells["by_chance"] & self.cells["of_purpose"]]

    @property
    def drawn(self) -> pd.DataFrame:
        """The cells of transactions asked for, each transaction once."""
        return self.cells[self.cells["once"]]

    @property
    def observed(self) -> pd.DataFrame:
        """The cells of observations asked for."""
        of_chance = self.of_chance
        return of_chance[of_chance["counted"] & of_chance["selected"]]


class Ratings(NamedTuple):
    """Ratings asked for, counted: ``rated``, ``n`` that were applicable, ``failed`` and ``not_asked``.

    ``cells`` by scorecard, criterion, draw, stratum, chance, channel and day; ``hands`` by scorecard, criterion and colleague.
    """

    cells: pd.DataFrame
    hands: pd.DataFrame


def tally(view: View, selection: Selection) -> Tally:
    """Return what was drawn and observed in every draw that a selection touches, counted where the records lie."""
    cells = view.sql(TALLY, selection.parameters(), words=False)
    return _told(view, selection, cells)


def tally_of(sample: Sample) -> Tally:
    """Return the same of a sample that was read."""
    facts = sample.facts
    marked = facts.assign(
        chance=facts["probability"].where(facts["design"] == "risk-weighted"),
        once=facts.index.isin(sample.drawn.index),
        observed=facts["observation"].notna(),
        scored=facts["score"].notna(),
        **{name: facts[name].fillna(0) > 0 for name in CLASSES},
    )
    cells = marked.groupby([*CELL, *DRAW], dropna=False, sort=True).size().rename("n").reset_index()
    unequal = facts[facts["by_chance"] & facts["of_purpose"] & (facts["design"] == "risk-weighted")]
    items = _items(unequal.groupby(["draw", "stratum"])["item"].nunique().rename("items").reset_index())
    return Tally(sample.selection, cells, sample.exclusions, sample.replaced, sample.extended, items)


def _told(view: View, selection: Selection, cells: pd.DataFrame) -> Tally:
    for flag in FLAGS:
        cells[flag] = cells[flag].astype(bool)
    found = Tally(selection, cells, cells)
    of_chance = found.of_chance
    draws = sorted(set(of_chance.loc[of_chance["selected"], "draw"]))
    exclusions = view.sql(EXCLUSIONS, [draws])
    unequal = (cells["design"] == "risk-weighted").any()
    items = _items(view.sql(ITEMS, selection.parameters(), words=False)) if unequal else {}
    return Tally(selection, cells, exclusions, replaced(view, draws), extended(view, draws), items)


def _items(counted: pd.DataFrame) -> dict[tuple[str, str], int]:
    return {(str(row["draw"]), str(row["stratum"])): int(row["items"]) for row in counted.to_dict("records")}


def ratings_of(view: View, selection: Selection) -> Ratings:
    """Return the ratings of the observations asked for, counted where the records lie."""
    found = view.sql(RATED, selection.parameters(), words=False)
    of_hands = found["colleague"].notna()
    cells, hands = found[~of_hands].drop(columns="colleague"), found[of_hands]
    return Ratings(
        cells.reset_index(drop=True),
        hands[["scorecard", "criterion", "colleague", "rated", "n", "failed", "not_asked"]].reset_index(drop=True),
    )
