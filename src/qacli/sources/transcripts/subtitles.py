"""WebVTT and SubRip: cues with times, the speaker in a voice tag or before a colon.

Read strictly: libraries for these formats leave out a cue that they cannot read, and nobody hears of it.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator

from qacli.files.faults import Fault, FileFaults
from qacli.sources.transcripts.turns import Reading, Said

STAMP = r"(?:[0-9]{1,4}:)?[0-5][0-9]:[0-5][0-9][.,][0-9]{3}"
TIMING = re.compile(rf"(?P<start>{STAMP})[ \t]+-->[ \t]+{STAMP}(?:[ \t].*)?")
VOICE = re.compile(r"<v(?:\.[^ \t<>]+)?[ \t]+(?P<name>[^ \t<>][^<>]*)>")
SPEAKER = re.compile(r"(?P<name>[^\s:<][^:<\n]{0,39}?):(?:\s+|$)")
TAG = re.compile(r"</?[a-zA-Z0-9.: \t]*>")
ASIDE = ("NOTE", "STYLE", "REGION")


def subtitles(text: str, name: str) -> Reading:
    """Return the cues of a file; one without a speaker goes on with the one before. Raises FileFaults."""
    said: list[Said] = []
    faults: list[Fault] = []
    for number, lines in _blocks(text):
        if not said and number == 1 and lines[0].startswith("WEBVTT"):
            continue
        if lines[0].split(" ")[0] in ASIDE and "-->" not in lines[0]:
            continue
        at = next((place for place, line in enumerate(lines[:2]) if "-->" in line), None)
        timing = TIMING.fullmatch(lines[at].strip()) if at is not None else None
        if at is None or timing is None:
            place = at or 0
            faults.append(_no_cue(name, number + place, lines[place]))
            continue
        said += _spoken(lines[at + 1 :], _seconds(timing["start"]), number + at, said[-1].speaker if said else "")
    if faults:
        raise FileFaults(faults)
    return Reading(said, Counter())


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield what stands between blank lines, with the number of its first line."""
    start, block = 0, list[str]()
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            start = start if block else number
            block.append(line)
        elif block:
            yield start, block
            block = []


def _spoken(lines: list[str], seconds: float, number: int, speaker: str) -> Iterator[Said]:
    """Yield what is said in one cue; several may speak in it."""
    for line in lines:
        number += 1
        voice = VOICE.search(line)
        named = voice or SPEAKER.match(line.removeprefix("- ").removeprefix("-"))
        words = line if voice or not named else line.removeprefix("- ").removeprefix("-")[named.end() :]
        speaker = named["name"].strip() if named else speaker
        yield Said(seconds, speaker, html.unescape(TAG.sub("", VOICE.sub("", words))), number)


def _seconds(stamp: str) -> float:
    *hours, minutes, seconds = stamp.replace(",", ".").split(":")
    return (int(hours[0]) if hours else 0) * 3600 + int(minutes) * 60 + float(seconds)


def _no_cue(name: str, number: int, line: str) -> Fault:
    return Fault(
        "no-cue",
        "this is no cue: no line such as 00:01:02.000 --> 00:01:05.000 stands here",
        name,
        number,
        1,
        excerpt=[(number, line[:200])],
        help="a cue is its times, then its words, then a blank line",
    )
