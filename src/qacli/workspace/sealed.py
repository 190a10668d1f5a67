"""Sealed drafts of calibrations: what a scorer gave lies in that person's draft until all are in. Never a record."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from qacli.files.whole import make_directories, replace_file
from qacli.monitor.calibrating.blind import Draft, Given, place_of
from qacli.monitor.observing.answers import Answer
from qacli.workspace.drafts import Draft as Unfinished
from qacli.workspace.stamp import refuse_unsafe_text

if TYPE_CHECKING:
    from collections.abc import Iterable


def unfinished(folder: Path, session: str, item: str, person: str) -> Unfinished:
    """Return the draft of one item of a session by one scorer; what goes with the item goes with its other drafts."""
    return Unfinished(folder, f"{item}.{session}", person)


def read_sealed(folder: Path, session: str, person: str) -> Draft | None:
    """Return what a scorer sealed; None where it is gone, or is no such draft."""
    try:
        found = json.loads((folder / place_of(session, person)).read_text("utf-8"))
        given = {
            item: {name: Answer(*map(_text, answer)) for name, answer in answers.items()}
            for item, answers in found["given"].items()
        }
        return Draft(_text(found["salt"]), given)
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a sealed draft holds texts only")
    return value


def write_sealed(folder: Path, session: str, person: str, given: Given) -> Draft:
    """Write what a scorer is about to seal, with a new salt, and return it.

    What could not be recorded once it is revealed is not sealed. Raises UnsafeText, CardNumber, SecurityCode.
    """
    for answers in given.values():
        for answer in answers.values():
            for text in answer:
                refuse_unsafe_text(text)
    draft = Draft(secrets.token_hex(16), given)
    path = folder / place_of(session, person)
    make_directories(path.parent, folder)
    plain: Mapping[str, object] = {"salt": draft.salt, "given": draft.given}
    replace_file(path, json.dumps(plain, ensure_ascii=False, indent=1))
    return draft


def remove_sealed(folder: Path, session: str, people: Iterable[str]) -> None:
    """Remove the sealed drafts of some scorers of a session, once they are recorded, or were not sealed after all."""
    for person in people:
        (folder / place_of(session, person)).unlink(missing_ok=True)
