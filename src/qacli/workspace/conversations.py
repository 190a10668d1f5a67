"""The transcripts of a workspace, as qacli.yaml names them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from qacli.model import QacliError
from qacli.sources.transcripts.folder import Transcripts

if TYPE_CHECKING:
    from collections.abc import Collection

    from qacli.workspace import Workspace

TRANSCRIPTS = "transcripts"


def transcripts_of(workspace: Workspace) -> Transcripts | None:
    """Return the transcripts that a workspace names, None where it names none. Raises MalformedFile for their pattern."""
    source = workspace.settings.sources.get(TRANSCRIPTS)
    if source is None:
        return None
    return Transcripts(workspace.folder, source.path, source.roles, source.times, source.utterances)


def lasting(workspace: Workspace, items: Collection[str]) -> dict[str, int]:
    """Return how many seconds the transactions of some items lasted by their transcripts, where these tell times."""
    from qacli.monitor.sampling.draw import Item

    transcripts = transcripts_of(workspace) if items else None
    if not transcripts:
        return {}
    found = {}
    for transaction in {item.transaction for item in workspace.view().current(Item) if item.id in items}:
        with suppress(QacliError):  # one that cannot be read is told where it is shown
            read = transcripts.read(transaction)
            times = [turn.seconds for turn in read.turns if turn.seconds is not None] if read else []
            if len(times) > 1:
                found[transaction] = max(times)
    return found
