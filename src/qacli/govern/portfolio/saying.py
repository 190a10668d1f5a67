"""The candidate's own words of a criterion. qacli holds them and never writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from qacli.files.nearest import did_you_mean
from qacli.govern.access import names
from qacli.govern.portfolio.account import CLAIMS, refuse_untrue
from qacli.govern.portfolio.own_words import Elsewhere, copied_from, is_copy, personal, placeholders, words_of
from qacli.govern.portfolio.portfolio import Portfolio, require_portfolio
from qacli.govern.portfolio.records import PortfolioWords
from qacli.govern.portfolio.unit import Criterion, Unit, criteria
from qacli.model import REDACTED, Change, Command, Hint, Refusal, UsageError, View, Words

PRINTED = ("procedure", "technique", "notice", "scorecard", "scale", "kpi", "option", "authority")
"""Kinds of definitions whose texts are printed here and there: reference, not evidence."""
PARAGRAPH = " ¶ "


class Claim(NamedTuple):
    """What an account claims of two figures; all empty where it claims nothing."""

    before: str = ""
    after: str = ""
    says: str = ""


NO_CLAIM = Claim()


class NoSuchCriterion(UsageError):
    """No map has a criterion of that id."""

    def __init__(self, id: str, known: Sequence[str]) -> None:  # noqa: A002
        hint = did_you_mean(id, known, "all ids: qacli portfolio map")
        super().__init__(f"there is no criterion '{id}'", help=hint)


class NotAskedFor(UsageError):
    """Words alone do not show what has to be done."""

    def __init__(self, criterion: Criterion) -> None:
        super().__init__(
            f"{criterion.id} is shown by what was done, not by words",
            help=Hint("see: ", Command(f"portfolio map {criterion.id}")),
        )


class NotTheCandidate(Refusal, rule="not-the-candidate"):
    """Nobody speaks for the candidate."""

    def __init__(self, actor: str, portfolio: Portfolio) -> None:
        super().__init__(
            f"{actor} is not the candidate of portfolio {portfolio.id}: {portfolio.candidate} is.",
            help=f"the candidate says it: --as {portfolio.candidate}",
        )


class TemplateText(Refusal, rule="template-text"):
    """A form that nobody filled in is no reflection."""

    def __init__(self, criterion: str, found: Sequence[str]) -> None:
        super().__init__(
            f"the text for {criterion} still holds parts of a template: {', '.join(found[:5])}.",
            help="write what you did, saw and concluded, in place of them",
        )


class TooShort(Refusal, rule="too-few-words"):
    """A line is no explanation."""

    def __init__(self, criterion: str, count: int, fewest: int) -> None:
        super().__init__(
            f"the text for {criterion} has {count} word{'s' * (count != 1)}; here it takes {fewest}.",
            help="say it with an example from your own work; the number is fewest_words in portfolio.yaml",
        )


class NotOwnWords(Refusal, rule="not-own-words"):
    """What is printed or was said elsewhere is no evidence of what the candidate knows."""

    def __init__(self, criterion: str, source: str, share: float) -> None:
        super().__init__(
            f"{100 * share:.0f} % of the text for {criterion} also stands in {source}.",
            help="say it in your own words; what qacli prints is reference, not evidence. One text of yours for criteria "
            "that ask the same: name them at once, qacli portfolio say mon-k7,d13-4.6",
        )


class PersonalData(Refusal, rule="personal-data"):
    """What leaves for an assessor holds nobody's name, number or address."""

    def __init__(self, found: Sequence[str]) -> None:
        super().__init__(
            f"personal data in what is to leave: {'; '.join(found[:10])}"
            f"{f'; and {len(found) - 10} more' if len(found) > 10 else ''}.",
            help="take it out, redact it (qacli ledger redact ID --reason ...), or say what is masked: mask: in "
            "definitions/portfolio.yaml",
        )


