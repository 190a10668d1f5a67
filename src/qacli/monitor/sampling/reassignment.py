"""Giving items to another evaluator: somebody is ill, or nobody had room. Who did it and why is recorded, and counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qacli.model import Change, Command, Hint, Refusal, UsageError, View, Words
from qacli.monitor.observing.observable import OwnWork
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.assignment import assign
from qacli.monitor.sampling.draw import Draw, Item
from qacli.monitor.sampling.sharing import Assignment, held, seen
from qacli.monitor.sampling.spot import TIMES
from qacli.prepare.frames.evaluators import days_to_score

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from qacli.prepare.frames.frame import Frame


class NoReasonToAssign(Refusal, rule="assignment-reason"):
    """Whoever may choose their items without a word can choose the easy ones."""

    def __init__(self) -> None:
        super().__init__("an item is given to another for a reason.", help='say it: --reason "ill until Friday"')


class ScoredAlready(Refusal, rule="assignment-scored"):
    """What was scored is nobody's work any more."""

    def __init__(self, items: Sequence[str]) -> None:
        super().__init__(
            f"scored already: {', '.join(items)}.",
            help=Hint("leave them out; open ones: ", Command("sample list --open")),
        )


class NotAnEvaluator(Refusal, rule="not-an-evaluator"):
    """Who scores a frame's sample was agreed with it."""

    def __init__(self, person: str, frame: Frame) -> None:
        super().__init__(
            f"{person} is no evaluator of {frame.reference}.",
            help=f"its evaluators: {', '.join(frame.evaluators)}; others need a new version of the frame, agreed",
        )


class WatchedLive(Refusal, rule="assignment-live"):
    """What was watched while it happened is scored by whoever was there."""

    def __init__(self, item: Item) -> None:
        super().__init__(
            f"{item.id} was watched by {item.evaluator} while it happened: nobody else can score it.",
            help=Hint("if it is never scored, say why: ", Command(f'excuse score/{item.id} --reason "..."')),
        )


def reassign(view: View, items: Sequence[str], reason: str, to: str = "", of: str = "") -> Change:
    """Give items to another evaluator, or share them out among the others of their frame where ``to`` is empty.

    ``of`` stands for all open items of a person; without items and person it is what nobody has. Raises NoSuchRow,
    NoReasonToAssign, ScoredAlready, WatchedLive, NotAnEvaluator, OwnWork, UsageError.
    """
    if not reason.strip():
        raise NoReasonToAssign
    asked = _asked(view, items, of)
    rows, findings = [], []
    for item, evaluator in _given(view, asked, to):
        if not evaluator:
            findings.append(f"{item.id}: nobody else of its frame may take it and has room for it")
        elif evaluator == item.evaluator:
            findings.append(f"{item.id} is with {evaluator} already")
        else:
            words = Words(reason.strip())
            rows.append(Assignment(item=item.id, evaluator=evaluator, before=item.evaluator, reason=words))
    if not asked:
        findings.append(
            f"{of or 'nobody'} has no open item: nothing to do" if of else "every open item has an evaluator"
        )
    return Change(rows, findings)


def _asked(view: View, items: Sequence[str], of: str) -> list[Item]:
    """Return the open items that are to be given away, as they are held now."""
    now = {item.id: item for item in held(view)}
    scored = {row.item for row in view.current(Observation)}
    if not items:
        return [item for item in now.values() if item.evaluator == of and item.id not in scored]
    asked = [now.get(name) or view.one(Item, name) for name in dict.fromkeys(items)]
    if done := [item.id for item in asked if item.id in scored]:
        raise ScoredAlready(done)
    if of and (strange := [item.id for item in asked if item.evaluator != of]):
        raise UsageError(
            f"not with {of}: {', '.join(strange)}", help=Hint("see: ", Command(f"sample list --for {of} --open"))
        )
    return asked


def _given(view: View, asked: Sequence[Item], to: str) -> Iterator[tuple[Item, str]]:
    """Yield each item with who gets it; what lies in one draw and is with one person is shared out together."""
    together: dict[tuple[str, str], list[Item]] = {}
    for item in asked:
        together.setdefault((item.draw, item.evaluator), []).append(item)
    for (draw, before), items in together.items():
        drawn = view.one(Draw, draw)
        if drawn.design == TIMES:
            raise WatchedLive(items[0])
        frame: Frame = view.look_up("frame", drawn.frame)
        if to:
            _refuse(frame, items, to)
            yield from ((item, to) for item in items)
        else:
            others = [each for each in frame.evaluators if each != before]
            yield from zip(items, _shared(view, frame, items, others, drawn.last), strict=True)


def _refuse(frame: Frame, items: Iterable[Item], to: str) -> None:
    if to not in frame.evaluators:
        raise NotAnEvaluator(to, frame)
    if any(item.colleague == to for item in items):
        raise OwnWork(to)


def _shared(view: View, frame: Frame, items: Sequence[Item], others: Sequence[str], last: date) -> list[str]:
    load = Counter(item.evaluator for item in held(view) if item.draw == items[0].draw)
    limits = frame.room(lambda: days_to_score(frame.cadence, last, view.settings.nation))
    room = {who: max(0, most - load[who]) for who, most in limits.items()}
    earlier = seen(view.rows(Item), view.rows(Assignment), max(item.day for item in items))
    return assign([item.colleague for item in items], others, room, earlier)
