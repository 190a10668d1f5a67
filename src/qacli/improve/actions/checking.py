"""Checking an action letter by letter, and recording one of which no letter failed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from qacli.improve.actions.achievable import achievable
from qacli.improve.actions.action import Action, ActionCheck, Standing, standings
from qacli.improve.actions.draft import Draft, Metric
from qacli.improve.actions.measurable import measurable, measured
from qacli.improve.actions.realistic import realistic
from qacli.improve.actions.smart import rules_of
from qacli.improve.actions.specific import specific
from qacli.improve.actions.timed import judging, timed
from qacli.improve.actions.verdict import FAILED, Verdict, verdict
from qacli.model import NO_WORDS, Change, Command, Hint, Refusal, View, Words, ref
from qacli.prepare.approval import OVERRIDE, NoAuthority

if TYPE_CHECKING:
    from qacli.improve.actions.course import Course, Figure

OVERRIDABLE = ("A", "R")


class NotSmart(Refusal, rule="not-smart"):
    """An action that cannot be held to is no action yet."""

    def __init__(self, draft: Draft, found: Sequence[Verdict]) -> None:
        failed = [each.check for each in found if each.state == FAILED]
        lines = [f"  {each.check}  {part.words}" for each in found for part in each.parts if part.state == FAILED]
        super().__init__(
            "\n".join([f"{draft.id} is not recorded: {', '.join(failed)} failed.", *lines]),
            help=Hint("mend the file, then look again: ", Command("plan check FILE")),
        )


class NotOverridden(Refusal, rule="letter-not-overridden"):
    """Means and reach can be a matter of authority; what is done, how it is measured and when are not."""

    def __init__(self, draft: Draft, letters: str) -> None:
        super().__init__(
            f"{draft.id}: {letters} failed, and only {' and '.join(OVERRIDABLE)} can be overridden.",
            help=Hint("mend the file, then look again: ", Command("plan check FILE")),
        )


class OwnOverride(Refusal, rule="own-override"):
    """Whoever is to do it does not let it pass."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(f"{draft.owner} owns {draft.id} and cannot override its check.", help="another person does")


class NameTaken(Refusal, rule="action-name-taken"):
    """Requests for hours and money name an action: one name is one action."""

    def __init__(self, found: Standing) -> None:
        super().__init__(
            f"{found.action.id} is called {found.action.name} already, and {'has ended' if found.end else 'says something else'}.",
            help="give this one another id",
        )


def checked(view: View, draft: Draft, today: date | None = None) -> tuple[list[Verdict], Course | None]:
    """Return the verdicts on S, M, A, R and T of an action written on a day, and the course of its metric.

    Its figures are those known by that day and before the start.
    """
    day = today or view.now.date()
    rules = rules_of(view)
    course, why = measured(view, draft, min(day, draft.day("start") or day))
    return [
        verdict("S", specific(view, draft, rules)),
        verdict("M", measurable(view, draft, course, why)),
        verdict("A", achievable(view, draft, course, rules)),
        verdict("R", realistic(view, draft, course, rules)),
        verdict("T", timed(view, draft, course, rules, day)),
    ], course


def recorded_check(view: View, found: Standing) -> list[Verdict]:
    """Return the verdicts on a recorded action by the records as they stand now."""
    made = found.action.at
    day = made.astimezone(view.now.tzinfo).date() if made else view.now.date()
    return checked(view, draft_of(found.action), day)[0]


def add(view: View, draft: Draft, override: str = "") -> Change:
    """Record an action with its five verdicts. The same action once more is a finding.

    ``override`` is the reason for which an authority lets A or R pass although it failed. Raises NotSmart where a letter
    failed, NotOverridden, OwnOverride, NoAuthority, NameTaken, NoSuchDefinition.
    """
    before = next((each for each in standings(view) if each.action.name == draft.id), None)
    if before:
        if before.end or not _says_the_same(draft, draft_of(before.action)):
            raise NameTaken(before)
        return Change(findings=[f"{before.action.id} is {draft.id} as it stands: nothing to do"])
    found, course = checked(view, draft)
    failed = [each.check for each in found if each.state == FAILED]
    if failed and not override.strip():
        raise NotSmart(draft, found)
    if failed:
        _refuse_override(view, draft, failed)
    if course is None or course.start is None:
        raise AssertionError(f"{draft.id} passed its check without a figure to start from")
    rules, reason = rules_of(view).reference, Words(override.strip())
    head = _row(view, draft, course, course.start)
    checks = [
        ActionCheck(
            action=ref(head),
            rules=rules,
            check=each.check,
            verdict=each.state,
            because=Words(each.because),
            override=reason if each.check in failed else NO_WORDS,
        )
        for each in found
    ]
    return Change([head, *checks])


