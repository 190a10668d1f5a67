"""What shows a need: an observation, a feedback, one of its points, or what a look put on watch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qacli.improve.feedback import Feedback, FeedbackPoint, watched_in
from qacli.improve.points import Seen, item_of, seen, worst
from qacli.model import Refusal, View
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.draw import Item
from qacli.understand.patterns.finding import OPEN, Finding, Standing, standings


class NoNeed(Refusal, rule="no-need"):
    """A plan answers something that was observed."""

    def __init__(self, need: str, colleague: str) -> None:
        super().__init__(
            f"{need} is no observation, feedback, feedback point or open finding in force of {colleague}.",
            help="name what showed the need: an observation o_..., a feedback f_... or a point of it, or a finding w_...",
        )


class NothingToMend(Refusal, rule="nothing-to-mend"):
    """Nobody is coached in what they do well."""

    def __init__(self, criterion: str, need: str, failed: Sequence[str]) -> None:
        super().__init__(
            f"{criterion} did not fail the standard in {need}.",
            help=f"what did: {', '.join(failed)}" if failed else f"nothing did fail in {need}",
        )


class Need(NamedTuple):
    """The worst rating of the criterion in what showed the need, with the item that it was given for.

    ``finding`` is what was put on watch, with its status; None where the need is an observation or a feedback.
    """

    seen: Seen
    item: Item
    finding: Standing | None


def found_on(view: View, need: str, colleague: str, *, still_open: bool = True) -> Standing | None:
    """Return a finding that a need names; None where it names none. Raises NoNeed for one of another colleague, or closed."""
    named = next((each for each in standings(view) if each.finding.id == need), None)
    if named and ((still_open and named.status not in OPEN) or named.finding.colleague not in {"", colleague}):
        raise NoNeed(need, colleague)
    return named


def needed(view: View, need: str, colleague: str, criterion: str, *, still_open: bool = True) -> Need:
    """Return what shows that a colleague failed a criterion; a finding as a rule has to be open still.

    Raises NoNeed, NothingToMend.
    """
    finding = found_on(view, need, colleague, still_open=still_open)
    failed = worst(_shown(view, need, colleague, finding.finding if finding else None))
    if finding and finding.finding.criterion not in {"", criterion}:
        raise NothingToMend(criterion, need, [finding.finding.criterion])
    for each in failed:
        if each.criterion.id == criterion:
            return Need(each, item_of(view, view.one(Observation, each.rating.observation)), finding)
    raise NothingToMend(criterion, need, [each.criterion.id for each in failed])


def _shown(view: View, need: str, colleague: str, finding: Finding | None) -> list[Seen]:
    """Return the ratings that a need points at: those of all its observations, or the one of a feedback point."""
    if finding:
        return seen(view, list(_behind(view, finding, colleague)))
    points = view.current(FeedbackPoint, id=need)
    sheets = [sheet for sheet in view.current(Feedback) if sheet.id in {need, *(point.feedback for point in points)}]
    named = {each.id for sheet in sheets for each in watched_in(view, sheet)} if sheets else {need}
    watched = [
        each for each in view.current(Observation) if each.id in named and item_of(view, each).colleague == colleague
    ]
    if not watched:
        raise NoNeed(need, colleague)
    return [each for each in seen(view, watched) if not points or each.rating.id == points[0].rating]


def _behind(view: View, finding: Finding, colleague: str) -> Iterator[Observation]:
    """Yield the colleague's routine observations of the days and the channel that a finding is about."""
    first, last = finding.since or finding.first, finding.until or finding.last
    items = {
        item.id
        for item in view.current(Item)
        if item.colleague == colleague
        and item.purpose == "routine"
        and first <= item.day <= last
        and finding.channel in {"", item.channel}
    }
    yield from (each for each in view.current(Observation) if each.item in items)