def say(view: View, about: Sequence[str], text: str, units: Sequence[Unit], claim: Claim = NO_CLAIM) -> Change:
    """Record the actor's own words of one criterion, or of several that ask the same.

    Raises NoPortfolio, NotTheCandidate, NoSuchCriterion, NotAskedFor, TemplateText, TooShort, NotOwnWords, PersonalData,
    ClaimNotHeld, UsageError.
    """
    wanted = _wanted(about, units)
    portfolio = require_portfolio(view)
    if view.actor != portfolio.candidate:
        raise NotTheCandidate(view.actor, portfolio)
    said = PARAGRAPH.join(" ".join(part.split()) for part in text.split("\n\n") if part.split())
    refuse_borrowed(view, portfolio, wanted, said, units)
    if found := list(personal(said, all_names(view), portfolio.never)):
        raise PersonalData([f"the text for {wanted[0]}: {each}" for each in found])
    _refuse_half(claim)
    if claim.says:
        refuse_untrue(view, *claim)
    one = Words(said)  # one text, however many criteria it is of
    rows = [
        PortfolioWords(criterion=id_, words=one, before=claim.before, after=claim.after, claim=claim.says)
        for id_ in wanted
    ]
    known = [_said(row) for row in view.current(PortfolioWords) if row.by == view.actor]
    if all(_said(row) in known for row in rows):
        return Change(findings=[f"{', '.join(wanted)}: these words are on record: nothing to do"])
    return Change(rows)


def _wanted(about: Sequence[str], units: Sequence[Unit]) -> list[str]:
    found = [find_criterion(each, units) for each in dict.fromkeys(about)]
    if not found:
        raise UsageError(
            "words are about a criterion", help=Hint("name one or several: ", Command("portfolio say mon-k7,d13-4.6"))
        )
    for each in found:
        if not each.asks_for_words:
            raise NotAskedFor(each)
    return [each.id for each in found]


def _said(row: PortfolioWords) -> tuple[str, ...]:
    return row.criterion, row.words.text, row.before, row.after, row.claim


def find_criterion(id: str, units: Sequence[Unit]) -> Criterion:  # noqa: A002
    """Return a criterion by its id. Raises NoSuchCriterion."""
    known = criteria(units)
    if id.lower() not in known:
        raise NoSuchCriterion(id, list(known))
    return known[id.lower()]


def refuse_borrowed(view: View, portfolio: Portfolio, about: Sequence[str], text: str, units: Sequence[Unit]) -> None:
    """Refuse a text, said of some criteria, that is nobody's own words. Raises TemplateText, TooShort, NotOwnWords."""
    criterion = about[0]
    if found := placeholders(text):
        raise TemplateText(criterion, found)
    count = len(words_of(text))
    if count < portfolio.fewest_words:
        raise TooShort(criterion, count, portfolio.fewest_words)
    source, share = copied_from(text, elsewhere(view, portfolio.candidate, about, units))
    if is_copy(share):
        raise NotOwnWords(criterion, source, share)


def elsewhere(view: View, candidate: str, about: Sequence[str], units: Sequence[Unit]) -> Iterator[Elsewhere]:
    """Yield what could be copied: headings of the maps, printed definitions, words of others and of other criteria."""
    headings = "\n".join(each.heading for each in criteria(units).values())
    yield Elsewhere("the headings of the maps", headings)
    for kind in PRINTED:
        for item in view.definitions(kind):
            yield Elsewhere(f"the {kind} {item.reference}", " ".join(_texts(item.model_dump())))
    for row in view.current(PortfolioWords):
        if row.words.text == REDACTED or (row.by == candidate and row.criterion in about):
            continue
        whose = "your words" if row.by == candidate else f"words of {row.by}"
        yield Elsewhere(f"{whose} of {row.criterion}", row.words.text)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def all_names(view: View) -> list[str]:
    """Return what people.csv calls everybody."""
    return [name for person in view.people.ids() for name in names(view.people, person)]


def _refuse_half(claim: Claim) -> None:
    if any(claim) and not all(claim):
        raise UsageError(
            "a claim needs two figures and what they show",
            help=f"--before kv_3a --after kv_9f --claim {' or '.join(CLAIMS)}",
        )
