"""Deciding a dispute: another than the evaluator judges the contested criteria anew; both versions are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from qacli.model import Change, Correction, Refusal, Row, View, Words, ref
from qacli.monitor.disputing.dispute import (
    PARTLY,
    REJECTED,
    UPHELD,
    DisputeChange,
    DisputeDecision,
    Standing,
    dispute_of,
)
from qacli.monitor.disputing.raising import NotOpen
from qacli.monitor.disputing.reviewers import refuse_reviewer
from qacli.monitor.observing.answers import Answer, IncompleteForm, lacks
from qacli.monitor.observing.evaluation import scales_of
from qacli.monitor.observing.observation import NOT_ASKED, Observation, Rating
from qacli.monitor.sampling.draw import Item
from qacli.monitor.scoring.score import Score, score
from qacli.monitor.scoring.telling import rounded
from qacli.prepare.scorecards.conditions import asked
from qacli.prepare.scorecards.scorecard import Scorecard

Outcome = Literal["upheld", "partly", "rejected"]


class NoGrounds(Refusal, rule="no-reason"):
    """A decision says why."""

    def __init__(self) -> None:
        super().__init__("a decision says what it rests on.", help='write it: --words "..."')


class OutcomeDiffers(Refusal, rule="outcome-differs"):
    """The outcome says what the answers say. Everything that does not fit is listed."""

    def __init__(self, dispute: str, outcome: str, wrong: Sequence[str]) -> None:
        listed = f" {wrong[0]}" if len(wrong) == 1 else "".join(f"\n  {line}" for line in wrong)
        super().__init__(
            f"{dispute} is not {'partly upheld' if outcome == PARTLY else outcome} by these answers:{listed}",
            help="give each criterion that changes its answer, --answer ch-idv=met; or name the outcome that they make",
        )


class NeverLower(Refusal, rule="never-lower"):
    """This workspace lets nobody lose by contesting."""

    def __init__(self, dispute: str, why: str) -> None:
        super().__init__(
            f"{dispute} cannot be decided so: {why}, and a dispute never lowers a score here.",
            help="leave the answer as it was (disputes: never_lower in qacli.yaml)",
        )


def decide(view: View, dispute: str, outcome: Outcome, words: str, answers: Mapping[str, str] | None = None) -> Change:
    """Record the decision of a dispute, and where answers change a whole new observation in place of the old one.

    ``answers`` are what contested criteria deserve; where a dispute is upheld, those that it asked for count without
    being named. Raises NotOpen, NoGrounds, OutcomeDiffers, NeverLower, IncompleteForm, NoSuchRow, and as refuse_reviewer.
    """
    found = dispute_of(view, dispute)
    if found.decision:
        raise NotOpen(found)
    observation = view.one(Observation, found.observation.id)
    item = view.one(Item, observation.item)
    card: Scorecard = view.definition("scorecard", observation.scorecard)
    refuse_reviewer(view, found, item, card)
    if not words.strip():
        raise NoGrounds
    ratings = view.current(Rating, observation=observation.id)
    new = _new(found, outcome, dict(answers or {}))
    if wrong := list(_wrong(found, outcome, new, card, ratings)):
        raise OutcomeDiffers(dispute, outcome, wrong)
    reason = Words(words.strip())
    changed = {point.criterion: new[point.criterion] for point in found.points if point.criterion in new}
    if not changed:
        return Change([DisputeDecision(dispute=dispute, outcome=outcome, observation="", reason=reason)])
    return _corrected(view, found, card, ratings, new, changed, outcome, reason)


def _new(found: Standing, outcome: Outcome, answers: dict[str, str]) -> dict[str, str]:
    """Return the answers that change, those that were asked for where nothing else is said of an upheld dispute."""
    asked_for = {point.criterion: point.proposed for point in found.points if outcome == UPHELD and point.proposed}
    given = {point.criterion: point.answer for point in found.points}
    return {name: answer for name, answer in {**asked_for, **answers}.items() if answer != given.get(name)}


def _wrong(
    found: Standing, outcome: Outcome, new: Mapping[str, str], card: Scorecard, ratings: Sequence[Rating]
) -> Iterator[str]:
    contested = {point.criterion: point for point in found.points}
    opened = _opened(card, ratings, new)
    for name in new:
        if name not in contested and name not in opened:
            yield f"{name}: nobody contests it, and no changed answer asks for it"
    changed = [name for name in contested if name in new]
    if outcome == REJECTED and changed:
        yield f"{', '.join(changed)}: changed, so it is not rejected"
    if outcome == UPHELD:
        for name, point in contested.items():
            if name not in new:
                yield f"{name}: say what it deserves instead of {point.answer}"
            elif point.proposed and new[name] != point.proposed:
                yield f"{name}: {point.proposed} was asked for, so {new[name]} upholds it partly"
    if outcome == PARTLY and not changed:
        yield "no answer changes"
    if outcome == PARTLY and all(new.get(name) == point.proposed for name, point in contested.items()):
        yield "every criterion changes as was asked, so it is upheld"


def _opened(card: Scorecard, ratings: Sequence[Rating], new: Mapping[str, str]) -> set[str]:
    """Return the criteria that were not asked before and are asked by the new answers."""
    before = {row.criterion for row in ratings if row.answer == NOT_ASKED}
    answers = {row.criterion: row.answer for row in ratings if row.answer != NOT_ASKED} | dict(new)
    return before & {criterion.id for criterion in asked(card, answers)}


def _corrected(
    view: View,
    found: Standing,
    card: Scorecard,
    ratings: Sequence[Rating],
    new: Mapping[str, str],
    changed: Mapping[str, str],
    outcome: Outcome,
    reason: Words,
) -> Change:
    old, scale_of = found.observation, scales_of(view, card).__getitem__
    merged = {row.criterion: row.answer for row in ratings if row.answer != NOT_ASKED} | dict(new)
    open_ = {criterion.id for criterion in asked(card, merged)}
    form = {name: answer for name, answer in merged.items() if name in open_}
    before = {row.criterion: row for row in ratings}
    if missing := lacks(card, scale_of, {name: _answer(name, form, before, new, reason) for name in form}):
        raise IncompleteForm({old.item: missing})
    result = score(card, scale_of, form)
    if view.settings.disputes.never_lower:
        _refuse_lower(found.dispute.id, old, result)
    head = Observation(
        item=old.item,
        session=old.session,
        scorecard=old.scorecard,
        score=result.score,
        applicable_weight=result.applicable_weight,
        customer=len(result.failed["customer"]),
        business=len(result.failed["business"]),
        compliance=len(result.failed["compliance"]),
        entered="dispute",
    )
    decision = DisputeDecision(dispute=found.dispute.id, outcome=outcome, observation=ref(head), reason=reason)
    rows: list[Row] = [decision, head, *_ratings(head, result, before, new, reason)]
    rows += [
        DisputeChange(decision=ref(decision), criterion=name, old=before[name].answer, new=answer)
        for name, answer in changed.items()
    ]
    rows.append(Correction(kind="observation", old=old.id, new=ref(head), reason=reason, authority=found.dispute.id))
    return Change(rows)


def _answer(
    name: str, form: Mapping[str, str], before: Mapping[str, Rating], new: Mapping[str, str], reason: Words
) -> Answer:
    if name in new:
        return Answer(form[name], reason.text, before[name].offset)
    row = before[name]
    return Answer(row.answer, row.evidence.text, row.offset, row.comment.text)


def _ratings(
    head: Observation, result: Score, before: Mapping[str, Rating], new: Mapping[str, str], reason: Words
) -> Iterator[Rating]:
    """Yield the ratings of the new observation: what did not change keeps its words, the rest rests on the decision."""
    for line in result.lines:
        row = before[line.criterion.id]
        yield Rating(
            observation=ref(head),
            criterion=line.criterion.id,
            answer=line.answer,
            met=line.met,
            value=line.value,
            weight=line.criterion.weight,
            evidence=reason if line.criterion.id in new else row.evidence,
            offset=row.offset,
            comment=row.comment,
        )


def _refuse_lower(dispute: str, old: Observation, result: Score) -> None:
    """Raise NeverLower where the score sinks, or a critical fails that had not failed."""
    if old.score is not None and (result.score is None or result.score < old.score):
        now = "none" if result.score is None else rounded(result.score, 1)
        raise NeverLower(dispute, f"the score would go from {rounded(old.score, 1)} to {now}")
    for kind, names in result.failed.items():
        if len(names) > getattr(old, kind):
            raise NeverLower(dispute, f"{', '.join(names)} would fail as {kind}-critical")
