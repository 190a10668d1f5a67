"""Duties of rules: sources to be looked at again, people to be heard and answered, changes to be seen live."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from qacli.govern.duties.duty import Duty
from qacli.govern.requirements.change import pack_of
from qacli.govern.requirements.consulting import standings
from qacli.govern.requirements.register import last_days
from qacli.govern.requirements.reviewing import look_due
from qacli.model import View

if TYPE_CHECKING:
    from qacli.govern.requirements.requirement import Requirement


def requirements(view: View, _: date) -> Iterator[Duty]:
    """Each rule whose source is to be looked at again; of a rule the version in force, and those that are to come."""
    known: list[Requirement] = [each for each in view.definitions("requirement") if each.holds_in(view.settings.nation)]
    ends, today = last_days(known), view.now.date()
    for rule in known:
        if ends[rule.reference] >= today:
            due, how = look_due(view, rule), f"require review {rule.reference}"
            words = f"the source of {rule.reference} is to be looked at by {due}: {rule.cited}"
            yield Duty(
                f"requirement/{rule.reference}/{due}", due, "requirement", rule.reference, rule.owner, words, how
            )


def consultations(view: View, _: date) -> Iterator[Duty]:
    """Each person who was asked and has not answered, each answer without a reply, each change that nobody has seen live."""
    for each in standings(view):
        row, pack = each.consultation, pack_of(view, each.consultation.id)
        for person in each.silent if not pack else ():
            words, how = f"{person} is asked by {row.id} what to change", f"require say {row.id}"
            yield Duty(f"consultation/{row.id}/{person}", row.answer_by, "consultation", row.id, person, words, how)
        for answer in each.unreplied:
            words, how = f"{answer.id} in {row.id} waits for a reply", f"require reply {answer.id}"
            yield Duty(f"consultation/{row.id}/{answer.id}", row.answer_by, "consultation", row.id, row.by, words, how)
        for part in pack:
            change = part.change
            if part.state in {"waiting", "not live"}:
                words, how = (f"{change.kind} {change.new} of {row.id} is to be seen live", f"require live {row.id}")
                yield Duty(
                    f"consultation/{change.id}/live", change.live_on, "consultation", row.id, change.by, words, how
                )
