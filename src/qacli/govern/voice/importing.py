"""Taking in an export: who was asked, who answered and how, by stratum; what was written, without personal data."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.faults import Fault, FileFaults
from qacli.files.schema import NUMBER
from qacli.files.text import one_line
from qacli.govern.voice.feedback import ALL, CustomerFeedback, VoiceImport, VoiceStratum
from qacli.govern.voice.instrument import DATES, SURVEY, Instrument
from qacli.govern.voice.noting import hidden_in, personal, signs_of
from qacli.model import Change, Refusal, UsageError, View, Words, ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qacli.files.csv import CsvRow

ASKED = {**dict.fromkeys(("y", "yes", "1", "true"), True), **dict.fromkeys(("n", "no", "0", "false", ""), False)}
DAY_END = re.compile("[ T]")
"""Where the time of day begins behind a day."""
POSITIVE, NEGATIVE, UNSAID = "positive", "negative", "unsaid"


class Line(NamedTuple):
    """One line of an export: a customer who was asked, or said something. ``parts`` are the values of the strata."""

    transaction: str
    on: date
    asked: bool
    score: Decimal | None
    words: str
    channel: str
    parts: tuple[str, ...]


class Taken(NamedTuple):
    """A file as it was read: its name, hash and lines."""

    name: str
    sha256: str
    lines: Sequence[Line]


class OverlappingImport(Refusal, rule="overlapping-import"):
    """Who was asked once is counted once."""

    def __init__(self, before: VoiceImport, first: date, last: date) -> None:
        super().__init__(
            f"{before.id} holds {before.instrument} of {before.first} to {before.last}; this file is of {first} to {last}, "
            "so customers would be counted twice.",
            help="take in files whose days do not overlap, one for each month",
        )


def columns_of(instrument: Instrument) -> list[str]:
    """Return the columns that are read of an export, in the order in which ``lines`` takes the cells."""
    columns = instrument.columns
    named = [columns.asked, columns.score, columns.words, columns.channel]
    return [columns.transaction, columns.on, *(name for name in named if name), *instrument.strata]


def lines(instrument: Instrument, rows: Iterable[CsvRow], place: str) -> list[Line]:
    """Return the lines of an export.

    Raises FileFaults for every day and answer that cannot be read, and for a customer whom a survey would count twice.
    """
    names = columns_of(instrument)
    found, faults = [], []
    known: dict[str, int] = {}
    for row in rows:
        cells = dict(zip(names, (cell.strip() for cell in row.cells), strict=True))
        try:
            found.append(_line(instrument, cells))
        except ValueError as wrong:
            faults.append(Fault("not-read", str(wrong), place, row.line))
            continue
        customer = found[-1].transaction if instrument.kind == SURVEY and found[-1].asked else ""
        if customer and known.setdefault(customer, row.line) != row.line:
            what = f"{customer} was asked in line {known[customer]} already, and would be counted twice"
            faults.append(Fault("repeated-customer", what, place, row.line, help="keep the line that is right"))
    if faults:
        raise FileFaults(faults)
    return found


def _line(instrument: Instrument, cells: dict[str, str]) -> Line:
    columns = instrument.columns

    def cell(name: str | None) -> str:
        return cells[name] if name else ""

    on = cells[columns.on]
    try:
        when = datetime.strptime(DAY_END.split(on, 1)[0], DATES[instrument.dates]).date()  # noqa: DTZ007 - no zone
    except ValueError:
        raise ValueError(f"'{on}' is not a day written {instrument.dates}") from None
    score = _score(instrument, cell(columns.score))
    asked = ASKED.get(cell(columns.asked).casefold()) if columns.asked else True
    if asked is None:
        raise ValueError(f"'{cell(columns.asked)}' does not say whether somebody was asked: write yes or no")
    return Line(
        cells[columns.transaction],
        when,
        asked,
        score,
        one_line(cell(columns.words)),
        cell(columns.channel),
        tuple(cells[name] for name in instrument.strata),
    )


def _score(instrument: Instrument, text: str) -> Decimal | None:
    if not text or instrument.scale is None:
        return None
    if not NUMBER.fullmatch(text):
        raise ValueError(f"'{text}' is no answer: a number is expected")
    score = Decimal(text)
    if not instrument.scale.lowest <= score <= instrument.scale.highest:
        low, high = instrument.scale.lowest, instrument.scale.highest
        raise ValueError(f"'{text}' is no answer on the scale of {low} to {high}")
    return score


def take(view: View, instrument: str, taken: Taken) -> Change:
    """Record an export of an instrument. A file that was taken in is a finding. Raises OverlappingImport, UsageError."""
    cited: Instrument = view.definition("instrument", instrument)
    asked = [line for line in taken.lines if line.asked]
    if not asked:
        raise UsageError(f"{taken.name} names nobody who was asked", help="see columns of the instrument: asked, on")
    before = [row for row in view.current(VoiceImport) if row.instrument.partition("@")[0] == cited.id]
    if any(row.sha256 == taken.sha256 for row in before):
        return Change(findings=[f"{taken.name} was taken in already: nothing to do"])
    first, last = min(line.on for line in asked), max(line.on for line in asked)
    if last > view.now.date():
        raise UsageError(
            f"{taken.name} has the day {last}, which is still to come",
            help=f"correct it; days are read as {cited.dates} (dates of the instrument)",
        )
    for row in before:
        if row.first <= last and first <= row.last:
            raise OverlappingImport(row, first, last)
    answers = [line for line in asked if line.score is not None]
    written = [line for line in asked if line.words]
    head = VoiceImport(
        instrument=cited.reference,
        source=taken.name,
        sha256=taken.sha256,
        first=first,
        last=last,
        sent=len(asked),
        returned=len(answers) if cited.kind == SURVEY else len(written),
        with_words=len(written),
    )
    strata = _strata(cited, head, asked) if cited.kind == SURVEY else ()
    removed, remarks = _remarks(view, cited, head, written)
    said = [f"personal data removed from {removed} of {len(written)} remarks"] if removed else []
    return Change([head, *strata, *remarks], said)


def _strata(instrument: Instrument, head: VoiceImport, asked: Sequence[Line]) -> Iterator[VoiceStratum]:
    """Yield how many were asked, answered and were satisfied: in all, and by each value of each stratum."""
    groups: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in asked:
        groups[ALL, ALL].append(line)
        for name, value in zip(instrument.strata, line.parts, strict=True):
            groups[name, value or "not known"].append(line)
    for (dimension, value), members in sorted(groups.items()):
        yield VoiceStratum(
            batch=ref(head),
            dimension=dimension,
            value=value,
            sent=len(members),
            returned=sum(line.score is not None for line in members),
            favourable=sum(_favourable(instrument, line) for line in members),
        )


def _favourable(instrument: Instrument, line: Line) -> bool:
    return line.score is not None and instrument.scale is not None and line.score >= instrument.scale.favourable_from


def _remarks(
    view: View, instrument: Instrument, head: VoiceImport, written: Sequence[Line]
) -> tuple[int, list[CustomerFeedback]]:
    """Return from how many remarks personal data was removed, and the remarks."""
    signs, removed, rows = signs_of(view), 0, []
    for line in written:
        words, found = personal(view, line.words)
        removed += bool(found)
        sign, triage_by = hidden_in(view, signs, words, line.on)
        rows.append(
            CustomerFeedback(
                kind=instrument.kind,
                on=line.on,
                channel=line.channel,
                transaction=line.transaction,
                batch=ref(head),
                score=line.score,
                sentiment=_sentiment(instrument, line),
                sign=sign,
                triage_by=triage_by,
                words=Words(words),
            )
        )
    return removed, rows


def _sentiment(instrument: Instrument, line: Line) -> str:
    if instrument.kind == "praise":
        return POSITIVE
    if line.score is None:
        return UNSAID
    return POSITIVE if _favourable(instrument, line) else NEGATIVE
