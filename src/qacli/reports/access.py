"""The pack for a request of access as files: an index that says what, why, whence and to whom, and the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qacli.govern.access import Pack
from qacli.govern.privacy import open_request
from qacli.govern.retention import class_of, rule_for
from qacli.interchange.spreadsheet import csv_for_people
from qacli.monitor.sampling.draw import Draw
from qacli.reports.environment import BANNERS, render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qacli.model import View


class Held(NamedTuple):
    """One file of the pack as the index tells it."""

    table: str
    rows: int
    records: str
    kept: str


def access_files(view: View, pack: Pack) -> dict[str, str]:
    """Return the files of a pack by name, the index first."""
    return {
        "index.md": _index(view, pack),
        **{f"{part.table}.csv": csv_for_people(part.columns, part.rows) for part in pack.parts},
    }


def _index(view: View, pack: Pack) -> str:
    settings = view.settings
    return render(
        "access.md.j2",
        {
            "banner": BANNERS[view.provenance],
            "organisation": settings.organisation,
            "day": view.now.date(),
            "standing": open_request(view, "access", pack.subject),
            "purpose": settings.purpose,
            "lawful_basis": settings.lawful_basis,
            "dpia": settings.dpia,
            "pack": pack,
            "parts": [_held(view, part.table, len(part.rows)) for part in pack.parts],
            "origins": list(_origins(view, pack)),
            "sources": [source.path for source in settings.sources.values()],
            "provenance": view.provenance,
        },
    )


def _held(view: View, table: str, rows: int) -> Held:
    records = class_of(table)
    rule = rule_for(view, records, view.now.date()) if records else None
    kept = f"{rule.months} months after the year ({rule.reference}): {rule.reason}" if rule else "no rule states it"
    return Held(table, rows, records, kept)


def _origins(view: View, pack: Pack) -> Iterator[str]:
    """Yield which exports the person's transactions were sampled from."""
    draws = {draw.id: draw for draw in view.current(Draw)}
    items = next((part for part in pack.parts if part.table == "items"), None)
    if items:
        place = items.columns.index("draw")
        for source in dict.fromkeys(draws[row[place]].source for row in items.rows if row[place] in draws):
            yield f"transactions were sampled from {source}"
