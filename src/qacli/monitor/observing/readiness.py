"""May this person rate by this card? Only who knows the procedures that were in force on the day of the transaction.

The day of the transaction selects the version: what happened before a new version came into force is rated by the old one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from qacli.model import Command, Hint, QacliError, Refusal, View
from qacli.monitor.observing.agenda import to_score
from qacli.prepare.period import in_words
from qacli.prepare.procedures.currency import Knowledge, Standing, cited_by, governing, needs, superseded
from qacli.prepare.procedures.procedure import Procedure
from qacli.prepare.scorecards.scorecard import Scorecard

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qacli.monitor.sampling.draw import Item


class Superseded(Refusal, rule="superseded-procedure"):
    """Nobody is rated by a rule that no longer held."""

    def __init__(self, card: Scorecard, older: Mapping[str, Procedure]) -> None:
        super().__init__(f"{superseded_in_words(card, older)}.", help=remedy(card, older))


class _NotReady(Refusal):
    """A person does not know what they would rate by. Everything that is lacking is told at once."""

    def __init__(self, person: str, lacking: Sequence[Standing], older: Sequence[Superseded], others: str) -> None:
        lines = [_lack(each) for each in lacking if each.state != "never" or len(lacking) == 1]
        never = [each.procedure.reference for each in lacking if each.state == "never"]
        if len(lacking) > 1 and never:
            lines.append(f"has not acknowledged, in any version: {', '.join(never)}")
        said = f" {lines[0]}." if len(lines) == 1 else " may not rate yet:\n  " + "\n  ".join(lines)
        also = "".join(f"\n          and the owner of the card: {each.help}" for each in older)
        super().__init__(f"{person}{said}", help=Hint(f"{others}run: ", commands(lacking, person), also))


class StaleProcedure(_NotReady, rule="stale-procedure"):
    """Among what is lacking is a version that came after the one that was read."""


class UnreadProcedure(_NotReady, rule="no-acknowledgement"):
    """Among what is lacking is a procedure of which no version was read."""


class QuizNotPassed(_NotReady, rule="quiz-not-passed"):
    """All was read; a quiz is still to be passed."""


class Lacking(NamedTuple):
    """What a person has still to read, and which quizzes to pass, before they score: id@version each."""

    read: list[str]
    quiz: list[str]


def _lack(each: Standing) -> str:
    """Return what one person lacks of one version, to stand behind the person's id."""
    version = each.procedure
    since = f"transactions since {in_words(version.from_)} fall under version {version.version}"
    if each.state == "stale" and each.read:
        return f"has acknowledged {each.read.procedure.replace('@', ' ')}; {since}"
    if each.state == "never":
        return f"has not acknowledged {version.id}; {since}"
    reached = f"last time {each.check.right} of {each.check.asked} were right" if each.check else "not taken yet"
    return f"has not passed the quiz of {version.id} {version.version}: {reached}, {version.pass_mark} % are asked"


def lacking(standings: Iterable[Standing]) -> Lacking:
    """Return what is to be read and which quizzes are to be passed, each once."""
    found = list(standings)
    return Lacking(
        list(dict.fromkeys(each.procedure.reference for each in found if each.unread)),
        list(dict.fromkeys(each.procedure.reference for each in found if each.unasked)),
    )


def commands(standings: Sequence[Standing], person: str) -> Hint:
    """Return the commands with which a person mends what is lacking."""
    read, quiz = lacking(standings)
    ack = Command(f"procedure ack {' '.join(read)}", person)
    then = Command(f"procedure quiz {' '.join(quiz)}", person)
    return Hint(ack, "; then: ", then) if read and quiz else Hint(ack if read else then)


def superseded_in_words(card: Scorecard, older: Mapping[str, Procedure]) -> str:
    """Return which citations of a card no longer hold, and since when. ``older`` is what ``superseded`` returns."""
    parts = [
        f"{cited}, but transactions since {in_words(now.from_)} fall under version {now.version}"
        for cited, now in older.items()
    ]
    return f"{card.reference} rates by {'; by '.join(parts)}"


