"""Sampling: draw what a frame asks for from a population, by permanent random numbers.

Each transaction has a fixed random number under the draw's seed; the smallest in a stratum are taken. The order of
the rows changes nothing, a larger sample contains the smaller, and anyone with the source can draw it again.
"""

from __future__ import annotations

from datetime import UTC
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from qacli.model import Change, Command, Hint, Refusal, Row, View, ref
from qacli.monitor.observing.readiness import refuse_superseded, remedy, superseded_in_words
from qacli.monitor.sampling.designs.aims import rule_of, settled
from qacli.monitor.sampling.designs.design import size_of
from qacli.monitor.sampling.designs.registry import design_of
from qacli.monitor.sampling.designs.systematic import repeats
from qacli.monitor.sampling.draw import Draw, Exclusion, Item, Occasion, Stratum
from qacli.monitor.sampling.eligibility import Ground
from qacli.monitor.sampling.picking import Picks, pick
from qacli.monitor.sampling.sharing import share_out, sharing_findings
from qacli.monitor.sampling.unnamed import UNNAMED
from qacli.prepare.agreeing import overrides, refuse_retired, refuse_unapproved
from qacli.prepare.approval import approval
from qacli.prepare.frames.frame import Frame
from qacli.prepare.frames.visibility import refuse_blind
from qacli.prepare.notices.delivery import Delivery, proved
from qacli.prepare.notices.notice import Acknowledgement, Notice, Span
from qacli.prepare.period import Period, in_words, period_of
from qacli.prepare.procedures.currency import superseded
from qacli.prepare.scorecards.scorecard import Scorecard

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qacli.prepare.scorecards.scorecard import Scorecard
    from qacli.sources.population import Population


SHOWN = 8
"""Strata that one message names."""


class NotAgreed(Refusal, rule="frame-not-agreed"):
    """A sample is drawn from a frame that two people agreed."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            f"frame {frame.reference} has not been agreed by a second person as it stands.",
            help=Hint(f"someone other than {frame.owner} runs: ", Command(f"frame agree {frame.id}", "PERSON")),
        )


class PurposeNotStated(Refusal, rule="purpose-not-stated"):
    """Monitoring without a stated purpose, lawful basis and assessment does not start."""

    def __init__(self, settings: Sequence[str]) -> None:
        super().__init__(f"qacli.yaml does not state: {', '.join(settings)}.", help=Hint("run: ", Command("check")))


class NotOfCadence(Refusal, rule="period-not-cadence"):
    """Whoever may choose the days of a draw can choose its picks: a frame is drawn by whole periods of its cadence."""

    def __init__(self, frame: Frame, period: Period) -> None:
        first, last = period_of(frame.cadence, period.first), period_of(frame.cadence, period.last)
        lies = first.key if first == last else f"{first.key} to {last.key}"
        super().__init__(
            f"{frame.reference} is drawn every {frame.cadence}, and {period.key} is not one whole {frame.cadence}.",
            help=f"it lies in {lies}; draw a whole one: --period {first.key}",
        )


class EmptyPopulation(Refusal, rule="empty-population"):
    """No transaction of the source lies in the period and the frame."""

    def __init__(self, frame: Frame, period: Period, population: Population) -> None:
        first, last = population.connection.execute(
            "SELECT min(local_date), max(local_date) FROM population"
        ).fetchone() or (None, None)
        span = (
            f"the source holds {in_words(first)} to {in_words(last)}"
            if first and last
            else "the source holds no transaction"
        )
        super().__init__(
            f"no transaction of {period.describe()} belongs to {frame.reference}; {span}.",
            help="purpose kpi-link draws only those with an answer: map satisfaction in the profile of the source"
            if frame.purpose == "kpi-link"
            else "see what the source holds: qacli source check",
        )


class NothingEligible(Refusal, rule="nothing-eligible"):
    """A sample of nothing would stand as drawn, and keep the period from being drawn once the cause is mended."""

    def __init__(self, frame: Frame, period: Period, picks: Picks) -> None:
        why = ", ".join(f"{n:,} {reason}" for reason, n in picks.excluded.items() if n)
        super().__init__(
            f"none of the {picks.population:,} transactions of {period.describe()} may be observed for "
            f"{frame.reference}: {why}.",
            help=REMEDY[next(r for r, n in picks.excluded.items() if n)],
        )


REMEDY: Mapping[str, str] = MappingProxyType(
    {
        "notice-gap": "customers must have been told: qacli notice gaps",
        "opt-out": "nobody is left who has not opted out",
        "no-colleague": "the export must name who handled each transaction: qacli source check",
        "unknown-colleague": "write into people.csv who is behind each agent id: qacli source check",
        "no-acknowledgement": "colleagues must have acknowledged a notice to them: qacli notice list",
        "already-sampled": "all of them lie in an earlier sample: qacli sample list",
        "no-scorecard": "name a scorecard for each channel in the frame: qacli frame show",
    }
)


def seed_of(frame: Frame, period: Period) -> str:
    """Return the seed of one draw: another for each frame and period, so that no id is favoured for ever."""
    return f"{frame.seed}/{frame.id}/{period.key}"


def whole_period(frame: Frame, period: Period) -> Period:
    """Return a period in the spelling of the frame's cadence, by which it is drawn. Raises NotOfCadence."""
    whole = period_of(frame.cadence, period.first)
    if (whole.first, whole.last) != (period.first, period.last):
        raise NotOfCadence(frame, period)
    return whole


