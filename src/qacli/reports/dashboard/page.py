"""The page put together: what to know first, then each part, then what could not be told and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.prepare.period import in_words
from qacli.reports.charts.tile import Tile, tile
from qacli.reports.dashboard import course, findings, linked
from qacli.reports.dashboard.content import Said, content, counted
from qacli.reports.dashboard.coverage import coverage
from qacli.reports.dashboard.failures import failures
from qacli.reports.dashboard.measures import of_kpis, of_scores
from qacli.reports.dashboard.people import people
from qacli.reports.dashboard.untold import sources, untold
from qacli.reports.page import page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.model import View
    from qacli.reports.dashboard.content import Content, Part
    from qacli.understand.facts import Selection

MOST_SAID = 6
NOTHING_YET = "Nothing has been observed in these days"
ORDINARY = "Nothing stands out more than chance explains"


def dashboard_page(view: View, selection: Selection, *, hidden: bool = False) -> str:
    """Return the page as one HTML file. ``hidden`` puts numbers in the place of people's names."""
    found = content(view, selection, hidden)
    tiles, parts, said = _parts(found)
    top = sorted(said, key=lambda each: -each.weight)[:MOST_SAID]
    values = {
        "title": f"{view.settings.organisation}: quality of service",
        "lead": _lead(found),
        "headline": _headline(found, top),
        "said": [each.words for each in top] or [_quiet(found)],
        "tiles": [tile(each) for each in tiles],
        "parts": parts,
        "made": _made(found),
    }
    return page("dashboard.html.j2", values, view.provenance, "dashboard.css")


def _parts(found: Content) -> tuple[list[Tile], list[Part], list[Said]]:
    """Return the tiles, the sections in order, and what there is to say."""
    stands, (kpis, told) = findings.standings_of(found), of_kpis(found)
    if stands is None:
        return [], [*kpis, untold(found), sources(found)], told
    desk = course.of_desk(found)
    raised = {
        (each.scorecard.partition("@")[0], each.criterion) for each in stands.looked.raised if each.kind == "rise"
    }
    criteria = course.of_criteria(found, raised)
    worst, said = failures(found)
    said += [*told, *findings.said(found, stands), *course.said(found, desk)]
    parts = [
        *(course.picture(found, each, f"criterion-{number}") for number, each in enumerate(criteria, 1)),
        *(course.picture(found, each, "score") for each in course.first_to_look_at(desk)[:1]),
        worst,
        *kpis,
        *people(found, findings.standing_cells(stands)),
        findings.part(found, stands),
        *linked.parts(found),
        coverage(found),
        untold(found),
        sources(found),
    ]
    scores = list(of_scores(found, desk))
    said += [Said(40, f"{each.label}: {each.value} ({each.basis}).") for each in scores if each.grave]
    return scores, parts, said


def _lead(found: Content) -> str:
    observed = found.found.observed
    people = observed["colleague"].nunique()
    where = [value for value in (found.selection.channel, found.selection.team) if value]
    only = f", {' and '.join(where)} only" if where else ""
    return f"{found.days}{only}: {counted(len(observed), 'observation')} of {counted(people, 'colleague')}"


def _headline(found: Content, top: Sequence[Said]) -> str:
    if found.found.observed.empty:
        return NOTHING_YET
    return "What to know" if top else ORDINARY


def _quiet(found: Content) -> str:
    if found.found.observed.empty:
        return "Draw a sample (qacli sample draw), score it (qacli score), and come back."
    n = len(found.found.observed)
    return f"{counted(n, 'observation')} show ordinary variation. That is a finding: what varies by chance needs no action."


def _made(found: Content) -> str:
    names = (
        "Colleagues are numbered. "
        if found.names.hidden
        else "This page names people: it is for those who may see their figures. "
    )
    return f"{names}Made by qacli on {in_words(found.view.now.date())} from the records; the figures are those of qacli summarise."
