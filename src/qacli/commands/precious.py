"""What no result is written over: the files of a workspace that cannot be made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.model import UsageError

if TYPE_CHECKING:
    from pathlib import Path

AS_THEY_ARE = ("definitions", "drafts", "exports", "transcripts")
"""Where a new file may be written, but none of those that are there overwritten."""


def refuse_precious(output: Path) -> None:
    """Raise UsageError where -o names the trail of a workspace, its records, people or settings, or a file put into it."""
    from qacli.ledger import journal, lock
    from qacli.workspace import SETTINGS
    from qacli.workspace.people import NAME as PEOPLE

    kept = {SETTINGS, PEOPLE, journal.NAME, lock.NAME, "records", "quarantine"}
    path = output.resolve()
    for folder in path.parents:
        part = path.relative_to(folder).parts[0]
        if (part in kept or (part in AS_THEY_ARE and path.exists())) and (folder / SETTINGS).is_file():
            raise UsageError(
                f"-o {output} would overwrite what the workspace keeps in {part}",
                help="name another file, for example below out/",
            )
