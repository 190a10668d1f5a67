"""Opening a search for a cause: Pareto first, then customers affected like it and events that stand near it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from qacli.govern.causes.cause import FEWER, Cause, searches
from qacli.govern.channels import refuse_channel
from qacli.govern.escalating.case import Case, Escalation, case_of, cases, local_day
from qacli.model import NO_WORDS, Change, Command, Hint, Refusal, UsageError, View, Words
from qacli.prepare.notices.notice import UnknownPeople
from qacli.understand.facts import Selection, ratings, sample
from qacli.understand.patterns.finding import CONFIRMED, WATCH, Finding, standing_of
from qacli.understand.patterns.pareto import Bar, bars
from qacli.understand.patterns.rises import by_colleague, without_bonus
from qacli.understand.patterns.spread import spread_of
from qacli.understand.patterns.telling import statement
from qacli.understand.summary import policy_of
from qacli.understand.weighting import strata_of, weighted_share

if TYPE_CHECKING:
    import pandas as pd

QUARTER = timedelta(days=91)
FEW = 3
MOST = 0.8
"""The few that make so much of all faults come first: Pareto's rule of thumb, no law."""


class Sought(NamedTuple):
    """What somebody wants to know the cause of. Days left out are the last 91, or those of the finding.

    Words left out are those of the source.
    """

    source: str
    words: str = ""
    owner: str = ""
    channel: str = ""
    because: str = ""
    first: date | None = None
    last: date | None = None


class Place(NamedTuple):
    """Where a fault stands among all faults of some days."""

    faults: int
    all_faults: int
    part: float | None
    rank: int
    of: int
    before: float  # part of all faults that those above it make


class NotTheFirst(Refusal, rule="pareto-first"):
    """Time is short: what most faults come from is asked first, unless there is a reason."""

    def __init__(self, what: str, place: Place, above: Sequence[str]) -> None:
        part = "" if place.part is None else f", {place.part:.0%} of all"
        more = f" and {len(above) - FEW} more" if len(above) > FEW else ""
        super().__init__(
            f"{what} is number {place.rank} of {place.of}: {place.faults} of {place.all_faults} faults{part}; "
            f"those above it make {place.before:.0%}: {', '.join(above[:FEW])}{more}.",
            help='begin with one of those, or say why this one: --because "a regulator asked"',
        )


class NoFault(Refusal, rule="no-fault"):
    """A cause is sought of something that happened."""

    def __init__(self, what: str, first: date, last: date) -> None:
        super().__init__(
            f"{what} was not failed in the samples of {first} to {last}.",
            help=Hint("see what was: ", Command("summarise fault"), "; name other days: --from, --to"),
        )


class DismissedFinding(Refusal, rule="finding-not-open"):
    """What fresh checks dismissed has no cause."""

    def __init__(self, finding: str, status: str) -> None:
        super().__init__(f"{finding} is {status}.", help=Hint("see: ", Command(f"finding show {finding}")))


