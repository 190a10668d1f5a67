"""Twenty rules over transcripts of 2.3 kB, first place of each included, against plain ``re`` doing the same.

What it costs grows with what is found: RE2 tells in one pass which patterns occur, and each of those is then searched
for its place. So it is measured where nothing, one rule and two rules find their words.
"""

from __future__ import annotations

import random
import re
from functools import partial
from time import process_time
from typing import TYPE_CHECKING

from measure import MeasurementError, ratio

from qacli.monitor.suggesting.matching import Matcher, Utterance
from qacli.prepare.scorecards.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAME = "20 rules over 200 transcripts of 2.3 kB, {} found"
PEER = "plain re"
BUDGET = 1 / 50
TRANSCRIPTS = 200
PATTERNS = (
    *(r"call (is|may be|will be) (being )?(recorded|monitored)", r"thank you for (calling|waiting|your patience)"),
    *(
        r"my name is \w+",
        r"how (can|may) I help",
        r"(date of birth|postcode|security question)",
        r"I (do )?apologi[sz]e",
    ),
    *(
        r"is there anything else",
        r"reference number (is|will be) \w+",
        r"(refund|credit) of (£|\$)?\d+",
        r"within \d+ (hours|days)",
    ),
    *(
        r"(supervisor|manager) (will|can) (call|ring)",
        r"not my (job|department|problem)",
        r"you should have (read|known)",
    ),
    *(
        r"calm down",
        r"(complaint|ombudsman)",
        r"terms (and|&) conditions",
        r"cooling[- ]off period",
        r"opt(ed)? out of",
    ),
    *(r"direct debit (guarantee|mandate)", r"(vulnerable|bereave(d|ment)|in difficulty)"),
)
SAID = """\
the account shows that your order left our warehouse on monday and the carrier has it I see what you mean so let me look at this
for you please hold while I open the record it says here we sent two parcels yes no maybe and then they were returned because
nobody was at home would you like us to send them again to the same address or another one
"""


SPOKEN = ("this call may be recorded", "is there anything else", "thank you for waiting", "your postcode please")
"""Words that one rule each finds."""


def transcripts(found: int, seed: int = 20261122) -> list[list[Utterance]]:
    """Return what one party said, about 2.3 kB in 30 turns; in so many of the turns another rule finds its words."""
    chance, spoken = random.Random(seed), SAID.split()
    return [_transcript(chance, spoken, found) for _ in range(TRANSCRIPTS)]


def _transcript(chance: random.Random, spoken: Sequence[str], found: int) -> list[Utterance]:
    texts = [" ".join(chance.choices(spoken, k=16)) for _ in range(30)]
    for place, words in zip(chance.sample(range(30), found), chance.sample(SPOKEN, found), strict=True):
        texts[place] += f" {words}"
    return [Utterance(number, "colleague", text) for number, text in enumerate(texts, 1)]


def measure(found: int) -> float:
    """Return the ratio of processor times where so many rules find words. Raises MeasurementError if places differ."""
    rules = [
        Rule.model_validate(
            {"id": f"r{number}", "version": "1", "owner": "p_tl1", "from": "2026-01-01", "title": "t", "criterion": "c"}
            | {"any_of": [pattern], "found": "met"}
        )
        for number, pattern in enumerate(PATTERNS)
    ]
    read, matcher = transcripts(found), Matcher(rules)
    plain = [re.compile(pattern, re.IGNORECASE) for pattern in PATTERNS]
    for turns in read:
        places = list(_places(matcher, turns))
        if places != [search.span() if (search := each.search(_text(turns))) else None for each in plain]:
            raise MeasurementError("rules and plain expressions differ in what they find")
        if len(places) - places.count(None) != found:
            raise MeasurementError(f"not {found} of the rules find their words")
    return ratio(partial(_ours, matcher, read), partial(_plain, plain, read))


def _text(turns: Sequence[Utterance]) -> str:
    return "\n".join(turn.text for turn in turns)


def _places(matcher: Matcher, turns: Sequence[Utterance]) -> Iterator[tuple[int, int] | None]:
    """Yield where each rule found its words in the whole text."""
    for hit in matcher.hits(turns):
        before = sum(len(turn.text) + 1 for turn in turns[: (hit.turn or 1) - 1])
        yield None if hit.start is None or hit.end is None else (before + hit.start, before + hit.end)


def _ours(matcher: Matcher, read: Sequence[Sequence[Utterance]]) -> float:
    begun = process_time()
    for turns in read:
        matcher.hits(turns)
    return process_time() - begun


def _plain(patterns: Sequence[re.Pattern[str]], read: Sequence[Sequence[Utterance]]) -> float:
    begun = process_time()
    for turns in read:
        text = _text(turns)
        for pattern in patterns:
            found = pattern.search(text)
            found.span() if found else None
    return process_time() - begun
