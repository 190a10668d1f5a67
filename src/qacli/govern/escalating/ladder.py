"""The ladder of repeated failures: so many within a window open a cycle, each a firmer step, with a lock behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Definition, Id, Strict, Text, Whole, newest_in_force, wrong_at
from qacli.govern.causes.cause import Cause
from qacli.govern.clock import Clock
from qacli.model import Change, Refusal, Row, View, Words
from qacli.monitor.observing.observation import CLASSES, Observation, Rating
from qacli.monitor.sampling.draw import JUDGEMENT, Draw, Item
from qacli.prepare.approval import approval
from qacli.understand.patterns.finding import DISMISSED
from qacli.understand.patterns.finding import standings as findings

FailureClass = Literal["customer", "business", "compliance", "mixed", "other"]
BY_CHANCE = ("routine", "spot")
MIXED, OTHER, PROCESS = "mixed", "other", "process"


class Count(Strict):
    """How many failures of a class open a cycle."""

    class_: FailureClass = Field(alias="class", description="Class of criticals; mixed: any of them; other: none.")
    times: Whole = Field(ge=2, le=50, description="In so many transactions within the window.")


class Cycle(Strict):
    """One step of the ladder."""

    step: Text = Field(description="What is done, for example coaching.")
    role: Id = Field(description="The role that does it.")
    within: Clock = Field(description="By when, from the day on which it was put on record.")


class Ladder(Definition):
    """What follows where somebody fails again and again."""

    title: Text = Field(description="Name shown to people.")
    window: Clock = Field(description="Within which the failures lie, by the day of their transactions.")
    counts: tuple[Count, ...] = Field(min_length=1, description="What opens a cycle; the first that is reached does.")
    cycles: tuple[Cycle, ...] = Field(min_length=1, description="The steps, each firmer than the one before.")
    lock_hours: Whole = Field(
        default=24, ge=0, le=2160, description="After a step is done nothing counts for so long, so that it can show."
    )

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return a window of hours or business days: customers call on every day."""
        if self.window.hours or self.window.business_days:
            yield wrong_at(("window",), "window-unit", "a window is days, weeks or months: failures are counted by day")

    def within(self, first: date, last: date) -> bool:
        """Return whether the window that begins on one day reaches to another."""
        # no bank holiday moves days, weeks or months
        return first <= last <= self.window.last_day(first, "")


@dataclass(frozen=True, kw_only=True)
class LadderStep(Row, table="ladder_steps", letter="el"):
    """A cycle that somebody's failures opened, and who does what by when."""

    colleague: str
    ladder: str  # id@version
    cycle: int  # from 1
    failure: str  # the class that reached its count
    observations: str  # ids, separated by blanks
    n: int  # evaluations by chance in the window up to the last of them
    first: date
    last: date
    step: str
    owner: str
    due: date


@dataclass(frozen=True, kw_only=True)
class LadderEnd(Row, table="ladder_ends", letter="ed"):
    """The step of a cycle was done (``by``); the lock runs from then."""

    step: str
    on: datetime
    words: Words


class Failure(NamedTuple):
    """One transaction in which somebody failed something of a class."""

    colleague: str
    started: datetime
    day: date
    observation: str
    classes: frozenset[str]


class Standing(NamedTuple):
    """A recorded cycle, and when its lock ends; None while its step is not done."""

    row: LadderStep
    end: LadderEnd | None
    locked_until: datetime | None

    def state(self, now: datetime) -> str:
        """open, overdue, locked or done."""
        if self.locked_until is None:
            return "overdue" if now.date() > self.row.due else "open"
        return "locked" if now < self.locked_until else "done"


class StepDone(Refusal, rule="step-done"):
    """A step is done once."""

    def __init__(self, end: LadderEnd) -> None:
        super().__init__(f"{end.step} was done by {end.by}.", help="what is failed after its lock opens the next")


class NotTheirStep(Refusal, rule="not-their-step"):
    """A step is done by whom the ladder names."""

    def __init__(self, step: LadderStep, actor: str) -> None:
        super().__init__(f"{step.id} is for {step.owner}, not for {actor}.", help=f"--as {step.owner}")


class StepUnsaid(Refusal, rule="step-unsaid"):
    """What was done is told."""

    def __init__(self, step: str) -> None:
        super().__init__(f"{step} lacks what was done.", help='say it: --words "..."')


