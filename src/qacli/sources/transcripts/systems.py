"""Conversations as systems export them in JSON: Amazon Contact Lens, Zendesk, Intercom, ABCD.

What colleagues wrote to each other is no part of what the customer saw: internal notes are left out, and counted.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from qacli.sources.transcripts.messages import words_of_html
from qacli.sources.transcripts.turns import Reading, Said

Tree = Any
NOTE = "internal note"


class Unlike(Exception):
    """A conversation is not as its system writes it; the text says what is missing where."""


def contact_lens(tree: Tree) -> Reading:
    """Return a voice or chat analysis: ``Transcript`` with offsets in milliseconds, or times of messages."""
    parties = {str(each["ParticipantId"]): str(each["ParticipantRole"]) for each in _list(tree, "Participants")}
    left_out: Counter[str] = Counter()
    said = []
    for number, item in enumerate(_list(tree, "Transcript"), 1):
        if item.get("Type", "MESSAGE") != "MESSAGE":
            left_out["event"] += 1
            continue
        speaker = str(item.get("ParticipantRole") or parties.get(str(item.get("ParticipantId")), ""))
        at = item.get("BeginOffsetMillis")
        seconds = at / 1000 if isinstance(at, int | float) else _time(item.get("AbsoluteTime"))
        said.append(Said(seconds, speaker, _text(item, "Content", f"Transcript[{number}]")))
    return Reading(said, left_out)


def zendesk(tree: Tree) -> Reading:
    """Return the comments of a ticket. Roles come from its users where the file has them, else from their ids."""
    users = {each.get("id"): str(each.get("role", "")) for each in tree.get("users", [])}
    return _shown(
        (
            item.get("public") is not False,
            _time(item.get("created_at")),
            users.get(item.get("author_id")) or str(item.get("author_id", "")),
            str(item.get("plain_body") or item.get("body") or words_of_html(str(item.get("html_body", "")))),
        )
        for item in _list(tree, "comments")
    )


def intercom(tree: Tree) -> Reading:
    """Return the first message and the parts of a conversation; assignments and notes are left out."""
    parts = tree["conversation_parts"]
    first = {**tree["source"], "part_type": "comment", "created_at": tree.get("created_at")}
    every = [first, *(_list(parts, "conversation_parts") if isinstance(parts, dict) else parts)]
    spoken = [item for item in every if item.get("body")]
    found = _shown(
        (
            item.get("part_type") != "note",
            _time(item.get("created_at")),
            str(item.get("author", {}).get("type", "")),
            words_of_html(str(item["body"])),
        )
        for item in spoken
        if item.get("part_type") in {"comment", "note", "close", "open", "assignment"}
    )
    found.left_out["event"] += len(every) - len(spoken)
    return found


def abcd(tree: Tree) -> Reading:
    """Return a conversation of the ABCD collection; what the agent did at the desk has the speaker action."""
    return Reading([Said(None, str(speaker), str(text)) for speaker, text in tree["original"]], Counter())


SYSTEMS: Mapping[str, tuple[Sequence[str], Callable[[Tree], Reading]]] = MappingProxyType(
    {
        "contact-lens": (("Participants", "Transcript"), contact_lens),
        "zendesk": (("comments",), zendesk),
        "intercom": (("source", "conversation_parts"), intercom),
        "abcd": (("convo_id", "original"), abcd),
    }
)
"""System: the keys by which its conversations are known, and what reads them."""


def read_system(tree: Tree) -> Reading:
    """Return the conversation of whichever system wrote it. Raises Unlike."""
    if isinstance(tree, dict):
        for name, (keys, reader) in SYSTEMS.items():
            if all(key in tree for key in keys):
                try:
                    return _timed(reader(tree))
                except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as wrong:
                    raise Unlike(f"this is no conversation as {name} writes it: {_words(wrong)}") from None
    raise Unlike(f"no system is known that writes this: {', '.join(SYSTEMS)}")


def _timed(reading: Reading) -> Reading:
    """Return a conversation whose times are times: JSON as programs write it may say NaN and 1e400. Raises Unlike."""
    if any(each.seconds is not None and not math.isfinite(each.seconds) for each in reading.said):
        raise Unlike("a time in it is no number")
    return reading


def _shown(items: Iterator[tuple[bool, float | None, str, str]]) -> Reading:
    """Return what customers were shown, of (shown, seconds, speaker, text)."""
    said, left_out = [], Counter[str]()
    for shown, seconds, speaker, text in items:
        if shown:
            said.append(Said(seconds, speaker, text))
        else:
            left_out[NOTE] += 1
    return Reading(said, left_out)


def _list(tree: Tree, key: str) -> Sequence[Mapping[str, Any]]:
    found = tree[key]
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise Unlike(f"{key} is no list of objects")
    return found


def _text(item: Mapping[str, Any], key: str, where: str) -> str:
    if not isinstance(item.get(key), str):
        raise Unlike(f"{where} has no {key}")
    return str(item[key])


def _time(value: object) -> float | None:
    """Return seconds since 1970 of an ISO time or a number of seconds; None where there is none."""
    if isinstance(value, int | float):
        return float(value)
    return datetime.fromisoformat(value).timestamp() if isinstance(value, str) and value else None


def _words(wrong: Exception) -> str:
    return f"{wrong.args[0]!r} is missing" if isinstance(wrong, KeyError) else str(wrong)
