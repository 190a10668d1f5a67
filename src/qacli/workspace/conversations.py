"""The transcripts of a workspace, as qacli.yaml names them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from qacli.model import QacliError
from qacli.sources.transcripts.folder import Transcripts

if TYPE_CHECKING:
    from qacli.workspace import Workspace

TRANSCRIPTS = "transcripts"


def transcripts_of(workspace: Workspace) -> Transcripts | None:
    """Return the transcripts that a workspace names, None where it names none. Raises MalformedFile for their pattern."""
    source = workspace.settings.sources.get(TRANSCRIPTS)
    if source is None:
        return None
    return Transcripts(workspace.folder, source.path, source.roles, source.times, source.utterances)


def length_of(transcripts: Transcripts | None, transaction: str) -> int | None:
    """Return how many seconds a transaction lasted by its transcript; None where there is none that tells times."""
    if transcripts is None:
        return None
    with suppress(QacliError):  # one that cannot be read is told where it is shown
        read = transcripts.read(transaction)
        times = [turn.seconds for turn in read.turns if turn.seconds is not None] if read else []
        return max(times) if len(times) > 1 else None
    return None
