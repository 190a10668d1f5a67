"""Drawing the times of unannounced checks, and drawing them again."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

from qacli.model import Change, Command, Hint, Refusal, Row, View, ref
from qacli.monitor.sampling.draw import Draw, Exclusion, Item, Stratum
from qacli.monitor.sampling.drawing import REMEDY, already_drawn, refuse_undrawable, seed_of, whole_period
from qacli.monitor.sampling.sharing import Assignment, seen
from qacli.monitor.sampling.spot import SpotCheck
from qacli.monitor.sampling.times import chosen, openings, ranked
from qacli.prepare.frames.visibility import channels_of
from qacli.prepare.notices.delivery import Delivery, proved
from qacli.prepare.notices.notice import Acknowledgement, acknowledged_periods, cover_of, customer_periods
from qacli.prepare.period import Period
from qacli.prepare.workdays import business_days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from qacli.monitor.sampling.assignment import Pair
    from qacli.monitor.sampling.times import Moment
    from qacli.prepare.frames.frame import Frame
    from qacli.prepare.frames.spot import Spot
    from qacli.prepare.frames.technique import Technique
    from qacli.prepare.notices.notice import Notice


class NotLive(Refusal, rule="spot-not-live"):
    """Somebody who comes by unannounced watches while it happens."""

    def __init__(self, frame: Frame, technique: str, channel: str) -> None:
        super().__init__(
            f"{frame.reference} makes unannounced checks, and {technique}, its technique on {channel}, looks at what is over.",
            help=Hint(
                "name a technique that is live, for example side-by-side; which are: ", Command("technique list")
            ),
        )


class NoTimeLeft(Refusal, rule="spot-too-late"):
    """Nobody comes by in a period that is over."""

    def __init__(self, frame: Frame, period: Period) -> None:
        super().__init__(
            f"no time is left in {period.describe()} at which {frame.reference} could look at anybody.",
            help=Hint("say why none was made: ", Command(f'excuse draw/{frame.id}/{period.key} --reason "..."')),
        )


class NobodyToCheck(Refusal, rule="spot-nobody"):
    """There is nobody who may be looked at."""

    def __init__(self, frame: Frame, why: Mapping[str, int]) -> None:
        reasons = ", ".join(why) or "people.csv names no colleague with an agent id"
        super().__init__(
            f"{frame.reference} finds nobody to look at: {reasons}.",
            help=Hint("name whom or what in spot: of, or see who was told: ", Command("notice status")),
        )


class Told(NamedTuple):
    """Who had been told of monitoring, as it stood when times were drawn."""

    notices: Sequence[Notice]
    acknowledgements: Sequence[Acknowledgement]


class Slots(NamedTuple):
    """The moments that may be taken, by block, and how many were left out for which reason."""

    of: Mapping[str, Sequence[tuple[date, datetime]]]
    excluded: Mapping[str, int]


def draw_times(view: View, frame_id: str, period: Period) -> Change:
    """Draw when a period's unannounced checks are made. A period that has begun gives the time that is left.

    Raises what refuse_undrawable raises, NotLive, NoTimeLeft, NobodyToCheck. A period drawn already is a finding.
    """
    frame: Frame = view.definition("frame", frame_id, on=period.first)
    period = whole_period(frame, period)
    if before := already_drawn(view, frame.id, period):
        return Change(findings=[f"{frame.id} of {period.key} was drawn as {before.id}: nothing to do"])
    refuse_undrawable(view, frame, period)
    spot = _spot(view, frame)
    told = Told(proved(view.definitions("notice"), view.current(Delivery)), view.current(Acknowledgement))
    slots = _slots(view, frame, period, view.now, spot.of or _colleagues(view, period), told)
    if not slots.of and not slots.excluded:
        raise NoTimeLeft(frame, period)
    if not any(slots.of.values()):
        raise NobodyToCheck(frame, slots.excluded)
    made = _chosen(
        frame, spot, slots, period, seen(view.rows(Item), view.rows(Assignment), period.last), view.settings.nation
    )
    draw = _draw(view, frame, period, slots, len(made))
    count = Counter(each.block for each in made)
    rows: list[Row] = [draw]
    rows += [Exclusion(draw=ref(draw), reason=why, transactions=n) for why, n in slots.excluded.items()]
    rows += [
        Stratum(draw=ref(draw), stratum=block, eligible=len(of), asked=spot.of_each or 0, drawn=count[block])
        for block, of in slots.of.items()
    ]
    rows += [
        SpotCheck(draw=ref(draw), starts=each.starts, ends=each.ends, block=each.block, evaluator=each.evaluator)
        for each in made
    ]
    return Change(rows, list(_findings(spot, slots, len(made))), key=f"sample/{frame.id}/{period.key}")


def redraw_times(view: View, draw: Draw) -> list[str]:
    """Return how the recorded checks of a draw differ from those that its frame, seed and records give; nothing if not."""
    frame: Frame = view.definition("frame", draw.frame)
    period = Period(draw.period, draw.first, draw.last)
    notices = [view.definition("notice", reference) for reference in draw.notices.split()]
    told = Told(proved(notices, view.before(Delivery, draw.id)), view.before(Acknowledgement, draw.id))
    blocks = [row.stratum for row in view.rows(Stratum) if row.draw == draw.id]
    if not draw.at:
        return ["it does not say when it was drawn"]
    slots = _slots(view, frame, period, draw.at, blocks, told)
    earlier = seen(view.before(Item, draw.id), view.before(Assignment, draw.id), period.last)
    again = {
        (each.block, each.starts, each.evaluator)
        for each in _chosen(frame, _spot(view, frame), slots, period, earlier, view.settings.nation)
    }
    recorded = {(row.block, row.starts, row.evaluator): row.id for row in view.rows(SpotCheck) if row.draw == draw.id}
    strange = [f"{recorded[each]} is recorded, but the draw does not give it" for each in recorded.keys() - again]
    return sorted(strange) + ["the draw gives another check, which is not recorded"] * len(again - recorded.keys())


def _spot(view: View, frame: Frame) -> Spot:
    """Return the settings of unannounced checks. Raises NotLive."""
    for channel in channels_of(frame, view.look_up):
        technique: Technique = view.definition("technique", frame.technique_for(channel))
        if not technique.live:
            raise NotLive(frame, technique.reference, channel)
    if frame.spot is None:
        raise NobodyToCheck(frame, {})
    return frame.spot


def _colleagues(view: View, period: Period) -> list[str]:
    """Return the colleagues whom people.csv knows by an agent id on some day of a period."""
    lines = (line for line in view.people if line.source_id and line.from_ <= period.last and period.first <= line.to)
    return list(dict.fromkeys(line.person for line in lines))


def _slots(view: View, frame: Frame, period: Period, after: datetime, blocks: Sequence[str], told: Told) -> Slots:
    spot = _spot(view, frame)
    moments = list(openings(spot, period.first, period.last, view.now.tzinfo or UTC, after, view.settings.nation))
    why = _why_not(view, frame, blocks, told)
    found: dict[str, list[tuple[date, datetime]]] = {block: [] for block in blocks if moments}
    excluded: Counter[str] = Counter()
    reasons = {(block, day): why(block, day) for block in blocks for day in {day for day, _ in moments}}
    for block in blocks:
        for day, moment in moments:
            if reason := reasons[block, day]:
                excluded[reason] += 1
            else:
                found[block].append((day, moment))
    return Slots(found, excluded)


def _why_not(view: View, frame: Frame, blocks: Iterable[str], told: Told) -> Callable[[str, date], str]:
    """Return what says why a block may not be looked at on a day; empty where it may."""
    channels = channels_of(frame, view.look_up)
    people = [block for block in blocks if block in view.people]
    covers = {cover_of(frame.technique_for(channel)) for channel in channels}
    acknowledged = [acknowledged_periods(told.notices, told.acknowledgements, people, cover) for cover in covers]
    customers = customer_periods(told.notices, channels)

    def why(block: str, day: date) -> str:
        asked = [block] if block in channels else channels
        if not any(span.key in asked and span.from_ <= day <= span.to for span in customers):
            return "notice-gap"
        if block not in view.people:
            return ""
        if not any(line.from_ <= day <= line.to for line in view.people if line.person == block):
            return "unknown-colleague"
        known = all(any(s.key == block and s.from_ <= day <= s.to for s in spans) for spans in acknowledged)
        return "" if known else "no-acknowledgement"

    return why


def _chosen(
    frame: Frame, spot: Spot, slots: Slots, period: Period, earlier: Mapping[Pair, int], nation: str
) -> list[Moment]:
    candidates = ranked(slots.of, seed_of(frame, period))
    room = frame.room(lambda: business_days(period.first, period.last, nation))
    return chosen(candidates, spot, list(frame.evaluators), room, earlier)


def _draw(view: View, frame: Frame, period: Period, slots: Slots, checks: int) -> Draw:
    eligible = sum(map(len, slots.of.values()))
    return Draw(
        frame=frame.reference,
        period=period.key,
        first=period.first,
        last=period.last,
        purpose=frame.purpose,
        design=frame.design,
        seed=seed_of(frame, period),
        notices=" ".join(sorted(notice.reference for notice in view.definitions("notice"))),
        source="",
        sha256="",
        population=eligible + sum(slots.excluded.values()),
        eligible=eligible,
        drawn=checks,
    )


def _findings(spot: Spot, slots: Slots, checks: int) -> Iterator[str]:
    asked = spot.checks or (spot.of_each or 0) * len(slots.of)
    if checks < asked:
        yield f"{checks} of {asked} checks: no more fit into the time that is left and the hours of the evaluators"
    for reason in slots.excluded:
        yield f"left out as {reason}: {REMEDY[reason]}"
