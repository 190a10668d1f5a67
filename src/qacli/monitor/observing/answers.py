"""Answers: what an evaluator enters for each criterion, and the rules an entry must pass before it is scored."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from qacli.files.nearest import in_passing
from qacli.files.personal import ACCOUNT, EMAIL, IDENTITY, PHONE, redact
from qacli.model import Refusal
from qacli.monitor.observing.observation import NOT_APPLICABLE
from qacli.prepare.scorecards.conditions import asked
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import EVIDENCE, Criterion, Scorecard

MEASURED = "measured"
"""What a form writes to confirm what was measured; it becomes the measured answer before anything is recorded."""
NO_ANSWER = ("unknown-point", "never-not-applicable", "not-measured")
"""Lacks for which an answer is none at all."""
PERSONAL = (EMAIL, PHONE, IDENTITY, ACCOUNT)
"""What no note needs; how it is found: files.personal."""
OFFSET = re.compile(r"(?:[0-9]{1,2}:)?[0-5]?[0-9]:[0-5][0-9]")


class Answer(NamedTuple):
    """One answer: a point of the criterion's scale or na; what was seen or heard, and when; a comment."""

    answer: str
    evidence: str = ""
    offset: str = ""
    comment: str = ""


class Lack(NamedTuple):
    """One thing that an entry lacks: the rule, the criterion, what to do."""

    rule: str
    criterion: str
    message: str


class IncompleteForm(Refusal, rule="incomplete-form"):
    """Entries cannot be recorded as they stand; everything they lack is listed, by item."""

    def __init__(self, lacks: Mapping[str, Sequence[Lack]]) -> None:
        self.lacks = lacks
        width = max(len(lack.rule) for found in lacks.values() for lack in found)
        lines = []
        for item, found in lacks.items():
            lines.append(f"{len(found)} {'entry' if len(found) == 1 else 'entries'} for {item} cannot be recorded:")
            lines += [f"  {lack.rule:<{width}}  {lack.criterion}: {lack.message}" for lack in found]
        super().__init__("\n".join(lines), help="nothing was recorded; mend these and hand it in again")


def lacks(card: Scorecard, scale_of: Callable[[str], Scale], answers: Mapping[str, Answer]) -> list[Lack]:
    """Return everything that an entry lacks under a card, in the card's order."""
    known = [criterion.id for criterion in card.criteria()]
    found = [
        Lack("unknown-criterion", name, f"not on {card.reference}{in_passing(name, known)}")
        for name in answers
        if name not in known
    ]
    return found + list(_lacks_in_order(card, scale_of, answers))


def _lacks_in_order(card: Scorecard, scale_of: Callable[[str], Scale], answers: Mapping[str, Answer]) -> Iterator[Lack]:
    """Yield what the criteria lack; what hangs on an answer that cannot stand is left for when that is mended."""
    open_ = {criterion.id for criterion in asked(card, {name: each.answer for name, each in answers.items()})}
    unsettled: set[str] = set()
    for criterion in card.criteria():
        if criterion.only_if and criterion.only_if.criterion in unsettled:
            unsettled.add(criterion.id)
        elif criterion.id not in open_:
            if criterion.only_if and criterion.id in answers:
                yield Lack("not-asked", criterion.id, f"{criterion.only_if.in_words()}: leave the answer out")
        elif criterion.id not in answers:
            unsettled.add(criterion.id)
            yield Lack("missing-answer", criterion.id, "no answer was given")
        else:
            wrong = lacks_of(criterion, scale_of(criterion.scale), answers[criterion.id], card.evidence)
            if any(lack.rule in NO_ANSWER for lack in wrong):
                unsettled.add(criterion.id)
            yield from wrong


def lacks_of(criterion: Criterion, scale: Scale, answer: Answer, asked_for: Collection[str] = EVIDENCE) -> list[Lack]:
    """Return what one answer lacks. ``asked_for`` is the setting evidence of its card."""
    return [Lack(rule, criterion.id, message) for rule, message in _wrong(criterion, scale, answer, asked_for)]


def _wrong(criterion: Criterion, scale: Scale, answer: Answer, asked_for: Collection[str]) -> Iterator[tuple[str, str]]:
    if answer.answer == NOT_APPLICABLE and not criterion.may_be_not_applicable:
        yield "never-not-applicable", "this criterion always applies"
    elif answer.answer == MEASURED and not scale.has(MEASURED):
        yield "not-measured", f"nothing was measured here: write one of {scale.in_words}, and where it was read"
    elif answer.answer != NOT_APPLICABLE and not scale.has(answer.answer):
        yield (
            "unknown-point",
            f"'{answer.answer}' is none of {scale.in_words}"
            + (f", {NOT_APPLICABLE}" if criterion.may_be_not_applicable else ""),
        )
    elif not answer.evidence.strip():
        reason = why_evidence(criterion, scale, answer.answer, asked_for)
        if reason:
            yield "missing-evidence", f"say what was seen or heard: {reason}"
    yield from wrong_time(answer.offset)
    yield from personal(f"{answer.evidence}\n{answer.comment}")


def wrong_time(offset: str) -> Iterator[tuple[str, str]]:
    """Yield the rule that a time from the start breaks where it is none, and what to do."""
    if offset and not OFFSET.fullmatch(offset):
        yield "bad-offset", f"'{offset}' is no time from the start: write 02:41 or 1:02:41"


def personal(text: str) -> Iterator[tuple[str, str]]:
    """Yield what a text holds that identifies somebody; card numbers are refused wherever something is recorded."""
    if found := [what for what in redact(text)[1] if what in PERSONAL]:
        yield "personal-data", f"holds what looks like {_a(found)}: say what it was, without the number or address"


def _a(things: Sequence[str]) -> str:
    return " and ".join(f"{'an' if each[0] in 'aeio' else 'a'} {each}" for each in things)


def why_evidence(criterion: Criterion, scale: Scale, answer: str, asked_for: Collection[str] = EVIDENCE) -> str:
    """Return why an answer needs evidence; empty where it may stand alone. ``asked_for`` is the setting of the card."""
    if answer == NOT_APPLICABLE:
        if "not-applicable" in asked_for:
            return f"why it does not apply (rule: {criterion.not_applicable})"
    elif criterion.filled_from:
        return f"it is measured, so name where {criterion.filled_from} was read"
    elif criterion.critical != "none" and "critical" in asked_for:
        return f"it is {criterion.critical}-critical"
    elif not scale.meets(answer) and not criterion.bonus and "fail" in asked_for:
        return "the standard was not met"
    elif answer == scale.top and "top" in asked_for:
        return "the top mark was given"
    return "the card asks for it with every answer" if "every" in asked_for else ""
