"""What a candidate puts in: records and files, each with the criteria it is for and the candidate's own part in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qacli.govern.portfolio.own_words import personal, placeholders, words_of
from qacli.govern.portfolio.portfolio import Portfolio, require_portfolio
from qacli.govern.portfolio.records import METHODS, PortfolioEvidence
from qacli.govern.portfolio.saying import NotTheCandidate, PersonalData, TemplateText, all_names, find_criterion
from qacli.govern.portfolio.unit import Unit
from qacli.model import Change, Refusal, Row, UsageError, View, Words

PRODUCT = "product"
FEWEST = 5
"""Words of a note on one's own part: fewer say nothing; our number."""


class Given(NamedTuple):
    """What is put in: a record by its id, or a file with its text and hash."""

    record: str = ""
    source: str = ""
    sha256: str = ""
    text: str = ""


class NotTheirs(Refusal, rule="not-own-evidence"):
    """What somebody else made is no product of the candidate."""

    def __init__(self, what: str, author: str, candidate: str) -> None:
        super().__init__(
            f"{what} was made by {author}, not by {candidate}.",
            help="put in what you made yourself; what others say of your work is --method witness --author PERSON",
        )


class OwnWitness(Refusal, rule="own-witness"):
    """Nobody is a witness of their own work."""

    def __init__(self, method: str, candidate: str) -> None:
        super().__init__(
            f"evidence by {method} is told by somebody else, and {candidate} is named as its author.",
            help="name who wrote it: --author PERSON",
        )


def add(
    view: View,
    given: Given,
    covers: Sequence[str],
    method: str,
    author: str,
    role_note: str,
    units: Sequence[Unit],
    kinds: Sequence[type[Row]],
) -> Change:
    """Record what the actor puts into their portfolio.

    Raises NoPortfolio, NotTheCandidate, NotTheirs, OwnWitness, NoSuchCriterion, TemplateText, PersonalData, UsageError.
    """
    if method not in METHODS:
        raise UsageError(f"there is no method '{method}'", help=f"one of: {', '.join(METHODS)}")
    ids = list(dict.fromkeys(find_criterion(each, units).id for each in covers))
    if not ids:
        raise UsageError("evidence is for a criterion", help="name one or several: --covers mon-p9,d13-2.4")
    portfolio = require_portfolio(view)
    if view.actor != portfolio.candidate:
        raise NotTheCandidate(view.actor, portfolio)
    author = maker(view, given, kinds) if given.record else author or view.actor
    refuse_claimed(given.record or given.source, method, author, portfolio.candidate)
    _refuse_note(view, portfolio, role_note, given)
    row = PortfolioEvidence(
        record=given.record,
        source=given.source,
        sha256=given.sha256,
        criteria=" ".join(ids),
        method=method,
        author=author,
        role_note=Words(" ".join(role_note.split())),
    )
    for old in view.current(PortfolioEvidence):
        if (
            given.sha256
            and (old.sha256, method, old.method) == (given.sha256, PRODUCT, PRODUCT)
            and old.by != view.actor
        ):
            raise NotTheirs(given.source, old.by, portfolio.candidate)
        if old.by == view.actor and (old.record, old.sha256, old.criteria) == (row.record, row.sha256, row.criteria):
            return Change(findings=[f"{given.record or given.source} is in already as {old.id}: nothing to do"])
    return Change([row])


def maker(view: View, given: Given, kinds: Sequence[type[Row]]) -> str:
    """Return who made a record in force. Raises UsageError where there is none."""
    for kind in kinds:
        for row in view.current(kind):
            if row.id == given.record:
                return row.by
    raise UsageError(f"nothing in force is recorded under {given.record}", help="ids look like o_4p; or name a file")


def refuse_claimed(what: str, method: str, author: str, candidate: str) -> None:
    """Refuse evidence of others claimed as one's own, and one's own as that of a witness. Raises NotTheirs, OwnWitness."""
    if method == PRODUCT and author != candidate:
        raise NotTheirs(what, author, candidate)
    if method in {"witness", "observation"} and author == candidate:
        raise OwnWitness(method, candidate)


def _refuse_note(view: View, portfolio: Portfolio, note: str, given: Given) -> None:
    if found := placeholders(note):
        raise TemplateText("the note on your part", found)
    if len(words_of(note)) < FEWEST:
        raise UsageError("evidence needs a note on your own part in it", help='--role-note "I listened, rated and ..."')
    found = [f"the note: {each}" for each in personal(note, all_names(view), portfolio.never)]
    found += [f"{given.source}: {each}" for each in personal(given.text, all_names(view), portfolio.never)]
    if found:
        raise PersonalData(found)
