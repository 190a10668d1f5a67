"""The consensus minute: what a session agreed that its criteria deserve, and by whom; and the end of a session."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qacli.files.nearest import in_passing
from qacli.model import NO_WORDS, Change, Command, Hint, Refusal, Row, View, Words, ref
from qacli.monitor.calibrating.blind import ClosedSession
from qacli.monitor.calibrating.calibration import AgreedReading, CalibrationEnd, Minute, Standing, standing
from qacli.monitor.calibrating.revealing import StillSealed, card_for
from qacli.monitor.observing.observation import NOT_APPLICABLE
from qacli.prepare.scorecards.scale import Scale

FEWEST = 2


class Decided(NamedTuple):
    """One agreed answer: the item, the criterion, a point of its scale or na, and how it is read from now on."""

    item: str
    criterion: str
    answer: str
    reading: str


class MinuteFaults(Refusal, rule="minute-faults"):
    """A minute is recorded whole, or not at all; everything that is wrong with it is listed."""

    def __init__(self, session: str, wrong: Sequence[str]) -> None:
        listed = "".join(f"\n  {line}" for line in wrong)
        super().__init__(
            f"the minute of {session} cannot be recorded:{listed}",
            help="nothing was recorded; mend these and hand it in again",
        )


def minute(view: View, session: str, decided: Sequence[Decided], agreed: Sequence[str]) -> Change:
    """Record what scorers of a revealed session agreed on. A decision stands for good.

    Raises ClosedSession, StillSealed, and MinuteFaults with everything that is wrong.
    """
    found = standing(view, session)
    if found.ended:
        raise ClosedSession(found)
    if not found.revealed:
        raise StillSealed(found)
    wrong = [*_wrong_people(found, agreed), *_wrong_decisions(view, found, decided)]
    if wrong:
        raise MinuteFaults(session, wrong)
    head = Minute(calibration=session, agreed=" ".join(agreed))
    rows: list[Row] = [head]
    rows += [
        AgreedReading(
            minute=ref(head),
            item=each.item,
            criterion=each.criterion,
            answer=each.answer,
            reading=Words(each.reading.strip()),
        )
        for each in decided
    ]
    return Change(rows)


def _wrong_people(found: Standing, agreed: Sequence[str]) -> Iterator[str]:
    strangers = [person for person in agreed if person not in found.people]
    if strangers:
        yield f"{', '.join(strangers)} did not score this session: {', '.join(found.people)} did"
    if len(set(agreed)) < FEWEST:
        yield "consensus takes two: name who agreed, --agreed p_ev1,p_ev2"


def _wrong_decisions(view: View, found: Standing, decided: Sequence[Decided]) -> Iterator[str]:
    if not decided:
        yield "it decides nothing"
    standing_ones = {(row.item, row.criterion): row for row in readings(view, found.calibration.id)}
    seen: set[tuple[str, str]] = set()
    for each in decided:
        name = f"{each.item} {each.criterion}"
        place = each.item, each.criterion
        if place in seen:
            yield f"{name}: stands twice"
        if before := standing_ones.get(place):
            yield f"{name}: {before.id} says {before.answer} already, and a minute is not changed"
        elif why := _wrong(view, found, each):
            yield f"{name}: {why}"
        if not each.reading.strip():
            yield f"{name}: say how it is read from now on"
        seen.add(place)


def _wrong(view: View, found: Standing, each: Decided) -> str:
    items = [row.item for row in found.items]
    if each.item not in items:
        return f"no item of {found.calibration.id}; its items: {', '.join(items)}"
    card = card_for(view, found, each.item)
    known = {criterion.id: criterion for criterion in card.criteria()}
    if each.criterion not in known:
        return f"not on {card.reference}{in_passing(each.criterion, known)}"
    criterion = known[each.criterion]
    scale: Scale = view.definition("scale", criterion.scale)
    if each.answer == NOT_APPLICABLE:
        return "" if criterion.may_be_not_applicable else "this criterion always applies"
    return "" if scale.has(each.answer) else f"'{each.answer}' is none of {scale.in_words}"


def readings(view: View, session: str) -> list[AgreedReading]:
    """Return what the minutes of a session decided, oldest first."""
    minutes = {row.id for row in view.current(Minute) if row.calibration == session}
    return [row for row in view.current(AgreedReading) if row.minute in minutes]


class NoReason(Refusal, rule="no-reason"):
    """A session that ends before it was revealed says why."""

    def __init__(self, session: str) -> None:
        super().__init__(
            f"{session} has not been revealed; ending it loses what was sealed.",
            help=Hint("say why: ", Command(f'calibrate close {session} --reason "..."')),
        )


def close(view: View, session: str, reason: str = "") -> Change:
    """Record that a session is over; it takes no more scores and no more minutes. Raises NoReason."""
    found = standing(view, session)
    if found.ended:
        return Change(findings=[f"{session} is closed already: nothing to do"])
    if not found.revealed and not reason.strip():
        raise NoReason(session)
    findings = [] if readings(view, session) else ["closed without a minute: nothing was agreed"]
    end = CalibrationEnd(calibration=session, reason=Words(reason.strip()) if reason.strip() else NO_WORDS)
    return Change([end], findings)
