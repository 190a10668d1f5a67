"""What is told of the words of customers: response and its bias, satisfaction of surveys alone, themes by kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qacli.govern.voice.feedback import ACTION, ALL, COMPLAINT, NOTHING, TOLD, Heard, VoiceImport, VoiceStratum
from qacli.govern.voice.instrument import SURVEY
from qacli.stats import Interval, newcombe, wilson

if TYPE_CHECKING:
    from qacli.govern.voice.instrument import Instrument
    from qacli.model import View


class Part(NamedTuple):
    """Who answered in one part of those asked, against all others, and how many of them were satisfied.

    ``difference`` is of the two rates of answering, 0 to 1.
    """

    dimension: str
    value: str
    sent: int
    returned: int
    rate: Interval
    difference: Interval | None
    satisfied: Interval

    @property
    def verdict(self) -> str:
        """Whether they answered more or less than the others, as far as their number lets one tell."""
        if self.difference is None or self.difference.low is None or self.difference.high is None:
            return "nobody to compare with"
        if self.difference.low > 0:
            return "answered more"
        return "answered less" if self.difference.high < 0 else "no difference can be told"


class Survey(NamedTuple):
    """One instrument over some days. ``satisfied`` is of those who answered; ``weighted`` says by dimension what it would
    be if each part weighed what it had among those asked, None where a part gave no answer."""

    instrument: Instrument
    imports: int
    first: date
    last: date
    sent: int
    returned: int
    response: Interval
    satisfied: Interval
    parts: Sequence[Part]
    weighted: dict[str, float | None]


class Themed(NamedTuple):
    """One theme: how many remarks of surveys and how many informal ones are about it, and how far the shares lie apart."""

    theme: str
    title: str
    formal: int
    informal: int
    negative: int
    difference: Interval | None

    @property
    def verdict(self) -> str:
        """Where the two kinds disagree."""
        if self.difference is None or self.difference.low is None or self.difference.high is None:
            return "cannot be compared"
        if self.difference.low > 0:
            return "more in surveys"
        return "more informally" if self.difference.high < 0 else "no difference can be told"


class Loop(NamedTuple):
    """How far remarks have come. ``same_day`` is of the ``notes`` alone: what is imported was not logged by hand."""

    remarks: int
    notes: int
    same_day: int
    acted: int
    left: int
    told: int
    complaints: int
    to_triage: int


def surveys(view: View, first: date | None, last: date | None) -> list[Survey]:
    """Return each instrument with the imports that lie within some days, by its id."""
    imports: dict[str, list[VoiceImport]] = defaultdict(list)
    for row in view.current(VoiceImport):
        if (first or row.first) <= row.first and row.last <= (last or row.last):
            imports[row.instrument].append(row)
    strata: dict[str, list[VoiceStratum]] = defaultdict(list)
    for stratum in view.current(VoiceStratum):
        strata[stratum.batch].append(stratum)
    found = []
    for reference, rows in sorted(imports.items()):
        instrument: Instrument = view.look_up("instrument", reference)
        if instrument.kind == SURVEY:
            parts = [stratum for row in rows for stratum in strata[row.id]]
            found.append(_survey(instrument, rows, parts, view.settings.thresholds.confidence / 100))
    return found


def _survey(
    instrument: Instrument, rows: Sequence[VoiceImport], strata: Sequence[VoiceStratum], confidence: float
) -> Survey:
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in strata:
        for place, count in enumerate((row.sent, row.returned, row.favourable)):
            sums[row.dimension, row.value][place] += count
    sent, returned, favourable = sums.pop((ALL, ALL))
    strict = among(confidence, len(sums))
    parts = [
        Part(
            dimension,
            value,
            asked,
            came,
            wilson(came, asked, confidence),
            newcombe(came, asked, returned - came, sent - asked, strict) if sent > asked else None,
            wilson(content, came, confidence),
        )
        for (dimension, value), (asked, came, content) in sorted(sums.items())
    ]
    return Survey(
        instrument,
        len(rows),
        min(row.first for row in rows),
        max(row.last for row in rows),
        sent,
        returned,
        wilson(returned, sent, confidence),
        wilson(favourable, returned, confidence),
        parts,
        {name: _weighted(sums, name, sent) for name in dict.fromkeys(part.dimension for part in parts)},
    )


def among(confidence: float, looks: int) -> float:
    """Return the confidence of each of several comparisons, so that all hold together with the one asked (Bonferroni)."""
    return 1 - (1 - confidence) / max(looks, 1)


def _weighted(sums: dict[tuple[str, str], list[int]], dimension: str, sent: int) -> float | None:
    """Return the share of satisfied customers with each part weighed by those asked (post-stratification)."""
    parts = [counts for (name, _), counts in sums.items() if name == dimension]
    if any(returned == 0 for _, returned, _ in parts):
        return None
    return sum(asked / sent * favourable / returned for asked, returned, favourable in parts)


def themed(view: View, found: Sequence[Heard]) -> list[Themed]:
    """Return the themes of remarks, the most frequent first; a remark on which coders differ has none yet."""
    coded = [each for each in found if each.theme]
    formal = Counter(each.theme for each in coded if each.feedback.formal)
    informal = Counter(each.theme for each in coded if not each.feedback.formal)
    negative = Counter(each.theme for each in coded if each.feedback.sentiment == "negative")
    titles = {theme.id: theme.title for theme in view.definitions("theme")}
    every, least = formal + informal, view.settings.thresholds.minimum_n
    enough = min(formal.total(), informal.total()) >= least
    confidence = among(view.settings.thresholds.confidence / 100, len(every))
    return [
        Themed(
            name,
            titles.get(name, name),
            formal[name],
            informal[name],
            negative[name],
            newcombe(formal[name], formal.total(), informal[name], informal.total(), confidence) if enough else None,
        )
        for name, _ in sorted(every.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def disagreements(found: Sequence[Themed]) -> Iterator[str]:
    """Yield in a sentence each theme that one kind of feedback raises more than the other, and the first of each."""
    for each in found:
        if each.verdict in {"more in surveys", "more informally"}:
            yield f"{each.title}: {each.verdict} ({each.formal} in surveys, {each.informal} informally)"
    formal = max((each for each in found if each.formal), key=lambda each: each.formal, default=None)
    informal = max((each for each in found if each.informal), key=lambda each: each.informal, default=None)
    if formal and informal and formal.theme != informal.theme:
        yield f"surveys speak most of {formal.title}, informal feedback most of {informal.title}"


def loop(found: Sequence[Heard]) -> Loop:
    """Return how far some remarks have come."""
    notes = [each for each in found if not each.feedback.batch]
    ends = Counter(kind for each in found for kind in {link.kind for link in each.links})
    return Loop(
        len(found),
        len(notes),
        sum(not each.feedback.late for each in notes),
        ends[ACTION],
        ends[NOTHING],
        ends[TOLD],
        ends[COMPLAINT],
        sum(each.triage_open for each in found),
    )
