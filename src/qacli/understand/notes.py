"""What must be said beside a figure: period, purpose, what was drawn, left out and not observed, and by which card."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qacli.monitor.observing.observation import CLASSES
from qacli.monitor.sampling.replacement import PERSONAL_CALL
from qacli.prepare.period import in_words
from qacli.understand.estimates import Policy, lowered, zeroed
from qacli.understand.tallies import Tally, tally_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from qacli.understand.facts import Sample

MOST_NAMES = 5
NOTHING = "no observations in this period"


def notes_of(found: Sample | Tally, policy: Policy) -> list[str]:
    """Return the notes that hold for every summary of a sample."""
    counted = found if isinstance(found, Tally) else tally_of(found)
    return [found.selection.in_words(), *_sample_notes(counted), *_left_out(counted, policy)]


def _sample_notes(found: Tally) -> Iterator[str]:
    drawn = found.drawn
    if drawn.empty:
        return
    many, observed = int(drawn["n"].sum()), int(drawn.loc[drawn["counted"], "n"].sum())
    missing = f", {many - observed} not yet observed and taken to be missing at random" if observed < many else ""
    yield f"drawn {many}, observed {observed}{missing}"
    yield from _changed(found)
    yield from _draws(drawn)
    excluded = [f"{row.transactions:,} {row.reason}" for row in found.exclusions.itertuples()]
    if excluded:
        yield f"excluded from the population before the draw: {', '.join(excluded)}"
    if not found.observed.empty:
        yield f"scorecards: {', '.join(sorted(set(found.observed['scorecard'])))}; rows never mix their versions"
    yield from _uncovered(found)
    yield from _overlapping(drawn)


def _draws(drawn: pd.DataFrame) -> Iterator[str]:
    """One line for each draw, or where they are many for each frame with its source."""
    firsts = drawn.drop_duplicates("draw").sort_values("draw")
    if len(firsts) <= MOST_NAMES:
        yield from _each(firsts)
        return
    for (frame, design, source), rows in firsts.groupby(["frame", "design", "source"], sort=True):
        if len(rows) == 1:
            yield from _each(rows)
            continue
        ordered = rows.sort_values(["first", "draw"])
        first, last = ordered["period"].iloc[0], ordered["period"].iloc[-1]
        yield (
            f"{len(rows)} draws of {frame}, {first} to {last}, {design}, source {source}; each with its digest: "
            "qacli sample list --draws"
        )


def _each(draws: pd.DataFrame) -> Iterator[str]:
    for row in draws.to_dict("records"):
        yield (
            f"draw {row['draw']}: frame {row['frame']}, {row['period']}, {row['design']}, "
            f"source {row['source']}, sha256 {row['sha256'][:12]}"
        )


def _changed(found: Tally) -> Iterator[str]:
    """What was put aside is in no figure, and a sample that grew may have grown until it pleased."""
    if calls := [row.by for row in found.replaced if row.cause == PERSONAL_CALL]:
        by = ", ".join(f"{n} by {person}" for person, n in sorted(Counter(calls).items()))
        yield f"closed as personal calls, in no figure; the next of the stratum stands in their place: {by}"
    if causes := Counter(row.cause for row in found.replaced if row.cause != PERSONAL_CALL):
        told = ", ".join(f"{n} {cause}" for cause, n in sorted(causes.items()))
        yield f"replaced, in no figure; the next of the stratum stands in their place: {told}; see qacli sample audit"
    for row in found.extended:
        day = in_words(row.at.date()) if row.at else "a day not recorded"
        yield f"draw {row.draw} was extended on {day}, when {row.observed} of its items had been scored"


def _uncovered(found: Tally) -> Iterator[str]:
    """A stratum of which nothing is observed yet is in no figure, and nobody should have to guess that."""
    counted = found.of_chance[found.of_chance["counted"]]
    covered = set(zip(counted["draw"], counted["stratum"], strict=True))
    for draw, rows in found.drawn.groupby("draw", sort=True):
        strata = rows.drop_duplicates("stratum").sort_values("stratum")
        bare = strata[[(draw, stratum) not in covered for stratum in strata["stratum"]]]
        if bare.empty:
            continue
        names = list(bare["stratum"])
        what = f"stratum {names[0]}" if len(names) == 1 else f"{len(names)} of {len(strata)} strata"
        more = (
            "" if len(names) == 1 else f" ({', '.join(names[:MOST_NAMES])}{', ...' if len(names) > MOST_NAMES else ''})"
        )
        yield (
            f"nothing observed yet in {what} of {draw}{more}: {'its' if len(names) == 1 else 'their'} "
            f"{bare['held'].sum():,} transactions are in no figure"
        )


def _overlapping(drawn: pd.DataFrame) -> Iterator[str]:
    """Two draws over the same days and channels of one source may hold the same transactions twice."""
    channels = {draw: set(rows["channel"]) for draw, rows in drawn.groupby("draw")}
    draws = drawn.drop_duplicates("draw").sort_values(["first", "draw"]).to_dict("records")
    lines = []
    for place, one in enumerate(draws):
        others = [
            other["draw"]
            for other in draws[place + 1 :]
            if other["first"] <= one["last"]
            and other["source"] == one["source"]
            and channels[other["draw"]] & channels[one["draw"]]
        ]
        if others:
            lines.append(f"{one['draw']} and {', '.join(others)}")
    more = f"; and {len(lines) - MOST_NAMES} more" if len(lines) > MOST_NAMES else ""
    if lines:
        yield (
            f"{'; '.join(lines[:MOST_NAMES])}{more} cover some of the same days: "
            "transactions in several populations weigh as often"
        )


def _left_out(found: Tally, policy: Policy) -> Iterator[str]:
    cells = found.cells
    asked = cells[cells["selected"] & cells["observed"]]
    of_purpose = asked[asked["of_purpose"]]
    of_chance = of_purpose[of_purpose["by_chance"]]
    if further := _many(of_chance[~of_chance["counted"]]):
        yield f"left out, because the first observation of a transaction counts and no further one: {further}"
    if chosen := _many(of_purpose[~of_purpose["by_chance"]]):
        yield f"left out, because the transaction was chosen and not drawn by chance: {chosen}"
    others = asked[~asked["of_purpose"]].groupby("purpose", sort=True)["n"].sum()
    if len(others):
        yield f"observations of other purposes: {', '.join(f'{n} {name}' for name, n in others.items())}"
    observed = found.observed
    if unscored := _many(observed[~observed["scored"]]):
        yield f"without a score, because nothing was applicable: {unscored}"
    criticals = observed[["scorecard", "n", *CLASSES]].to_dict("records")
    if zeros := sum(row["n"] for row in criticals if zeroed(row, policy)):
        yield f"not in the means, because a failed critical set the score to 0 (see the shares of criticals): {zeros}"
    if cut := sum(row["n"] for row in criticals if lowered(row, policy)):
        yield f"in the means as a failed critical lowered them (see the shares of criticals): {cut}"


def _many(cells: pd.DataFrame) -> int:
    return int(cells["n"].sum())
