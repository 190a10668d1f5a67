"""Drafts of unfinished scoring, saved at every entry and replaced whole. A draft is never a record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qacli.files.whole import make_directories, replace_file
from qacli.monitor.observing.answers import Answer

if TYPE_CHECKING:
    from qacli.monitor.observing.sheet import Sheet, Step


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
        """Return the answers so far; none where there is no draft, or what is there is none. Raises OSError."""
        return _answers(self._read())

    def save(self, answers: Mapping[str, Answer]) -> None:
        """Replace the draft."""
        self._write({"answers": answers})

    def resume(self, sheet: Sheet) -> Sheet:
        """Return a sheet as it was kept: answers, where it stood, what can be taken back, what was being typed."""
        from qacli.monitor.observing.sheet import resumed

        found = self._read()
        at, steps, typing, line = (found.get(name) for name in ("at", "steps", "typing", "line"))
        begun = resumed(
            sheet,
            _answers(found),
            at if isinstance(at, str) else "",
            _steps(steps),
            line if isinstance(line, int) else 0,
        )
        match typing:
            case ["comment" | "evidence" as what, str() as text] if begun.at == at:
                return begun.typed(what, text)
        return begun

    def keep(self, sheet: Sheet) -> None:
        """Replace the draft by all that is entered on a sheet."""
        parts = ("answers", "at", "line", "steps", "typing")
        self._write({name: getattr(sheet, name) for name in parts})

    def remove(self) -> None:
        """Remove the draft, once its answers are recorded."""
        self.path.unlink(missing_ok=True)

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self.path.read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, content: Mapping[str, Any]) -> None:
        make_directories(self.path.parent, self.folder)
        replace_file(self.path, json.dumps(content, ensure_ascii=False, indent=1))


def _answers(found: Mapping[str, Any]) -> dict[str, Answer]:
    """Return the answers that can be read; one that somebody spoiled is asked again."""
    answers = found.get("answers")
    read = {name: _answer(values) for name, values in answers.items()} if isinstance(answers, dict) else {}
    return {name: answer for name, answer in read.items() if answer is not None}


def _answer(values: Any) -> Answer | None:
    fits = isinstance(values, list) and 1 <= len(values) <= len(Answer._fields)
    return Answer(*values) if fits and all(isinstance(each, str) for each in values) else None


def _steps(found: Any) -> list[Step]:
    """Return the steps of a draft; those that cannot be read are left out, for they only serve to take entries back."""
    from qacli.monitor.observing.sheet import Step

    pairs = [each for each in found if isinstance(each, list) and len(each) == 2] if isinstance(found, list) else []
    return [Step(name, _answer(before)) for name, before in pairs if isinstance(name, str)]


def remove_all(folder: Path, item: str) -> None:
    """Remove everything about an item among the drafts, whoever began it. ``item`` is an id of ours."""
    for path in (folder / "drafts").glob(f"{item}.*"):
        path.unlink(missing_ok=True)
