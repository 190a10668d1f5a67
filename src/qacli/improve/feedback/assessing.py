"""The colleague's own view: written before the scores are open, kept from the evaluator until the feedback is delivered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pydantic import Field

from qacli.files.schema import Id, Strict
from qacli.files.text import one_line
from qacli.improve.feedback.sheet import (
    DELIVERED,
    Feedback,
    NotTheColleague,
    SelfAssessment,
    events,
    own_view,
    sheet_of,
    watched_in,
)
from qacli.model import Change, Command, Hint, QacliError, Refusal, View, Words
from qacli.monitor.observing.observation import NOT_APPLICABLE, NOT_ASKED, Rating
from qacli.prepare.period import in_words
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Criterion


class Assessed(Strict):
    """How the colleague rates one criterion of one observation."""

    observation: str = Field(pattern=r"^o_[0-9a-z]+(-[0-9]+)?$", description="For example o_4p.")
    criterion: Id = Field(description="A criterion of its scorecard.")
    answer: str = Field(default="", max_length=20, description="A point of its scale, or na; left empty: left out.")
    comment: str = Field(default="", max_length=4000, description="Why, in the colleague's own words.")


class OwnView(Strict):
    """A self-assessment as the colleague writes it."""

    assessments: tuple[Assessed, ...] = Field(min_length=1, description="One for each criterion that they rate.")


class ScoresOpen(Refusal, rule="scores-open"):
    """One's own view comes before that of others, or it is no longer one's own."""

    def __init__(self, feedback: str, on: date) -> None:
        super().__init__(
            f"{feedback} was delivered on {in_words(on)}, and its scores are open since.",
            help=Hint("what you think of them now is a reply: ", Command(f'feedback reply {feedback} --words "..."')),
        )


class Sealed(Refusal, rule="self-assessment-sealed"):
    """What was written before the scores were open is not written again."""

    def __init__(self, feedback: str, on: date) -> None:
        super().__init__(
            f"the self-assessment for {feedback} was sealed on {in_words(on)}.",
            help="what you would add is said in the talk, or in the reply",
        )


class NotYours(Refusal, rule="scores-sealed"):
    """The scores open with the talk, so that the colleague's own view is their own."""

    def __init__(self, feedback: str) -> None:
        super().__init__(
            f"the scores of {feedback} open when it is delivered.",
            help=Hint(
                "the evidence without them: ",
                Command(f"report pack {feedback}"),
                "; your own view: ",
                Command(f"feedback selfassess {feedback}"),
            ),
        )


class WrongView(QacliError):
    """A self-assessment is taken as a whole."""

    def __init__(self, feedback: str, lacks: Sequence[str]) -> None:
        super().__init__(
            "\n".join([f"the self-assessment for {feedback} cannot be recorded:", *(f"  {lack}" for lack in lacks)]),
            help=Hint("nothing was recorded; what can be rated: ", Command(f"feedback selfassess {feedback} --blank")),
        )


def selfassess(view: View, feedback: str, own: OwnView) -> Change:
    """Record the colleague's own points and comments; the same once more is a finding and makes no row.

    Raises NoSuchRow, NotTheColleague, ScoresOpen, Sealed, WrongView.
    """
    sheet = sheet_of(view, feedback)
    if view.actor != sheet.colleague:
        raise NotTheColleague(view.actor, sheet, "assess themselves in")
    refuse_open(view, feedback)
    rows = [
        SelfAssessment(
            feedback=feedback,
            observation=each.observation,
            criterion=each.criterion,
            answer=each.answer,
            comment=Words(one_line(each.comment)),
        )
        for each in own.assessments
        if each.answer or each.comment
    ]
    if before := own_view(view, feedback):
        if [_said(row) for row in before] == [_said(row) for row in rows]:
            return Change(findings=[f"{feedback} already has this self-assessment: nothing to do"])
        raise Sealed(feedback, before[0].at.astimezone(view.now.tzinfo).date() if before[0].at else view.now.date())
    if lacks := list(_lacks(view, sheet, rows)):
        raise WrongView(feedback, lacks)
    return Change(rows)


def refuse_open(view: View, feedback: str) -> None:
    """Raise ScoresOpen once a feedback was delivered: nobody is asked for what is not taken any more."""
    if done := events(view, feedback, DELIVERED):
        raise ScoresOpen(feedback, done[0].on)


def _said(row: SelfAssessment) -> tuple[str, str, str, str]:
    return row.observation, row.criterion, row.answer, row.comment.text


def askable(view: View, sheet: Feedback) -> Iterator[tuple[str, Criterion, Scale]]:
    """Yield what the colleague can rate: observation, criterion and scale, in order of the sheet and the cards."""
    for observation in watched_in(view, sheet):
        card = view.definition("scorecard", observation.scorecard)
        given = view.rows(Rating, observation=observation.id)
        asked = {row.criterion for row in given if row.answer != NOT_ASKED}
        for criterion in card.criteria():
            if criterion.id in asked:
                yield observation.id, criterion, view.definition("scale", criterion.scale)


def answers_to(criterion: Criterion, scale: Scale) -> str:
    """Return the answers that a criterion takes, in words."""
    return scale.in_words + (f", {NOT_APPLICABLE}" if criterion.may_be_not_applicable else "")


def _lacks(view: View, sheet: Feedback, rows: Sequence[SelfAssessment]) -> Iterator[str]:
    known = {(name, criterion.id): (criterion, scale) for name, criterion, scale in askable(view, sheet)}
    seen: set[tuple[str, str]] = set()
    if not rows:
        yield "nothing is rated"
    for row in rows:
        at = row.observation, row.criterion
        if row.observation not in sheet.observations.split():
            yield f"{row.observation} is no observation of {sheet.id}: choose from {sheet.observations}"
        elif at not in known:
            mine = [criterion for name, criterion in known if name == row.observation]
            yield f"{row.criterion} was not asked in {row.observation}: choose from {', '.join(mine)}"
        elif at in seen:
            yield f"{row.criterion} in {row.observation} stands twice"
        elif not _takes(*known[at], row.answer):
            yield f"'{row.answer}' is no answer to {row.criterion}: choose from {answers_to(*known[at])}"
        seen.add(at)


def _takes(criterion: Criterion, scale: Scale, answer: str) -> bool:
    return scale.has(answer) or (answer == NOT_APPLICABLE and criterion.may_be_not_applicable)


def refuse_unopened(view: View, sheet: Feedback) -> None:
    """Raise NotYours where the colleague asks for their scores before the talk."""
    if view.actor == sheet.colleague and not events(view, sheet.id, DELIVERED):
        raise NotYours(sheet.id)


def refuse_sealed(view: View, observation: str) -> None:
    """Raise NotYours where the colleague asks for a score that is to be talked about, and no talk about it was held."""
    about = [each for each in view.current(Feedback) if observation in each.observations.split()]
    if about and not any(events(view, each.id, DELIVERED) for each in about):
        refuse_unopened(view, about[0])
