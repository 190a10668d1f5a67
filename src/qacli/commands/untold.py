"""What the days without a notice and the opt-outs cost, counted from the source, and told in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.commands.options import days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.commands.context import Context
    from qacli.model import View
    from qacli.monitor.sampling.lost import Loss
    from qacli.prepare.notices.notice import Notice, Span
    from qacli.prepare.notices.standing import Standing, Window
    from qacli.prepare.period import Period
    from qacli.workspace.populations import Opened


def gap_in_words(written: Sequence[Notice], notices: Sequence[Notice], gap: Span, transactions: int | None) -> str:
    """Return a gap in words: its days, the notices around it, what is lost."""
    from qacli.prepare.period import Period

    count = "" if transactions is None else f", {transactions:,} transaction{'s' * (transactions != 1)}"
    lasting = f"{length(gap)} day{'s' * (length(gap) != 1)}"
    return (
        f"gap: {gap.key} customers, {Period('', gap.from_, gap.to).describe()}: {_between(written, notices, gap)}. "
        f"{lasting}{count}. {'They' if count else 'Their transactions'} will not be sampled."
    )


def length(gap: Span) -> int:
    """Return how many days a gap has."""
    return (gap.to - gap.from_).days + 1


def _between(written: Sequence[Notice], notices: Sequence[Notice], gap: Span) -> str:
    """Return which notices lie around a gap, and which would close it were they proved."""
    from qacli.prepare.notices.notice import around
    from qacli.prepare.period import in_words

    ended, began = around(notices, gap)
    waiting = [each.id for each in written if each.audience == "customers" and each.channel in {gap.key, "all"}]
    waiting = [name for name in waiting if name not in {each.id for each in notices}]
    starts = f"{began.id} starts {in_words(began.from_)}" if began else "none follows"
    parts = []
    if ended and ended.to:
        parts = [f"{ended.id} ends {in_words(ended.to)}", starts]
    elif began:
        parts = [f"no notice before {began.id}, which starts {in_words(began.from_)}"]
    parts += [f"{name} has no proof of delivery yet" for name in waiting]
    return ", ".join(parts) or "no notice is written for them"


def period_asked(view: View, from_: str, to: str) -> Period:
    """Return the days that were asked for; what is left open is the quarter of today."""
    from qacli.prepare.period import Period, period_of

    quarter = period_of("quarter", view.now.date())
    first, last = days(from_, to)
    return Period("", first or quarter.first, last or quarter.last)


def counts(context: Context, found: Sequence[Span], period: Period) -> tuple[Sequence[int | None], str]:
    """Return the transactions in each gap, None where no source can be read, and what opting out takes, in words."""
    from qacli.model import Command, Hint, QacliError
    from qacli.monitor.sampling.lost import counted
    from qacli.workspace.populations import TRANSACTIONS, open_transactions

    if TRANSACTIONS not in context.workspace.settings.sources:
        return [None] * len(found), ""
    try:
        with open_transactions(context.workspace) as opened:
            return counted(opened.population, found), _opted_out(context, opened, period)
    except QacliError as wrong:
        context.tell(Hint(f"transactions were not counted: {wrong.message}; where: ", Command("source check")))
        return [None] * len(found), ""


def _opted_out(context: Context, opened: Opened, period: Period) -> str:
    from qacli.workspace.populations import OPT_OUTS

    if OPT_OUTS not in context.workspace.settings.sources:
        return ""
    found = losses(context, opened, "channel", period)
    out, everything = sum(loss.opted_out for loss in found), sum(loss.transactions for loss in found)
    share = f", {100 * out / everything:.1f} %" if everything else ""
    return (
        f"opted out: {out:,} of {everything:,} transactions of {period.describe()}{share}; "
        "who is lost by that: qacli notice opt-outs"
    )


def losses(context: Context, opened: Opened, by: str, period: Period) -> Sequence[Loss]:
    """Return what opting out takes from each group in a period, under the thresholds of qacli.yaml."""
    from qacli.monitor.sampling.eligibility import Ground
    from qacli.monitor.sampling.lost import lost

    workspace = context.workspace
    limits = workspace.settings.thresholds
    ground = Ground((), (), workspace.people, opened.opt_outs, (), opened.source)
    return lost(opened.population, ground, by, period.first, period.last, limits.confidence / 100, limits.minimum_n)


def monitored(view: View) -> set[str]:
    """Return the channels whose customers are told of monitoring, or whose transactions a frame draws."""
    from qacli.files.schema import ANY

    told = {notice.channel for notice in view.definitions("notice") if notice.audience == "customers"}
    cards = {card.reference: card.channels for card in view.definitions("scorecard")}
    drawn: set[str] = set()
    for frame in view.definitions("frame"):
        named = frame.population.channel or set(frame.scorecards) - {ANY}
        rest = () if frame.population.channel else cards.get(frame.scorecards.get(ANY, ""), ())
        drawn.update(named, rest)
    return (told | drawn) - {"all"}


def legend(window: Window) -> str:
    """Return what the marks of the calendar mean."""
    mark = "day" if (window.last - window.first).days < 35 else "week, the worst of its days"
    return f"one mark a {mark}: # told, ! told and ends within {window.within} days, . nobody was told, blank: not here"


def standing_row(standing: Standing, window: Window) -> tuple[object, ...]:
    """Return a line of the status table: who, the light, the last day told, the days until then, the calendar."""
    from qacli.prepare.notices.standing import calendar

    left = (standing.until - window.on).days if standing.until else None
    until = standing.until or ("open" if standing.light == "green" else None)
    return standing.key, standing.light, until, left, calendar(standing, window)
