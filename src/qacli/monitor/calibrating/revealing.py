"""Sealing and revealing: nobody sees what others gave before everybody is in, and nobody changes what they gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from qacli.model import NO_WORDS, Change, Command, Hint, Refusal, Row, View, Words, ref
from qacli.monitor.calibrating.blind import (
    ClosedSession,
    Draft,
    Given,
    Read,
    place_of,
    refuse_scoring,
    seal_of,
    what_is_wrong,
)
from qacli.monitor.calibrating.calibration import CalibrationScore, Reveal, Seal, Standing, standing
from qacli.monitor.observing.answers import Answer, IncompleteForm, lacks
from qacli.monitor.observing.evaluation import scales_of
from qacli.monitor.observing.observation import NOT_ASKED
from qacli.monitor.scoring.score import score
from qacli.prepare.period import in_words
from qacli.prepare.scorecards.scorecard import Scorecard


class StillSealed(Refusal, rule="still-sealed"):
    """What is sealed is shown to nobody before all are in."""

    def __init__(self, found: Standing) -> None:
        session = found.calibration
        super().__init__(
            f"{session.id} is still sealed: {len(found.sealed)} of {len(found.people)} are in.",
            help=Hint(
                f"still to come, due {in_words(session.due)}: {', '.join(found.missing) or 'nobody'}; without them: ",
                Command(f'calibrate reveal {session.id} --partial "why"'),
            ),
        )


class NotInYet(Refusal, rule="not-in-yet"):
    """Whoever is still to score does not open the others' scores."""

    def __init__(self, found: Standing, actor: str) -> None:
        super().__init__(
            f"{actor} is still to score {found.calibration.id} and cannot reveal what the others gave.",
            help=Hint(
                "score first: ", Command(f"calibrate score {found.calibration.id}", actor), "; or another reveals it"
            ),
        )


class ChangedDraft(Refusal, rule="changed-draft"):
    """A draft is not what was sealed. ``wrong`` says of each scorer what is the matter."""

    def __init__(self, found: Standing, wrong: Mapping[str, str]) -> None:
        listed = "".join(f"\n  {person}: {why}" for person, why in wrong.items())
        super().__init__(
            f"{found.calibration.id} cannot be revealed: what was sealed does not lie there any more:{listed}",
            help=Hint(
                "these score again, still blind: ",
                *(part for each in wrong for part in (Command(f"calibrate score {found.calibration.id}", each), "; ")),
                "or leave them out: ",
                Command(f'calibrate reveal {found.calibration.id} --partial "why"'),
            ),
        )


class _Told(NamedTuple):
    """What of one scorer is to be revealed; ``seal`` stands in for the id of a seal made in the same change."""

    scorer: str
    seal: str
    draft: Draft


def seal(view: View, session: str, draft: Draft, read: Read) -> Change:
    """Record the seal of what the actor gave; the last seal reveals them all.

    ``read`` returns the sealed draft of a scorer, None where there is none. Where that of another is not what was
    sealed, the seal is recorded and nothing is revealed: a finding names it. Raises IncompleteForm and as
    refuse_scoring.
    """
    found = standing(view, session)
    # the draft lies there already; a sealed one that is in order was refused before it was written
    refuse_scoring(found, view.actor, lambda person: None if person == view.actor else read(person))
    refuse_incomplete(view, found, draft.given)
    row = Seal(calibration=session, items=len(draft.given), sha256=seal_of(draft.salt, draft.given))
    if set(found.missing) - {view.actor}:
        return Change([row])
    others = {person: each for person, each in found.sealed.items() if person != view.actor}
    drafts, wrong = _drafts(session, others, read)
    if wrong:
        return Change([row], [str(ChangedDraft(found, wrong))])
    told = [_Told(person, others[person].id, each) for person, each in drafts.items()]
    told.append(_Told(view.actor, ref(row), draft))
    return Change([row, *_revealed(view, found, told, complete=True)])


