"""A: the step against past moves over the same horizon, the best peer, and whether the owner has the authority."""

from __future__ import annotations

from statistics import fmean, variance
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.numbers import short
from qacli.improve.actions.course import LENGTH, LONG, Course, Every, Figure
from qacli.improve.actions.verdict import CANNOT_TELL, FAILED, HELD, Part
from qacli.model import View
from qacli.prepare.authority.acknowledging import acknowledged
from qacli.prepare.authority.matrix import Matrix
from qacli.stats import regression_to_the_mean
from qacli.understand.kpis.value import KpiValue
from qacli.understand.targets.assessing import peers_of
from qacli.understand.targets.reach import Peer, assess
from qacli.understand.targets.target import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qacli.improve.actions.draft import Draft
    from qacli.improve.actions.smart import Smart


class Move(NamedTuple):
    """How much better a figure was than the one some periods before."""

    gain: float
    since: str
    until: str


def moves(figures: Sequence[Figure], every: Every, lag: int, sign: int) -> list[Move]:
    """Return every past move over ``lag`` periods; a period without a figure is not bridged."""
    at = {_place(figure.first, every): figure for figure in figures}
    return [
        Move(sign * (at[place + lag].value - figure.value), figure.period, at[place + lag].period)
        for place, figure in at.items()
        if place + lag in at
    ]


def _place(first: date, every: Every) -> int:
    """Return the number of a period among all, so that the next has the next number."""
    if every == "month":
        return first.year * 12 + first.month
    return first.toordinal() // (7 if every == "week" else 1)


def achievable(view: View, draft: Draft, course: Course | None, rules: Smart) -> Iterator[Part]:
    """Yield whether the step was ever made, whether a peer is there, and whether the owner may do it."""
    target, days = draft.target_value, draft.days
    if course is None or course.start is None or target is None:
        yield Part(FAILED, "no step from a baseline to a target that could be held against what was reached before")
    elif days is None:
        yield Part(FAILED, "no start and due, so no time over which past moves could be compared")
    else:
        peer = best_peer(view, course, target)
        yield from _history(course, target, days, rules.fewest_moves, peer)
        yield from _beside(course, target, peer)
    yield from _authority(view, draft)


def _history(course: Course, target: float, days: int, fewest: int, peer: Peer | None) -> Iterator[Part]:
    """Yield whether a step was made before in as many periods; else whether its level was there, here or at a peer."""
    step = course.sign * (target - course.start.value) if course.start else 0.0
    lag = max(1, round(days / LENGTH[course.every]))
    over = moves(course.figures, course.every, lag, course.sign)
    span = f"{lag}-{course.every}"
    asked = f"a step of {course.step(step)} in {days / 7:.3g} weeks"
    best = max(over, default=None)
    longer = max(moves(course.figures, course.every, LONG[course.every], course.sign), default=None)
    quarter = f", best 13-week move on record {_told(longer)}" if longer else ", no 13-week move on record"
    if best is None or len(over) < fewest:
        known = f" (best {_told(best)})" if best else ""
        yield Part(
            CANNOT_TELL, f"{asked}: {len(over)} past {span} moves on record{known}, and it takes {fewest}{quarter}"
        )
        return
    share = 100 * sum(move.gain < step for move in over) / len(over)
    if step <= best.gain:
        words = f"{asked}: percentile {share:.0f} of {len(over)} past {span} moves, best {_told(best)}{quarter}"
        yield Part(HELD, words)
    else:
        words = f"{asked}: none of {len(over)} past {span} moves was as large, best {_told(best)}{quarter}"
        there = level_seen(course, target, peer)
        yield Part(CANNOT_TELL if there else FAILED, f"{words}{there}")
    if note := by_itself(course, fewest):
        yield Part(HELD, note)


def _told(move: Move) -> str:
    return f"{short(move.gain)} ({move.since} to {move.until})"


def by_itself(course: Course, fewest: int) -> str:
    """Return how much of a step is to be expected without any action, because the figure at the start was picked low."""
    start, before = course.start, course.figures[:-1]
    if start is None or len(before) < fewest or start.se is None or any(figure.se is None for figure in before):
        return ""
    between = variance(figure.value for figure in before) - fmean((figure.se or 0.0) ** 2 for figure in before)
    mean = fmean(figure.value for figure in before)
    found = regression_to_the_mean(start.value, mean, max(0.0, between), start.se**2, 1)
    gain = course.sign * (found.expected - start.value)
    if round(gain, 2) <= 0:
        return ""
    usual = f"the mean of {len(before)} periods before is {course.show(mean)}"
    return (
        f"{course.step(gain)} of it may come by itself: {usual}, {course.show(found.expected)} expected with no action"
    )


def level_seen(course: Course, target: float, peer: Peer | None) -> str:
    """Return where the level of a target was already seen, in words to go on with; empty where nowhere."""
    before = [figure.period for figure in course.figures if course.sign * (figure.value - target) >= 0]
    here = (
        f", but the figure was there in {len(before)} of {len(course.figures)} periods, last in {before[-1]}"
        if before
        else ""
    )
    at_peer = peer and course.sign * (peer.mean - target) >= 0
    return here or (f", but {peer.name} is there" if peer and at_peer else "")


def _beside(course: Course, target: float, peer: Peer | None) -> Iterator[Part]:
    if peer:
        beyond = course.sign * (target - peer.mean) > 0
        there = "the target lies beyond it" if beyond else "as good as the target or better"
        yield Part(HELD, f"best peer {peer.name} at {course.show(peer.mean)} (shrunk, n {peer.n:,}), {there}")


def best_peer(view: View, course: Course, target: float) -> Peer | None:
    """Return the best of the other teams, or other slices of the same cut, over the last quarter; None for a criterion."""
    if course.kpi is None or course.series is None:
        return None
    recent = course.figures[-LONG[course.every] :]
    place = Place(*course.series[:4])
    found: list[Peer] = peers_of(view.current(KpiValue), place, {figure.period for figure in recent})
    return assess([figure.value for figure in recent], target, course.better, peers=found).best


def _authority(view: View, draft: Draft) -> Iterator[Part]:
    if not draft.decisions:
        yield Part(
            FAILED, "it does not say what the owner decides for it: decisions, as the matrix of authority names them"
        )
        return
    if draft.owner not in view.people:
        yield Part(FAILED, "nobody is named whose authority could be looked up")
        return
    day = draft.day("start") or view.now.date()
    matrix, read = Matrix(view), acknowledged(view)
    for decision, amount in draft.decisions.items():
        line = matrix.granted(draft.owner, decision, day)
        if line is None:
            yield Part(FAILED, f"no agreed line lets {draft.owner} decide {decision}: see qacli authority list")
        elif line.limit < amount:
            above = f", above that {line.next_role}" if line.next_role else ""
            words = (
                f"{draft.owner} decides {decision} up to {line.limit:f} {line.unit} ({line.reference}), not {amount:f}"
            )
            yield Part(FAILED, words + above)
        elif (draft.owner, line.reference) not in read:
            yield Part(
                FAILED, f"{draft.owner} has not acknowledged {line.reference}: qacli authority ack --as {draft.owner}"
            )
        else:
            yield Part(HELD, f"{draft.owner} may decide {decision} up to {line.limit:f} {line.unit} ({line.reference})")
