"""Transactions that a person chose: recorded with who chose them and why, and never taken for a sample.

They have no probability and no weight, so no estimate can use them. Who may be observed at all holds for them as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qacli.model import Change, Refusal, Row, View, Words, ref
from qacli.monitor.sampling.draw import JUDGEMENT, Draw, Item, Occasion
from qacli.monitor.sampling.drawing import ground_now, item_of, notices_of, refuse_undrawable
from qacli.monitor.sampling.eligibility import judged
from qacli.monitor.sampling.sharing import share_out
from qacli.prepare.agreeing import overrides
from qacli.prepare.period import Period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from qacli.prepare.frames.frame import Frame
    from qacli.prepare.notices.notice import Span
    from qacli.sources.population import Population

STRATUM = "chosen"
FORBIDDEN = "may not be observed: "


class NoReasonToChoose(Refusal, rule="no-reason-to-choose"):
    """Whoever points at one transaction says why."""

    def __init__(self) -> None:
        super().__init__("what is chosen is chosen for a reason.", help='say it: --reason "..."')


class NotToBeChosen(Refusal, rule="not-to-be-chosen"):
    """Some of what was chosen may not be observed, or is not there. All are told at once."""

    def __init__(self, wrong: Mapping[str, str], sampled: bool) -> None:
        lines = "\n  ".join(f"{transaction}: {why}" for transaction, why in wrong.items())
        hint = "to look at a sampled one a second time, for this reason: --also" if sampled else ""
        super().__init__(f"nothing was recorded:\n  {lines}", help=hint or "leave these out, and choose the others")


def choose(
    view: View,
    frame_id: str,
    transactions: Sequence[str],
    reason: str,
    population: Population,
    source: str,
    opt_outs: Sequence[Span] = (),
    link: str = "",
    also: bool = False,
) -> Change:
    """Record transactions that a person chose, to be scored as their frame says.

    ``link`` names the complaint, survey or measure that points at them. ``also`` takes those that lie in a sample once
    more; the observation of a sampled item stays another one. Raises NoReasonToChoose, NotToBeChosen, and what
    draw_sample raises of a frame and its cards.
    """
    if not reason.strip():
        raise NoReasonToChoose
    asked = list(dict.fromkeys(each.strip() for each in transactions))
    days = _days(population, asked)
    first, last = min(days.values(), default=view.now.date()), max(days.values(), default=view.now.date())
    period = Period(str(first) if first == last else f"{first}..{last}", first, last)
    frame: Frame = view.definition("frame", frame_id, on=first)
    cards = refuse_undrawable(view, frame, period)
    found = _classified(view, frame, period, population, source, opt_outs, asked, also)
    wrong = _wrong(view, frame, asked, days, found)
    if wrong:
        raise NotToBeChosen(wrong, any("lies in" in why for why in wrong.values()))
    rows = [found[each] for each in asked]
    return Change(
        _recorded(view, frame, period, rows, source, population.digest, reason.strip(), link.strip()),
        overrides(view, cards),
    )


def _days(population: Population, transactions: Sequence[str]) -> dict[str, date]:
    rows = population.connection.execute(
        "SELECT id, local_date FROM population WHERE list_contains(?::VARCHAR[], id) AND local_date IS NOT NULL",
        [list(transactions)],
    )
    return dict(rows.fetchall())


def _classified(
    view: View,
    frame: Frame,
    period: Period,
    population: Population,
    source: str,
    opt_outs: Sequence[Span],
    transactions: Sequence[str],
    also: bool,
) -> dict[str, dict[str, Any]]:
    query, parameters = judged(population, frame, period, ground_now(view, source, opt_outs, drawn=not also))
    rows = population.connection.execute(
        f"SELECT *, local_date AS day FROM ({query}) WHERE list_contains(?::VARCHAR[], id)",
        [*parameters, list(transactions)],
    )
    names = [column[0] for column in rows.description]
    return {row[0]: dict(zip(names, row, strict=True)) for row in rows.fetchall()}


def _wrong(
    view: View, frame: Frame, asked: Sequence[str], days: Mapping[str, date], found: Mapping[str, dict[str, Any]]
) -> dict[str, str]:
    """Return what is wrong with each transaction that cannot be chosen, in words."""
    items = {item.transaction: item for item in view.rows(Item)}
    wrong = {}
    for each in asked:
        if each not in days:
            wrong[each] = "is not in the source, or has no start there"
        elif each not in found:
            wrong[each] = f"is not in the population of {frame.reference}"
        elif found[each]["why"] == "already-sampled":
            wrong[each] = f"lies in a sample already, as {items[each].id} ({items[each].purpose})"
        elif found[each]["why"]:
            wrong[each] = FORBIDDEN + found[each]["why"]
    return wrong


def _recorded(
    view: View,
    frame: Frame,
    period: Period,
    rows: Sequence[dict[str, Any]],
    source: str,
    digest: str,
    reason: str,
    link: str,
) -> list[Row]:
    purpose = "kpi-link" if link else "targeted"
    draw = Draw(
        frame=frame.reference,
        period=period.key,
        first=period.first,
        last=period.last,
        purpose=purpose,
        design=JUDGEMENT,
        seed="",
        notices=" ".join(sorted(notice.reference for notice in notices_of(view))),
        source=source,
        sha256=digest,
        population=len(rows),
        eligible=len(rows),
        drawn=len(rows),
    )
    items = [
        item_of(row, draw=ref(draw), stratum=STRATUM, purpose=purpose, probability=None, weight=None, evaluator="")
        for row in rows
    ]
    return [draw, Occasion(draw=ref(draw), words=Words(reason), link=link), *share_out(view, frame, period.last, items)]
