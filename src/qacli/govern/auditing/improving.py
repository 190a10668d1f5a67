"""Improving the monitoring itself: an idea of a colleague on evidence, a trial that is measured, a second person who decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from qacli.files.numbers import four_digits
from qacli.govern.auditing.audit import refuse_unrecorded
from qacli.govern.auditing.health import DAYS, SHARE, Health, measured
from qacli.govern.voice.noting import refuse_personal
from qacli.model import Change, Command, Hint, Refusal, Row, UsageError, View, Words
from qacli.stats import Interval, mean_difference, newcombe

TRIALLED, ADOPTED, DECLINED = "trialled", "adopted", "declined"
HIGHER = ("coverage", "completion", "agreement")
"""Measures of which more is better; of all others it is less."""


@dataclass(frozen=True, kw_only=True)
class Improvement(Row, table="improvements", letter="ai"):
    """An idea how the monitoring could be better, put forward by ``by``."""

    source: str  # the colleague whose idea it is
    measure: str  # of the health of the monitoring, that should move
    evidence: str  # ids of records, separated by blanks
    idea: Words


@dataclass(frozen=True, kw_only=True)
class ImprovementEvent(Row, table="improvement_events", letter="az"):
    """A trial with its figures, before and during, as they were worked out; or the decision."""

    improvement: str
    kind: str  # trialled, adopted or declined
    first: date | None
    last: date | None
    before: float | None
    before_n: int
    during: float | None
    during_n: int
    verdict: str
    words: Words

    @property
    def in_words(self) -> str:
        """What a trial showed, with its figures: shares are of 1."""
        before, during = ("not known" if value is None else four_digits(value) for value in (self.before, self.during))
        return f"{before} before (n {self.before_n}), {during} during (n {self.during_n}): {self.verdict}"


class Standing(NamedTuple):
    """An idea with its trials and the decision."""

    improvement: Improvement
    trials: Sequence[ImprovementEvent]
    decision: ImprovementEvent | None

    @property
    def state(self) -> str:
        """proposed, trialled, adopted or declined."""
        if self.decision:
            return self.decision.kind
        return TRIALLED if self.trials else "proposed"


class NotTrialled(Refusal, rule="not-trialled"):
    """What nobody has tried is not adopted."""

    def __init__(self, improvement: str) -> None:
        super().__init__(
            f"{improvement} has not been tried.",
            help=Hint(
                "first: ",
                Command(f"audit trial {improvement} --from DAY --to DAY --words ..."),
                "; or decline it: --decline",
            ),
        )


class OwnImprovement(Refusal, rule="own-improvement"):
    """Whoever proposes or tries it does not decide on it."""

    def __init__(self, improvement: str, actor: str) -> None:
        super().__init__(
            f"{actor} proposed, thought of or tried {improvement} and cannot decide on it.",
            help=Hint("somebody else runs: ", Command(f"audit adopt {improvement}", "PERSON")),
        )


class DecidedAlready(Refusal, rule="improvement-decided"):
    """A decision stands; another idea is another proposal."""

    def __init__(self, decision: ImprovementEvent) -> None:
        super().__init__(
            f"{decision.improvement} was {decision.kind} by {decision.by}.",
            help=Hint("put forward what is new: ", Command("audit propose")),
        )


def improvements(view: View) -> list[Standing]:
    """Return every idea with what became of it, oldest first."""
    events: dict[str, list[ImprovementEvent]] = {}
    for event in view.current(ImprovementEvent):
        events.setdefault(event.improvement, []).append(event)
    return [_standing(row, events.get(row.id, [])) for row in view.current(Improvement)]


def improvement_of(view: View, improvement: str) -> Standing:
    """Return one idea. Raises NoSuchRow."""
    row = view.one(Improvement, improvement)
    return _standing(row, view.current(ImprovementEvent, improvement=improvement))


def _standing(row: Improvement, events: Sequence[ImprovementEvent]) -> Standing:
    trials = [event for event in events if event.kind == TRIALLED]
    return Standing(row, trials, next((event for event in events if event.kind != TRIALLED), None))


def propose(view: View, idea: str, *, source: str, measure: str, evidence: str, tables: Sequence[type[Row]]) -> Change:
    """Put an idea forward. Its evidence are records by their ids. Raises UsageError; the same words are a finding."""
    if not idea.strip():
        raise UsageError("an idea has words", help='--words "..."')
    refuse_personal(view, idea)
    if source not in view.people:
        raise UsageError(f"'{source}' is nobody in people.csv", help="name whose idea it is: --of PERSON")
    named = evidence.split()
    if not named:
        raise UsageError("an idea rests on something seen", help="name records by their ids: --evidence af_5f")
    refuse_unrecorded(view, tables, named)
    if any(row.idea.text == idea.strip() for row in view.current(Improvement)):
        return Change(findings=["an idea in these words is on record: nothing to do"])
    return Change([Improvement(source=source, measure=measure, evidence=" ".join(named), idea=Words(idea.strip()))])


def trial(view: View, improvement: str, first: date, last: date, words: str) -> Change:
    """Record a trial over some days, against as many days before; both figures are worked out now.

    Raises NoSuchRow, DecidedAlready, UsageError.
    """
    found = improvement_of(view, improvement)
    if found.decision:
        raise DecidedAlready(found.decision)
    if last >= view.now.date():
        raise UsageError(f"the trial ends on {last}, which is still to come", help="record it when it is over")
    if not words.strip():
        raise UsageError("a trial says what was done", help='--words "..."')
    refuse_personal(view, words)
    if any((event.first, event.last) == (first, last) for event in found.trials):
        return Change(findings=[f"the trial of {first} to {last} is on record: nothing to do"])
    days = (last - first).days + 1
    measure = found.improvement.measure
    before = measured(view, measure, first - timedelta(days=days), first - timedelta(days=1))
    during = measured(view, measure, first, last)
    row = ImprovementEvent(
        improvement=improvement,
        kind=TRIALLED,
        first=first,
        last=last,
        before=before.value,
        before_n=before.n,
        during=during.value,
        during_n=during.n,
        verdict=verdict(view, before, during),
        words=Words(words.strip()),
    )
    return Change([row])


def verdict(view: View, before: Health, during: Health) -> str:
    """Return better, worse, the same, or why it cannot be told; a difference only where its interval leaves out 0."""
    least = view.settings.thresholds.minimum_n
    if before.value is None or during.value is None or min(before.n, during.n) < least:
        return f"cannot tell: n {before.n} before, {during.n} during"
    if before.value == during.value:
        return "the same"
    better = during.value > before.value if before.measure in HIGHER else during.value < before.value
    apart = _apart(before, during, view.settings.thresholds.confidence / 100)
    if apart is None:
        return f"{'better' if better else 'worse'}, without an interval: chance may do as much"
    if apart.low is None or apart.high is None or apart.low <= 0 <= apart.high:
        return "cannot tell at this n"
    return "better" if better else "worse"


def _apart(before: Health, during: Health, confidence: float) -> Interval | None:
    """Return the interval of a difference: of shares by Newcombe, of days by Welch; None for what has none."""
    if before.unit == SHARE and before.k is not None and during.k is not None:
        return newcombe(during.k, during.n, before.k, before.n, confidence)
    if before.unit == DAYS:
        return mean_difference(during.days, before.days, confidence)
    return None


def adopt(view: View, improvement: str, words: str, *, decline: bool = False) -> Change:
    """Decide on an idea: adopt what was tried, or decline it. Raises NoSuchRow, OwnImprovement, NotTrialled, UsageError."""
    found = improvement_of(view, improvement)
    kind = DECLINED if decline else ADOPTED
    if found.decision and found.decision.kind == kind:
        return Change(findings=[f"{improvement} was {kind} by {found.decision.by}: nothing to do"])
    if found.decision:
        raise DecidedAlready(found.decision)
    if view.actor in {found.improvement.by, found.improvement.source, *(event.by for event in found.trials)}:
        raise OwnImprovement(improvement, view.actor)
    if not found.trials and not decline:
        raise NotTrialled(improvement)
    if not words.strip():
        raise UsageError(f"say why it is {kind}", help='--words "..."')
    refuse_personal(view, words)
    row = ImprovementEvent(
        improvement=improvement,
        kind=kind,
        first=None,
        last=None,
        before=None,
        before_n=0,
        during=None,
        during_n=0,
        verdict="",
        words=Words(words.strip()),
    )
    return Change([row])
