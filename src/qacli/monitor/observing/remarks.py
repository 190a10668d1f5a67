"""Remarks on what was written down: words of opinion, words used before, one side only. They ask, and refuse nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qacli.monitor.observing.lasting import as_offset, is_late
from qacli.monitor.observing.opinion import opined
from qacli.monitor.observing.reuse import FEWEST, WORD, Written, reused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qacli.monitor.observing.opinion import Opinion

OPINION, REUSED, ONE_SIDED, LATE = "opinion-word", "reused-text", "one-sided", "offset-outside"
NAMED = 5
"""So many of the other forms that hold a text are named."""
ONLY = {
    "+": "nothing is noted that could have gone better; was there nothing?",
    "-": "nothing is noted that went well, and feedback begins with that: what was it?",
}


class Remark(NamedTuple):
    """One thing to look at again: the rule, the text it is about, what to ask oneself; every text that is like it."""

    rule: str
    about: Written
    message: str
    alike: tuple[Written, ...] = ()


def remarks(
    texts: Sequence[Written],
    opinions: Sequence[Opinion],
    recorded: Sequence[Written],
    lasted: Callable[[Written], int | None],
) -> list[Remark]:
    """Return the remarks on some texts, rule by rule in their order.

    ``recorded`` are those that they may repeat, or be among; ``lasted`` says how many seconds the transaction of a text
    lasted, None where nobody knows.
    """
    found = [Remark(OPINION, each, one.in_words()) for each in texts for one in opined(each.text, opinions)]
    for each in texts:
        end = lasted(each) if each.offset else None
        if end is not None and is_late(each.offset, end):
            late = f"{each.offset} is after the end, {as_offset(end)} by source and transcript; when was it?"
            found.append(Remark(LATE, each, late))
    return found + list(_repeated(texts, recorded))


def long_enough(texts: Sequence[Written]) -> bool:
    """Return whether any of some texts is long enough to be looked for elsewhere."""
    return any(len(WORD.findall(each.text)) >= FEWEST for each in texts)


def _repeated(texts: Sequence[Written], recorded: Sequence[Written]) -> Iterator[Remark]:
    known = set(recorded)
    groups = reused([*recorded, *(each for each in texts if each not in known)])
    group_of = {each: tuple(group) for group in groups for each in group}
    for each in texts:
        if group := group_of.get(each):
            yield Remark(REUSED, each, _elsewhere(each, group), group)


def distinct(found: Sequence[Remark]) -> list[Remark]:
    """Return remarks with one for all the texts that are alike, those that stand in most forms first."""
    firsts: dict[object, Remark] = {}
    for each in found:
        firsts.setdefault((each.rule, each.alike or each.about), each)
    return sorted(firsts.values(), key=lambda each: -len(each.alike))


def _elsewhere(text: Written, group: Sequence[Written]) -> str:
    others = [each for each in group if each.transaction != text.transaction]
    names = list(dict.fromkeys(each.source or each.item for each in others))
    named = ", ".join(names[:NAMED]) + (", ..." if len(names) > NAMED else "")
    forms = len({each.transaction for each in group})
    return f"the same words stand in {forms} forms ({named}); what was seen or heard in this one?"


def one_sided(polarities: Sequence[str]) -> str:
    """Return what to ask where all of some notes, + or -, are of one kind; empty where there are both, or none."""
    sides = set(polarities) & set(ONLY)
    return ONLY[sides.pop()] if len(sides) == 1 else ""
