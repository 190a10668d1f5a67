"""Ending an action: reached or missed is what its last figure says; dropping it takes a reason, and another person."""

from __future__ import annotations

from datetime import date

from qacli.files.numbers import four_digits, short
from qacli.improve.actions.action import DROPPED, ActionEnd, ActionProgress, Outcome, Standing, standing_of
from qacli.model import Change, Command, Hint, Refusal, UsageError, View, Words
from qacli.understand.kpis.verdict import BREACH, MET, Limits


class OwnAction(Refusal, rule="own-action"):
    """Nobody says of their own action how it ended."""

    def __init__(self, found: Standing) -> None:
        owner = found.action.owner
        super().__init__(f"{found.action.id} is {owner}'s own.", help="somebody else ends it: --as PERSON")


class NotYetDue(Refusal, rule="action-not-due"):
    """What was agreed for a day is judged on that day, not when it looks best."""

    def __init__(self, found: Standing, today: date) -> None:
        super().__init__(
            f"{found.action.id} is judged on {found.action.due}, and today is {today}.",
            help=Hint(
                "follow it: ", Command("plan progress"), "; or drop it, with the reason: --outcome dropped --words ..."
            ),
        )


class NothingToJudge(Refusal, rule="action-without-figure"):
    """An effect is claimed from the figure that was to decide, not from an impression nor from an earlier one."""

    def __init__(self, found: Standing) -> None:
        row = found.action
        super().__init__(
            f"the figure of {row.metric} up to {row.judged}, which decides, is not on record.",
            help=Hint(
                "compute or import it, then: ",
                Command("plan progress"),
                "; or drop the action: --outcome dropped --words ...",
            ),
        )


class OutcomeClaimed(Refusal, rule="outcome-claimed"):
    """The figures say how it ended."""

    def __init__(self, found: Standing, claimed: str, judged: str, by: ActionProgress) -> None:
        told = four_digits(by.value or 0)
        limits = (
            "no interval" if by.low is None or by.high is None else f"{four_digits(by.low)} to {four_digits(by.high)}"
        )
        super().__init__(
            f"{found.action.id} is judged '{judged}', not '{claimed}': {told} in {by.period} ({limits}, n {by.n}) "
            f"for a target of {short(found.action.target)}.",
            help="leave --outcome out, and the figures decide",
        )


class NoReasonToDrop(Refusal, rule="drop-reason"):
    """What is not done is told with why."""

    def __init__(self, found: Standing) -> None:
        super().__init__(f"{found.action.id} is dropped for a reason.", help='say it: --words "..."')


def close(view: View, action: str, outcome: Outcome | None = None, words: str = "") -> Change:
    """End an action. Without an outcome its last figure by the day due decides; one that is over is a finding.

    Raises NoSuchRow, OwnAction, NotYetDue, NothingToJudge, OutcomeClaimed, NoReasonToDrop, UsageError.
    """
    found = standing_of(view, action)
    if found.end:
        return Change(findings=[f"{found.action.id} was ended by {found.end.by}, {found.end.outcome}: nothing to do"])
    if view.actor == found.action.owner:
        raise OwnAction(found)
    said = words.strip()
    if outcome == DROPPED:
        if not said:
            raise NoReasonToDrop(found)
        return Change([ActionEnd(action=found.action.id, outcome=DROPPED, progress="", words=Words(said))])
    if view.now.date() < found.action.due:
        raise NotYetDue(found, view.now.date())
    by = deciding(found)
    judged = judgement(found, by)
    if outcome and outcome != judged:
        raise OutcomeClaimed(found, outcome, judged, by)
    if not said:
        raise UsageError("an end has words", help='what came of it, and what was learnt: --words "..."')
    return Change([ActionEnd(action=found.action.id, outcome=judged, progress=by.id, words=Words(said))])


def deciding(found: Standing) -> ActionProgress:
    """Return the figure of the last period that was to be known by the day due. Raises NothingToJudge."""
    for row in found.figures:
        if row.last == found.action.judged:
            return row
    raise NothingToJudge(found)


def judgement(found: Standing, by: ActionProgress) -> Outcome:
    """Return whether the target was reached, by the whole interval of a figure."""
    verdict = found.action.judged_by(Limits(by.value, by.low, by.high))
    return "reached" if verdict == MET else "missed" if verdict == BREACH else "cannot tell"