def draw_sample(
    view: View, frame_id: str, period: Period, population: Population, source: str, opt_outs: Sequence[Span] = ()
) -> Change:
    """Draw a period's sample of a frame. ``source`` names what people.csv calls the export's agent ids.

    Raises NotOfCadence, NotAgreed, NotApproved, CardRetired, Superseded, TechniqueBlind, PurposeNotStated,
    NotByChance, EmptyPopulation, NothingEligible, FloorTooHigh, SpreadUnknown, SampleTooLarge, NoSuchDefinition. A period that was drawn
    already is a finding and makes no row.
    """
    frame: Frame = view.definition("frame", frame_id, on=period.first)
    period = whole_period(frame, period)
    before = already_drawn(view, frame.id, period)
    if before:
        day = in_words(before.at.astimezone(view.now.tzinfo).date()) if before.at else "an unknown day"
        return Change(findings=[f"{frame.id} of {period.key} was drawn on {day} as {before.id}: nothing to do"])
    cards = refuse_undrawable(view, frame, period)
    rows, findings = drawn_rows(view, frame, period, seed_of(frame, period), population, source, opt_outs)
    return Change(rows, [*findings, *overrides(view, cards)], key=f"sample/{frame.id}/{period.key}")


def drawn_rows(
    view: View, frame: Frame, period: Period, seed: str, population: Population, source: str, opt_outs: Sequence[Span]
) -> tuple[list[Row], list[str]]:
    """Return the records of a draw, itself first, and what is to be told of it. Raises EmptyPopulation, NothingEligible."""
    design_of(frame)
    ground = ground_now(view, source, opt_outs)
    picks = pick(population, frame, period, seed, ground)
    if not picks.population:
        raise EmptyPopulation(frame, period, population)
    if not picks.eligible:
        raise NothingEligible(frame, period, picks)
    draw = _draw(frame, period, seed, notices_of(view), picks, source, population.digest)
    rows: list[Row] = [draw]
    rows += [Exclusion(draw=ref(draw), reason=reason, transactions=n) for reason, n in picks.excluded.items() if n]
    rows += [
        Stratum(
            draw=ref(draw),
            stratum=stratum,
            eligible=n,
            asked=picks.sizes[stratum].asked,
            drawn=picks.sizes[stratum].drawn,
        )
        for stratum, n in picks.eligible.items()
    ]
    items = share_out(view, frame, period.last, items_of(draw, frame, picks))
    findings = [*_findings(view, frame, period, picks, items), *sharing_findings(view, frame, period.last, items)]
    return [*rows, *items], findings if population.names_colleagues else [*findings, UNNAMED]


def notices_of(view: View) -> list[Notice]:
    """Return the notices as they stand, cited: they decide who may be observed."""
    return [view.definition("notice", notice.reference) for notice in view.definitions("notice")]


def ground_now(view: View, source: str, opt_outs: Sequence[Span], drawn: bool = True) -> Ground:
    """Return what decides eligibility today. Without ``drawn``, what lies in a sample may be taken once more."""
    return Ground(
        proved(notices_of(view), view.current(Delivery)),
        view.current(Acknowledgement),
        view.people,
        opt_outs,
        [item.transaction for item in view.rows(Item)] if drawn else [],
        source,
    )


def occasion_of(view: View, draw: Draw) -> Occasion | None:
    """Return what called for a draw outside the plan of its frame; None for one that its frame plans."""
    return next(iter(view.rows(Occasion, draw=draw.id)), None)


def planned(view: View) -> list[Draw]:
    """Return the draws in force that their frames plan."""
    beside = {row.draw for row in view.rows(Occasion)}
    return [draw for draw in view.current(Draw) if draw.id not in beside]


