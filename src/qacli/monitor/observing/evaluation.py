"""Evaluation: an evaluator's answers about one drawn item become one observation with its ratings."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from qacli.model import NO_WORDS, Change, Command, Correction, Hint, Refusal, Row, View, Words, ref
from qacli.monitor.disputing.dispute import refuse_disputed
from qacli.monitor.observing.answers import MEASURED, Answer, IncompleteForm, Lack, lacks
from qacli.monitor.observing.observable import refuse_unobservable, refuse_untold
from qacli.monitor.observing.observation import NOT_ASKED, Note, Observation, Rating, Session
from qacli.monitor.observing.perceived import refuse_unperceived
from qacli.monitor.observing.position import positions
from qacli.monitor.observing.readiness import refuse_unready
from qacli.monitor.observing.times import refuse_overlap
from qacli.monitor.observing.visit import VisitUnrecorded, is_visit
from qacli.monitor.sampling.draw import Item
from qacli.monitor.scoring.score import Line, Score, score
from qacli.monitor.suggesting.suggestion import Suggested, Suggestion, filled
from qacli.prepare.agreeing import refuse_retired, refuse_unapproved
from qacli.prepare.frames.frame import Frame
from qacli.prepare.frames.technique import Technique
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard


class AlreadyScored(Refusal, rule="already-scored"):
    """One observation per evaluator and item; a mistake is corrected openly."""

    def __init__(self, observation: Observation) -> None:
        super().__init__(
            f"{observation.by} scored {observation.item} already as {observation.id}.",
            help=Hint("to replace it openly: ", Command(f'score {observation.item} --correct "why"')),
        )


class NothingToCorrect(Refusal, rule="nothing-to-correct"):
    """A correction replaces something."""

    def __init__(self, item: str, actor: str) -> None:
        super().__init__(f"{actor} has not scored {item}, so there is nothing to correct.", help="leave --correct out")


class NoReason(Refusal, rule="no-reason"):
    """A correction says why."""

    def __init__(self) -> None:
        super().__init__("a correction needs a reason.", help='say what was wrong: --correct "..."')


class Form(NamedTuple):
    """One filled form: the item, its answers by criterion, and how it was entered (prompts or file)."""

    item: str
    answers: Mapping[str, Answer]
    entered: str
    suggested: Sequence[Suggestion] = ()
    """What the evaluator was shown beside the form before answering."""


def card_of(view: View, item: Item) -> Scorecard:
    """Return the scorecard version that an item was drawn for; it governs whatever is recorded with it.

    Raises NotApproved, ScaleNotApproved and CardRetired where it may not be used.
    """
    card: Scorecard = view.definition("scorecard", item.scorecard)
    refuse_unapproved(view, [card])
    refuse_retired(view, card, item.day)
    return card


def scales_of(view: View, card: Scorecard) -> Mapping[str, Scale]:
    """Return the scales of a card by their reference."""
    return {criterion.scale: view.definition("scale", criterion.scale) for criterion in card.criteria()}


def refuse_twice(view: View, item: Item, correct: str | None) -> Observation | None:
    """Return the actor's observation of an item that a correction replaces; None where there is none to replace.

    ``correct`` is the reason of the correction. Raises Disputed, AlreadyScored, NothingToCorrect, NoReason.
    """
    refuse_disputed(view, item.id)
    before = next(iter(view.current(Observation, item=item.id, by=view.actor)), None)
    if correct is not None and not correct.strip():
        raise NoReason
    if before and correct is None:
        raise AlreadyScored(before)
    if correct is not None and not before:
        raise NothingToCorrect(item.id, view.actor)
    return before


def evaluate(view: View, forms: Sequence[Form], correct: str | None = None, opted_out: Collection[str] = ()) -> Change:
    """Record filled forms, each as a session (where none is recorded yet), an observation and its ratings.

    ``correct`` gives the reason for which the actor's own earlier observations of these items are replaced.
    Raises IncompleteForm, TechniqueBlind, and what card_of, refuse_twice, refuse_unobservable and refuse_unready raise.
    """
    rows: list[Row] = []
    findings: list[str] = []
    wrong: dict[str, list[Lack]] = {}
    items = [view.one(Item, form.item) for form in forms]
    for item in items:
        refuse_unobservable(view, item, opted_out)
        refuse_twice(view, item, correct)
    refuse_unready(view, [(item, card_of(view, item)) for item in items])
    for form, item in zip(forms, items, strict=True):
        before = refuse_twice(view, item, correct)
        card = card_of(view, item)
        refuse_unperceived(view, item, card)
        scales = scales_of(view, card)
        if missing := lacks(card, scales.__getitem__, form.answers):
            wrong[form.item] = [_to_confirm(lack, form.suggested) for lack in missing]
            continue
        made = _rows(view, item, card, score(card, scales.__getitem__, _points(form)), form)
        rows += made
        if before:
            new = next(row for row in made if isinstance(row, Observation))
            rows.append(
                Correction(
                    kind="observation",
                    old=before.id,
                    new=ref(new),
                    reason=Words((correct or "").strip()),
                    authority=view.actor,
                )
            )
        if item.evaluator not in {"", view.actor}:
            findings.append(f"{item.id} was assigned to {item.evaluator}")
    if wrong:
        raise IncompleteForm(wrong)
    return Change(rows, findings)


def _to_confirm(lack: Lack, suggested: Sequence[Suggestion]) -> Lack:
    """Return what an entry lacks, with how to confirm it where it was measured."""
    found = filled(lack.criterion, suggested) if lack.rule == "missing-answer" else None
    if found is None:
        return lack
    words = f"{lack.message}; it was measured, {found.words}: {found.answer} by {found.source}; to confirm it write {MEASURED}"
    return lack._replace(message=words)


def _points(form: Form) -> dict[str, str]:
    return {criterion: answer.answer for criterion, answer in form.answers.items()}


def _rows(view: View, item: Item, card: Scorecard, found: Score, form: Form) -> list[Row]:
    rows: list[Row] = []
    session = next(
        (row for row in reversed(view.current(Session)) if row.item == item.id and row.by == view.actor), None
    )
    if session is None:
        session = _session(view, item)
        rows.append(session)
    observation = Observation(
        item=item.id,
        session=session.id or ref(session),
        scorecard=card.reference,
        score=found.score,
        applicable_weight=found.applicable_weight,
        customer=len(found.failed["customer"]),
        business=len(found.failed["business"]),
        compliance=len(found.failed["compliance"]),
        entered=form.entered,
    )
    rows.append(observation)
    # a criterion that was not asked has no answer in the form, and its rating says so
    rows += [_rating(observation, line, form.answers.get(line.criterion.id, Answer(NOT_ASKED))) for line in found.lines]
    rows += [_shown(observation, each) for each in form.suggested if each.criterion in form.answers]
    return rows


def _session(view: View, item: Item) -> Session:
    """A session that was not recorded apart is what its frame says it is. Raises VisitUnrecorded, Overlap, as refuse_untold."""
    from qacli.monitor.sampling.draw import Draw

    frame: Frame = view.definition("frame", view.one(Draw, item.draw).frame)
    refuse_untold(view, item.transaction, item.channel, item.colleague, item.day, frame.technique_for(item.channel))
    technique: Technique = view.definition("technique", frame.technique_for(item.channel))
    if is_visit(technique):
        raise VisitUnrecorded(item.id)
    if technique.live:
        refuse_overlap(view, item, view.actor, item.started_at, None)
    return Session(
        item=item.id,
        technique=technique.reference,
        kind="spot" if item.purpose == "spot" else "routine",
        transaction_kind="",
        told_at=None,
        started=item.started_at if technique.live else None,
        ended=None,
        intervened=False,
        comfort=None,
        position=positions(technique, item.channel)[0],
    )


def _rating(observation: Observation, line: Line, answer: Answer) -> Rating:
    return Rating(
        observation=ref(observation),
        criterion=line.criterion.id,
        answer=line.answer,
        met=line.met,
        value=line.value,
        weight=line.criterion.weight,
        evidence=_words(answer.evidence),
        offset=answer.offset,
        comment=_words(answer.comment),
    )


def _shown(observation: Observation, shown: Suggestion) -> Suggested:
    return Suggested(
        observation=ref(observation),
        criterion=shown.criterion,
        source=shown.source,
        answer=shown.answer,
        turn=shown.turn,
        measured=shown.words if shown.measure else "",
    )


def _words(text: str) -> Words:
    return Words(text.strip()) if text.strip() else NO_WORDS


def length(item: Item) -> str:
    """Return how long a transaction took, in words."""
    if item.seconds is None:
        return "length unknown"
    took = timedelta(seconds=item.seconds)
    hours, rest = divmod(int(took.total_seconds()), 3600)
    return (f"{hours} h " if hours else "") + f"{rest // 60} min {rest % 60} s"


def notes_of(view: View, item: Item) -> Sequence[Note]:
    """Return the notes that the actor recorded while observing an item."""
    sessions = {row.id for row in view.current(Session) if row.item == item.id and row.by == view.actor}
    return [note for note in view.current(Note) if note.session in sessions]
