"""Blind scoring: who may still score a session, and what proves that a sealed draft was not changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import NamedTuple

from qacli.model import Command, Hint, Refusal
from qacli.monitor.calibrating.calibration import Seal, Standing
from qacli.monitor.observing.answers import Answer
from qacli.prepare.period import in_words

Given = Mapping[str, Mapping[str, Answer]]
"""Answers by item and criterion."""


class Draft(NamedTuple):
    """What a scorer sealed, as it lies in that person's draft."""

    salt: str
    given: Given


Read = Callable[[str], Draft | None]
"""Returns the sealed draft of a scorer of one session, None where there is none that can be read."""


class NotAScorer(Refusal, rule="not-a-scorer"):
    """A session is scored by those who were asked."""

    def __init__(self, found: Standing, actor: str) -> None:
        super().__init__(
            f"{found.calibration.id} is scored by {', '.join(found.people)}; {actor} is not among them.",
            help="score as one of them: --as PERSON; or open a session with others",
        )


class AlreadySealed(Refusal, rule="already-sealed"):
    """What is sealed stays as it is."""

    def __init__(self, found: Standing, seal: Seal) -> None:
        super().__init__(
            f"{seal.by} has sealed {found.calibration.id} already, as {seal.id}; what is sealed is not changed.",
            help=f"it is revealed once all are in; still to come: {', '.join(found.missing) or 'nobody'}",
        )


class Unsealed(Refusal, rule="unsealed"):
    """Scores that are entered after others were revealed are not blind."""

    def __init__(self, found: Standing, actor: str) -> None:
        at = found.revealed[0].at
        on = f" on {in_words(at.date())}" if at else ""
        super().__init__(
            f"{actor} cannot score {found.calibration.id} blind: the scores of the others were revealed{on}.",
            help=Hint(
                "to record them marked as unsealed, in no figure: ",
                Command(f"calibrate score {found.calibration.id} --unsealed", actor),
            ),
        )


class ClosedSession(Refusal, rule="calibration-closed"):
    """A session that is over takes nothing more."""

    def __init__(self, found: Standing) -> None:
        super().__init__(
            f"{found.calibration.id} is closed; it takes nothing more.",
            help=Hint("open another: ", Command("calibrate open")),
        )


class AlreadyTold(Refusal, rule="already-revealed"):
    """One set of scores for each scorer."""

    def __init__(self, found: Standing, actor: str) -> None:
        super().__init__(
            f"what {actor} gave in {found.calibration.id} is recorded already.",
            help=Hint("see it: ", Command(f"calibrate report {found.calibration.id}")),
        )


def seal_of(salt: str, given: Given) -> str:
    """Return the hash that a seal records: sha256 of the salt and of what was given, in canonical JSON."""
    plain = {item: {name: list(answer) for name, answer in answers.items()} for item, answers in given.items()}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(f"{salt}\n{text}".encode()).hexdigest()


def what_is_wrong(seal: Seal, draft: Draft | None, place: str) -> str:
    """Return why a draft is not what was sealed; empty where it is."""
    if draft is None:
        return f"{place} is gone or cannot be read"
    if seal_of(draft.salt, draft.given) != seal.sha256:
        return f"{place} was changed after it was sealed as {seal.id}"
    return ""


def place_of(session: str, person: str) -> str:
    """Return the file, below the folder, in which a scorer's sealed draft lies; both are ids of ours."""
    return f"drafts/{session}.{person}.sealed.json"


def refuse_scoring(found: Standing, actor: str, read: Read, *, unsealed: bool = False) -> None:
    """Refuse who may not score a session now. Who sealed may do so again only where the draft is not what was sealed.

    Raises NotAScorer, ClosedSession, Unsealed, AlreadyTold, AlreadySealed.
    """
    if actor not in found.people:
        raise NotAScorer(found, actor)
    if found.ended:
        raise ClosedSession(found)
    seal = found.sealed.get(actor)
    if any(each.scorer == actor for each in found.revealed):
        raise AlreadyTold(found, actor)
    if found.revealed and not unsealed:
        raise Unsealed(found, actor)
    if not found.revealed and seal and not what_is_wrong(seal, read(actor), ""):
        raise AlreadySealed(found, seal)
