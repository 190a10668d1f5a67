"""Closing a case: one of at least two options, each seen from three sides, by somebody who may decide it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from qacli.govern.escalating.case import Case, EscalationEnd, Option, case_of, local_day
from qacli.govern.escalating.handling import happened, held_case
from qacli.govern.escalating.named import Outcome, Technique
from qacli.model import Change, Command, Hint, Refusal, UsageError, View, Words
from qacli.prepare.authority.matrix import Authority, Matrix

FEWEST = 2


class OneOption(Refusal, rule="one-option"):
    """Who has seen one way has not chosen."""

    def __init__(self, found: Case, different: int) -> None:
        count = "no option" if not different else "one option"
        super().__init__(
            "\n".join([f"{found.escalation.id} has {count}; a choice takes two.", *missing(found)]),
            help=Hint(
                "add another, if only what happens when nothing is done: ",
                Command(f"escalate option {found.escalation.id}"),
            ),
        )


class ViewMissing(Refusal, rule="viewpoint-missing"):
    """Each option is looked at as the customer, for what the organisation gains and for what it risks."""

    def __init__(self, found: Case) -> None:
        first = next(option for option in found.options if option.lacks)
        super().__init__(
            "\n".join([f"{found.escalation.id} cannot be closed: not all was looked at.", *missing(found)]),
            help=Hint(
                "complete it: ",
                Command(f"escalate option {found.escalation.id} --of {first.id} --{first.lacks[0]} ..."),
            ),
        )


class BeyondAuthority(Refusal, rule="over-limit"):
    """A case is closed by somebody who may grant what its option says."""

    def __init__(self, actor: str, option: Option, line: Authority | None) -> None:
        reach = f"up to {line.limit} {line.unit}" if line else "nothing of it"
        super().__init__(
            f"{option.id} grants {option.decision} of {option.amount or 0}; {actor} may decide {reach}.",
            help=Hint(
                "hand it to somebody who may: ", Command("escalate handover"), "; see: ", Command("authority list")
            ),
        )


class OwnCase(Refusal, rule="own-case"):
    """Nobody decides what they could not decide before."""

    def __init__(self, found: Case) -> None:
        super().__init__(
            f"{found.escalation.id} was referred by {found.escalation.referred_by}, who cannot close it.",
            help=Hint("whoever it was referred to decides: ", Command("escalate handover")),
        )


class NoChoice(Refusal, rule="choice-unsaid"):
    """The customer, and the next who has such a case, may ask why."""

    def __init__(self) -> None:
        super().__init__("a choice has a reason.", help='say it: --why "..."')


def missing(found: Case) -> list[str]:
    """Return what is missing of the options of a case, a line each."""
    return [f"  {each.id} ({each.what}) lacks: {', '.join(each.lacks)}" for each in found.options if each.lacks]


def close(
    view: View,
    escalation: str,
    choose: str,
    why: str,
    technique: Technique,
    outcome: Outcome,
    on: datetime | None = None,
) -> Change:
    """Record which option settled a case and why; one that is closed is a finding.

    Raises NoSuchRow, NotHolder, OwnCase, OneOption, ViewMissing, NoChoice, BeyondAuthority, UsageError.
    """
    if (there := case_of(view, escalation)).end:
        return Change(findings=[f"{escalation} was closed by {there.end.by}: nothing to do"])
    found = held_case(view, escalation)
    if view.actor == found.escalation.referred_by:
        raise OwnCase(found)
    different = {option.what.casefold() for option in found.options}
    if len(different) < FEWEST:
        raise OneOption(found, len(different))
    if missing(found):
        raise ViewMissing(found)
    if not why.strip():
        raise NoChoice
    option = _chosen(found, choose)
    line = _grants(view, option)
    row = EscalationEnd(
        escalation=escalation,
        option=option.id,
        why=Words(why.strip()),
        technique=technique,
        outcome=outcome,
        authority=line.reference if line else "",
        on=happened(view, found, on),
    )
    late = [each.clock for each in found.late(row.on)]
    return Change([row], [f"closed late: {', '.join(late)}"] if late else [])


def _chosen(found: Case, choose: str) -> Option:
    for option in found.options:
        if option.id == choose:
            return option
    known = ", ".join(f"{option.id} ({option.what})" for option in found.options)
    raise UsageError(f"{found.escalation.id} has no option '{choose}'", help=f"it has: {known}")


def _grants(view: View, option: Option) -> Authority | None:
    """Return the line by which the actor may grant an option; None where it grants nothing. Raises BeyondAuthority."""
    if not option.decision:
        return None
    line = Matrix(view).granted(view.actor, option.decision, view.now.date())
    if line is None or (option.amount or Decimal(0)) > line.limit:
        raise BeyondAuthority(view.actor, option, line)
    return line


def closed_in_words(view: View, found: Case) -> str:
    """Return how a case was settled, in one sentence; empty while it is open."""
    if not found.end:
        return ""
    option = next(each for each in found.options if each.id == found.end.option)
    by = f" by {found.end.authority}" if found.end.authority else ""
    day = local_day(view, found.end.on)
    return f"closed on {day} by {found.end.by}, {found.end.outcome}: {option.what}{by}; {found.end.technique}; because {found.end.why}"
