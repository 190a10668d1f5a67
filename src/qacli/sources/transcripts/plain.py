"""Plain text: one utterance a line, ``10:02 Agent: Hello``; a line without a speaker goes on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Literal

from qacli.files.faults import Fault, FileFaults
from qacli.sources.transcripts.roles import role_of
from qacli.sources.transcripts.turns import Reading, Said

TIME = r"\[?(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)\]?"
TURN = re.compile(rf"(?:{TIME}[ \t]+)?(?P<speaker>[^\s:][^:]{{0,39}}?):(?:[ \t]+|$)(?P<text>.*)")
DAY = 24 * 3600

Times = Literal["clock", "elapsed"]


def plain(text: str, name: str, roles: Mapping[str, str], times: Times = "clock") -> Reading:
    """Return the utterances of a text. ``times``: clock is a time of day, elapsed the time since the start.

    Raises FileFaults for lines that belong to nobody.
    """
    found: list[tuple[int, int | None, str, list[str]]] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = TURN.fullmatch(line)
        if match and role_of(match["speaker"], roles):
            found.append((number, _seconds(match["time"], times), match["speaker"], [match["text"]]))
        elif line.strip() and (not found or (match and (match["time"] or _is_speaker(match["speaker"])))):
            faults.append(_stranger(name, number, line, match["speaker"] if match else "", roles))
        elif found:
            found[-1][3].append(line.strip())
    if faults:
        raise FileFaults(faults)
    said = [Said(seconds, speaker, "\n".join(lines), number) for number, seconds, speaker, lines in found]
    return Reading(_past_midnight(said) if times == "clock" else said, Counter())


def _stranger(name: str, number: int, line: str, speaker: str, roles: Mapping[str, str]) -> Fault:
    known = ", ".join(sorted(roles)) or "none"
    return Fault(
        "unknown-speaker",
        f"'{speaker}' is no known speaker" if speaker else "this line belongs to no speaker",
        name,
        number,
        1,
        excerpt=[(number, line[:200])],
        help=f"name the speaker under roles (known: {known}); a line that goes on is indented",
    )


def _is_speaker(name: str) -> bool:
    return name[0].isupper() and name.isalpha()


def _seconds(time: str | None, times: Times) -> int | None:
    if time is None:
        return None
    parts = [int(part) for part in time.split(":")]
    if len(parts) == 2:
        parts = [*parts, 0] if times == "clock" else [0, *parts]
    return parts[0] * 3600 + parts[1] * 60 + parts[2]


def _past_midnight(said: list[Said]) -> list[Said]:
    """Return times of day as one clock: where it goes back by half a day, midnight has passed."""
    last = next((each.seconds for each in said if each.seconds is not None), 0.0)
    days, found = 0, []
    for each in said:
        if each.seconds is not None:
            days += each.seconds < last - DAY // 2
            last = each.seconds
        found.append(each if each.seconds is None else each._replace(seconds=each.seconds + days * DAY))
    return found
