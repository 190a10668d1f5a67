"""Reading procedures: who has read which version, on which day; a new version makes nobody a reader of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from qacli.model import NO_WORDS, Change, Command, Hint, Refusal, Row, View, Words
from qacli.prepare.notices.notice import NotYet, UnknownPeople
from qacli.prepare.procedures.procedure import Procedure


@dataclass(frozen=True, kw_only=True)
class Reading(Row, table="procedure_acks", letter="pa"):
    """A person has read one version of a procedure."""

    person: str
    procedure: str  # id@version
    on: date
    means: str
    words: Words = NO_WORDS  # what it asks, in the person's own words: held, not judged


class Read(NamedTuple):
    """One line of what is to be recorded. ``procedure`` is an id, for the version in force on the day, or id@version."""

    person: str
    procedure: str
    on: date
    means: str
    words: str = ""


class NothingNamed(Refusal, rule="no-procedure"):
    """An acknowledgement says of what."""

    def __init__(self) -> None:
        super().__init__(
            "no procedure was named.",
            help=Hint(
                "name one or several: ", Command("procedure ack idv notes"), "; or all that your work needs: --all"
            ),
        )


def acknowledge_procedures(view: View, lines: Sequence[Read]) -> Change:
    """Record that people read procedures; what stands already is a finding and makes no row, unless it has words.

    Raises NothingNamed, UnknownPeople, NotYet, NoSuchDefinition.
    """
    if not lines:
        raise NothingNamed
    if strangers := sorted({line.person for line in lines if line.person not in view.people}):
        raise UnknownPeople(strangers)
    done = {(row.person, row.procedure) for row in view.current(Reading)}
    rows, findings = [], []
    for line in lines:
        if line.on > view.now.date():
            raise NotYet(line.person, line.on)
        version: Procedure = view.definition("procedure", line.procedure, line.on)
        if (line.person, version.reference) in done and not line.words:
            findings.append(f"{line.person} already acknowledged {version.reference}: nothing to do")
            continue
        done.add((line.person, version.reference))
        words = Words(line.words.strip()) if line.words.strip() else NO_WORDS
        rows.append(Reading(person=line.person, procedure=version.reference, on=line.on, means=line.means, words=words))
    return Change(rows, findings)
