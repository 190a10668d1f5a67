"""Triggers: what makes a case complex, high risk or high profile, who takes it, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Date, Definition, Id, Strict, Text, Whole, newest_in_force, wrong_at
from qacli.govern.clock import Clock
from qacli.govern.escalating.named import Reach
from qacli.model import View

WIDE: tuple[Reach, ...] = ("many", "public")
"""Many customers with one fault, or the press: what is wide is urgent however unlikely harm is."""


class Urgent(Strict):
    """When a case of a trigger cannot wait for its usual tier."""

    risk_from: Whole = Field(ge=1, le=25, description="From this risk on: severity times likelihood, each 1 to 5.")
    tier: Id = Field(description="The tier that it then goes to at once.")
    take: Clock = Field(description="By when it is then in hand.")


class Trigger(Definition):
    """One kind of case that somebody else has to decide. Received on a day, it goes by the version of that day."""

    title: Text = Field(description="Name shown to people.")
    signs: tuple[Text, ...] = Field(
        default=(), description="Words that point to it, in what a customer says. Offered, never decided by."
    )
    severity: Whole = Field(ge=1, le=5, description="How bad it is at least: 1 a nuisance, 5 somebody comes to harm.")
    tiers: tuple[Id, ...] = Field(
        min_length=1, description="Roles of qacli.yaml from the one who takes it first to the highest."
    )
    take: Clock = Field(description="By when somebody of that tier has it in hand, from receipt.")
    acknowledge: Clock | None = Field(default=None, description="By when the customer has been told that it arrived.")
    close: Clock = Field(description="By when it is decided and the customer has the answer, from receipt.")
    urgent: Urgent | None = Field(default=None, description="When it cannot wait; left out: it never is.")
    source: Text = Field(
        description="What sets these clocks: a rule with its place, or your own decision and its date."
    )
    checked_on: Date = Field(description="Day on which somebody last looked whether it still says so.")

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return tiers that stand twice, and an urgent tier that is none."""
        if len(set(self.tiers)) != len(self.tiers):
            yield wrong_at(("tiers",), "repeated-tier", "a tier stands twice: from the first to the highest, each once")
        if self.urgent and self.urgent.tier not in self.tiers:
            yield wrong_at(
                ("urgent", "tier"), "unknown-tier", f"{self.urgent.tier} is none of the tiers: {', '.join(self.tiers)}"
            )

    def is_urgent(self, risk: int, reach: Reach) -> bool:
        """Return whether a case of this risk and reach cannot wait."""
        return self.urgent is not None and (risk >= self.urgent.risk_from or reach in WIDE)

    def first_tier(self, *, urgent: bool) -> str:
        """Return the role that a case goes to first."""
        return self.urgent.tier if urgent and self.urgent else self.tiers[0]

    def first_clock(self, *, urgent: bool) -> Clock:
        """Return by when a case is in hand."""
        return self.urgent.take if urgent and self.urgent else self.take


class Sign(NamedTuple):
    """A trigger that a text points to, and the words that do."""

    trigger: Trigger
    words: tuple[str, ...]


def triage(view: View, text: str, on: date) -> list[Sign]:
    """Return the triggers in force on a day that words of a text point to, the most severe first.

    What no words point to may be there all the same: a person decides.
    """
    known: Sequence[Trigger] = newest_in_force(view.definitions("trigger"), on)
    found = [Sign(each, words) for each in known if (words := _said(each, text))]
    return sorted(found, key=lambda each: (-each.trigger.severity, each.trigger.id))


def _said(trigger: Trigger, text: str) -> tuple[str, ...]:
    return tuple(sign for sign in trigger.signs if re.search(rf"\b{re.escape(sign)}\b", text, re.IGNORECASE))


def gaps(triggers: Sequence[Trigger], roles: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield each tier that nobody holds: place of its first trigger, what is wrong, what to do.

    Where no tier at all is held, escalation is not used yet and nothing is said.
    """
    used = {tier for each in triggers for tier in each.tiers}
    if not used & set(roles):
        return
    for tier in sorted(used - set(roles)):
        mine = [place for place, each in enumerate(triggers) if tier in each.tiers]
        ids = [triggers[place].id for place in mine]
        more = f" and {len(ids) - 1} more" if len(ids) > 1 else ""
        yield mine[0], f"{ids[0]}{more} go to {tier}, and nobody holds that role", "name them in roles of qacli.yaml"
