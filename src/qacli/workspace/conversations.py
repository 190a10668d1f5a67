"""The transcripts of a workspace, as qacli.yaml names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
