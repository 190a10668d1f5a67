"""Records of a feedback: the sheet and its points, the invitation, the colleague's own view, what was said, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from qacli.model import NO_WORDS, Command, Hint, Refusal, Row, View, Words
from qacli.monitor.observing.observation import Observation
from qacli.prepare.period import in_words

STRENGTH, DEVELOPMENT = "strength", "development"
DELIVERED, REPLIED, DECLINED, ACKNOWLEDGED = "delivered", "replied", "declined", "acknowledged"


@dataclass(frozen=True, kw_only=True)
class Feedback(Row, table="feedback", letter="f"):
    """One feedback to one colleague (``by`` prepared it)."""

    colleague: str
    on: date
    observations: str  # ids separated by blanks, in the order given
    strengths_first: bool = True


@dataclass(frozen=True, kw_only=True)
class FeedbackPoint(Row, table="feedback_points", parent="feedback"):
    """One strength or one thing to work on, tied to the rating that shows it."""

    feedback: str
    position: int  # from 1, in the order in which they are talked about
    kind: str  # strength or development
    observation: str
    criterion: str
    rating: str


@dataclass(frozen=True, kw_only=True)
class Invitation(Row, table="feedback_invitations", letter="fi", parent="feedback"):
    """The colleague was told when and where the talk is to be, and given the evidence (``at`` is when)."""

    feedback: str
    on: date
    starts: datetime | None  # None where no hour was named
    place: Words
    private: bool  # whether the place was named as one where nobody else hears
    lead_hours: int  # by which the talk may come at the earliest, as the setting stood


@dataclass(frozen=True, kw_only=True)
class SelfAssessment(Row, table="self_assessments", letter="fs", parent="feedback"):
    """How the colleague (``by``) rates one criterion of one observation, before the scores are open (``at`` is when)."""

    feedback: str
    observation: str
    criterion: str
    answer: str  # a point of its scale, or na
    comment: Words = NO_WORDS


@dataclass(frozen=True, kw_only=True)
class FeedbackItem(Row, table="feedback_items", letter="fw", parent="feedback"):
    """One point as it was talked about, step by step of the model that was chosen."""

    feedback: str
    position: int  # from 1, in the order in which it was said
    kind: str  # strength or development
    model: str  # id@version
    observation: str
    criterion: str
    rating: str
    procedure: str  # id@version that held on the day of the transaction
    promise: str
    effect: Words  # what it does for, or to, the customer
    situation: Words = NO_WORDS
    behaviour: Words = NO_WORDS
    impact: Words = NO_WORDS
    next: Words = NO_WORDS
    account: Words = NO_WORDS  # what the colleague said of it in the talk
    question: Words = NO_WORDS  # what the colleague was asked


@dataclass(frozen=True, kw_only=True)
class FeedbackEvent(Row, table="feedback_events", letter="e", parent="feedback", version=2):
    """What became of a feedback."""

    feedback: str
    kind: str  # delivered, replied, declined or acknowledged
    on: date
    means: str = ""  # of delivery, for example: in person
    words: Words = NO_WORDS  # the colleague's own; of one who declined, what is known of why
    starts: datetime | None = None  # of delivery, where the hour is known
    item: str = ""  # what is replied to; empty: the whole
    agree: str = ""  # yes, partly or no; empty where nobody said


class OwnFeedback(Refusal, rule="own-feedback"):
    """Feedback comes from somebody else."""

    def __init__(self, colleague: str, what: str) -> None:
        super().__init__(f"{colleague} cannot {what}.", help="somebody else does it: --as PERSON")


class BeforeObservation(Refusal, rule="before-observation"):
    """Feedback follows the observation."""

    def __init__(self, on: date, observation: str, made: date) -> None:
        super().__init__(
            f"feedback on {in_words(on)} cannot rest on {observation}, made on {in_words(made)}.",
            help="name a day on or after it",
        )


class NotTheColleague(Refusal, rule="not-the-colleague"):
    """The colleague's part is the colleague's own."""

    def __init__(self, actor: str, sheet: Feedback, what: str) -> None:
        super().__init__(
            f"{sheet.id} is feedback to {sheet.colleague}: {actor or 'nobody'} cannot {what} it.",
            help=f"{sheet.colleague} does it: --as {sheet.colleague}",
        )


class NotDelivered(Refusal, rule="not-delivered"):
    """Nobody answers what they have not been told."""

    def __init__(self, sheet: Feedback) -> None:
        super().__init__(
            f"{sheet.id} has not been delivered yet.",
            help=Hint("first: ", Command(f"feedback deliver {sheet.id}", sheet.by)),
        )


def sheet_of(view: View, feedback: str) -> Feedback:
    """Return a feedback in force by its id. Raises NoSuchRow."""
    return view.one(Feedback, feedback)


def refuse_before(view: View, watched: Sequence[Observation], on: date) -> None:
    """Raise BeforeObservation where a day comes before one of some observations."""
    for each in watched:
        made = each.at.astimezone(view.now.tzinfo).date() if each.at else date.min
        if on < made:
            raise BeforeObservation(on, each.id, made)


def events(view: View, feedback: str, kind: str) -> list[FeedbackEvent]:
    """Return what was recorded of one kind on one feedback, oldest first."""
    return [event for event in view.current(FeedbackEvent) if (event.feedback, event.kind) == (feedback, kind)]


def watched_in(view: View, sheet: Feedback) -> list[Observation]:
    """Return the observations that a feedback rests on, in its order, corrected ones as they were."""
    known = {observation.id: observation for observation in view.rows(Observation)}
    return [known[each] for each in sheet.observations.split()]


def points_of(view: View, feedback: str) -> Sequence[FeedbackPoint | FeedbackItem]:
    """Return what a feedback talks about, in order: the items of its delivery, else the points that were prepared."""
    items = view.current(FeedbackItem, feedback=feedback)
    points = view.current(FeedbackPoint, feedback=feedback)
    return sorted(items or points, key=lambda row: row.position)


def invitations(view: View, feedback: str) -> Sequence[Invitation]:
    """Return the invitations to one feedback, the last one standing; none before qacli kept them."""
    return view.current(Invitation, feedback=feedback)


def own_view(view: View, feedback: str) -> Sequence[SelfAssessment]:
    """Return the colleague's own view of one feedback, in the order in which it was written."""
    return view.current(SelfAssessment, feedback=feedback)


