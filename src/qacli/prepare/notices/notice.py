"""Notices: who was told of monitoring, where, and from when to when; eligibility follows from them day by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Definition, Id, Text, YesNo, wrong_at
from qacli.model import Change, Command, Hint, Refusal, Row, View
from qacli.prepare.period import in_words

ALL = "all"
DAY = timedelta(days=1)
MYSTERY_SHOP = "mystery-shop"
Cover = Literal["monitoring", "mystery-shop"]
"""What a notice to colleagues tells them of."""


class Notice(Definition):
    """What people are told about monitoring, in force from its first to its last day."""

    audience: Literal["customers", "colleagues"] = Field(description="Who is told.")
    channel: Id = Field(description="Channel on which it is given, or all.")
    wording: Text = Field(description="The words that people hear or read.")
    purpose: Text = Field(description="Why you monitor.")
    lawful_basis: Text = Field(description="Lawful basis under data protection law.")
    dpia: Text = Field(description="Reference of the data protection impact assessment.")
    delivered_by: Text = Field(description="How it reaches people, for example: announcement before the queue.")
    acknowledge: YesNo = Field(
        default=False, description="yes: counts for a colleague only once that colleague has acknowledged it."
    )
    covers: tuple[Cover, ...] = Field(
        default=("monitoring",),
        min_length=1,
        description="What colleagues are told of: monitoring, mystery-shop, or both.",
    )
    uses: Text | None = Field(
        default=None, description="What the results are used for. Colleagues are told it before any mystery shopping."
    )
    proof: Literal["required", "not-required"] = Field(
        default="not-required",
        description="required: counts only from its first proof of delivery, see qacli notice deliver.",
    )

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return what cannot be told to that audience."""
        if self.audience == "colleagues" and self.channel != ALL:
            yield wrong_at(("channel",), "colleague-channel", "a notice to colleagues holds everywhere: write all")
        if self.audience == "customers" and self.acknowledge:
            yield wrong_at(
                ("acknowledge",),
                "customer-acknowledgement",
                "customers are told and can opt out; only colleagues acknowledge: write no",
            )
        if self.audience == "customers" and "covers" in self.model_fields_set:
            yield wrong_at(("covers",), "customer-covers", "says what colleagues are told of: leave it out here")
        if MYSTERY_SHOP in self.covers and not self.uses:
            yield wrong_at(
                ("covers",),
                "no-uses",
                "mystery shopping is told with its uses: add uses, what the results are used for",
            )


class Span(NamedTuple):
    """Days, both ends included, in which a channel or a person is covered (or is not). Open ends at date.max."""

    key: str
    from_: date
    to: date


def merged_periods(periods: Iterable[Span]) -> list[Span]:
    """Return the same days per key as few spans that neither overlap nor touch, in order of key and day."""
    merged: list[Span] = []
    for span in sorted(span for span in periods if span.from_ <= span.to):
        last = merged[-1] if merged else None
        if last and last.key == span.key and (last.to == date.max or span.from_ <= last.to + DAY):
            merged[-1] = last._replace(to=max(last.to, span.to))
        else:
            merged.append(Span(*span))
    return merged


def customer_periods(notices: Iterable[Notice], channels: Iterable[str]) -> list[Span]:
    """Return when customers were told, per channel; a notice on all channels counts for each of ``channels``."""
    told = [notice for notice in notices if notice.audience == "customers"]
    return merged_periods(
        Span(channel, notice.from_, notice.to or date.max)
        for channel in channels
        for notice in told
        if notice.channel in {channel, ALL}
    )


def around(notices: Iterable[Notice], gap: Span) -> tuple[Notice | None, Notice | None]:
    """Return the customers' notices that end before a gap and begin after it, the nearest of each."""
    told = [notice for notice in notices if notice.audience == "customers" and notice.channel in {gap.key, ALL}]
    ended = max(
        (each for each in told if each.to and each.to < gap.from_), key=lambda each: each.to or date.max, default=None
    )
    began = min((each for each in told if each.from_ > gap.to), key=lambda each: each.from_, default=None)
    return ended, began


def gaps(notices: Iterable[Notice], channels: Sequence[str], from_: date, to: date) -> list[Span]:
    """Return the days from ``from_`` to ``to`` on which customers of a channel were told nothing."""
    covered = customer_periods(notices, channels)
    found = []
    for channel in sorted(set(channels)):
        day = from_
        for span in (span for span in covered if span.key == channel and span.to >= from_):
            if day > to:
                break
            if span.from_ > day:
                found.append(Span(channel, day, min(span.from_ - DAY, to)))
            day = max(day, span.to + DAY if span.to < date.max else date.max)
        if day <= to and day < date.max:
            found.append(Span(channel, day, to))
    return found


