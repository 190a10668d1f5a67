"""Drafts of unfinished scoring, saved at every answer and replaced whole. A draft is never a record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from qacli.files.whole import make_directories, replace_file
from qacli.monitor.observing.answers import Answer


@dataclass(frozen=True)
class Draft:
    """The draft of one item by one evaluator."""

    folder: Path
    item: str
    evaluator: str

    @property
    def path(self) -> Path:
        """The draft's file; item and evaluator are ids of ours, never text of a source."""
        return self.folder / "drafts" / f"{self.item}.{self.evaluator}.json"

    def load(self) -> dict[str, Answer]:
        """Return the answers so far; none where there is no draft, or one that cannot be read."""
        try:
            found = json.loads(self.path.read_text("utf-8"))["answers"].items()
            return {name: Answer(*values) for name, values in found if all(isinstance(each, str) for each in values)}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def save(self, answers: dict[str, Answer]) -> None:
        """Replace the draft."""
        make_directories(self.path.parent, self.folder)
        replace_file(self.path, json.dumps({"answers": answers}, ensure_ascii=False, indent=1))

    def remove(self) -> None:
        """Remove the draft, once its answers are recorded."""
        self.path.unlink(missing_ok=True)


def remove_all(folder: Path, item: str) -> None:
    """Remove everything about an item among the drafts, whoever began it. ``item`` is an id of ours."""
    for path in (folder / "drafts").glob(f"{item}.*"):
        path.unlink(missing_ok=True)
