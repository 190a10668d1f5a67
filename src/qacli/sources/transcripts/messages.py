"""E-mail: one message (.eml) or a correspondence (.mbox), with what was answered to left out."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from qacli.files.faults import Fault, FileFaults
from qacli.files.text import unsafe
from qacli.sources.transcripts.turns import Reading, Said

BEGIN = re.compile(rb"^From [^\n]*\n", re.MULTILINE)
QUOTED = re.compile(r"^>.*\n?", re.MULTILINE)
HIDDEN = re.compile(r"(?i)<(script|style)\b")
ENDS = {name: re.compile(rf"(?i)</{name}>") for name in ("script", "style")}
MARKUP = re.compile(r"<[^>]+>")
BREAKS = re.compile(r"(?i)<(?:br|/p|/div|/tr|/li)\b[^>]*>")


def messages(raw: bytes, name: str) -> Reading:
    """Return each message by its sender, in order of date. Attachments and quoted lines are counted as left out.

    Raises FileFaults for what is no message.
    """
    left_out: Counter[str] = Counter()
    said = []
    for number, each in enumerate(_split(raw), 1):
        try:
            found = _said(message_from_bytes(each, policy=policy.default), name, left_out)
        except FileFaults:
            raise
        except (AttributeError, LookupError, TypeError, ValueError):
            # the parser of the standard library stumbles over some headers that are none
            raise FileFaults([_no_message(name, number, "cannot be read")]) from None
        if not found.speaker:
            raise FileFaults([_no_message(name, number, "has no sender")])
        said.append(found)
    dated = all(each.seconds is not None for each in said)
    return Reading(sorted(said, key=lambda each: each.seconds or 0) if dated else said, left_out)


def _said(message: EmailMessage, name: str, left_out: Counter[str]) -> Said:
    return Said(_sent(message), parseaddr(str(message.get("From", "")))[1], _words(message, name, left_out))


def words_of_html(markup: str) -> str:
    """Return the words of HTML, a line for each of its lines; scripts, styles and tags are gone."""
    lines = html.unescape(_each_tag(MARKUP, "", _each_tag(BREAKS, "\n", _without_hidden(markup)))).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def _without_hidden(markup: str) -> str:
    """Return HTML without scripts and styles; one that never ends is looked for once, not at each of its beginnings."""
    kept, at, endless = list[str](), 0, set[str]()
    for opening in HIDDEN.finditer(markup):
        name = opening[1].lower()
        if opening.start() < at or name in endless:
            continue
        if closing := ENDS[name].search(markup, opening.end()):
            kept.append(markup[at : opening.start()])
            at = closing.end()
        else:
            endless.add(name)
    return "".join([*kept, markup[at:]])


def _each_tag(tag: re.Pattern[str], by: str, markup: str) -> str:
    """Return HTML with a kind of tag replaced; behind the last > no tag can end, and none is looked for."""
    end = markup.rfind(">") + 1
    return tag.sub(by, markup[:end]) + markup[end:]


def _split(raw: bytes) -> Iterator[bytes]:
    """Yield the messages of a file: one, or those that a line ``From ...`` begins."""
    if not raw.startswith(b"From "):
        yield raw
        return
    starts = [match.span() for match in BEGIN.finditer(raw)]
    for (_, begin), (end, _) in zip(starts, [*starts[1:], (len(raw), 0)], strict=True):
        yield raw[begin:end]


def _sent(message: EmailMessage) -> float | None:
    try:
        sent: datetime = parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError):
        return None
    return sent.replace(tzinfo=sent.tzinfo or UTC).timestamp()


def _words(message: EmailMessage, name: str, left_out: Counter[str]) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    left_out["attachment"] += sum(1 for _ in message.iter_attachments()) if message.is_multipart() else 0
    try:
        text = str(body.get_content()) if body else ""
    except (LookupError, UnicodeDecodeError, KeyError):
        raise FileFaults([Fault("not-text", "a message is in no encoding that is known", name)]) from None
    if body and body.get_content_type() == "text/html":
        text = words_of_html(text)
    text = text.replace("\r\n", "\n")
    if hidden := unsafe(text):
        raise FileFaults([Fault("unsafe-character", f"{found.name} in a message", name) for found in hidden[:1]])
    quoted = len(QUOTED.findall(text))
    left_out["quoted line"] += quoted
    return QUOTED.sub("", text)


def _no_message(name: str, number: int, why: str) -> Fault:
    return Fault("no-message", f"message {number} {why}", name, help="export it with its headers: From, Date, Subject")
