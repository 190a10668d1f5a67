"""Asking why: each why with what shows it, and end causes that say why the system let it, never who is to blame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qacli.govern.causes.cause import CauseEnd, CauseWhy, Search, search_of
from qacli.govern.causes.named import Confidence
from qacli.govern.causes.tree import CauseClass, blaming
from qacli.model import NO_WORDS, Change, Command, Hint, Refusal, Row, UsageError, View, Words

CANDIDATE = "possible"
PEOPLE = "people"
DEFINED = ("event", "procedure", "kpi", "scorecard", "trigger", "notice", "authority", "frame")
"""Kinds of definitions that can show something: kind:id."""


class NoEvidence(Refusal, rule="why-without-evidence"):
    """A why that nothing shows is a guess."""

    def __init__(self) -> None:
        super().__init__(
            "this why has no evidence.",
            help="name what shows it: --evidence o_4k (a record), event:chg-0505, procedure:idv@4; or a paper: --document",
        )


class UnknownEvidence(Refusal, rule="unknown-evidence"):
    """Evidence can be looked up by others."""

    def __init__(self, evidence: str) -> None:
        super().__init__(
            f"{evidence} is no record in force and no definition.",
            help=Hint(
                "records: ",
                Command("ledger show"),
                f"; definitions as kind:id, of {', '.join(DEFINED)}; papers: --document",
            ),
        )


class OwnEvidence(Refusal, rule="own-evidence"):
    """What was claimed in a search is not shown by the search."""

    def __init__(self, evidence: str, cause: str) -> None:
        super().__init__(
            f"{evidence} belongs to the search {cause} itself, and shows nothing of it.",
            help="name what shows it, or say which why it follows: --after",
        )


class NearInTime(Refusal, rule="candidate-asserted"):
    """What came shortly before is a candidate; that it did it has to be shown by something else."""

    def __init__(self, evidence: str, confidence: str) -> None:
        super().__init__(
            f"{evidence} stands near in time; that alone does not make a why {confidence}.",
            help="record it as --confidence possible, and add a why with what shows it: observations, a log, a trial",
        )


class NothingAsked(Refusal, rule="no-why"):
    """An end cause rests on whys."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"{cause} has no why yet.", help=Hint("ask first: ", Command(f"cause why {cause}")))


class OnlyACandidate(Refusal, rule="candidate-only"):
    """What is only possible is looked into before something is built on it."""

    def __init__(self, why: CauseWhy) -> None:
        super().__init__(
            f"{why.id} is only possible: {why.claim}.",
            help=Hint("look into it, then record what shows it: ", Command("cause why --after")),
        )


class Blame(Refusal, rule="blame"):
    """Whoever did it could do it. Why?"""

    def __init__(self, phrase: str, question: str) -> None:
        super().__init__(
            f"'{phrase}' is where the asking begins, not where it ends.",
            help=Hint(f"ask on: {question} Then record that: ", Command("cause why")),
        )


class NamesAPerson(Refusal, rule="names-a-person"):
    """A cause is something that would have happened to the next person too."""

    def __init__(self, person: str) -> None:
        super().__init__(
            f"'{person}' or their name stands in the cause.",
            help=Hint(
                "say what let it happen; what one person does is talked over with them: ", Command("feedback prepare")
            ),
        )


class NotPeople(Refusal, rule="process-not-person"):
    """What fails in many hands does not end with the hands."""

    def __init__(self, cause: str, criterion: str) -> None:
        super().__init__(
            f"{cause}: {criterion} fails across many colleagues; that does not end on the branch people.",
            help="why do so many do it? The branches process, policy, system and information ask further",
        )


