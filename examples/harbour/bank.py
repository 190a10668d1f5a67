"""Harbour & Vale Bank, which does not exist: its people, its contacts and what is planted in them.

Everything is drawn from the seed by name, never from a running stream, so that the generator, the transcripts and the
scripted evaluators agree on what happened in a contact without asking each other.
"""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple

SEED = 2026
QUARTER = (date(2026, 3, 30), date(2026, 6, 28))
BANK_HOLIDAYS = {date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25)}
RELEASE, REPAIR = date(2026, 5, 5), date(2026, 6, 8)

AGENTS = tuple(f"A{number:02}" for number in range(1, 25))
TEAMS = {agent: ("ash", "birch", "cedar")[place // 8] for place, agent in enumerate(AGENTS)}
SKILLS = {
    "phone": AGENTS,
    "chat": tuple(f"A{n:02}" for n in (1, 2, 3, 4, 9, 10, 11, 12, 17, 18, 19, 20)),
    "email": tuple(f"A{n:02}" for n in (5, 6, 7, 13, 14, 15, 21, 22)),
    "desk": tuple(f"A{n:02}" for n in (8, 16, 23, 24)),
}
WEEKLY = {"phone": 3000, "chat": 800, "email": 500, "desk": 100}
TALK = {"phone": (370, 0.45), "chat": (610, 0.40), "email": (450, 0.40), "desk": (860, 0.35)}  # median s, sigma of log
ABSENT = {"A05": (date(2026, 4, 20), date(2026, 6, 28))}
STARTS = {"A22": date(2026, 5, 18)}
ACKNOWLEDGED = {"A22": date(2026, 5, 21)}
NEVER_ACKNOWLEDGED = "A11"

NAMES = (
    "Nora Whitlock",
    "Piotr Lane",
    "Ana Brightwell",
    "Rui Castell",
    "Tom Okafor",
    "Leila Farrow",
    "Gwen Pryce",
    "Samir Holt",
    "Bridie Nolan",
    "Ivo Marsh",
    "Keiko Dunne",
    "Owen Tarrant",
    "Fatima Reyes",
    "Callum Voss",
    "Marta Ellery",
    "Jonas Pike",
    "Priya Langton",
    "Hugh Benbow",
    "Zofia Quill",
    "Dele Ashworth",
    "Carys Munro",
    "Ben Harrow",
    "Ines Sommer",
    "Arthur Kell",
)
STAFF = (
    ("p_ev1", "Ruth Calder"),
    ("p_ev2", "Milan Frost"),
    ("p_ev3", "Ada Winslow"),
    ("p_tl1", "Joan Sefton"),
    ("p_mgr1", "Victor Hale"),
    ("p_qm1", "Mina Osgood"),
)
REASONS = {
    "balance_or_payment": 0.26,
    "card": 0.22,
    "login": 0.18,
    "fees": 0.10,
    "fraud_worry": 0.07,
    "complaint_like": 0.05,
    "change_details": 0.08,
    "bereavement_or_money_worry": 0.04,
}

EVALUATOR_BIAS = {"p_ev1": 0.0, "p_ev2": -1.0, "p_ev3": 7.0}  # points of 100
DRIFT = {"p_a17": -2.2}  # points of 100 a week, from the first day of the quarter

FAIL = {
    "notice": 0.01,
    "idv": 0.03,
    "correct": 0.05,
    "card": 0.03,
    "authority": 0.03,
    "vulnerable": 0.12,
    "complaint": 0.08,
    "record": 0.06,
    "first-reply": 0.08,
    "secrets": 0.02,
    "cross-paste": 0.01,
}
NOT_APPLICABLE = {
    "idv": 0.12,
    "linked": 0.40,
    "settled": 0.06,
    "hold": 0.45,
    "card": 0.85,
    "authority": 0.85,
    "feeling": 0.50,
    "vulnerable": 0.90,
    "complaint": 0.92,
    "first-reply": 0.02,
    "history": 0.25,
    "template": 0.40,
    "cross-paste": 0.30,
}


class Contact(NamedTuple):
    """What the planted truths depend on."""

    transaction: str
    channel: str
    colleague: str
    day: date
    reason: str


def person(agent: str) -> str:
    """Return the person id behind an agent id."""
    return f"p_{agent.lower()}"


def uniform(seed: int, *names: object) -> float:
    """Return the number in [0, 1) that belongs to these names."""
    text = "/".join(map(str, ("harbour", seed, *names)))
    return int(sha256(text.encode()).hexdigest()[:13], 16) / 2**52


def first_monday(weeks: int) -> date:
    """Return where a window of so many weeks starts: 4 May, or earlier where it would pass the end of the quarter."""
    return min(date(2026, 5, 4), QUARTER[1] + timedelta(days=1) - timedelta(weeks=weeks))


def works(agent: str, day: date) -> bool:
    """Return whether an agent is at work in that period of the quarter."""
    first, last = ABSENT.get(agent, (date.max, date.max))
    return STARTS.get(agent, date.min) <= day and not first <= day <= last


def identity_failure_rate(channel: str, day: date) -> float:
    """Return the planted share of failed identity checks: the chat release of 5 May moved the panel out of sight."""
    if channel != "chat" or day < RELEASE:
        return 0.04 if channel == "chat" else 0.03
    return 0.36 if day < REPAIR else 0.06


def applies(seed: int, contact: Contact, topic: str) -> bool:
    """Return whether a criterion's topic comes up in a contact. What the contact is about can force it."""
    if (contact.reason, topic) in {
        ("complaint_like", "complaint"),
        ("bereavement_or_money_worry", "vulnerable"),
        ("complaint_like", "feeling"),
        ("bereavement_or_money_worry", "feeling"),
    }:
        return True
    return uniform(seed, contact.transaction, topic, "applies") >= NOT_APPLICABLE.get(topic, 0.0)


def met(seed: int, contact: Contact, topic: str) -> bool:
    """Return whether a fact (a criterion on the binary scale) was as it should be."""
    rate = identity_failure_rate(contact.channel, contact.day) if topic == "idv" else FAIL.get(topic, 0.05)
    return uniform(seed, contact.transaction, topic, "met") >= rate


def skill(seed: int, contact: Contact, topic: str) -> float:
    """Return how well a skill was shown, 0 to 100, before anybody judges it."""
    level = 72 + 14 * (uniform(seed, contact.colleague, "skill") - 0.5)
    level += DRIFT.get(contact.colleague, 0.0) * (contact.day - QUARTER[0]).days / 7
    level += 20 * (uniform(seed, contact.colleague, topic, "leaning") - 0.5)
    shake = sum(uniform(seed, contact.transaction, topic, throw) for throw in range(4)) - 2  # sd 0.58
    return level + 26 * shake