class AboutOnePerson(Refusal, rule="about-one-person"):
    """What one person does is talked over with that person."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(
            f"{finding.id} is about {finding.colleague} alone.",
            help=Hint(
                "prepare feedback: ",
                Command("feedback prepare"),
                "; or a plan: ",
                Command(f"plan propose --for {finding.colleague}"),
            ),
        )


def open_cause(view: View, sought: Sought) -> Change:
    """Record a search for the cause of a finding, a criterion or an escalated case, with its place among all faults.

    One that is open for the same source is a finding and makes no row. Raises NoSuchRow, UnknownPeople,
    DismissedFinding, AboutOnePerson, NoFault, NotTheFirst, UsageError.
    """
    owner = sought.owner or view.actor
    if owner not in view.people:
        raise UnknownPeople([owner])
    for each in searches(view):
        if each.cause.source == sought.source and each.state != FEWER:
            return Change(findings=[f"{each.cause.id} seeks the cause of {sought.source} already: nothing to do"])
    if sought.source.startswith("es_"):
        if sought.channel:
            raise UsageError("cases are counted on all channels", help="leave --channel out")
        return Change([_of_case(view, sought, owner)])
    refuse_channel(view, sought.channel)
    return Change([_of_criterion(view, sought, owner)])


def _of_case(view: View, sought: Sought, owner: str) -> Cause:
    """Return the search for the cause of an escalated case: Pareto over the triggers of the cases of these days."""
    row = case_of(view, sought.source).escalation
    first, last = _days(view, sought, None)
    if not first <= local_day(view, row.received) <= last:
        raise UsageError(
            f"{row.id} was received outside of {first} to {last}", help="name days that hold it: --from, --to"
        )
    known = [each for each in cases(view) if first <= local_day(view, each.escalation.received) <= last]
    name = _trigger(row)
    counts = Counter(_trigger(each.escalation) for each in known)
    order = sorted(counts, key=lambda each: (-counts[each], each))
    place = _place([(each, counts[each], counts[each] / len(known)) for each in order], name)
    _refuse_later(name, place, order, sought.because, critical="")
    mine = [each for each in known if _trigger(each.escalation) == name]
    count = _customers(mine)
    return Cause(
        source=sought.source,
        criterion="",
        trigger=name,
        channel="",
        owner=owner,
        first=first,
        last=last,
        faults=place.faults,
        all_faults=place.all_faults,
        part=place.part,
        rank=place.rank,
        of=place.of,
        critical="",
        spread="",
        affected=float(count),
        affected_low=None,
        affected_high=None,
        contacts=None,
        since=None,
        because=_words(sought.because),
        problem=Words(sought.words.strip() or str(row.words)),
    )


def _words(text: str) -> Words:
    return Words(text.strip()) if text.strip() else NO_WORDS


def _trigger(row: Escalation) -> str:
    return row.trigger.partition("@")[0]


def _customers(mine: Sequence[Case]) -> int:
    """Return how many cases there are, those of one reference counted once."""
    named = {each.escalation.reference for each in mine if each.escalation.reference}
    return len(named) + sum(not each.escalation.reference for each in mine)


def _days(view: View, sought: Sought, finding: Finding | None) -> tuple[date, date]:
    """Return the days looked at: as asked, else those of the finding, else the last 91. Raises UsageError."""
    last = sought.last or (finding.last if finding else view.now.date())
    first = sought.first or (finding.first if finding else last - QUARTER)
    if last < first:
        raise UsageError(f"{last} comes before {first}", help="the earlier day comes first")
    return first, last


def _of_criterion(view: View, sought: Sought, owner: str) -> Cause:
    """Return the search for the cause of a criterion that is failed, named by itself or by a finding."""
    finding = _found(view, sought.source) if sought.source.startswith("w_") else None
    criterion = finding.criterion if finding else sought.source
    if finding and sought.channel not in {"", finding.channel}:
        where = f"the channel {finding.channel}" if finding.channel else "all channels"
        raise UsageError(f"{finding.id} is about {where}", help="leave --channel out: a finding brings its own")
    channel = finding.channel if finding else sought.channel
    first, last = _days(view, sought, finding)
    selection = Selection(from_=first, to=last, channel=channel)
    rated = rated_of(view, selection)
    order = bars(rated)
    names = [(f"{bar.criterion} of {bar.scorecard}", bar.failed, bar.part) for bar in order]
    mine = next((bar for bar in order if _is(bar, criterion, finding)), None)
    if mine is None:
        _refuse_unknown(view, criterion)
        raise NoFault(criterion, first, last)
    name = f"{mine.criterion} of {mine.scorecard}"
    place = _place(names, name)
    critical = view.definition("scorecard", mine.scorecard).criterion(mine.criterion).critical
    critical = "" if critical == "none" else critical
    _refuse_later(name, place, [each for each, _, _ in names], sought.because, critical)
    ours = rated[(rated["criterion"] == mine.criterion) & (rated["scorecard"] == mine.scorecard) & rated["met"].notna()]
    alike = customers_like(view, selection, ours, finding)
    return Cause(
        source=sought.source,
        criterion=mine.criterion,
        trigger="",
        channel=channel,
        owner=owner,
        first=first,
        last=last,
        faults=place.faults,
        all_faults=place.all_faults,
        part=place.part,
        rank=place.rank,
        of=place.of,
        critical=critical,
        spread=finding.spread if finding else spread_of(by_colleague(ours)).verdict,
        affected=alike.estimate,
        affected_low=alike.low,
        affected_high=alike.high,
        contacts=alike.contacts,
        since=finding.since if finding else None,
        because=_words(sought.because),
        problem=Words(sought.words.strip() or _told(view, mine, ours, finding, selection)),
    )


def _told(view: View, mine: Bar, ours: pd.DataFrame, finding: Finding | None, selection: Selection) -> str:
    """Return what goes wrong, as the finding or the samples say it."""
    if finding:
        return statement(finding, finding.first, finding.last)
    standard = view.definition("scorecard", mine.scorecard).criterion(mine.criterion).observable
    where = f" ({selection.channel})" if selection.channel else ""
    return f"{mine.criterion}{where} failed {mine.failed} of {len(ours)}; the standard: {standard}"


def _found(view: View, name: str) -> Finding:
    """Return an open finding about more than one person. Raises NoSuchRow, DismissedFinding, AboutOnePerson."""
    standing = standing_of(view, name)
    if standing.status not in {WATCH, CONFIRMED}:
        raise DismissedFinding(name, standing.status)
    if standing.finding.colleague:
        raise AboutOnePerson(standing.finding)
    return standing.finding


def rated_of(view: View, selection: Selection) -> pd.DataFrame:
    """Return the ratings of some days that can be failed: a bonus that is not earned is no fault."""
    return without_bonus(ratings(view, selection), policy_of(view, sample(view, selection)).bonus)


def _is(bar: Bar, criterion: str, finding: Finding | None) -> bool:
    return bar.criterion == criterion and (finding is None or bar.scorecard == finding.scorecard)


def _refuse_unknown(view: View, criterion: str) -> None:
    known = {each.id for card in view.definitions("scorecard") for each in card.criteria()}
    if criterion not in known:
        raise UsageError(
            f"'{criterion}' is no criterion of a scorecard, no finding and no escalated case",
            help=Hint("name w_..., es_... or a criterion: ", Command("summarise fault")),
        )


def _place(order: Sequence[tuple[str, int, float]], name: str) -> Place:
    """Return where a name stands in a Pareto: name, faults and part of each, most first."""
    at = next(place for place, each in enumerate(order) if each[0] == name)
    total = sum(faults for _, faults, _ in order)
    before = sum(part for _, _, part in order[:at])
    return Place(order[at][1], total, order[at][2], at + 1, len(order), before)


def _refuse_later(name: str, place: Place, order: Sequence[str], because: str, critical: str) -> None:
    """Raise NotTheFirst for what is none of the few that make most faults, and no critical, unless there is a reason.

    A list of many small faults must not hide a great one.
    """
    if place.before >= MOST and not critical and not because.strip():
        raise NotTheFirst(name, place, order[: place.rank - 1])


class Alike(NamedTuple):
    """Contacts affected like the one that was seen, estimated from the samples; None where they say nothing."""

    estimate: float | None
    low: float | None
    high: float | None
    contacts: int | None


def customers_like(view: View, selection: Selection, ours: pd.DataFrame, finding: Finding | None) -> Alike:
    """Return how many contacts had the fault in the days of a finding, or of the selection.

    The share of the samples, weighted by their design, times the contacts that the drawn items stand for.
    """
    if finding and (finding.since or finding.until):
        selection = selection._replace(from_=finding.since or selection.from_, to=finding.until or selection.to)
        ours = ours[(ours["day"] >= _stamp(selection.from_)) & (ours["day"] <= _stamp(selection.to))]
    found = sample(view, selection)
    weights: Mapping[str, float] = dict(zip(ours["item"], ours["weight"].astype(float).fillna(0.0), strict=True))
    stood_for = sum(weights.values())
    observed = found.observed["weight"].astype(float).sum()
    drawn = found.drawn["weight"].astype(float).sum()
    if not stood_for or not observed:
        return Alike(None, None, None, None)
    contacts = float(stood_for * drawn / observed)
    values = {item: not met for item, met in zip(ours["item"], ours["met"].astype(bool), strict=True)}
    share = weighted_share(strata_of(found), values, view.settings.thresholds.confidence / 100)

    def times(value: float | None) -> float | None:
        return None if value is None else round(float(value) * contacts, 1)

    return Alike(times(share.estimate), times(share.low), times(share.high), round(contacts))


def _stamp(day: date | None) -> object:
    import pandas as pd

    return pd.Timestamp(day or date.min)
