"""What has to hold before a pack leaves, and what it says of each row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, NamedTuple

from qacli.files.personal import redact
from qacli.govern.access import names
from qacli.govern.portfolio.account import refuse_untrue
from qacli.govern.portfolio.adding import refuse_claimed
from qacli.govern.portfolio.coverage import Coverage
from qacli.govern.portfolio.own_words import personal, spelled
from qacli.govern.portfolio.portfolio import Portfolio
from qacli.govern.portfolio.records import PortfolioEvidence, PortfolioSignature, PortfolioWords
from qacli.govern.portfolio.saying import PersonalData, all_names, refuse_borrowed
from qacli.govern.portfolio.signing import signatures_of
from qacli.govern.portfolio.unit import Unit
from qacli.model import REDACTED, Command, Hint, Refusal, Row, View, Words

OPAQUE = frozenset({"id", "transaction", "source", "sha256", "seed", "ssh", "key"})
"""Columns of ids, paths and hashes: a name or a number in them would be a coincidence."""
SHOWN = 12
SEVERAL = "[a name removed]"
"""Stands for a name that several people have: nobody can say whose it was."""


class NotStated(Refusal, rule="not-stated"):
    """An assessor has to know whose work it is, where, and who assesses it."""

    def __init__(self, lacking: Sequence[str]) -> None:
        super().__init__(
            f"the portfolio does not state {', '.join(lacking)}.",
            help="write it into definitions/portfolio.yaml; a changed file that records cite takes a new version",
        )


class OtherSector(Refusal, rule="other-sector"):
    """The sector is said once, the same everywhere."""

    def __init__(self, stated: str, settings: str) -> None:
        super().__init__(
            f"the portfolio says sector {stated}, qacli.yaml says {settings}.", help="put right which of them is wrong"
        )


class NotLive(Refusal, rule="not-live"):
    """Only real work with real customers is evidence: no training, no example, no simulation."""

    def __init__(self, rows: Sequence[Row], of: int) -> None:
        named = ", ".join(f"{row.id} ({row.provenance})" for row in rows[:SHOWN])
        more = f" and {len(rows) - SHOWN} more" if len(rows) > SHOWN else ""
        super().__init__(
            f"{len(rows)} of {of} rows {'is' if len(rows) == 1 else 'are'} no record of real work: {named}{more}.",
            help="a pack holds live rows only; evidence comes from a live folder (qacli init), from work at a real job",
        )


class NothingHeld(Refusal, rule="nothing-to-pack"):
    """A pack holds evidence."""

    def __init__(self, candidate: str) -> None:
        super().__init__(
            f"there is no evidence of {candidate} to pack.", help=Hint("see: ", Command("portfolio coverage"))
        )


class ChangedEvidence(Refusal, rule="evidence-changed"):
    """What was put in is what is packed."""

    def __init__(self, found: Sequence[str]) -> None:
        super().__init__(
            f"not as it was put in: {', '.join(found)}.",
            help=Hint("put the file back as it was, or put it in again: ", Command("portfolio add FILE")),
        )


class Shown(NamedTuple):
    """One row as the pack tells it: its cells with words masked, the criteria it is for, how many masks it took.

    ``note`` is what the candidate says of their own part in it, masked as well.
    """

    row: Row
    cells: Mapping[str, Any]
    criteria: Sequence[str]
    note: str
    masked: int


def refuse_unfit(
    view: View,
    found: Coverage,
    portfolio: Portfolio,
    units: Sequence[Unit],
    kinds: Sequence[type[Row]],
    file_now: Callable[[str], tuple[str, str] | None],
) -> None:
    """Refuse a pack that must not leave. ``file_now`` returns sha256 and text of a file that was put in, or None.

    Raises NotStated, OtherSector, NothingHeld, NotLive, NotTheirs, OwnWitness, ChangedEvidence, PersonalData, the refusals
    of own words, and ClaimNotHeld.
    """
    lacking = [name for name in ("role", "sector", "assessor") if not getattr(portfolio, name)]
    if lacking:
        raise NotStated(lacking)
    if portfolio.sector != view.settings.sector:
        raise OtherSector(str(portfolio.sector), view.settings.sector)
    put_in = put_in_records(view, found, kinds)
    evidence = [*found.rows(), *put_in, *found.not_live()]
    if not evidence:
        raise NothingHeld(found.candidate)
    rows = {row.id: row for row in [*evidence, *signatures_of(view, found.candidate)]}
    if stray := [row for row in rows.values() if row.provenance != "live"]:
        raise NotLive(stray, len(rows))
    added = [row for row in found.rows() if isinstance(row, PortfolioEvidence)]
    makers = {row.id: row.by for row in put_in}
    for each in added:
        refuse_claimed(each.record or each.source, each.method, makers.get(each.record, each.author), found.candidate)
    refuse_changed(found, file_now)
    _refuse_personal(view, portfolio, list(rows.values()), added, file_now)
    _refuse_words(view, found, portfolio, units)


def put_in_records(view: View, found: Coverage, kinds: Sequence[type[Row]]) -> list[Row]:
    """Return the records that the candidate put in, with the rows below them."""
    wanted = {row.record for row in found.rows() if isinstance(row, PortfolioEvidence) and row.record}
    chosen: list[Row] = []
    for kind in kinds if wanted else ():
        parent = kind.PARENT
        chosen += [row for row in view.current(kind) if row.id in wanted or (parent and getattr(row, parent) in wanted)]
    return chosen


def refuse_changed(found: Coverage, file_now: Callable[[str], tuple[str, str] | None]) -> None:
    """Refuse files that are not as they were put in; ``file_now`` is that of ``refuse_unfit``. Raises ChangedEvidence."""
    files = {row.source: row.sha256 for row in found.rows() if isinstance(row, PortfolioEvidence) and row.source}
    changed = [name for name, sha256 in files.items() if (now := file_now(name)) is None or now[0] != sha256]
    if changed:
        raise ChangedEvidence(changed)


def _refuse_personal(
    view: View,
    portfolio: Portfolio,
    rows: Sequence[Row],
    added: Sequence[PortfolioEvidence],
    file_now: Callable[[str], tuple[str, str] | None],
) -> None:
    everybody, mask = all_names(view), masking(view, portfolio)
    wrong = [f"role in portfolio.yaml: {what}" for what in personal(portfolio.role or "", everybody, portfolio.never)]
    leaving = {row.id for row in rows}
    for row in _with_neighbours(view, rows):
        for each in fields(row):
            value = getattr(row, each.name)
            if isinstance(value, Words):
                shown = value.text if isinstance(row, PortfolioSignature) else mask(value.text)[0]
                text = shown if row.id in leaving else ""
            elif isinstance(value, str) and each.name not in OPAQUE:
                text = value
            else:
                continue
            wrong += [f"{row.id} {each.name}: {what}" for what in personal(text, everybody, portfolio.never)]
    for file in dict.fromkeys(each.source for each in added if each.source):
        text = (file_now(file) or ("", ""))[1]
        wrong += [f"{file}: {what}" for what in personal(text, everybody, portfolio.never)]
    if wrong:
        raise PersonalData(wrong)


def _with_neighbours(view: View, rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows of the pack and those of the same entries and tables: ranges of the ledger leave whole."""
    entries: dict[type[Row], set[str]] = {}
    for row in rows:
        entries.setdefault(type(row), set()).add(_entry(row))
    for kind, wanted in entries.items():
        yield from (row for row in view.rows(kind) if _entry(row) in wanted)


