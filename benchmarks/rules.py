"""Twenty rules over transcripts of 2.3 kB, first place of each included, against plain ``re`` doing the same."""

from __future__ import annotations

import random
import re
from functools import partial
from time import process_time
from typing import TYPE_CHECKING

from measure import ratio

from qacli.monitor.suggesting.matching import Matcher, Utterance
from qacli.prepare.scorecards.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "20 rules over transcripts of 2.3 kB"
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


def transcripts(seed: int = 20261122) -> list[list[Utterance]]:
    """Return what one party said, about 2.3 kB in 30 turns; in one of ten turns a rule finds its words."""
    chance, spoken = random.Random(seed), SAID.split()
    said = ("this call may be recorded", "is there anything else", "thank you for waiting", "your postcode please")
    found = []
    for _ in range(TRANSCRIPTS):
        turns = []
        for number in range(1, 31):
            words = " ".join(chance.choices(spoken, k=16))
            text = f"{words} {chance.choice(said)}" if chance.random() < 0.1 else words
            turns.append(Utterance(number, "colleague", text))
        found.append(turns)
    return found


def measure() -> float:
    rules = [
        Rule.model_validate(
            {"id": f"r{number}", "version": "1", "owner": "p_tl1", "from": "2026-01-01", "title": "t", "criterion": "c"}
            | {"any_of": [pattern], "found": "met"}
        )
        for number, pattern in enumerate(PATTERNS)
    ]
    read, matcher = transcripts(), Matcher(rules)
    plain = [re.compile(pattern, re.IGNORECASE) for pattern in PATTERNS]
    return ratio(partial(_ours, matcher, read), partial(_plain, plain, read), rounds=5)


def _ours(matcher: Matcher, read: Sequence[Sequence[Utterance]]) -> float:
    begun = process_time()
    for turns in read:
        matcher.hits(turns)
    return process_time() - begun


def _plain(patterns: Sequence[re.Pattern[str]], read: Sequence[Sequence[Utterance]]) -> float:
    begun = process_time()
    for turns in read:
        text = "\n".join(turn.text for turn in turns)
        for pattern in patterns:
            found = pattern.search(text)
            found.span() if found else None
    return process_time() - begun
