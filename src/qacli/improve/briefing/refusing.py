"""What may not be done with a briefing: who may not do it, and what has to be done before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from qacli.improve.briefing.brief import Briefing, Commitment, Standing
from qacli.model import Command, Hint, Refusal


class OtherTeam(Refusal, rule="other-team"):
    """A team is told as a team: who works in another one is not counted among its people."""

    def __init__(self, found: Standing, others: Mapping[str, Collection[str]]) -> None:
        listed = "; ".join(f"{person} works in {', '.join(sorted(teams))}" for person, teams in others.items())
        super().__init__(
            f"{found.briefing.id} is for team {found.briefing.team}; by what was sampled, {listed}.",
            help=Hint(
                "name people of the team; who has moved to it counts once something of theirs is sampled there; another team "
                "has its own briefing: ",
                Command("brief make"),
            ),
        )


class NotBriefed(Refusal, rule="absentees-unbriefed"):
    """A briefing is over when everybody has been told."""

    def __init__(self, found: Standing) -> None:
        super().__init__(
            f"{found.briefing.id} stays open: {', '.join(found.waiting)} "
            f"{'was' if len(found.waiting) == 1 else 'were'} away and not told since.",
            help=Hint("tell them: ", Command(f"brief deliver {found.briefing.id} --present {found.waiting[0]}")),
        )


class Unanswered(Refusal, rule="concern-unanswered"):
    """Whoever says what troubles them gets an answer."""

    def __init__(self, found: Standing) -> None:
        super().__init__(
            f"{found.briefing.id} stays open: without an answer: {', '.join(row.id for row in found.unanswered)}.",
            help=Hint("answer each: ", Command(f"brief answer {found.unanswered[0].id} --words ...")),
        )


class NotOpen(Refusal, rule="briefing-closed"):
    """What is closed is over."""

    def __init__(self, found: Standing) -> None:
        super().__init__(
            f"{found.briefing.id} is {found.state}.",
            help=Hint("what is new is a new briefing: ", Command("brief make")),
        )


class NotHeld(Refusal, rule="not-briefed"):
    """Nobody commits to what they have not heard, and nothing is closed that was not held."""

    def __init__(self, briefing: Briefing, who: str = "") -> None:
        present = who or "PERSON,PERSON"
        super().__init__(
            f"{who or 'the team'} has not been told {briefing.id}.",
            help=Hint("first: ", Command(f"brief deliver {briefing.id} --present {present}", briefing.by)),
        )


class ToldAlready(Refusal, rule="briefing-told"):
    """What people were told is not taken back."""

    def __init__(self, found: Standing) -> None:
        super().__init__(
            f"{found.briefing.id} was told to {', '.join(found.told)}: it is not withdrawn.",
            help=Hint(
                "end it with what came of it: ",
                Command(f"brief close {found.briefing.id}"),
                "; what is new is a new briefing",
            ),
        )


class NotLeading(Refusal, rule="not-leading"):
    """Who was told and what is settled, says whoever leads the team, and nobody who is told."""

    def __init__(self, briefing: Briefing, actor: str) -> None:
        super().__init__(
            f"{briefing.id} is a briefing of {briefing.by}, and {actor} holds no role.",
            help=f"{briefing.by}, or whoever holds a role in qacli.yaml, records who was told, answers, and closes it",
        )


class Committed(Refusal, rule="has-committed"):
    """Who undertook something was told."""

    def __init__(self, found: Standing, people: Sequence[str]) -> None:
        rows = [row.id for row in found.commitments if row.by in people]
        super().__init__(
            f"{', '.join(people)} committed to something of {found.briefing.id}: {', '.join(rows)}.",
            help=Hint("what came of it is said there: ", Command(f"brief progress {rows[0]} --words ...")),
        )


class OwnConcern(Refusal, rule="own-concern"):
    """Nobody answers themselves."""

    def __init__(self, commitment: str) -> None:
        super().__init__(f"{commitment} is your own.", help="whoever leads the team answers it")


class NotTheirs(Refusal, rule="not-your-commitment"):
    """How far a commitment is, whoever made it says, or whoever leads the team."""

    def __init__(self, row: Commitment, leader: str) -> None:
        super().__init__(f"{row.id} is a commitment of {row.by}.", help=f"{row.by} or {leader} says how far it is")
