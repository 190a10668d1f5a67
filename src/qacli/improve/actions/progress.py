"""Progress of an action: every figure of its measure that became known since the start, and what was said to be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qacli.improve.actions.action import Action, ActionProgress, Standing, standing_of, standings
from qacli.improve.actions.checking import metric_of
from qacli.improve.actions.course import DAY, Counted, Course, Figure, course_of, every_of, matures_after, moved
from qacli.improve.actions.realistic import counter_course
from qacli.improve.actions.timed import next_whole
from qacli.model import Change, Command, Hint, QacliError, Refusal, Row, UsageError, View, Words
from qacli.prepare.event import Event, candidates
from qacli.prepare.period import parse_period
from qacli.understand.facts import Selection
from qacli.understand.kpis.computing import rounded
from qacli.understand.kpis.verdict import MET, Limits

if TYPE_CHECKING:
    from qacli.prepare.period import Period

REACHED, BETTER, WORSE, CANNOT_TELL = "reached", "better", "worse", "cannot tell"


class Ended(Refusal, rule="action-ended"):
    """What is over does not go on."""

    def __init__(self, found: Standing, outcome: str) -> None:
        super().__init__(f"{found.action.id} has ended: {outcome}.", help="what is still to be done is a new action")


class NotComparable(QacliError):
    """Two versions of a KPI count differently."""

    def __init__(self, action: Action, counted_by: str) -> None:
        super().__init__(
            f"its figures are counted by {counted_by} now, the baseline by {action.counted_by}: they are not comparable",
            help="drop the action and write it anew on the new figures",
        )


class Moved(NamedTuple):
    """A new figure against the baseline. ``moved`` is above 0 where it is better."""

    figure: Figure
    moved: Limits
    verdict: str


def record(view: View, action: str = "", words: str = "") -> Change:
    """Record the new figures of an action, or of all that have started and not ended; and what was done, in words.

    What is on record already makes no row. Raises NoSuchRow, Ended, UsageError.
    """
    if words:
        return _said(view, action, words.strip())
    today = view.now.date()
    chosen = [standing_of(view, action)] if action else [each for each in standings(view) if not each.end]
    rows: list[Row] = []
    findings: list[str] = []
    for each in chosen:
        if each.end:
            raise Ended(each, each.end.outcome)
        try:
            new = list(new_figures(view, each, today))
        except QacliError as none:
            findings.append(f"{each.action.id}: {none.message}")
            continue
        rows += new
        findings += [] if new else [_nothing_new(each, today)]
    return Change(rows, findings or ([] if rows else ["no action is running: nothing to do"]))


def _nothing_new(found: Standing, today: date) -> str:
    row = found.action
    if today < row.start:
        return f"{row.id} starts on {row.start}: nothing to do"
    return f"{row.id}: no new figure of {row.metric} since the start: nothing to do"


def _said(view: View, action: str, words: str) -> Change:
    if not action:
        raise UsageError(
            "words are about one action", help=Hint("name it: ", Command("plan progress ACTION --words ..."))
        )
    if not words:
        raise UsageError("what was done has words", help='in your own words: --words "..."')
    found = standing_of(view, action)
    if found.end:
        raise Ended(found, found.end.outcome)
    if view.now.date() < found.action.start:
        raise UsageError(f"{found.action.id} starts on {found.action.start}", help="say what was done once it was")
    if any((row.by, row.words.text) == (view.actor, words) for row in found.said):
        return Change(findings=[f"{view.actor} has said this of {found.action.id}: nothing to do"])
    return Change([ActionProgress(action=found.action.id, words=Words(words))])


def new_figures(view: View, found: Standing, today: date) -> Iterator[ActionProgress]:
    """Yield the figures since the start that are not on record yet. Raises NotComparable, NoFigures, NothingToMove."""
    known = {(row.period, row.source, row.n, row.value) for row in found.figures}
    since = _of_criterion if found.action.criterion else _of_kpi
    for row in since(view, found.action, today):
        if (row.period, row.source, row.n, row.value) not in known:
            yield row


def _of_kpi(view: View, action: Action, today: date) -> Iterator[ActionProgress]:
    """Yield the figures of whole periods that began on or after the start, each with that of its paired measure."""
    course = course_of(view, metric_of(action), today)
    _refuse_other_version(action, course.counted_by)
    paired = _paired(view, course, today)
    before = _at_start(paired, action.start) if paired else None
    for figure in course.figures:
        if figure.first >= action.start:
            beside = next((each for each in paired.figures if each.period == figure.period), None) if paired else None
            told = _told(before, beside, paired.sign if paired else 1)
            yield _of_figure(action, against_start(action, figure), beside, told)


def _of_criterion(view: View, action: Action, today: date) -> Iterator[ActionProgress]:
    """Yield one figure, of all that was observed from the start to the end of the last whole period that is known."""
    metric = metric_of(action)
    every, matures = every_of(view, metric), matures_after(view) * DAY
    last, period = None, next_whole(every, action.start)
    while period.last + matures < today and period.last <= action.judged:
        last, period = period, next_whole(every, period.last + DAY)
    if last is None:
        return
    days: Period = parse_period(f"{action.start}..{last.last}")
    counted = Counted(view, metric, Selection(days.first, days.last, channel=action.channel, team=action.team))
    _refuse_other_version(action, counted.card)
    if figure := counted.within("", days):
        yield _of_figure(action, against_start(action, figure), None, "")


def _refuse_other_version(action: Action, counted_by: str) -> None:
    if counted_by != action.counted_by:
        raise NotComparable(action, counted_by)


def against_start(action: Action, figure: Figure) -> Moved:
    """Return a figure with how much better it is than the baseline, and whether the target is reached."""
    sign = 1 if action.better == "higher" else -1
    change = moved(Limits(action.baseline, action.baseline_low, action.baseline_high), figure.limits, sign)
    verdict = CANNOT_TELL
    if action.judged_by(figure.limits) == MET:
        verdict = REACHED
    elif change.low is not None and change.low > 0:
        verdict = BETTER
    elif change.high is not None and change.high < 0:
        verdict = WORSE
    return Moved(figure, change, verdict)


def _paired(view: View, course: Course, today: date) -> Course | None:
    try:
        return counter_course(view, course, today)
    except QacliError:
        return None  # its definition or its figures are not there: the row then names none


def _at_start(course: Course, start: date) -> Figure | None:
    return next((figure for figure in reversed(course.figures) if figure.last < start), None)


def _told(before: Figure | None, after: Figure | None, sign: int) -> str:
    if before is None or after is None:
        return "no figure"
    change = moved(before.limits, after.limits, sign)
    if change.high is not None and change.high < 0:
        return WORSE
    return BETTER if change.low is not None and change.low > 0 else "no change told"


def _of_figure(action: Action, found: Moved, counter: Figure | None, told: str) -> ActionProgress:
    figure = found.figure
    return ActionProgress(
        action=action.id,
        period=figure.period,
        first=figure.first,
        last=figure.last,
        source=figure.source,
        n=figure.n,
        value=rounded(figure.value),
        low=rounded(figure.low),
        high=rounded(figure.high),
        moved=rounded(found.moved.value),
        moved_low=rounded(found.moved.low),
        moved_high=rounded(found.moved.high),
        verdict=found.verdict,
        counter=counter.source if counter else "",
        counter_verdict=told,
    )


def also_then(view: View, found: Standing) -> list[str]:
    """Return the known events near the days of the figures of an action: candidates for why they moved."""
    if not found.figures:
        return []
    last = max(row.last for row in found.figures if row.last)
    events: Sequence[Event] = view.definitions("event")
    within = [event for event in events if found.action.start <= event.from_ <= last]
    return [each.in_words() for each in candidates(within, found.action.start, found.action.channel, 366)]
