"""What must be said beside a figure: period, purpose, what was drawn, left out and not observed, and by which card."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qacli.monitor.observing.observation import CLASSES
from qacli.monitor.sampling.replacement import PERSONAL_CALL
from qacli.prepare.period import in_words
from qacli.understand.estimates import Policy, lowered, zeroed

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from qacli.understand.facts import Sample

MOST_NAMES = 5
NOTHING = "no observations in this period"


def notes_of(sample: Sample, policy: Policy) -> list[str]:
    """Return the notes that hold for every summary of a sample."""
    return [sample.selection.in_words(), *_sample_notes(sample), *_left_out(sample, policy)]


def _sample_notes(sample: Sample) -> Iterator[str]:
    drawn = sample.drawn
    if drawn.empty:
        return
    observed = int(drawn["counted"].sum())
    missing = (
        f", {len(drawn) - observed} not yet observed and taken to be missing at random" if observed < len(drawn) else ""
    )
    yield f"drawn {len(drawn)}, observed {observed}{missing}"
    yield from _changed(sample)
    yield from _draws(drawn)
    excluded = [f"{row.transactions:,} {row.reason}" for row in sample.exclusions.itertuples()]
    if excluded:
        yield f"excluded from the population before the draw: {', '.join(excluded)}"
    if not sample.observed.empty:
        yield f"scorecards: {', '.join(sorted(set(sample.observed['scorecard'])))}; rows never mix their versions"
    yield from _uncovered(sample)
    yield from _overlapping(drawn)


def _draws(drawn: pd.DataFrame) -> Iterator[str]:
    """One line for each draw, or where they are many for each frame with its source."""
    firsts = drawn.drop_duplicates("draw").sort_values("draw")
    if len(firsts) <= MOST_NAMES:
        for row in firsts.to_dict("records"):
            yield (
                f"draw {row['draw']}: frame {row['frame']}, {row['period']}, {row['design']}, "
                f"source {row['source']}, sha256 {row['sha256'][:12]}"
            )
        return
    for (frame, design, source), rows in firsts.groupby(["frame", "design", "source"], sort=True):
        ordered = rows.sort_values(["first", "draw"])
        first, last = ordered["period"].iloc[0], ordered["period"].iloc[-1]
        yield (
            f"{len(rows)} draws of {frame}, {first} to {last}, {design}, source {source}; each with its digest: "
            "qacli sample list --draws"
        )


def _changed(sample: Sample) -> Iterator[str]:
    """What was put aside is in no figure, and a sample that grew may have grown until it pleased."""
    if calls := [row.by for row in sample.replaced if row.cause == PERSONAL_CALL]:
        by = ", ".join(f"{n} by {person}" for person, n in sorted(Counter(calls).items()))
        yield f"closed as personal calls, in no figure; the next of the stratum stands in their place: {by}"
    if causes := Counter(row.cause for row in sample.replaced if row.cause != PERSONAL_CALL):
        told = ", ".join(f"{n} {cause}" for cause, n in sorted(causes.items()))
        yield f"replaced, in no figure; the next of the stratum stands in their place: {told}; see qacli sample audit"
    for row in sample.extended:
        day = in_words(row.at.date()) if row.at else "a day not recorded"
        yield f"draw {row.draw} was extended on {day}, when {row.observed} of its items had been scored"


def _uncovered(sample: Sample) -> Iterator[str]:
    """A stratum of which nothing is observed yet is in no figure, and nobody should have to guess that."""
    covered = set(zip(sample.counted["draw"], sample.counted["stratum"], strict=True))
    for draw, rows in sample.drawn.groupby("draw", sort=True):
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


def _left_out(sample: Sample, policy: Policy) -> Iterator[str]:
    asked = sample.facts[sample.facts["selected"] & sample.facts["observation"].notna()]
    of_purpose = asked[asked["of_purpose"]]
    of_chance = of_purpose[of_purpose["by_chance"]]
    if further := len(of_chance) - int(of_chance["counted"].sum()):
        yield f"left out, because the first observation of a transaction counts and no further one: {further}"
    if chosen := len(of_purpose) - len(of_chance):
        yield f"left out, because the transaction was chosen and not drawn by chance: {chosen}"
    others = asked.loc[~asked["of_purpose"], "purpose"].value_counts().sort_index()
    if len(others):
        yield f"observations of other purposes: {', '.join(f'{n} {name}' for name, n in others.items())}"
    if unscored := int(sample.observed["score"].isna().sum()):
        yield f"without a score, because nothing was applicable: {unscored}"
    criticals = sample.observed[["scorecard", *CLASSES]].to_dict("records")
    if zeros := sum(zeroed(row, policy) for row in criticals):
        yield f"not in the means, because a failed critical set the score to 0 (see the shares of criticals): {zeros}"
    if cut := sum(lowered(row, policy) for row in criticals):
        yield f"in the means as a failed critical lowered them (see the shares of criticals): {cut}"