@dataclass(frozen=True, kw_only=True)
class Acknowledgement(Row, table="acknowledgements", letter="n"):
    """A colleague has read a notice."""

    person: str
    notice: str
    on: date
    means: str


class Told(NamedTuple):
    """One line of what is to be recorded: who acknowledged, on which day, by what means."""

    person: str
    on: date
    means: str


class NotForColleagues(Refusal, rule="notice-not-for-colleagues"):
    """Customers' notices are not acknowledged."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(
            f"{notice.reference} is a notice to {notice.audience}; only colleagues acknowledge one.",
            help=Hint("name a notice whose audience is colleagues: ", Command("notice list")),
        )


class NoticeNotInForce(Refusal, rule="notice-not-in-force"):
    """A notice is acknowledged by its last day."""

    def __init__(self, notice: Notice, told: Told, ended: date) -> None:
        super().__init__(
            f"{told.person} cannot have acknowledged {notice.reference} on {in_words(told.on)}: "
            f"it ended on {in_words(ended)}.",
            help="name the notice that was in force on that day",
        )


class NotYet(Refusal, rule="future-acknowledgement"):
    """What has not happened yet is not recorded."""

    def __init__(self, person: str, on: date) -> None:
        super().__init__(
            f"{person} cannot have acknowledged on {in_words(on)}: that day is still to come.",
            help="record it on the day",
        )


class UnknownPeople(Refusal, rule="unknown-person"):
    """An acknowledgement of nobody would make nobody eligible."""

    def __init__(self, people: Sequence[str]) -> None:
        super().__init__(f"not in people.csv: {', '.join(people)}.", help="correct the id, or add the line first")


def acknowledge(view: View, notice: str, persons: Sequence[str], means: str, on: date) -> Change:
    """Record that people acknowledged a notice on one day. Refuses as ``acknowledge_all``."""
    return acknowledge_all(view, notice, [Told(person, on, means) for person in persons])


def acknowledge_all(view: View, notice: str, lines: Sequence[Told]) -> Change:
    """Record acknowledgements, each with its day; one that stands already is a finding and makes no row.

    Raises NoSuchDefinition, NotForColleagues, UnknownPeople, NoticeNotInForce, NotYet.
    """
    definition: Notice = view.definition("notice", notice)
    if definition.audience != "colleagues":
        raise NotForColleagues(definition)
    if strangers := sorted({told.person for told in lines if told.person not in view.people}):
        raise UnknownPeople(strangers)
    done = {row.person: row for row in view.current(Acknowledgement) if row.notice == definition.reference}
    rows, findings = [], []
    for told in lines:
        if definition.to and told.on > definition.to:
            raise NoticeNotInForce(definition, told, definition.to)
        if told.on > view.now.date():
            raise NotYet(told.person, told.on)
        if told.person in done:
            findings.append(f"{told.person} already acknowledged {definition.reference}: nothing to do")
            continue
        done[told.person] = Acknowledgement(
            person=told.person, notice=definition.reference, on=told.on, means=told.means
        )
        rows.append(done[told.person])
    return Change(rows=rows, findings=findings)


def cover_of(technique: str) -> Cover:
    """Return what colleagues must have been told of before a transaction is looked at in some way."""
    return "mystery-shop" if technique.partition("@")[0] == MYSTERY_SHOP else "monitoring"


def everybody_told(
    notices: Iterable[Notice],
    acknowledgements: Iterable[Acknowledgement],
    people: Sequence[str],
    cover: Cover = "monitoring",
) -> list[Span]:
    """Return the days on which all of these people knew of ``cover``, under an empty key; none where there are none."""
    days: list[Span] = []
    for number, person in enumerate(people):
        known = acknowledged_periods(notices, acknowledgements, [person], cover)
        before = days if number else [Span("", date.min, date.max)]
        both = [Span("", max(a.from_, b.from_), min(a.to, b.to)) for a in before for b in known]
        days = [span for span in both if span.from_ <= span.to]
    return merged_periods(days)


def acknowledged_periods(
    notices: Iterable[Notice],
    acknowledgements: Iterable[Acknowledgement],
    people: Iterable[str],
    cover: Cover = "monitoring",
) -> list[Span]:
    """Return when each colleague knew of ``cover``: from the day of acknowledging to the notice's last day.

    A notice that asks for no acknowledgement counts for everybody from its first day. People without any are absent.
    """
    days = {(row.person, row.notice): row.on for row in acknowledgements}
    people = sorted(set(people))
    spans = []
    for notice in (notice for notice in notices if notice.audience == "colleagues" and cover in notice.covers):
        for person in people:
            since = days.get((person, notice.reference)) if notice.acknowledge else notice.from_
            if since:
                spans.append(Span(person, max(since, notice.from_), notice.to or date.max))
    return merged_periods(spans)
