"""Feedback: what went well and what to work on, tied to observations, and the colleague's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qacli.files.text import one_line
from qacli.improve.points import Seen, best, item_of, mixed, seen, worst
from qacli.model import NO_WORDS, Change, Refusal, Row, View, Words, ref
from qacli.monitor.observing.observation import Observation
from qacli.prepare.period import in_words


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
class FeedbackEvent(Row, table="feedback_events", letter="e", parent="feedback"):
    """What became of a feedback."""

    feedback: str
    kind: str  # delivered, replied or acknowledged
    on: date
    means: str = ""  # of delivery, for example: in person
    words: Words = NO_WORDS  # the colleague's own


class NoObservation(Refusal, rule="no-observation"):
    """Feedback says what was observed."""

    def __init__(self) -> None:
        super().__init__("feedback needs at least one observation.", help="name one: qacli feedback prepare o_...")


class OtherColleague(Refusal, rule="other-colleague"):
    """Nobody is given feedback on the work of another."""

    def __init__(self, colleague: str, others: Sequence[str]) -> None:
        super().__init__(
            f"not of {colleague}: {', '.join(others)}.",
            help="name only observations of the colleague who gets the feedback",
        )


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


class DeliveryToCome(Refusal, rule="future-delivery"):
    """What has not happened yet is not recorded."""

    def __init__(self, feedback: str, on: date) -> None:
        super().__init__(
            f"{feedback} cannot have been delivered on {in_words(on)}: that day is still to come.",
            help="record it on the day",
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

    def __init__(self, feedback: str) -> None:
        super().__init__(f"{feedback} has not been delivered yet.", help=f"first: qacli feedback deliver {feedback}")


class NoReply(Refusal, rule="no-reply"):
    """A reply has words."""

    def __init__(self, feedback: str) -> None:
        super().__init__(f"the reply to {feedback} has no words.", help='write them: --words "..."')


def prepare(
    view: View,
    observations: Sequence[str],
    colleague: str,
    on: date,
    strengths: int = 3,
    developments: int = 2,
    *,
    strengths_first: bool = True,
) -> Change:
    """Prepare feedback from observations in force: at most so many points of each kind, and every failed critical.

    Points go by ``points.best`` and ``points.worst``. Where nothing met the standard no strength is made up. Feedback
    that stands already on exactly these observations is a finding and makes no row.
    Raises NoSuchRow, NoObservation, OtherColleague, OwnFeedback, BeforeObservation.
    """
    watched = _watched(view, observations, colleague, on)
    named = " ".join(observation.id for observation in watched)
    for sheet in view.current(Feedback):
        if sheet.colleague == colleague and set(sheet.observations.split()) == set(named.split()):
            return Change(findings=[f"{sheet.id} already gives feedback on {named}: nothing to do"])
    found = seen(view, watched)
    praise, work = best(found)[:strengths], worst(found)
    work = work[: max(developments, sum(each.critical for each in work))]
    head = Feedback(colleague=colleague, on=on, observations=named, strengths_first=strengths_first)
    kinds = [("strength", praise), ("development", work)]
    points = [(kind, each) for kind, chosen in (kinds if strengths_first else reversed(kinds)) for each in chosen]
    rows = [
        FeedbackPoint(
            feedback=ref(head),
            position=position,
            kind=kind,
            observation=each.rating.observation,
            criterion=each.criterion.id,
            rating=each.rating.id,
        )
        for position, (kind, each) in enumerate(points, start=1)
    ]
    return Change(rows=[head, *rows], findings=list(_findings(found, praise, work, developments)))


def _watched(view: View, ids: Sequence[str], colleague: str, on: date) -> list[Observation]:
    watched = [view.one(Observation, each) for each in dict.fromkeys(ids)]
    if not watched:
        raise NoObservation
    others = [f"{each.id} ({whose})" for each in watched if (whose := item_of(view, each).colleague) != colleague]
    if others:
        raise OtherColleague(colleague, others)
    if view.actor == colleague:
        raise OwnFeedback(colleague, "prepare feedback to themselves")
    for each in watched:
        if each.by == colleague:
            raise OwnFeedback(colleague, f"be given feedback on {each.id}, an observation of their own making")
    _after(view, watched, on)
    return watched


def _after(view: View, watched: Sequence[Observation], on: date) -> None:
    for each in watched:
        made = each.at.astimezone(view.now.tzinfo).date() if each.at else date.min
        if on < made:
            raise BeforeObservation(on, each.id, made)


def _findings(found: Sequence[Seen], praise: Sequence[Seen], work: Sequence[Seen], developments: int) -> Iterator[str]:
    if not found:
        yield "no criterion applied in these observations; the sheet says so"
    elif not any(each.rating.met for each in found):
        yield "nothing met the standard in these observations; the sheet says so"
    elif all(each.rating.met for each in found):
        yield "every criterion that applied met the standard; the sheet says so"
    both = sorted(mixed(found))
    if both:
        yield f"met in one observation and not in another, and the sheet says both: {', '.join(both)}"
    bare = [each.criterion.id for each in praise if not each.rating.evidence]
    if bare:
        yield f"no evidence was recorded for {', '.join(bare)}; tell it in your own words or leave it out"
    if len(work) > developments:
        yield f"{len(work)} failed criticals; all are on the sheet, although {developments} points were asked for"
    left = len(worst(found)) - len(work)
    if left:
        yield f"{left} more below the standard; the sheet names them and keeps to {len(work)}"


def deliver(view: View, feedback: str, on: date, means: str) -> Change:
    """Record that the colleague was given the feedback; one that was is a finding and makes no row.

    Raises NoSuchRow, OwnFeedback, DeliveryToCome, BeforeObservation.
    """
    sheet = view.one(Feedback, feedback)
    if view.actor == sheet.colleague:
        raise OwnFeedback(sheet.colleague, f"deliver {feedback} to themselves")
    if on > view.now.date():
        raise DeliveryToCome(feedback, on)
    _after(view, watched_in(view, sheet), on)
    if done := events(view, feedback, "delivered"):
        return Change(findings=[f"{feedback} was delivered on {in_words(done[0].on)}: nothing to do"])
    return Change(rows=[FeedbackEvent(feedback=feedback, kind="delivered", on=on, means=one_line(means))])


def reply(view: View, feedback: str, words: str) -> Change:
    """Record what the colleague says to it; there may be several replies, the same words twice are a finding.

    Raises NoSuchRow, NotTheColleague, NotDelivered, NoReply.
    """
    _colleagues_part(view, feedback, "reply to")
    said = one_line(words)
    if not said:
        raise NoReply(feedback)
    if any(event.words.text == said for event in events(view, feedback, "replied")):
        return Change(findings=[f"{feedback} already has this reply: nothing to do"])
    return Change(rows=[FeedbackEvent(feedback=feedback, kind="replied", on=view.now.date(), words=Words(said))])


def acknowledge(view: View, feedback: str) -> Change:
    """Record that the colleague has taken note of it; done already is a finding and makes no row.

    Raises NoSuchRow, NotTheColleague, NotDelivered.
    """
    _colleagues_part(view, feedback, "acknowledge")
    if done := events(view, feedback, "acknowledged"):
        return Change(findings=[f"{feedback} was acknowledged on {in_words(done[0].on)}: nothing to do"])
    return Change(rows=[FeedbackEvent(feedback=feedback, kind="acknowledged", on=view.now.date())])


def _colleagues_part(view: View, feedback: str, what: str) -> None:
    sheet = view.one(Feedback, feedback)
    if view.actor != sheet.colleague:
        raise NotTheColleague(view.actor, sheet, what)
    if not any(event.on <= view.now.date() for event in events(view, feedback, "delivered")):
        raise NotDelivered(feedback)


def events(view: View, feedback: str, kind: str) -> list[FeedbackEvent]:
    """Return what was recorded of one kind on one feedback, oldest first."""
    return [event for event in view.current(FeedbackEvent) if (event.feedback, event.kind) == (feedback, kind)]


def watched_in(view: View, sheet: Feedback) -> list[Observation]:
    """Return the observations that a feedback rests on, in its order, corrected ones as they were."""
    known = {observation.id: observation for observation in view.rows(Observation)}
    return [known[each] for each in sheet.observations.split()]


def due(view: View) -> list[Feedback]:
    """Return the feedback in force that its colleague has not acknowledged yet, oldest first."""
    done = {event.feedback for event in view.current(FeedbackEvent) if event.kind == "acknowledged"}
    return [sheet for sheet in view.current(Feedback) if sheet.id not in done]


def told_on(view: View) -> dict[str, date]:
    """Return for each observation the first day on which feedback on it was delivered."""
    sheets = {sheet.id: sheet.observations.split() for sheet in view.current(Feedback)}
    found: dict[str, date] = {}
    for event in view.current(FeedbackEvent):
        for observation in sheets[event.feedback] if event.kind == "delivered" else ():
            found[observation] = min(event.on, found.get(observation, event.on))
    return found
