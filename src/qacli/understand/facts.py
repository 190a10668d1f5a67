"""The one SQL of facts: observations in force beside the item, draw and stratum that give them their weight.

Summaries, comparison, coaching effect and reports all start here, so that they count the same things.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.nearest import did_you_mean
from qacli.model import UsageError
from qacli.monitor.sampling.draw import Extension, Item, Replacement
from qacli.prepare.period import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from qacli.model import View

# One row per drawn item and observation of it, for every draw with an item in the days asked for: an estimate for a
# part of a draw needs the rest of that draw, as zeros. ``counted`` marks the first observation of a transaction.
# A draw without strata is one stratum; ``strata`` counts those of the draw, drawn from or not.
FACTS = """
SELECT i.*, o.id AS observation, o.by AS evaluator, o.at AS observed_at, o.session,
       coalesce(o.scorecard, i.item_scorecard) AS scorecard, o.score, o.applicable_weight,
       o.customer, o.business, o.compliance, o.entered,
       o.id IS NOT NULL AND row_number() OVER (
           PARTITION BY i.transaction, i.by_chance AND i.of_purpose
           ORDER BY o.at NULLS LAST, length(o.id), o.id) = 1 AS counted
FROM (
    SELECT i.id AS item, i.draw, i.transaction, i.started_at, i.day, i.channel, coalesce(i.team, '') AS team,
           i.colleague, coalesce(i.reason, '') AS reason, i.seconds, coalesce(i.stratum, '') AS stratum, i.purpose,
           coalesce(x.probability, i.probability) AS probability, coalesce(x.weight, i.weight) AS weight,
           i.scorecard AS item_scorecard, i.evaluator AS asked,
           d.frame, d.period, d.first, d.last, d.design, d.source, d.sha256,
           coalesce(s.eligible, d.eligible) AS held,
           (SELECT count(*) FROM strata AS every WHERE every.draw = i.draw) AS strata,
           coalesce(i.probability > 0, false) AND i.purpose IN ('routine', 'spot') AND d.design <> 'judgement'
               AS by_chance,
           $3 = 'all' OR i.purpose = $3 AS of_purpose,
           i.day BETWEEN $1 AND $2
               AND ($4 = '' OR coalesce(i.channel, '') = $4) AND ($5 = '' OR coalesce(i.team, '') = $5)
               AND ($6 = '' OR coalesce(i.colleague, '') = $6) AS selected
    FROM items AS i
    JOIN draws AS d ON d.id = i.draw
    LEFT JOIN strata AS s ON s.draw = i.draw AND s.stratum = i.stratum
    LEFT JOIN (SELECT draw, stratum, arg_max(probability, drawn) AS probability, arg_max(weight, drawn) AS weight
               FROM extensions GROUP BY ALL) AS x ON x.draw = i.draw AND x.stratum = i.stratum
    WHERE i.draw IN (SELECT draw FROM items WHERE day BETWEEN $1 AND $2)
) AS i
LEFT JOIN observations AS o ON o.item = i.item
"""

RATINGS = f"""
SELECT f.*, r.criterion, r.answer, r.met, r.value, r.weight AS criterion_weight, r.evidence, r."offset", r.comment,
       row_number() OVER (PARTITION BY f.observation ORDER BY length(r.id), r.id) AS place
