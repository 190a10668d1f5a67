"""What every format of transcript becomes: utterances as the file has them, then turns as people are shown them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from qacli.files.faults import Fault, FileFaults
from qacli.files.personal import redact
from qacli.files.text import unsafe
from qacli.sources.transcripts.roles import role_of

MOST_FAULTS = 20


class Said(NamedTuple):
    """One utterance as a file has it. ``seconds`` count from any moment, ``line`` is 0 where the format has no lines."""

    seconds: float | None
    speaker: str
    text: str
    line: int = 0


class Reading(NamedTuple):
    """What a reader found in one file: the utterances, and how many of what kind were left out, such as internal notes."""

    said: Sequence[Said]
    left_out: Counter[str]


class Turn(NamedTuple):
    """What one party said: its number from 1, seconds since the first turn (None if not timed), role, text."""

    number: int
    seconds: int | None
    role: str
    text: str


class Transcript(NamedTuple):
    """The turns of one transaction. ``removed`` counts what was taken out of the words, by kind; ``left_out`` what was
    never the customer's to see, by kind.
    """

    path: Path
    turns: tuple[Turn, ...]
    removed: Counter[str]
    left_out: Counter[str]


def transcript(path: Path, name: str, reading: Reading, roles: Mapping[str, str]) -> Transcript:
    r"""Return a transcript without personal numbers and addresses, its clock starting with the first turn.

    ``roles`` says who speaks behind a name, case folded. Raises FileFaults for speakers that nobody named, and for
    characters that no text may hold: formats spell them as \u202e or &#x202e;, and the file itself looks clean.
    """
    strangers = [each for each in reading.said if role_of(each.speaker, roles) is None]
    if strangers:
        raise FileFaults([_stranger(name, each, roles) for each in strangers[:MOST_FAULTS]])
    texts = [each.text.replace("\r\n", "\n").strip() for each in reading.said]
    hidden = [(each, found[0].name) for each, text in zip(reading.said, texts, strict=True) if (found := unsafe(text))]
    if hidden:
        raise FileFaults([_unsafe(name, each.line, what) for each, what in hidden[:MOST_FAULTS]])
    removed: Counter[str] = Counter()
    turns = []
    start = next((each.seconds for each in reading.said if each.seconds is not None), 0)
    for number, (each, text) in enumerate(zip(reading.said, texts, strict=True), 1):
        words, counts = redact(text)
        removed += counts
        seconds = None if each.seconds is None else round(each.seconds - start)
        turns.append(Turn(number, seconds, role_of(each.speaker, roles) or "", words))
    return Transcript(path, tuple(turns), removed, reading.left_out)


def _unsafe(name: str, line: int, what: str) -> Fault:
    return Fault("unsafe-character", f"{what} in the text", name, line, help="take the character out")


def _stranger(name: str, said: Said, roles: Mapping[str, str]) -> Fault:
    known = ", ".join(sorted(roles)) or "none"
    return Fault(
        "unknown-speaker",
        f"'{said.speaker}' is no known speaker" if said.speaker else "nobody is named who says this",
        name,
        said.line,
        help=f"name the speaker under roles (known: {known}), or any: customer for all others",
    )
