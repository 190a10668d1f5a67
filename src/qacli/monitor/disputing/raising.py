"""Raising a dispute: the colleague says which criteria were judged wrongly, while the window is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from qacli.files.nearest import in_passing
from qacli.model import NO_WORDS, Change, Command, Hint, Refusal, Row, View, Words, ref
from qacli.monitor.disputing.dispute import (
    WITHDRAWN,
    Dispute,
    DisputeDecision,
    DisputePoint,
    Standing,
    dispute_of,
    disputes,
    versions,
)
from qacli.monitor.observing.observation import NOT_APPLICABLE, NOT_ASKED, Observation, Rating
from qacli.monitor.sampling.draw import Item
from qacli.prepare.approval import require_authority
from qacli.prepare.period import in_words
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard

ToldOn = Callable[[View], Mapping[str, date]]
"""Returns for each observation the first day on which feedback on it was delivered."""


class NotYours(Refusal, rule="not-the-colleague"):
    """Whose work was judged contests it."""

    def __init__(self, observation: str, colleague: str, actor: str) -> None:
        super().__init__(
            f"{observation} is about the work of {colleague}; {actor} cannot contest it.",
            help=f"{colleague} does it: --as {colleague}; or an authority for {colleague}: --late REASON",
        )


class WindowClosed(Refusal, rule="dispute-window"):
    """A dispute comes while people remember."""

    def __init__(self, observation: str, closed: date, days: int, told: date) -> None:
        super().__init__(
            f"{observation} could be disputed until {in_words(closed)}, {days} days from {in_words(told)}.",
            help=Hint(
                "whoever may go against a rule (override in qacli.yaml) can let it in: ",
                Command(f"dispute raise {observation} ... --late REASON", "PERSON"),
            ),
        )


class NoClaim(Refusal, rule="no-reason"):
    """A dispute says why."""

    def __init__(self) -> None:
        super().__init__("a dispute says what was judged wrongly.", help='write it: --words "..."')


class NotDisputable(Refusal, rule="not-disputable"):
    """What is contested stands in the observation, and is contested once. Everything that is wrong is listed."""

    def __init__(self, observation: str, wrong: Sequence[str]) -> None:
        listed = f" {wrong[0]}" if len(wrong) == 1 else "".join(f"\n  {line}" for line in wrong)
        super().__init__(
            f"{observation} cannot be disputed so:{listed}",
            help=Hint("see what it says: ", Command(f"explain {observation}")),
        )


def raise_dispute(
    view: View, observation: str, criteria: Mapping[str, str], words: str, told_on: ToldOn, late: str = ""
) -> Change:
    """Contest criteria of an observation, each with the answer that is asked for, empty for none in particular.

    The window counts from the feedback, or where there was none from the observation. With ``late`` an authority
    raises it for the colleague, in the window or after it. Raises NotYours, NoAuthority, NoClaim, NotDisputable,
    WindowClosed, NoSuchRow.
    """
    found = view.one(Observation, observation)
    colleague = _colleague(view, found)
    if late.strip():
        require_authority(view)
    elif view.actor != colleague:
        raise NotYours(observation, colleague, view.actor)
    if not words.strip():
        raise NoClaim
    given = {row.criterion: row.answer for row in view.current(Rating, observation=observation)}
    if wrong := list(_wrong(view, found, criteria, given)):
        raise NotDisputable(observation, wrong)
    policy = view.settings.disputes
    told = told_on(view).get(observation) or _day(view, found)
    closes = told + timedelta(days=policy.raise_within)
    if view.now.date() > closes and not late.strip():
        raise WindowClosed(observation, closes, policy.raise_within, told)
    head = Dispute(
        observation=observation,
        colleague=colleague,
        told_on=told,
        decide_by=view.now.date() + timedelta(days=policy.decide_within),
        claim=Words(words.strip()),
        late=Words(late.strip()) if late.strip() else NO_WORDS,
    )
    rows: list[Row] = [head]
    rows += [
        DisputePoint(dispute=ref(head), criterion=name, answer=given[name], proposed=proposed)
        for name, proposed in criteria.items()
    ]
    return Change(rows)


def _colleague(view: View, found: Observation) -> str:
    return next((item.colleague for item in view.rows(Item, id=found.item)), "")


def _day(view: View, found: Observation) -> date:
    return found.at.astimezone(view.now.tzinfo).date() if found.at else date.min


def _wrong(view: View, found: Observation, criteria: Mapping[str, str], given: Mapping[str, str]) -> Iterator[str]:
    if not criteria:
        yield "it names no criterion: --criterion ID, or --criterion ID=ANSWER"
    card: Scorecard = view.look_up("scorecard", found.scorecard)
    before = {point.criterion: each for each in _earlier(view, found.id) for point in each.points}
    for name, proposed in criteria.items():
        if name not in given:
            yield f"{name}: not on {found.scorecard}{in_passing(name, given)}"
        elif given[name] == NOT_ASKED:
            yield f"{name}: it was not asked"
        elif name in before:
            yield f"{name}: contested before, in {before[name].dispute.id} ({before[name].state})"
        elif proposed and (why := _wrong_answer(view, card, name, proposed, given[name])):
            yield f"{name}: {why}"


def _earlier(view: View, observation: str) -> list[Standing]:
    """Return the disputes of an observation, and of those that it took the place of, that nobody withdrew."""
    chain = versions(view, observation)
    return [each for each in disputes(view) if each.observation.id in chain and each.state != WITHDRAWN]


def _wrong_answer(view: View, card: Scorecard, name: str, proposed: str, given: str) -> str:
    criterion = card.criterion(name)
    scale: Scale = view.look_up("scale", criterion.scale)
    if proposed == given:
        return f"{proposed} is what it was given"
    if proposed == NOT_APPLICABLE:
        return "" if criterion.may_be_not_applicable else "this criterion always applies"
    return "" if scale.has(proposed) else f"'{proposed}' is none of {scale.in_words}"


class NotOpen(Refusal, rule="already-decided"):
    """A dispute is decided once."""

    def __init__(self, found: Standing) -> None:
        by = f", by {found.decision.by}" if found.decision else ""
        super().__init__(
            f"{found.dispute.id} is over: {found.state}{by}.",
            help=Hint("see it: ", Command(f"dispute show {found.dispute.id}")),
        )


def withdraw(view: View, dispute: str) -> Change:
    """Record that the colleague takes a dispute back; the criteria may be contested again in time.

    Raises NotOpen, NotYours.
    """
    found = dispute_of(view, dispute)
    if found.decision:
        raise NotOpen(found)
    if view.actor not in {found.dispute.colleague, found.dispute.by}:
        raise NotYours(found.observation.id, found.dispute.colleague, view.actor)
    return Change([DisputeDecision(dispute=dispute, outcome=WITHDRAWN, observation="", reason=NO_WORDS)])