FROM ({FACTS}) AS f JOIN ratings AS r ON r.observation = f.observation
WHERE f.counted AND f.selected AND f.by_chance AND f.of_purpose
ORDER BY f.day, f.item, place
"""

EXCLUSIONS = """
SELECT reason, sum(transactions)::BIGINT AS transactions FROM exclusions WHERE list_contains($1, draw)
GROUP BY reason ORDER BY transactions DESC, reason
"""


class Selection(NamedTuple):
    """Which observations: by local day of the transaction (both included; None leaves it open) and where they belong.

    ``purpose`` is that of the draw, or ``all``. An empty text selects everything.
    """

    from_: date | None = None
    to: date | None = None
    purpose: str = "routine"
    channel: str = ""
    team: str = ""
    colleague: str = ""

    def parameters(self) -> list[object]:
        """Return the parameters of FACTS."""
        return [self.from_ or date.min, self.to or date.max, self.purpose, self.channel, self.team, self.colleague]

    def in_words(self) -> str:
        """Return the period and the purpose as a note prints them."""
        days = ["all days"]
        if self.from_ and self.to:
            days = [Period("", self.from_, self.to).describe()]
        elif self.from_ or self.to:
            days = [f"{word} {day}" for word, day in (("from", self.from_), ("to", self.to)) if day]
        parts = [
            f"{name} {value}"
            for name, value in (("channel", self.channel), ("team", self.team), ("colleague", self.colleague))
            if value
        ]
        return "; ".join([f"period: {days[0]}", f"purpose: {self.purpose}", *parts])


class NothingOfThatName(UsageError):
    """What a selection names does not stand in any sample."""

    def __init__(self, what: str, name: str, known: Sequence[str]) -> None:
        super().__init__(
            f"no transaction that was sampled has the {what} '{name}'",
            help=did_you_mean(name, known, f"known: {', '.join(known) or 'none'}"),
        )


def refuse_unknown(view: View, selection: Selection) -> None:
    """Raise NothingOfThatName where a selection names a channel, team or colleague of no sample, nor of people.csv.

    Before anything was sampled every name is taken.
    """
    for what in ("channel", "team", "colleague"):
        name = getattr(selection, what)
        if not name or (what == "colleague" and name in view.people):
            continue
        known = set(view.sql(f"SELECT DISTINCT coalesce({what}, '') AS name FROM items", words=False)["name"])
        if known and name not in known:
            raise NothingOfThatName(what, name, sorted(known - {""}))


class Sample(NamedTuple):
    """What was drawn and observed.

    ``facts`` has a row per item and observation, as FACTS says; ``counted`` is its part that may enter an estimate,
    one row per transaction, and ``selected`` says of each whether it was asked for. ``exclusions`` has reason and
    transactions of the draws behind it; ``replaced`` and ``extended`` say what became of these draws later.
    """

    selection: Selection
    facts: pd.DataFrame
    counted: pd.DataFrame
    exclusions: pd.DataFrame
    replaced: Sequence[Replacement] = ()
    extended: Sequence[Extension] = ()

    @property
    def observed(self) -> pd.DataFrame:
        """The observations asked for, one row each."""
        return self.counted[self.counted["selected"]]

    @property
    def drawn(self) -> pd.DataFrame:
        """The transactions asked for that were drawn, observed or not, one row each."""
        facts = self.facts[self.facts["by_chance"] & self.facts["of_purpose"] & self.facts["selected"]]
        return facts.sort_values("counted", ascending=False, kind="stable").drop_duplicates("transaction")


def sample(view: View, selection: Selection) -> Sample:
    """Return what was drawn and observed in every draw that the selection touches."""
    facts = view.sql(f"{FACTS} ORDER BY i.day, i.item, o.at, length(o.id), o.id", selection.parameters())
    for flag in ("by_chance", "of_purpose", "selected", "counted"):
        facts[flag] = facts[flag].astype(bool)
    of_chance = facts[facts["by_chance"] & facts["of_purpose"]]
    counted = of_chance[of_chance["counted"]].reset_index(drop=True)
    draws = sorted(set(of_chance.loc[of_chance["selected"], "draw"]))
    return Sample(
        selection, facts, counted, view.sql(EXCLUSIONS, [draws]), replaced(view, draws), extended(view, draws)
    )


def replaced(view: View, draws: Sequence[str]) -> list[Replacement]:
    """Return the replacements of items of some draws."""
    found = view.rows(Replacement)
    ours = {item.id for item in view.rows(Item) if item.draw in draws} if found else set()
    return [row for row in found if row.item in ours]


def extended(view: View, draws: Sequence[str]) -> list[Extension]:
    """Return one record of each extension of some draws: its strata share the rest."""
    found = {(row.draw, row.size): row for row in view.rows(Extension) if row.draw in draws}
    return list(found.values())


def observations(view: View, selection: Selection) -> pd.DataFrame:
    """Return one row per observation asked for, with item, draw, stratum size ``held``, probability and weight."""
    return sample(view, selection).observed.reset_index(drop=True)


def ratings(view: View, selection: Selection) -> pd.DataFrame:
    """Return one row per rating of the observations asked for, joined to the same; ``place`` is its place on the card.

    ``weight`` is that of the item in its sample, ``criterion_weight`` that of the criterion in the score.
    """
    found: pd.DataFrame = view.sql(RATINGS, selection.parameters())
    return found
