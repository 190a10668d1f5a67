"""Logging what nobody asked for: on the day it was heard, in the customer's words, without anybody's personal data."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.cards import CARD, CODE
from qacli.files.personal import redact
from qacli.files.schema import newest_in_force
from qacli.files.text import one_line
from qacli.govern.escalating.trigger import triage as points_to
from qacli.govern.voice.feedback import CustomerFeedback
from qacli.govern.voice.identifying import without
from qacli.govern.voice.instrument import INFORMAL
from qacli.model import NO_WORDS, Change, Refusal, UsageError, View, Words
from qacli.prepare.scorecards.rule import options

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qacli.govern.voice.theme import Sign


class Hidden(NamedTuple):
    """Words by which a remark may be a complaint, and the expressions they belong to."""

    sign: Sign
    said: str


class InformalAsSurvey(Refusal, rule="informal-as-survey"):
    """What nobody asked for is no answer to a survey."""

    def __init__(self) -> None:
        super().__init__(
            "an answer to a survey cannot be typed in: it counts only beside all who were asked.",
            help="take in the whole file: qacli voice import FILE --instrument ID; what was heard: --kind "
            + ", ".join(INFORMAL),
        )


class NotSameDay(Refusal, rule="not-same-day"):
    """What is written down later is what somebody remembers."""

    def __init__(self, on: date, today: date) -> None:
        super().__init__(
            f"it was heard on {on} and is logged on {today}: a remark is logged on the day.",
            help='say why it comes late, and it is counted as late: --late "the desk was closed"',
        )


class PersonalData(Refusal, rule="personal-data"):
    """A remark is kept without anybody's address, number or name; the message does not repeat it."""

    def __init__(self, what: Sequence[str]) -> None:
        super().__init__(
            f"the words hold personal data ({', '.join(what)}); nothing was recorded.",
            help="write them without it: 'my colleague', 'the customer'; the transaction says who is meant",
        )


def note(
    view: View, kind: str, words: str, *, on: date, channel: str, transaction: str, sentiment: str, late: str = ""
) -> Change:
    """Log one informal remark. A remark by which a complaint may be meant says so in a finding, with its clock.

    Raises InformalAsSurvey, NotSameDay, PersonalData, UsageError. The same words of the same day are a finding.
    """
    today, said = view.now.date(), one_line(words).strip()
    if kind not in INFORMAL:
        raise InformalAsSurvey
    if not said:
        raise UsageError("a remark has words", help="as the customer said them: --words '...'")
    if on > today:
        raise UsageError(f"{on} is still to come", help="log it on the day")
    if on < today and not late.strip():
        raise NotSameDay(on, today)
    refuse_personal(view, said, late)
    if any((row.kind, row.on, row.words.text) == (kind, on, said) for row in view.current(CustomerFeedback)):
        return Change(findings=["these words of that day are on record: nothing to do"])
    sign, triage_by = hidden_in(view, signs_of(view), said, on)
    row = CustomerFeedback(
        kind=kind,
        on=on,
        channel=channel,
        transaction=transaction,
        batch="",
        score=None,
        sentiment=sentiment,
        sign=sign,
        triage_by=triage_by,
        words=Words(said),
        late=Words(late.strip()) if on < today else NO_WORDS,
    )
    return Change([row])


def refuse_personal(view: View, *texts: str) -> None:
    """Raise PersonalData where typed texts hold personal data."""
    if found := sorted({what for text in texts for what in personal(view, text)[1]}):
        raise PersonalData(found)


def personal(view: View, text: str) -> tuple[str, set[str]]:
    """Return a text without personal numbers, addresses, dates of birth and names of people.csv, and what was taken out.

    Card numbers are left to the commit, which refuses them.
    """
    cleaned, counts = redact(text)
    cleaned, more = without(cleaned)
    found = (set(counts) - {CARD, CODE}) | more
    for name in {name for line in view.people for name in line.called}:
        # a single name may be a word of the language, as May or Will are: then only its capital tells
        pattern = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE if " " in name else 0)
        if pattern.search(cleaned):
            cleaned = pattern.sub("[name removed]", cleaned)
            found.add("the name of a colleague")
    return cleaned, found


def signs_of(view: View) -> list[Sign]:
    """Return the expressions in force today."""
    found: Iterable[Sign] = view.definitions("sign")
    return newest_in_force(found, view.now.date())


def hidden(signs: Sequence[Sign], text: str) -> Hidden | None:
    """Return the first expression of a complaint in a text; None where there is none."""
    import re2

    plain = text.replace("\u2019", "'")
    for sign in signs:
        for pattern in sign.any_of:
            if match := re2.compile(pattern, options()).search(plain):
                return Hidden(sign, match[0])
    return None


def hidden_in(view: View, signs: Sequence[Sign], text: str, on: date) -> tuple[str, date | None]:
    """Return the sign or trigger that a remark points to, id@version, and by when it is triaged; empty and None without.

    Of several the one that is due first. The clock runs from the day on which it was said.
    """
    nation = view.settings.nation
    found = [
        ("trigger", each.trigger.reference, each.trigger.take.last_day(on, nation))
        for each in points_to(view, text, on)
    ]
    if complaint := hidden(signs, text):
        found.insert(0, ("sign", complaint.sign.reference, complaint.sign.triage.last_day(on, nation)))
    if not found:
        return "", None
    kind, reference, due = min(found, key=lambda each: each[2])
    view.definition(kind, reference)  # cited with the remark
    return reference, due


def pointed(view: View, row: CustomerFeedback) -> tuple[str, str]:
    """Return the words by which a remark is to be triaged, and who set them."""
    for sign in signs_of(view):
        if sign.reference == row.sign and (found := hidden([sign], row.words.text)):
            return found.said, sign.source
    for each in points_to(view, row.words.text, row.on):
        if each.trigger.reference == row.sign:
            return each.words[0], each.trigger.source
    return "", ""
