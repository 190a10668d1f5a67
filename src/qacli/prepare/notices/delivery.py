"""Proof of delivery: what shows that a notice really reached people, such as a line of the telephone system's log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qacli.model import Change, Refusal, Row, View
from qacli.prepare.notices.notice import Notice
from qacli.prepare.period import in_words


@dataclass(frozen=True, kw_only=True)
class Delivery(Row, table="deliveries", letter="dl"):
    """What proves that a notice reached people on a day, and where the proof can be looked up."""

    notice: str  # id@version
    on: date
    means: str
    reference: str


class NotDeliveredYet(Refusal, rule="future-delivery"):
    """What has not happened yet is not proved."""

    def __init__(self, notice: str, on: date) -> None:
        super().__init__(
            f"{notice} cannot have reached anybody on {in_words(on)}: that day is still to come.",
            help="record the proof once there is one",
        )


class NoReference(Refusal, rule="no-reference"):
    """A proof that nobody can look up proves nothing."""

    def __init__(self, notice: str) -> None:
        super().__init__(
            f"the proof of {notice} names nothing that can be looked up.",
            help='say where it lies, for example: --reference "IVR log 2026-05-11, prompt 12"',
        )


def deliver(view: View, notice: str, on: date, reference: str, means: str = "") -> Change:
    """Record a proof of delivery. ``means`` is how the notice was given, left out: as its definition says.

    The same proof again is a finding and makes no row. Raises NoSuchDefinition where the notice was not in force on
    the day, NotDeliveredYet, NoReference.
    """
    if on > view.now.date():
        raise NotDeliveredYet(notice, on)
    if not reference.strip():
        raise NoReference(notice)
    definition: Notice = view.definition("notice", notice, on)
    row = Delivery(
        notice=definition.reference, on=on, means=means.strip() or definition.delivered_by, reference=reference.strip()
    )
    proofs = {(each.notice, each.on, each.reference) for each in view.current(Delivery)}
    if (row.notice, row.on, row.reference) in proofs:
        return Change(findings=[f"{row.reference} already proves {row.notice} on {in_words(on)}: nothing to do"])
    return Change(rows=[row])


def first_proofs(deliveries: Iterable[Delivery]) -> dict[str, date]:
    """Return the day of the first proof of each notice, by its reference."""
    found: dict[str, date] = {}
    for row in deliveries:
        found[row.notice] = min(row.on, found.get(row.notice, row.on))
    return found


def proved(notices: Iterable[Notice], deliveries: Iterable[Delivery]) -> list[Notice]:
    """Return the notices that count, each from the day on which it counts.

    One that requires proof begins with its first proof, and does not count at all without any.
    """
    proofs = first_proofs(deliveries)
    found = []
    for notice in notices:
        if notice.proof != "required":
            found.append(notice)
        elif day := proofs.get(notice.reference):
            found.append(notice.model_copy(update={"from_": max(day, notice.from_)}))
    return found


def told(view: View) -> list[Notice]:
    """Return the notices of the folder that count, as ``proved``."""
    return proved(view.definitions("notice"), view.current(Delivery))