def agreed(view: View) -> list[Ladder]:
    """Return the ladders in force today that a second person has agreed: they have consequences for people."""
    every: Sequence[Ladder] = view.definitions("ladder")
    return newest_in_force([each for each in every if approval(view, "ladder", each)], view.now.date())


class Shared(NamedTuple):
    """A fault that is in many hands, in a channel (empty: all) on some days: it is nobody's own."""

    source: str
    criterion: str
    channel: str
    first: date
    last: date

    def covers(self, criterion: str, item: Item) -> bool:
        """Return whether a failure belongs to it."""
        where = self.channel in {"", item.channel}
        return criterion == self.criterion and where and self.first <= item.day <= self.last


class Seen(NamedTuple):
    """What chance picked: failures, oldest first; the days of all evaluations by colleague; what is left out, by its source."""

    failures: Sequence[Failure]
    days: Mapping[str, Sequence[date]]
    left_out: Mapping[str, int]


def shared(view: View) -> list[Shared]:
    """Return the faults that look like process, not person: findings that were not dismissed, and searches for causes."""
    found = [
        Shared(row.id, row.criterion, row.channel, row.since or row.first, row.until or row.last)
        for row, status, _ in findings(view)
        if row.spread == PROCESS and status != DISMISSED
    ]
    causes = [row for row in view.current(Cause) if row.spread == PROCESS and not row.source.startswith("w_")]
    return [*found, *(Shared(row.id, row.criterion, row.channel, row.first, row.last) for row in causes)]


def seen(view: View) -> Seen:
    """Return what was failed in transactions that chance picked, each once.

    What somebody chose would find those who are looked for, and what fails in many hands is nobody's own: neither counts.
    """
    chosen = {draw.id for draw in view.current(Draw) if draw.design == JUDGEMENT}
    items = {
        item.id: item
        for item in view.current(Item)
        if item.purpose in BY_CHANCE and item.draw not in chosen and item.colleague
    }
    failed: dict[str, list[str]] = {}
    for rating in view.current(Rating):
        if rating.met is False:
            failed.setdefault(rating.observation, []).append(rating.criterion)
    faults = shared(view)
    found: list[Failure] = []
    days: dict[str, list[date]] = {}
    left_out: Counter[str] = Counter()
    known: set[str] = set()
    for observation in view.current(Observation):
        item = items.get(observation.item)
        if item is None or item.transaction in known:
            continue
        known.add(item.transaction)
        days.setdefault(item.colleague, []).append(item.day)
        own = []
        for criterion in failed.get(observation.id, ()):
            source = next((each.source for each in faults if each.covers(criterion, item)), "")
            if source:
                left_out[source] += 1
            else:
                own.append(criterion)
        if own:
            classes = _classes(view, observation, own)
            found.append(Failure(item.colleague, item.started_at, item.day, observation.id, classes))
    return Seen(sorted(found, key=lambda each: (each.started, each.observation)), days, left_out)


def _classes(view: View, observation: Observation, criteria: Sequence[str]) -> frozenset[str]:
    card = view.look_up("scorecard", observation.scorecard)
    kinds = {card.criterion(name).critical for name in criteria}
    return frozenset({OTHER if kind == "none" else kind for kind in kinds} | ({MIXED} if kinds - {"none"} else set()))


def standings(view: View) -> list[Standing]:
    """Return every recorded cycle, oldest first."""
    ends = {end.step: end for end in view.current(LadderEnd)}
    return [_standing(view, row, ends.get(row.id)) for row in view.current(LadderStep)]


def _standing(view: View, row: LadderStep, end: LadderEnd | None) -> Standing:
    ladder: Ladder = view.look_up("ladder", row.ladder)
    return Standing(row, end, end.on + timedelta(hours=ladder.lock_hours) if end else None)


def reached(view: View) -> list[LadderStep]:
    """Return the cycles that failures have opened and nobody has put on record, by ladder and colleague.

    Who has a step that is not done waits for it; what was failed before the end of its lock does not count again.
    """
    ladders = agreed(view)
    if not ladders:
        return []
    known, days, _ = seen(view)
    before = standings(view)
    found = []
    for ladder in ladders:
        for colleague in sorted(days):
            last = next(
                (
                    each
                    for each in reversed(before)
                    if (each.row.colleague, each.row.ladder.partition("@")[0]) == (colleague, ladder.id)
                ),
                None,
            )
            mine = [each for each in known if each.colleague == colleague]
            if step := _reached(view, ladder, mine, last, days[colleague]):
                found.append(step)
    return found