def remedy(card: Scorecard, older: Mapping[str, Procedure]) -> str:
    """Return what the owner of a card does about citations that no longer hold."""
    now = ", ".join(each.reference for each in older.values())
    return f"cite {now} in a new version of {card.id}, and name that version in the frame before its next draw"


def refuse_superseded(view: View, card: Scorecard, day: date) -> None:
    """Raise Superseded where a card cites a version that was no longer in force on a day."""
    if older := superseded(card, view.definitions("procedure"), day):
        raise Superseded(card, older)


def refuse_unready(
    view: View, rated: Iterable[tuple[Item, Scorecard]], others: Callable[[], str] | None = None
) -> None:
    """Refuse where the actor does not know the procedures by which items would be rated, all of them at once.

    ``others`` returns who may rate in the actor's place, in words; empty where nobody may. What governed on the day of
    a transaction is cited with the rating. Raises StaleProcedure, UnreadProcedure, QuizNotPassed, Superseded,
    NoSuchDefinition.
    """
    asked: dict[tuple[str, date], None] = {}
    outdated: dict[str, Superseded] = {}
    for card, day in {(card.reference, item.day): (card, item.day) for item, card in rated}.values():
        asked.update(((name, day), None) for name in cited_by(card))
        if older := superseded(card, view.definitions("procedure"), day):
            outdated[card.reference] = Superseded(card, older)
    knowledge = Knowledge(view)
    versions: dict[str, Procedure] = {}
    for cited, day in asked:
        version = governing(view, cited, day)
        versions.setdefault(version.reference, version)
    found = [knowledge.standing(view.actor, version) for version in versions.values()]
    unready = [each for each in found if not each.ready]
    if unready:
        states = {each.state for each in unready}
        kind = StaleProcedure if "stale" in states else UnreadProcedure if "never" in states else QuizNotPassed
        also = others() if others else ""
        raise kind(view.actor, unready, list(outdated.values()), f"{also}; or " if also else "")
    for refusal in outdated.values():
        raise refusal


def lacked_by(view: View, people: Iterable[str], rated: Iterable[tuple[Item, Scorecard]]) -> dict[str, list[Standing]]:
    """Return for each person what they do not know of the procedures by which items would be rated."""
    versions = _held(view, dict.fromkeys((name, item.day) for item, card in rated for name in cited_by(card)))
    knowledge = Knowledge(view)
    standings = {person: [knowledge.standing(person, version) for version in versions] for person in people}
    return {person: [each for each in found if not each.ready] for person, found in standings.items()}


def to_learn(view: View, person: str) -> list[Standing]:
    """Return what a person has still to read or to pass: for their frames of today, and for what waits to be scored.

    Of whatever else they have read the quiz is open until it is passed.
    """
    knowledge, today = Knowledge(view), view.now.date()
    asked = dict.fromkeys((name, today) for name in needs(view).get(person, ()))
    for item in to_score(view, person):
        card: Scorecard = view.definition("scorecard", item.scorecard)
        asked.update(((name, item.day), None) for name in cited_by(card))
    more = [(name, today) for whose, name in knowledge.read if whose == person and (name, today) not in asked]
    found = [knowledge.standing(person, version) for version in _held(view, asked)]
    found += [
        each for each in (knowledge.standing(person, version) for version in _held(view, more)) if not each.unread
    ]
    return [each for each in found if not each.ready]


def _held(view: View, asked: Iterable[tuple[str, date]]) -> list[Procedure]:
    """Return the versions that govern on some days. What cannot be found is left out: whoever scores is told so then."""
    versions: dict[str, Procedure] = {}
    for name, day in asked:
        with suppress(QacliError):
            version = governing(view, name, day)
            versions[version.reference] = version
    return list(versions.values())