def reveal(view: View, session: str, read: Read, partial: str = "") -> Change:
    """Record what the sealed drafts of a session hold, for all to see.

    ``partial`` says why it is done without those who are not in, or whose draft is not what was sealed. Raises
    ClosedSession, NotInYet, StillSealed, ChangedDraft.
    """
    found = standing(view, session)
    if found.ended:
        raise ClosedSession(found)
    if found.revealed:
        return Change(findings=[f"{session} is revealed already: nothing to do"])
    if view.actor in found.missing:
        raise NotInYet(found, view.actor)
    if not found.sealed or (found.missing and not partial.strip()):
        raise StillSealed(found)
    drafts, wrong = _drafts(session, found.sealed, read)
    if wrong and (not partial.strip() or not drafts):
        raise ChangedDraft(found, wrong)
    told = [_Told(person, found.sealed[person].id, each) for person, each in drafts.items()]
    findings = [f"left out: {why}" for why in wrong.values()]
    findings += [f"left out: {person} is not in" for person in found.missing]
    return Change(list(_revealed(view, found, told, complete=not findings, reason=partial)), findings)


def score_unsealed(view: View, session: str, given: Given) -> Change:
    """Record what a scorer gives after the others were revealed, marked as unsealed: it is in no figure.

    Raises StillSealed, IncompleteForm and as refuse_scoring.
    """
    found = standing(view, session)
    if not found.revealed:
        raise StillSealed(found)
    refuse_scoring(found, view.actor, lambda _: None, unsealed=True)
    refuse_incomplete(view, found, given)
    head = Reveal(
        calibration=session, scorer=view.actor, seal="", salt="", sealed=False, complete=False, reason=NO_WORDS
    )
    return Change([head, *_score_rows(view, found, head, given)])


def refuse_incomplete(view: View, found: Standing, given: Given) -> None:
    """Raise IncompleteForm with all that answers lack under the cards of a session."""
    wrong = {}
    for item, answers in given.items():
        card = card_for(view, found, item)
        if missing := lacks(card, scales_of(view, card).__getitem__, answers):
            wrong[item] = missing
    if wrong:
        raise IncompleteForm(wrong)


def card_for(view: View, found: Standing, item: str) -> Scorecard:
    """Return the scorecard by which an item of a session is scored."""
    card: Scorecard = view.definition("scorecard", next(row.scorecard for row in found.items if row.item == item))
    return card


def _drafts(session: str, seals: Mapping[str, Seal], read: Read) -> tuple[dict[str, Draft], dict[str, str]]:
    """Return the drafts that are what was sealed, and of the other scorers what is wrong."""
    drafts, wrong = {}, {}
    for person, each in seals.items():
        draft = read(person)
        if why := what_is_wrong(each, draft, place_of(session, person)):
            wrong[person] = why
        elif draft:
            drafts[person] = draft
    return drafts, wrong


def _revealed(view: View, found: Standing, told: Sequence[_Told], *, complete: bool, reason: str = "") -> Iterator[Row]:
    why = Words(reason.strip()) if reason.strip() else NO_WORDS
    for each in told:
        head = Reveal(
            calibration=found.calibration.id,
            scorer=each.scorer,
            seal=each.seal,
            salt=each.draft.salt,
            sealed=True,
            complete=complete,
            reason=why,
        )
        yield head
        yield from _score_rows(view, found, head, each.draft.given)


def _score_rows(view: View, found: Standing, head: Reveal, given: Given) -> Iterator[CalibrationScore]:
    kept = {row.item for row in found.items}
    for item, answers in given.items():
        if item not in kept:  # closed as a personal call since: nothing of it is recorded
            continue
        card = card_for(view, found, item)
        points = {name: each.answer for name, each in answers.items()}
        for line in score(card, scales_of(view, card).__getitem__, points).lines:
            answer = answers.get(line.criterion.id, Answer(NOT_ASKED))
            yield CalibrationScore(
                reveal=ref(head),
                item=item,
                criterion=line.criterion.id,
                answer=line.answer,
                met=line.met,
                value=line.value,
                evidence=_words(answer.evidence),
                offset=answer.offset,
                comment=_words(answer.comment),
            )


def _words(text: str) -> Words:
    return Words(text.strip()) if text.strip() else NO_WORDS
