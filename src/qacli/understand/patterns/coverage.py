"""Coverage: who was observed how often, how often chance would have it, and who was away or had not been told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from qacli.monitor.sampling.drawing import ground_now
from qacli.monitor.sampling.handled import Handled, handled
from qacli.prepare.period import in_words
from qacli.understand.facts import Sample, Selection, sample
from qacli.understand.summary import Summary, framed

if TYPE_CHECKING:
    from qacli.model import View
    from qacli.sources.population import Population

AWAY = timedelta(days=14)
"""So long without a transaction at an end of the period, a colleague was away, and it is said."""
GAP = 3.0
"""From so many expected, none drawn is no chance: its chance is under 5 % (e to the minus 3)."""
COLUMNS = (
    "colleague",
    "n",
    "drawn",
    "routine",
    "spot",
    "channels",
    "last_observed",
    "handled",
    "expected",
    "verdict",
    "note",
)
WHOLE = ("n", "drawn", "routine", "spot")
TEXTS = ("colleague", "channels", "last_observed", "verdict", "note")


class Covered(NamedTuple):
    """How one colleague was covered: ``expected`` is how many the draws would give by chance, None where not known."""

    colleague: str
    observed: int
    drawn: int
    expected: float | None
    verdict: str
    note: str


def population_of(
    view: View, selection: Selection, population: Population, source: str
) -> tuple[list[Handled], date, date]:
    """Return what each colleague handled over the days of a selection, and these days."""
    found = sample(view, selection)
    first, last = days_of_draws(found, selection)
    routine = found.drawn[found.drawn["purpose"] == "routine"]
    sampled = {(start.date(), end.date()) for start, end in zip(routine["first"], routine["last"], strict=True)}
    return handled(population, ground_now(view, source, ()), first, last, sampled), first, last


def days_of_draws(found: Sample, selection: Selection) -> tuple[date, date]:
    """Return the days of a selection; where it leaves them open, those of its draws."""
    drawn = found.drawn
    if drawn.empty:
        return selection.from_ or date.min, selection.to or date.max
    return (selection.from_ or drawn["first"].min().date(), selection.to or drawn["last"].max().date())


def by_coverage(
    view: View, selection: Selection, known: Sequence[Handled] | None = None, span: tuple[date, date] | None = None
) -> Summary:
    """Return per colleague how often drawn and observed, by kind and channel, beside what was handled and expected.

    ``known`` is what each colleague handled, over the days ``span``; without it nobody can tell who was away, and the
    summary says so. What was drawn by chance counts, each transaction once.
    """
    found = sample(view, selection)
    drawn = found.drawn
    seen = found.observed
    people = sorted({*drawn["colleague"], *(each.colleague for each in known or ())})
    people = [name for name in people if selection.colleague in {"", name}]
    asked = Counter(drawn.loc[drawn["purpose"] == "routine", "channel"])
    expected = chances(known, asked) if known is not None else {}
    drawn_of, seen_of = (dict(list(each.groupby("colleague"))) for each in (drawn, seen))
    work_of = defaultdict(list)
    for each in known or ():
        work_of[each.colleague].append(each)
    rows = []
    for name in people:
        ours, mine, work = drawn_of.get(name, drawn[:0]), seen_of.get(name, seen[:0]), work_of[name]
        told = covered(name, len(mine), len(ours), work if known is not None else None, expected.get(name), span)
        rows.append(
            {
                "colleague": name,
                "n": len(mine),
                "drawn": len(ours),
                "routine": int((mine["purpose"] == "routine").sum()),
                "spot": int((mine["purpose"] == "spot").sum()),
                "channels": ", ".join(f"{channel} {n}" for channel, n in sorted(Counter(mine["channel"]).items())),
                "last_observed": "" if mine.empty else mine["day"].max().date().isoformat(),
                "handled": sum(each.transactions for each in work) if known is not None else None,
                "expected": told.expected,
                "verdict": told.verdict,
                "note": told.note,
            }
        )
    frame = framed(rows, COLUMNS, WHOLE if known is None else (*WHOLE, "handled"), TEXTS)
    notes = [selection.in_words(), f"drawn {len(drawn)}, observed {len(seen)}", *_notes(known)]
    return Summary("Coverage", frame, notes, "qacli.summary-coverage/1", _statement(rows))


def chances(known: Sequence[Handled], drawn: Mapping[str, int]) -> dict[str, float]:
    """Return how many items each colleague would have by chance: those of each channel, by transactions that were open to it."""
    whole: dict[str, int] = defaultdict(int)
    for each in known:
        whole[each.channel] += _open(each)
    found: dict[str, float] = defaultdict(float)
    for each in known:
        if whole[each.channel]:
            found[each.colleague] += drawn.get(each.channel, 0) * _open(each) / whole[each.channel]
    return found


def _open(each: Handled) -> int:
    """Return how many transactions chance could have drawn: those of days when told of which a sample was drawn."""
    return each.told if each.open is None else each.open


def covered(
    name: str,
    observed: int,
    drawn: int,
    work: Sequence[Handled] | None,
    expected: float | None,
    span: tuple[date, date] | None,
) -> Covered:
    """Return the verdict on one colleague; ``work`` is None where nobody knows what was handled."""
    note = _absence(work, span) if work and span else ""
    if drawn > observed:
        note = "; ".join(filter(None, (note, f"{drawn - observed} drawn and not scored")))
    if drawn:
        return Covered(name, observed, drawn, expected, "observed" if observed else "drawn, not scored", note)
    if work is None:
        return Covered(name, 0, 0, None, "none drawn: not known why", note)
    if not work:
        return Covered(name, 0, 0, 0.0, "away: no transaction", note)
    if not sum(each.told for each in work):
        return Covered(name, 0, 0, 0.0, "not eligible: not told of monitoring", note)
    if not sum(map(_open, work)):
        return Covered(name, 0, 0, 0.0, "not eligible: no routine sample of those days", note)
    verdict = "gap: none drawn" if (expected or 0) >= GAP else "none drawn, by chance"
    return Covered(name, 0, 0, expected, verdict, note)


def _absence(work: Sequence[Handled], span: tuple[date, date]) -> str:
    """Return since or until when a colleague handled nothing, and from how many days nobody had told them."""
    first, last = min(each.first for each in work), max(each.last for each in work)
    parts = []
    if first - span[0] >= AWAY:
        parts.append(f"no transaction before {in_words(first)}")
    if span[1] - last >= AWAY:
        parts.append(f"no transaction after {in_words(last)}: away, not missed")
    untold = sum(each.transactions - each.told for each in work)
    if untold and untold < sum(each.transactions for each in work):
        parts.append(f"{untold:,} transactions on days before being told: not eligible")
    return "; ".join(parts)


def _notes(known: Sequence[Handled] | None) -> list[str]:
    if known is None:
        return ["no transactions are connected: who was away, and how often chance would have drawn whom, is not known"]
    return [
        "expected: routine items drawn on each channel, shared by what colleagues handled in periods drawn from, when told",
        f"gap: none drawn where {GAP:g} or more were expected, which chance gives less than once in twenty",
    ]


def _statement(rows: Sequence[Mapping[str, object]]) -> str:
    """Return how many of the colleagues who could be observed were, and who was not, with the reason."""
    able = [row for row in rows if not str(row["verdict"]).startswith(("away", "not eligible"))]
    seen = [row for row in able if row["n"]]
    said = f"{len(seen)} of {len(able)} colleagues who could be observed were observed"
    others = [f"{row['colleague']} ({row['verdict']})" for row in rows if not row["n"]]
    return f"{said}; not: {', '.join(others)}" if others else said
