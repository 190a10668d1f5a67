"""What became of a frame: period by period what was drawn, scored, replaced and missed, and what that says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from qacli.govern.duties.sampling import to_draw
from qacli.model import Correction, View
from qacli.monitor.observing.excuse import excuses, scoring_of
from qacli.monitor.observing.observation import Observation, Session
from qacli.monitor.sampling.crossing import uncrossed
from qacli.monitor.sampling.draw import Draw, Exclusion, Item, Stratum
from qacli.monitor.sampling.drawing import planned
from qacli.monitor.sampling.sharing import held
from qacli.monitor.sampling.sizing import margin_of
from qacli.monitor.sampling.spot import TIMES
from qacli.monitor.sampling.telling import UNEVEN
from qacli.prepare.period import Period, parse_period

if TYPE_CHECKING:
    from datetime import date

    from qacli.monitor.sampling.coverage import Drift, Group
    from qacli.prepare.frames.frame import Frame

NAMED = 4
"""So many names stand in one finding."""


class Past(NamedTuple):
    """One period of a frame; ``draw`` is None where nothing was drawn.

    ``late`` of the items in force were not scored within the days that qacli.yaml allows, ``waiting`` still may be,
    ``excused`` will not be, and somebody said why.
    ``replaced`` items gave way to others, ``closed`` to none. ``drawn_margin`` and ``scored_margin`` are shares of 1 at the
    confidence of the workspace, by the strata as they were drawn and as they were scored; None where nothing is told.
    ``minutes`` were planned for what was drawn, ``watched`` were recorded in ``sessions`` of its items.
    """

    period: Period
    draw: Draw | None
    strata: Sequence[Stratum]
    excluded: Mapping[str, int]
    items: Sequence[Item]
    scored: int
    late: int
    waiting: int
    excused: int
    replaced: int
    closed: int
    drawn_margin: float | None
    scored_margin: float | None
    minutes: int
    watched: float
    sessions: int

    @property
    def asked(self) -> int | None:
        """How many were asked for, where strata say so each for itself; None where nothing was drawn."""
        return sum(each.asked for each in self.strata) if self.draw else None


def past(view: View, frame: Frame, count: int) -> list[Past]:
    """Return the last ``count`` periods of a frame, in any version, that are over, oldest first: those due or drawn."""
    known = {
        period.key: period
        for due, period, _ in to_draw(view, view.now.date())
        if due.id == frame.id and period.last < view.now.date()
    }
    drawn = {draw.period: draw for draw in planned(view) if draw.frame.partition("@")[0] == frame.id}
    known |= {key: parse_period(key) for key in drawn}
    records = _Records(view)
    chosen = sorted(known.values(), key=lambda period: period.first)[-count:]
    return [_past(records, frame, period, drawn.get(period.key)) for period in chosen]


class _Records:
    """The tables that a review reads, each once."""

    def __init__(self, view: View) -> None:
        self.items = held(view)
        self.before = {item.id: item.draw for item in view.rows(Item)}
        self.scored = {row.item for row in view.current(Observation)}
        self.strata, self.exclusions = view.current(Stratum), view.current(Exclusion)
        self.excused = excuses(view)
        self.put_right = view.rows(Correction)
        self.sessions = view.current(Session)
        self.allowed = timedelta(days=view.settings.thresholds.score_within)
        self.confidence = view.settings.thresholds.confidence / 100
        self.now = view.now


def _past(records: _Records, frame: Frame, period: Period, draw: Draw | None) -> Past:
    if draw is None:
        return Past(period, None, (), {}, (), 0, 0, 0, 0, 0, 0, None, None, 0, 0, 0)
    items = [item for item in records.items if item.draw == draw.id]
    strata = [each for each in records.strata if each.draw == draw.id]
    put_right = [each for each in records.put_right if records.before.get(each.old) == draw.id]
    scored = [item for item in items if item.id in records.scored]
    open_ = [item for item in items if item.id not in records.scored]
    left = [item for item in open_ if scoring_of(item.id) not in records.excused]
    late = sum(bool(item.at and item.at + records.allowed < records.now) for item in left)
    ids = {item.id for item in items}
    watched = [
        (each.ended - each.started).total_seconds() / 60
        for each in records.sessions
        if each.item in ids and each.started and each.ended
    ]
    return Past(
        period,
        draw,
        strata,
        {each.reason: each.transactions for each in records.exclusions if each.draw == draw.id},
        items,
        len(scored),
        late,
        len(left) - late,
        len(open_) - len(left),
        sum(bool(each.new) for each in put_right),
        sum(not each.new for each in put_right),
        _margin(draw, strata, items, records.confidence),
        _margin(draw, strata, scored, records.confidence),
        draw.drawn * frame.minutes_per_evaluation,
        sum(watched),
        len(watched),
    )


def _margin(draw: Draw, strata: Sequence[Stratum], items: Sequence[Item], confidence: float) -> float | None:
    """Return the margin that some items of a draw give; None where its design has none by strata."""
    there = Counter(item.stratum for item in items)
    if draw.design in {*UNEVEN, TIMES}:
        return None
    return margin_of([(each.eligible, there[each.stratum]) for each in strata], confidence)


def findings(frame: Frame, found: Sequence[Past]) -> list[str]:
    """Return in words what the records of some periods say against a frame; nothing where all went as agreed."""
    return [words for tell in TOLD for words in tell(frame, found)]


def _not_drawn(_: Frame, found: Sequence[Past]) -> Iterator[str]:
    missing = [each.period.key for each in found if not each.draw]
    if missing:
        yield f"{_of(missing, found)} not drawn: {_few(missing)}"


def _empty(frame: Frame, found: Sequence[Past]) -> Iterator[str]:
    """Strata that some periods had and others had not, and channels of the frame that were never there."""
    drawn = [each for each in found if each.draw]
    names = {stratum.stratum for each in drawn for stratum in each.strata}
    names |= set(frame.population.channel) if frame.stratify_by == "channel" else set()
    for name in sorted(names):
        without = [each for each in drawn if name not in {row.stratum for row in each.strata if row.eligible}]
        if without:
            keys = _few([each.period.key for each in without])
            yield f"{name} had no eligible transactions in {len(without)} of {_periods(len(drawn))}: {keys}"


def _short(_: Frame, found: Sequence[Past]) -> Iterator[str]:
    drawn = [each for each in found if each.draw]
    times = Counter(row.stratum for each in drawn for row in each.strata if row.drawn < row.asked)
    if times:
        named = [f"{name} in {n}" for name, n in sorted(times.items(), key=lambda pair: (-pair[1], pair[0]))]
        yield f"fewer eligible than asked, of {_periods(len(drawn))}: {_few(named)}"


def _left_out(_: Frame, found: Sequence[Past]) -> Iterator[str]:
    reasons: Counter[str] = Counter()
    for each in found:
        reasons.update(each.excluded)
    population = sum(each.draw.population for each in found if each.draw)
    if reasons:
        shares = [f"{100 * n / population:.1f} % {reason}" for reason, n in reasons.most_common()]
        yield (
            f"{reasons.total():,} of {population:,} transactions, {100 * reasons.total() / population:.1f} %, could not be "
            f"observed: {', '.join(shares)}; no figure of this frame speaks for them"
        )


def _unscored(_: Frame, found: Sequence[Past]) -> Iterator[str]:
    late, drawn = sum(each.late for each in found), sum(len(each.items) for each in found)
    excused = sum(each.excused for each in found)
    if late or excused:
        yield f"{late} of {drawn} items were not scored in time" + (f", {excused} more were excused" if excused else "")


def _replaced(_: Frame, found: Sequence[Past]) -> Iterator[str]:
    replaced, closed = sum(each.replaced for each in found), sum(each.closed for each in found)
    drawn = sum(each.draw.drawn for each in found if each.draw)
    if replaced or closed:
        yield f"{replaced} of {drawn} items were replaced, {closed} closed without another"


def _crossing(_: Frame, found: Sequence[Past]) -> Iterator[str]:
    pairs = [(item.evaluator, item.colleague) for each in found for item in each.items if item.evaluator]
    if apart := uncrossed(pairs):
        yield apart


TOLD = (_not_drawn, _empty, _short, _left_out, _unscored, _replaced, _crossing)


def told_of(
    frame: Frame, others: Sequence[Frame], known: Mapping[str, Mapping[str, Group]], found: Sequence[Drift], first: date
) -> list[str]:
    """Return in words what the population says: what no frame looks at, what is new in it, what is not stood for."""
    return [
        *_uncovered(frame, others, known["channel"]),
        *_new(frame, known, first),
        *(
            f"{each.side} {each.group} has {100 * each.share:.1f} % of the population and {100 * each.scored:.1f} % of what "
            f"was scored (weighted, n {each.n}): more than chance"
            for each in found
        ),
    ]


def _uncovered(frame: Frame, others: Sequence[Frame], channels: Mapping[str, Group]) -> Iterator[str]:
    """Channels of the export that this frame leaves out, and no other frame looks at either."""
    if not frame.population.channel:
        return
    elsewhere = {channel for other in others for channel in other.population.channel}
    if any(not other.population.channel for other in others):
        return
    for name, group in sorted(channels.items()):
        if name not in {*frame.population.channel, *elsewhere}:
            yield f"channel {name} ({group.outside:,} transactions) is looked at by no frame"


def _new(frame: Frame, known: Mapping[str, Mapping[str, Group]], first: date) -> Iterator[str]:
    """Channels, teams and reasons that were not there in the first week of what is looked at."""
    for side in ("channel", "team", "reason"):
        listed = getattr(frame.population, side)
        for name, group in sorted(known[side].items()):
            if group.first >= first + timedelta(days=7):
                covered = "" if not listed or name in listed else ", and this frame does not look at it"
                yield f"{side} {name} is new since {group.first} ({group.inside + group.outside:,} transactions){covered}"


def _of(some: Sequence[str], found: Sequence[Past]) -> str:
    return f"{len(some)} of {_periods(len(found))} {'was' if len(some) == 1 else 'were'}"


def _periods(n: int) -> str:
    return f"{n} period{'s' * (n != 1)}"


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")
