"""Redaction: free text leaves the records, the proof stays. What is recorded is that, when, why and by whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields

from qacli.govern.hold import LegalHold
from qacli.govern.own_evidence import refuse_own_evidence
from qacli.govern.staying import held_rows
from qacli.model import Change, Command, Hint, QacliError, Refusal, Row, View, Words


@dataclass(frozen=True, kw_only=True)
class Redaction(Row, table="redactions", letter="y"):
    """One text that was overwritten."""

    words: str
    reason: Words


class NothingToRedact(QacliError):
    """The id names no text of the records."""

    def __init__(self, id: str) -> None:  # noqa: A002
        super().__init__(
            f"{id} names no text",
            help=Hint(
                "name the words (w_...) or a record that holds some, for example a rating o_4p-2; see: ",
                Command("ledger show o_4p"),
            ),
        )


class NoReason(Refusal, rule="no-reason"):
    """A redaction is explained."""

    def __init__(self) -> None:
        super().__init__("a redaction needs a reason.", help='say why: --reason "customer named in evidence"')


def redact(view: View, tables: Sequence[type[Row]], ids: Sequence[str], reason: str) -> Change:
    """Overwrite the texts of some words, or all texts of some records and their children.

    What was redacted before is a finding; its bytes are overwritten again, in case a crash came between.
    Raises NothingToRedact, NoReason, LegalHold, OwnEvidence.
    """
    if not reason.strip():
        raise NoReason
    done = {row.words for row in view.rows(Redaction)}
    stays = held_rows(view, tables)
    wanted: dict[str, str] = {}
    for id_ in ids:
        for word, owner in _words_of(view, tables, id_):
            if owner in stays:
                raise LegalHold(id_, stays[owner], "redacted")
            wanted[word] = owner
    refuse_own_evidence(view, dict.fromkeys(wanted.values()))
    again = [word for word in wanted if word in done]
    findings = [f"{len(again)} of {len(wanted)} texts were redacted before"] if again else []
    why = Words(reason)
    return Change(
        [Redaction(words=word, reason=why) for word in wanted if word not in done], findings, redacts=list(wanted)
    )


def _words_of(view: View, tables: Sequence[type[Row]], id: str) -> list[tuple[str, str]]:  # noqa: A002
    found = [(word, owner) for word, owner in held(view, tables) if id in {word, owner} or owner.startswith(f"{id}-")]
    if not found:
        raise NothingToRedact(id)
    return found


def held(view: View, tables: Sequence[type[Row]]) -> Iterator[tuple[str, str]]:
    """Yield every text of the records as (words id, id of the record that holds it); reasons of redactions stay."""
    for kind in tables:
        if kind is not Redaction:
            for row in view.rows(kind):
                yield from ((word, row.id) for word in texts_of(row))


def texts_of(row: Row) -> Collection[str]:
    """Return the words ids in one record."""
    values = (getattr(row, field.name) for field in fields(row))
    return [value.id for value in values if isinstance(value, Words) and value.id]
