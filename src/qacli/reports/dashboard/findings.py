"""What stands out among all looks at these days, and how far each finding on record has been confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from qacli.reports.charts.markup import el, joined
from qacli.reports.dashboard.content import Content, Part, Said, counted
from qacli.understand.patterns.claim import APART, RISE
from qacli.understand.patterns.finding import CLOSED, CONFIRMED, DISMISSED, WATCH, Standing, standings
from qacli.understand.patterns.looking import Looked
from qacli.understand.patterns.raising import disturbed, looked_at
from qacli.understand.patterns.telling import answer_in_words, cautions, statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from qacli.understand.patterns.claim import Claim

STATUS = {
    WATCH: "on watch: not confirmed yet",
    CONFIRMED: "confirmed by fresh checks",
    DISMISSED: "dismissed by fresh checks",
    CLOSED: "closed",
}
ANSWERED = (DISMISSED, CLOSED)


class Standings(NamedTuple):
    """One look at the days of the page, and what is on record of the same claims."""

    looked: Looked
    on_record: Sequence[Standing]

    def status(self, claim: Claim) -> Standing | None:
        """Return the latest finding of a claim on record; None where there is none."""
        return next((each for each in reversed(self.on_record) if each.finding.key == claim.key), None)


def standings_of(content: Content) -> Standings | None:
    """Return what stands out in the days of the page; None where nothing was observed."""
    if content.first is None or content.last is None or content.found.observed.empty:
        return None
    whole = not (content.selection.channel or content.selection.team)
    looked, _ = looked_at(content.view, content.first, content.last)
    claims = tuple(each for each in looked.raised if whole or _inside(content, each))
    kept = tuple(each for each in claims if not disturbed(content.view, each, content.first, content.last))
    return Standings(looked._replace(raised=kept), standings(content.view))


def _inside(content: Content, claim: Claim) -> bool:
    """A claim about another channel, or about somebody of another team, does not belong on a page of a part."""
    people = set(content.found.observed["colleague"])
    return content.selection.channel in {"", claim.channel} and (not claim.colleague or claim.colleague in people)


def said(content: Content, found: Standings) -> Iterator[Said]:
    """Yield a sentence for each claim that stands out and was not answered: a criterion before a person."""
    for claim in found.looked.raised:
        standing = found.status(claim)
        if standing and standing.status in ANSWERED:
            continue
        status = (
            f" Status: {STATUS[standing.status]} ({standing.finding.id})."
            if standing
            else " Nobody has it on watch yet."
        )
        weight = 80 if claim.kind == RISE else 60
        weight += 10 * bool(standing and standing.status == CONFIRMED)
        yield Said(weight, f"{_statement(content, claim, found.looked)}.{status}")


def standing_cells(found: Standings) -> set[tuple[str, str, str]]:
    """Return the (colleague, scorecard, criterion) that stand out and were not answered."""
    return {
        (each.colleague, each.scorecard, each.criterion)
        for each in found.looked.raised
        if each.kind == APART and not ((standing := found.status(each)) and standing.status in ANSWERED)
    }


def part(content: Content, found: Standings) -> Part:
    """Return the claims that stand out with their cautions, then what else is on record."""
    looked = found.looked
    looks = sum(looked.looks.values())
    lines = [_line(content, claim, found, looks) for claim in looked.raised]
    keys = {claim.key for claim in looked.raised}
    lines += [
        _recorded(content, each)
        for each in found.on_record
        if each.finding.key not in keys and each.status in {WATCH, CONFIRMED}
    ]
    heading = _heading(len(looked.raised))
    lead = (
        f"{counted(looks, 'look')}: every criterion over time, every colleague over time, every colleague on each criterion; "
        "of what is raised, 5 % at most is expected to be chance. Routine samples raise a watch; fresh checks confirm it."
    )
    body = el("ul", *lines, class_="said") if lines else el("p", "Nothing is on watch.")
    return Part("findings", heading, lead, body)


def _heading(raised: int) -> str:
    if not raised:
        return "Nothing stands out among all looks"
    return f"{counted(raised, 'thing')} stand{'s' * (raised == 1)} out among all looks"


def _line(content: Content, claim: Claim, found: Standings, looks: int) -> Markup:
    standing = found.status(claim)
    events = content.view.definitions("event")
    more = [el("small", each) for each in cautions(claim, events, looks)]
    status = (
        f" {STATUS[standing.status]} ({standing.finding.id})."
        if standing
        else " To put it on watch: qacli finding look."
    )
    return el("li", _statement(content, claim, found.looked), ".", el("b", status), *more)


def _recorded(content: Content, each: Standing) -> Markup:
    finding = each.finding
    named = content.names.in_text(statement(finding, finding.first, finding.last), finding.colleague)
    told = el("small", answer_in_words(each.event)) if each.event else ""
    return el("li", joined([named, ". ", el("b", f"{STATUS[each.status]} ({finding.id}).")]), told)


def _statement(content: Content, claim: Claim, looked: Looked) -> str:
    return content.names.in_text(statement(claim, looked.first, looked.last), claim.colleague)
