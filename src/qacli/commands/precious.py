"""What no result is written over: the files of a workspace that cannot be made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.model import UsageError

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = "qacli.yaml"
KEPT = (SETTINGS, "people.csv", "journal.csv", ".lock", "records", "quarantine")


def refuse_precious(output: Path) -> None:
    """Raise UsageError where -o names the trail of a workspace, its records, people or settings."""
    path = output.resolve()
    for folder in path.parents:
        part = path.relative_to(folder).parts[0]
        if part in KEPT and (folder / SETTINGS).is_file():
            raise UsageError(
                f"-o {output} would overwrite what the workspace keeps in {part}",
                help="name another file, for example below out/",
            )