def _refuse_override(view: View, draft: Draft, failed: Sequence[str]) -> None:
    if beyond := [letter for letter in failed if letter not in OVERRIDABLE]:
        raise NotOverridden(draft, ", ".join(beyond))
    if view.actor == draft.owner:
        raise OwnOverride(draft)
    role = view.settings.agreement.get(OVERRIDE)
    if not role or role not in view.settings.roles_of(view.actor):
        raise NoAuthority(view.actor, role)


def _says_the_same(draft: Draft, recorded: Draft) -> bool:
    """Return whether a file says what is recorded; what it leaves open was filled in when it was."""
    left_open = {name: getattr(recorded.metric, name) for name in ("variant", "by") if not getattr(draft.metric, name)}
    target = f"{draft.target_value:.10g}" if draft.target_value is not None else draft.target
    return draft.model_copy(update={"metric": draft.metric.model_copy(update=left_open), "target": target}) == recorded


def _row(view: View, draft: Draft, course: Course, start: Figure) -> Action:
    start_on, review, due = (draft.day(name) for name in ("start", "review", "due"))
    if not (start_on and review and due) or draft.target_value is None:
        raise AssertionError(f"{draft.id} passed its check without days or target")
    low, high = start.low, start.high
    if low is None or high is None:
        raise AssertionError(f"{draft.id} passed its check without an interval")
    series = course.series
    return Action(
        name=draft.id,
        verb=Words(draft.verb),
        object=Words(draft.object),
        scope=Words(draft.scope),
        kpi=view.definition("kpi", course.counted_by).reference if course.kpi else "",
        variant=series.variant if series else "",
        cut=series.cut if series else "",
        slice=series.slice if series else "",
        every=course.every,
        criterion=draft.metric.criterion or "",
        scorecard="" if course.kpi else view.definition("scorecard", course.counted_by).reference,
        channel=draft.metric.channel,
        team=draft.metric.team,
        better=course.better,
        baseline=start.value,
        baseline_low=low,
        baseline_high=high,
        baseline_n=start.n,
        baseline_source=start.source,
        target=draft.target_value,
        owner=draft.owner,
        start=start_on,
        review=review,
        due=due,
        judged=judging(course, start_on, due).last,
        decisions=" ".join(f"{name}:{amount:f}" for name, amount in draft.decisions.items()),
        hours=draft.hours or Decimal(0),
        money=draft.money or Decimal(0),
        finding=draft.finding,
        why=Words(draft.why),
    )


def metric_of(row: Action) -> Metric:
    """Return the metric of a recorded action."""
    names = ("criterion", "channel", "team") if row.criterion else ("variant", "cut", "slice")
    told = {name: getattr(row, name) for name in names} | {"kpi": row.kpi.partition("@")[0], "by": row.every}
    return Metric(**{name: text for name, text in told.items() if text})


def draft_of(row: Action) -> Draft:
    """Return a recorded action as it would be written."""
    parts = (each.partition(":") for each in row.decisions.split())
    return Draft.model_validate(
        {
            "id": row.name,
            "verb": str(row.verb),
            "object": str(row.object),
            "scope": str(row.scope),
            "owner": row.owner,
            "metric": metric_of(row),
            "target": f"{row.target:.10g}",
            **{name: str(getattr(row, name)) for name in ("start", "review", "due")},
            "decisions": {name: amount for name, _, amount in parts},
            "hours": str(row.hours),
            "money": str(row.money),
            "why": str(row.why),
        }
        | ({"finding": row.finding} if row.finding else {})
    )