def held_on(view: View, sheet: Feedback) -> date:
    """Return the day on which a feedback is to be talked about: of its last invitation, else its own."""
    return next((row.on for row in reversed(invitations(view, sheet.id))), sheet.on)


def age_in_days(view: View, sheet: Feedback) -> int:
    """Return how many days ago a feedback was prepared."""
    made = sheet.at.astimezone(view.now.tzinfo).date() if sheet.at else view.now.date()
    return (view.now.date() - made).days


def due(view: View) -> list[Feedback]:
    """Return the feedback in force that is not at its end, oldest first.

    Its end is that the colleague acknowledged it, or that whoever gave it recorded that the colleague would not answer.
    """
    over = {
        event.feedback
        for event in view.current(FeedbackEvent)
        if event.kind == ACKNOWLEDGED or (event.kind == DECLINED and event.by != _whose(view, event.feedback))
    }
    return [sheet for sheet in view.current(Feedback) if sheet.id not in over]


def _whose(view: View, feedback: str) -> str:
    return next((sheet.colleague for sheet in view.current(Feedback) if sheet.id == feedback), "")


def told_on(view: View) -> dict[str, date]:
    """Return for each observation the first day on which feedback on it was delivered."""
    sheets = {sheet.id: sheet.observations.split() for sheet in view.current(Feedback)}
    found: dict[str, date] = {}
    for event in view.current(FeedbackEvent):
        for observation in sheets[event.feedback] if event.kind == DELIVERED else ():
            found[observation] = min(event.on, found.get(observation, event.on))
    return found