def refuse_undrawable(view: View, frame: Frame, period: Period) -> list[Scorecard]:
    """Return the cards of a frame once all that a draw needs is stated, agreed and in force. Raises as draw_sample."""
    unstated = [entry.setting for entry in view.settings.unstated()]
    if unstated:
        raise PurposeNotStated(unstated)
    if not approval(view, "frame", frame):
        raise NotAgreed(frame)
    cards: list[Scorecard] = [view.definition("scorecard", card) for card in sorted(set(frame.scorecards.values()))]
    refuse_unapproved(view, cards)
    for card in cards:
        refuse_retired(view, card, period.last)
        refuse_superseded(view, card, period.first)
    refuse_blind(view, frame, view.definition)
    return cards


def already_drawn(view: View, frame_id: str, period: Period) -> Draw | None:
    """Return the draw in force by the plan of a frame (any version) and period."""
    return next(
        (draw for draw in planned(view) if draw.frame.partition("@")[0] == frame_id and draw.period == period.key), None
    )


def _draw(
    frame: Frame, period: Period, seed: str, notices: Sequence[Notice], picks: Picks, source: str, digest: str
) -> Draw:
    return Draw(
        frame=frame.reference,
        period=period.key,
        first=period.first,
        last=period.last,
        purpose=frame.purpose,
        design=frame.design,
        seed=seed,
        notices=" ".join(sorted(notice.reference for notice in notices)),
        source=source,
        sha256=digest,
        population=picks.population,
        eligible=sum(picks.eligible.values()),
        drawn=sum(share.drawn for share in picks.sizes.values()),
        rule=rule_of(frame, picks.eligible),
    )


def items_of(draw: Draw, frame: Frame, picks: Picks) -> list[Item]:
    """Return what was picked as items, shared out among the evaluators of the frame."""
    rows = [(stratum, row) for stratum, rows in picks.rows.items() for row in rows]
    items = []
    for stratum, row in rows:
        share = picks.sizes[stratum]
        items.append(
            item_of(
                row,
                draw=ref(draw),
                stratum=stratum,
                purpose=frame.purpose,
                probability=share.probability,
                weight=share.weight,
                evaluator="",
            )
        )
    return items


def item_of(row: Mapping[str, Any], **drawn: Any) -> Item:
    """Return a picked row of the population as an item; ``drawn`` holds what the draw says of it."""
    return Item(
        transaction=row["id"],
        started_at=row["started_at"].replace(tzinfo=UTC),
        day=row["day"],
        channel=row["channel"],
        team=row["team"] or "",
        colleague=row["colleague"],
        reason=row["reason"] or "",
        seconds=None if row["seconds"] is None else round(row["seconds"]),
        scorecard=row["card"],
        **drawn,
    )


def _findings(view: View, frame: Frame, period: Period, picks: Picks, items: Sequence[Item]) -> list[str]:
    found = [*_rule(frame, picks), *_short(frame, picks, len(items))]
    if frame.design == "systematic":
        for stratum, rows in picks.rows.items():
            found += repeats(frame.order_by, rows, picks.ranked[stratum][: len(rows)])
    for name in sorted({item.scorecard for item in items}):
        card: Scorecard = view.definition("scorecard", name)
        if older := superseded(card, view.definitions("procedure"), period.last):
            found.append(f"{superseded_in_words(card, older)}: they cannot be scored; {remedy(card, older)}")
    if period.last >= view.now.date():
        found.append(f"{period.key} is not over: transactions still to come had no chance of being drawn")
    return found


def _rule(frame: Frame, picks: Picks) -> list[str]:
    """Return how many were asked for by which rule, where it is not a plain number."""
    if not frame.size or frame.size.aim == "n":
        return []
    stream = "; a plan bounds a stream of batches, it says little of one and nothing of a person"
    return [rule_of(frame, picks.eligible) + stream * frame.size.is_plan]


def _short(frame: Frame, picks: Picks, drawn: int) -> list[str]:
    """Return where less was drawn than asked for, and why."""
    frame = settled(frame, picks.eligible).frame
    asked = size_of(frame, sum(picks.eligible.values()))
    if frame.design in {"proportional", "stratified", "risk-weighted"} and drawn < asked:
        capped = frame.cap is not None and sum(picks.eligible.values()) >= asked
        why = f"a cap of {frame.cap} leaves fewer than asked" if capped else "fewer eligible than asked"
        return [f"{why}: {drawn} of {asked}"]
    if frame.design == "two-stage" and len(picks.sizes) < (frame.clusters or 0):
        return [f"fewer {frame.cluster_by}s than asked: {len(picks.sizes)} of {frame.clusters}"]
    short = [
        f"{name} {share.drawn} of {share.asked}" for name, share in picks.sizes.items() if share.drawn < share.asked
    ]
    more = f" and {len(short) - SHOWN} more" if len(short) > SHOWN else ""
    return [f"fewer eligible than asked: {', '.join(short[:SHOWN])}{more}"] if short else []
