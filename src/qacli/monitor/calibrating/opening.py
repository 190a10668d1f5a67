"""Opening a calibration: which items, scored by whom, until when."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from qacli.engine.ranks import rank
from qacli.model import Change, QacliError, Refusal, Row, UsageError, View, ref
from qacli.monitor.calibrating.calibration import EVALUATOR, EXPERT, Calibration, CalibrationItem, Scorer, standings
from qacli.monitor.observing.evaluation import card_of
from qacli.monitor.observing.observable import OptedOut, refuse_untold
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.draw import Item
from qacli.prepare.period import in_words

FEWEST = 2


class TooFewScorers(UsageError):
    """Agreement takes two."""

    def __init__(self, people: Sequence[str]) -> None:
        super().__init__(
            f"a calibration takes at least two people; {', '.join(people) or 'nobody'} is named",
            help="for example: --evaluators p_ev1,p_ev2 --expert p_qm1",
        )


class ScorerTwice(UsageError):
    """One person has one part."""

    def __init__(self, people: Sequence[str]) -> None:
        super().__init__(f"named twice: {', '.join(people)}", help="each person is an evaluator or the expert")


class OwnWorkInCalibration(Refusal, rule="own-work"):
    """Nobody scores a transaction that they handled."""

    def __init__(self, items: Sequence[Item]) -> None:
        listed = ", ".join(f"{item.id} of {item.colleague}" for item in items)
        super().__init__(
            f"nobody may score a transaction that they handled: {listed}.", help="take other items, or other evaluators"
        )


class NothingToCalibrate(QacliError):
    """No item can be taken."""

    def __init__(self, asked: int, found: int, since: date) -> None:
        more = "ask for fewer, look further back with --since" if asked else "ask for some: --items 10"
        super().__init__(
            f"{asked} items are asked for, and {found} of those drawn since {in_words(since)} can be taken",
            help=f"{more}, or name items: --items t_4k-2,t_4k-5",
        )


class Asked(NamedTuple):
    """What is asked of a session: ``number`` items to draw by ``seed`` among those drawn since a day (and, unless empty,
    by one scorecard id), or the ``named`` ones."""

    evaluators: Sequence[str]
    expert: str
    due: date
    number: int = 0
    named: Sequence[str] = ()
    since: date = date.min
    scorecard: str = ""
    seed: str = ""

    @property
    def people(self) -> list[str]:
        """Everybody who is to score."""
        return [*self.evaluators, *([self.expert] if self.expert else [])]


def open_session(view: View, asked: Asked, opted_out: Collection[str] = ()) -> Change:
    """Record a session with its items and scorers; one that is open already with the same is a finding.

    Items are those drawn since a day that no session had, that may still be observed and that none of the scorers
    handled, in the order of their permanent random number; those that none of the scorers has scored come first.
    Raises TooFewScorers, ScorerTwice, UnknownPeople, OwnWorkInCalibration, NothingToCalibrate, NoSuchRow, OptedOut,
    NoticeGap, NotAcknowledged and as card_of.
    """
    refuse_scorers(view, asked)
    items = [view.one(Item, name) for name in asked.named]
    pool = None if items else _pool(view, asked, opted_out)
    if pool is not None:
        if same := _same(view, asked):
            return Change(
                findings=[f"{same} is open already with these scorers, drawn by '{asked.seed}': nothing to do"]
            )
        if len(pool) < asked.number or not asked.number:
            raise NothingToCalibrate(asked.number, len(pool), asked.since)
        items = pool[: asked.number]
    elif same := _same(view, asked):
        return Change(findings=[f"{same} is open already with these items and scorers: nothing to do"])
    _refuse_items(view, asked, items, opted_out)
    head = Calibration(due=asked.due, seed="" if pool is None else asked.seed, pool=None if pool is None else len(pool))
    rows: list[Row] = [head]
    rows += [
        CalibrationItem(calibration=ref(head), item=item.id, scorecard=card_of(view, item).reference) for item in items
    ]
    rows += [Scorer(calibration=ref(head), scorer=person, role=EVALUATOR) for person in asked.evaluators]
    if asked.expert:
        rows.append(Scorer(calibration=ref(head), scorer=asked.expert, role=EXPERT))
    return Change(rows, list(_told(view, asked, items)))


def refuse_scorers(view: View, asked: Asked) -> None:
    """Raise UnknownPeople, ScorerTwice or TooFewScorers where nobody could compare what these people give."""
    from qacli.prepare.notices.notice import UnknownPeople

    people = asked.people
    if strangers := [person for person in people if person not in view.people]:
        raise UnknownPeople(strangers)
    if twice := sorted({person for person in people if people.count(person) > 1}):
        raise ScorerTwice(twice)
    if len(people) < FEWEST:
        raise TooFewScorers(people)


def _pool(view: View, asked: Asked, opted_out: Collection[str]) -> list[Item]:
    """Return the items that a session may take, in the order in which it takes them."""
    start = datetime.combine(asked.since, datetime.min.time(), view.now.tzinfo)
    used = {each.item for found in standings(view) for each in found.items}
    scored = {row.item for row in view.current(Observation) if row.by in asked.people}
    fitting = [
        item
        for item in view.current(Item)
        if item.at
        and item.at >= start
        and item.id not in used
        and asked.scorecard in {"", item.scorecard, item.scorecard.partition("@")[0]}
        and item.colleague not in asked.people
        and item.transaction not in opted_out
        and _observable(view, item)
    ]
    return sorted(fitting, key=lambda item: (item.id in scored, rank(asked.seed, item.id), item.id))


def _observable(view: View, item: Item) -> bool:
    try:
        refuse_untold(view, item.transaction, item.channel, item.colleague, item.day)
        card_of(view, item)
    except Refusal:
        return False
    return True


def _same(view: View, asked: Asked) -> str:
    """Return the id of an open session with the same people and the same seed or items; empty where there is none."""
    for found in standings(view):
        if found.state != "sealed" or set(found.people) != set(asked.people):
            continue
        drawn = found.calibration.seed == asked.seed and len(found.items) == asked.number
        named = {each.item for each in found.items} == set(asked.named)
        if named if asked.named else drawn:
            return found.calibration.id
    return ""


def _refuse_items(view: View, asked: Asked, items: Sequence[Item], opted_out: Collection[str]) -> None:
    if own := [item for item in items if item.colleague in asked.people]:
        raise OwnWorkInCalibration(own)
    for item in items:
        if item.transaction in opted_out:
            raise OptedOut(item)
        refuse_untold(view, item.transaction, item.channel, item.colleague, item.day)


def _told(view: View, asked: Asked, items: Sequence[Item]) -> Iterator[str]:
    """Yield what is not as blind or as telling as it could be."""
    names = {item.id for item in items}
    for person in asked.people:
        before = [row.item for row in view.current(Observation) if row.by == person and row.item in names]
        if before:
            yield f"{person} has scored {', '.join(before)} before, and may remember"
    if not asked.expert:
        yield "no expert is named, so nobody's strictness will be told: --expert PERSON"
