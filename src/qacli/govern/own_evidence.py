"""Nobody overwrites the words that a score of their own rests on, nor what is contested of what they scored."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from qacli.model import Refusal, View
from qacli.monitor.disputing.dispute import disputes
from qacli.monitor.observing.observation import Note, Observation, Rating, Session
from qacli.monitor.sampling.draw import Item


class OwnEvidence(Refusal, rule="own-evidence"):
    """What was noted about somebody's work by another, and what is in dispute, does not go by who it speaks for or against."""

    def __init__(self, id: str, why: str) -> None:  # noqa: A002
        super().__init__(
            f"the words of {id} are evidence {why}.", help="another person runs the same command: --as PERSON"
        )


def refuse_own_evidence(view: View, rows: Collection[str]) -> None:
    """Refuse to overwrite words of these records where the actor is a party. Raises OwnEvidence."""
    parts = {row.id: row.observation for row in view.rows(Rating)} | {row.id: row.session for row in view.rows(Note)}
    heads: dict[str, Observation | Session] = {row.id: row for row in view.rows(Observation)}
    heads |= {row.id: row for row in view.rows(Session)}
    touched = [(id_, heads[whole]) for id_ in rows if (whole := parts.get(id_, id_)) in heads]
    handled = {row.id: row.colleague for row in view.rows(Item, id={head.item for _, head in touched})}
    contested = dict(_contested(view))
    for id_, head in touched:
        if handled.get(head.item) == view.actor != head.by:
            raise OwnEvidence(id_, f"of {head.by} on your own work")
        if head.by == view.actor and head.id in contested:
            raise OwnEvidence(id_, f"of yours that {contested[head.id]} contests")


def _contested(view: View) -> Iterator[tuple[str, str]]:
    """Yield observations and sessions in a dispute that is still to be decided, with its id."""
    for each in disputes(view):
        if not each.decision:
            yield each.observation.id, each.dispute.id
            if each.observation.session:
                yield each.observation.session, each.dispute.id