def _reached(
    view: View, ladder: Ladder, mine: Sequence[Failure], last: Standing | None, days: Sequence[date]
) -> LadderStep | None:
    if last and last.locked_until is None:
        return None
    counting = [each for each in mine if not last or last.locked_until is None or each.started >= last.locked_until]
    fired = [hit for count in ladder.counts if (hit := _fires(ladder, count, counting, view.now.date()))]
    if not fired:
        return None
    failure, those = min(fired, key=lambda hit: hit[1][-1].started)
    first, until = those[0].day, those[-1].day
    number = _next_cycle(view, ladder, last, until)
    cycle = ladder.cycles[number - 1]
    nation = view.settings.nation
    owner = next((who for who in view.settings.roles.get(cycle.role, ()) if who != those[0].colleague), "")
    return LadderStep(
        colleague=those[0].colleague,
        ladder=ladder.reference,
        cycle=number,
        failure=failure,
        observations=" ".join(each.observation for each in those),
        n=sum(first <= day <= until for day in days),
        first=first,
        last=until,
        step=cycle.step,
        owner=owner,
        due=cycle.within.last_day(view.now.date(), nation),
    )


def _fires(
    ladder: Ladder, count: Count, mine: Sequence[Failure], today: date
) -> tuple[FailureClass, Sequence[Failure]] | None:
    """Return the first failures of a class that are so many within the window, if they are not long past."""
    ours = [each for each in mine if count.class_ in each.classes]
    for place in range(count.times - 1, len(ours)):
        those = ours[place - count.times + 1 : place + 1]
        if ladder.within(those[0].day, those[-1].day) and ladder.within(those[-1].day, today):
            return count.class_, those
    return None


def _next_cycle(view: View, ladder: Ladder, last: Standing | None, until: date) -> int:
    """Return the number of the next cycle: the one after the last, or the first where that is long past."""
    if last is None or last.end is None:
        return 1
    ended = last.end.on.astimezone(view.now.tzinfo).date()
    return min(last.row.cycle + 1, len(ladder.cycles)) if ladder.within(ended, until) else 1


def record(view: View) -> Change:
    """Record the cycles that were reached; where none was, that is a finding."""
    rows = reached(view)
    for row in rows:
        view.definition("ladder", row.ladder)
    return Change(rows, [] if rows else ["no count was reached that is not on record: nothing to do"])


def finish(view: View, step: str, words: str) -> Change:
    """Record that a step was done. Raises NoSuchRow, StepDone, NotTheirStep, StepUnsaid."""
    row = view.one(LadderStep, step)
    if end := next(iter(view.current(LadderEnd, step=step)), None):
        raise StepDone(end)
    if view.actor == row.colleague or (row.owner and view.actor != row.owner):
        raise NotTheirStep(row, view.actor)
    if not words.strip():
        raise StepUnsaid(step)
    return Change([LadderEnd(step=step, on=view.now, words=Words(words.strip()))])


def counted(view: View, ladder: Ladder) -> list[tuple[str, FailureClass, int, int, int]]:
    """Return (colleague, class, failed, evaluations, so many open a cycle) of the window that ends today.

    Only who has failed something of the class is in it. Most failures first.
    """
    today = view.now.date()
    known, days, _ = seen(view)
    found = []
    for count in ladder.counts:
        failed: dict[str, int] = {}
        for each in known:
            if count.class_ in each.classes and ladder.within(each.day, today):
                failed[each.colleague] = failed.get(each.colleague, 0) + 1
        for colleague, times in failed.items():
            n = sum(ladder.within(day, today) for day in days[colleague])
            found.append((colleague, count.class_, times, n, count.times))
    return sorted(found, key=lambda each: (-each[2], each[0], each[1]))


def in_words(row: LadderStep) -> str:
    """Return what a cycle is about in one sentence."""
    what = TOLD[row.failure]
    return (
        f"{row.colleague}: {what} in {len(row.observations.split())} of {row.n} evaluations, "
        f"{row.first} to {row.last}; cycle {row.cycle}: {row.step}"
    )


TOLD: Mapping[str, str] = {
    **{name: f"a {name} critical failed" for name in CLASSES},
    "mixed": "a critical failed",
    "other": "something not critical failed",
}