class Unsaid(Refusal, rule="cause-unsaid"):
    """A why and a cause are sentences."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} says nothing.", help='in a sentence: --words "..."')


class Why(NamedTuple):
    """A why as somebody states it."""

    words: str
    confidence: Confidence
    branch: str
    evidence: str = ""
    document: str = ""
    after: str = ""


def why(view: View, cause: str, said: Why, kinds: Sequence[type[Row]]) -> Change:
    """Record a why with its evidence; ``kinds`` are the tables in which records are looked up.

    Raises NoSuchRow, Unsaid, NoEvidence, UnknownEvidence, OwnEvidence, NearInTime, NoSuchDefinition for an unknown branch,
    UsageError.
    """
    found = search_of(view, cause)
    if not said.words.strip():
        raise Unsaid("a why")
    if said.after and said.after not in {row.id for row in found.whys}:
        known = ", ".join(row.id for row in found.whys) or "none yet"
        raise UsageError(f"{cause} has no why {said.after}", help=f"its whys: {known}")
    if not said.evidence.strip() and not said.document.strip():
        raise NoEvidence
    branch: CauseClass = view.look_up("cause", said.branch)
    evidence = resolved(view, said.evidence.strip(), kinds) if said.evidence.strip() else ""
    if evidence in {cause, *(row.id for row in (*found.whys, *found.ends, *found.fixes))}:
        raise OwnEvidence(evidence, cause)
    if evidence.startswith("event:") and not said.document.strip() and said.confidence != CANDIDATE:
        raise NearInTime(evidence, said.confidence)
    row = CauseWhy(
        cause=cause,
        after=said.after,
        branch=branch.id,
        claim=Words(said.words.strip()),
        evidence=evidence,
        document=Words(said.document.strip()) if said.document.strip() else NO_WORDS,
        confidence=said.confidence,
    )
    if any(_key(row) == _key(other) for other in found.whys):
        return Change(findings=["that why is on record: nothing to do"])
    return Change([row])


def _key(row: CauseWhy) -> tuple[str, ...]:
    return row.after, row.branch, str(row.claim), row.evidence, str(row.document), row.confidence


def resolved(view: View, evidence: str, kinds: Sequence[type[Row]]) -> str:
    """Return evidence as it is recorded: the id of a record in force, or kind:id@version. Raises UnknownEvidence."""
    kind, colon, name = evidence.partition(":")
    if colon:
        if kind not in DEFINED or name.partition("@")[0] not in {each.id for each in view.definitions(kind)}:
            raise UnknownEvidence(evidence)
        return f"{kind}:{view.definition(kind, name).reference}"
    letter = evidence.partition("_")[0]
    own = [each for each in kinds if letter == each.LETTER]
    below = [each for each in kinds if each.PARENT and not each.LETTER] if "-" in evidence else []
    if not any(row.id == evidence for each in (*own, *below) for row in view.current(each)):
        raise UnknownEvidence(evidence)
    return evidence


def end(view: View, cause: str, why: str, branch: str, words: str) -> Change:
    """Record an end cause that rests on a why.

    Raises NoSuchRow, NothingAsked, Unsaid, UsageError, OnlyACandidate, Blame, NamesAPerson, NotPeople, NoSuchDefinition.
    """
    found = search_of(view, cause)
    if not found.whys:
        raise NothingAsked(cause)
    if not words.strip():
        raise Unsaid("a cause")
    base = _base(found, why)
    _refuse_blame(view, words)
    chosen: CauseClass = view.definition("cause", branch)
    if chosen.id == PEOPLE and found.cause.spread == "process":
        raise NotPeople(cause, found.cause.criterion)
    if base.confidence == CANDIDATE:
        raise OnlyACandidate(base)
    row = CauseEnd(cause=cause, why=base.id, branch=chosen.reference, words=Words(words.strip()))
    if any((row.why, row.branch, str(row.words)) == (each.why, each.branch, str(each.words)) for each in found.ends):
        return Change(findings=["that cause is on record: nothing to do"])
    return Change([row])


def _base(found: Search, why: str) -> CauseWhy:
    """Return the why that an end cause rests on, the last where none is named. Raises UsageError."""
    if not why:
        return found.whys[-1]
    for row in found.whys:
        if row.id == why:
            return row
    raise UsageError(f"{found.cause.id} has no why {why}", help=f"its whys: {', '.join(row.id for row in found.whys)}")


def _refuse_blame(view: View, words: str) -> None:
    if hit := blaming(view.definitions("cause"), words):
        branch, phrase = hit
        raise Blame(phrase, branch.ask_instead or branch.asks[0])
    said = words.casefold()
    for line in view.people:
        if line.person in said.split() or any(name.casefold() in said for name in line.called):
            raise NamesAPerson(line.person)