def _entry(row: Row) -> str:
    return row.id.partition("_")[2].partition("-")[0]


def _refuse_words(view: View, found: Coverage, portfolio: Portfolio, units: Sequence[Unit]) -> None:
    latest = latest_words(found)
    for row in latest:
        same = [each.criterion for each in latest if each.words.id == row.words.id]
        refuse_borrowed(view, portfolio, same, row.words.text, units)
        if row.claim:
            refuse_untrue(view, row.before, row.after, row.claim)


def latest_words(found: Coverage) -> list[PortfolioWords]:
    """Return the candidate's own words that count, one for each criterion, in the order of the grid."""
    return [row for row in found.rows() if isinstance(row, PortfolioWords) and row.words.text != REDACTED]


def masking(view: View, portfolio: Portfolio) -> Callable[[str], tuple[str, int]]:
    """Return what masks a text as the portfolio states, and counts what it masked: names by ids, numbers by their kind."""
    who: dict[str, str] = {}
    for person in view.people.ids():
        for name in map(str.casefold, names(view.people, person)):
            who[name] = person if who.get(name, person) == person else SEVERAL
    longest_first = sorted(all_names(view), key=len, reverse=True) if "names" in portfolio.mask else []
    pattern = re.compile("|".join(map(spelled, longest_first))) if longest_first else None

    def mask(text: str) -> tuple[str, int]:
        count = 0
        if pattern:
            text, count = pattern.subn(lambda match: who[match[0].casefold()], text)
        if "numbers" in portfolio.mask:
            text, taken = redact(text)
            count += taken.total()
        return text, count

    return mask


def shown_rows(view: View, found: Coverage, portfolio: Portfolio, kinds: Sequence[type[Row]]) -> list[Shown]:
    """Return every row of the pack with its words masked, the criteria it is for, and the candidate's note on it."""
    mask, serves = masking(view, portfolio), _serves(found)
    notes = {row.record: mask(row.role_note.text)[0] for row in found.rows() if isinstance(row, PortfolioEvidence)}
    rows = {row.id: row for row in [*found.rows(), *put_in_records(view, found, kinds)]}
    return [_shown(row, mask, serves.get(row.id, ()), notes.get(row.id, "")) for row in rows.values()]


def _serves(found: Coverage) -> Mapping[str, Sequence[str]]:
    serves: dict[str, list[str]] = {}
    for cell in found.cells:
        for row in cell.evidence:
            serves.setdefault(row.id, []).append(cell.criterion.id)
        for added in cell.added:
            if added.record and cell.criterion.id not in serves.get(added.record, []):
                serves.setdefault(added.record, []).append(cell.criterion.id)
    return serves


def _shown(row: Row, mask: Callable[[str], tuple[str, int]], criteria: Sequence[str], note: str) -> Shown:
    cells, masked = dict(_cells(row, mask)), 0
    for each in fields(row):
        value = getattr(row, each.name)
        if isinstance(value, Words):
            masked += mask(value.text)[1]
    return Shown(row, cells, criteria, note, masked)


def _cells(row: Row, mask: Callable[[str], tuple[str, int]]) -> Iterator[tuple[str, Any]]:
    for each in fields(row):
        value = getattr(row, each.name)
        yield each.name, mask(value.text)[0] if isinstance(value, Words) else value
