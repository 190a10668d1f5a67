"""Taking back an import that was wrong: it and its remarks count no more, and the record of it stays."""

from __future__ import annotations

from collections.abc import Sequence

from qacli.files.text import one_line
from qacli.govern.voice.feedback import ACTION, COMPLAINT, CustomerFeedback, VoiceImport, VoiceLink
from qacli.model import Change, Correction, Refusal, UsageError, View, Words


class RestedOn(Refusal, rule="import-rested-on"):
    """What somebody has acted on, or opened a case for, was heard."""

    def __init__(self, batch: str, links: Sequence[VoiceLink]) -> None:
        named = ", ".join(f"{each.feedback} ({each.kind} {each.to})" for each in links[:5])
        more = f" and {len(links) - 5} more" if len(links) > 5 else ""
        super().__init__(
            f"remarks of {batch} led to something already: {named}{more}.",
            help="what was done stays; say there what was wrong with the file, and take in the right one for other days",
        )


def withdraw(view: View, batch: str, reason: str) -> Change:
    """Take back an import with its strata and remarks; then its file, or the right one, can be taken in.

    Raises NoSuchRow, RestedOn, UsageError.
    """
    view.one(VoiceImport, batch)
    why = one_line(reason).strip()
    if not why:
        raise UsageError(f"{batch} is taken back for a reason", help='--reason "the export of another month"')
    remarks = [row.id for row in view.current(CustomerFeedback) if row.batch == batch]
    ids = frozenset(remarks)
    acted = [row for row in view.current(VoiceLink) if row.feedback in ids and row.kind in {ACTION, COMPLAINT}]
    if acted:
        raise RestedOn(batch, acted)
    words = Words(why)
    heads = [("voice-import", batch), *(("customer-feedback", id_) for id_ in remarks)]
    rows = [Correction(kind=kind, old=id_, new="", reason=words, authority=view.actor) for kind, id_ in heads]
    said = "the words of its remarks stay on record until they are redacted: qacli ledger redact"
    return Change(rows, [said] if remarks else [])
