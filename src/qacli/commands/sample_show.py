"""What ``qacli sample show`` shows: a recorded draw, and its sample beside the population."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from qacli.monitor.sampling.draw import JUDGEMENT, Draw, Exclusion, Extension, Item, Replacement, Stratum

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qacli.commands.context import Context
    from qacli.model import View
    from qacli.monitor.sampling.balance import Loss, Part

BALANCE = ("trait", "part", "eligible", "% of population", "drawn", "% of sample", "difference", "expected", "mark")
LOST = ("lost to", "trait", "part", "transactions", "lost", "percent", "low", "high", "% of the others", "verdict")


def show_draw(context: Context, view: View, draw: Draw) -> None:
    """Show a draw from its records: strata on standard output, the rest told."""
    from qacli.commands.sample_list import Asked, show_items
    from qacli.commands.sample_told import tell_draw

    for line in _about(view, draw):
        context.tell(line)
    excluded = view.rows(Exclusion, draw=draw.id)
    if draw.design == JUDGEMENT:
        show_items(context, view, Asked(draw=draw.id))
        return
    tell_draw(context, [draw, *excluded, *_strata(view, draw), *_weighed(view, draw)])


def _weighed(view: View, draw: Draw) -> list[Item]:
    """Return the items of a draw with the weights that its last extension left them."""
    from qacli.monitor.sampling.ranking import chance_of

    items = view.rows(Item, draw=draw.id)
    return [replace(item, weight=chance_of(view, item)[1]) for item in items]


def _strata(view: View, draw: Draw) -> list[Stratum]:
    """Return the strata of a draw as its last extension left them."""
    later = {row.stratum: row for row in view.rows(Extension) if row.draw == draw.id}
    return [
        replace(row, asked=later[row.stratum].asked, drawn=later[row.stratum].drawn) if row.stratum in later else row
        for row in view.rows(Stratum)
        if row.draw == draw.id
    ]


def _about(view: View, draw: Draw) -> Iterator[str]:
    from qacli.monitor.sampling.drawing import occasion_of
    from qacli.prepare.period import in_words

    def on(row: Draw | Extension) -> str:
        return in_words(row.at.astimezone(view.now.tzinfo).date()) if row.at else "a day not recorded"

    how = f"chosen by {draw.by}" if draw.design == JUDGEMENT else f"{draw.design}, drawn by {draw.by}"
    yield f"{draw.id}: {draw.frame}, {draw.period}, {draw.purpose}, {how} on {on(draw)}"
    if draw.rule:
        yield f"  size       {draw.rule}"
    if occasion := occasion_of(view, draw):
        part = ", ".join(
            f"{name} {getattr(occasion, name)}" for name in ("channel", "team", "reason") if getattr(occasion, name)
        )
        yield f"  what for   {occasion.words}{f' ({occasion.link})' if occasion.link else ''}{f'; only {part}' if part else ''}"
    items = {item.id for item in view.rows(Item, draw=draw.id)}
    if causes := Counter(row.cause for row in view.rows(Replacement) if row.item in items):
        yield f"  replaced   {', '.join(f'{n} {cause}' for cause, n in sorted(causes.items()))}"
    for row in {row.size: row for row in view.rows(Extension) if row.draw == draw.id}.values():
        yield f"  extended   to {row.size} on {on(row)}, when {row.observed} items had been scored"


def show_balance(context: Context, view: View, draw: Draw) -> None:
    """Show the sample of a draw beside the population of its frame, from the source."""
    from qacli.monitor.sampling.balance import balance
    from qacli.monitor.sampling.designs.registry import DESIGNS
    from qacli.monitor.sampling.ranking import Chosen, basis_of
    from qacli.workspace.populations import open_transactions

    if draw.design not in DESIGNS:
        raise Chosen(draw)
    confidence = context.workspace.settings.thresholds.confidence / 100
    with open_transactions(context.workspace) as opened:
        _tell_changed(context, draw, opened.population.digest)
        basis = basis_of(view, draw, opened.source, opened.opt_outs)
        parts = balance(view, basis, opened.population, context.workspace.zone, confidence)
    context.show("balance", BALANCE, [_balance_row(part) for part in parts])
    tested = sum(part.chance is not None for part in parts)
    marked = sum(part.marked for part in parts)
    context.tell(
        f"{marked} of {tested} parts marked: the draw would give a count as far from the expected one anywhere in this "
        f"table with a probability under {100 * (1 - confidence):.3g} % (exact, within strata; shared among the parts)"
    )
    context.tell("% of sample is weighted by the design, so it may be compared with the population")


def _balance_row(part: Part) -> tuple[object, ...]:
    sampled = None if part.sampled is None else 100 * part.sampled
    return (
        part.trait,
        part.part,
        part.eligible,
        100 * part.share,
        part.drawn,
        sampled,
        None if sampled is None else sampled - 100 * part.share,
        part.expected,
        "more than chance" if part.marked else "",
    )


def show_lost(context: Context, view: View, draw: Draw) -> None:
    """Show what opt-outs and days without a notice took from the population of a draw, from the source."""
    from qacli.monitor.sampling.balance import losses
    from qacli.monitor.sampling.designs.registry import DESIGNS
    from qacli.monitor.sampling.ranking import Chosen, basis_of
    from qacli.workspace.populations import open_transactions

    if draw.design not in DESIGNS:
        raise Chosen(draw)
    thresholds = context.workspace.settings.thresholds
    confidence = thresholds.confidence / 100
    with open_transactions(context.workspace) as opened:
        _tell_changed(context, draw, opened.population.digest)
        basis = basis_of(view, draw, opened.source, opened.opt_outs)
        found = losses(basis, opened.population, context.workspace.zone, confidence, thresholds.minimum_n)
    context.show("lost", LOST, [_lost_row(each) for each in found])
    for line in _lost_words(found):
        context.tell(line)


def _lost_row(loss: Loss) -> tuple[object, ...]:
    limits = [None if each is None else 100 * each for each in loss.share[:3]]
    others = None if loss.others is None else 100 * loss.others
    return (loss.reason, loss.trait, loss.part, loss.transactions, loss.lost, *limits, others, loss.verdict)


def _lost_words(found: Sequence[Loss]) -> Iterator[str]:
    if not found:
        yield "nothing was lost to opt-outs or to days without a notice"
    told = [loss for loss in found if loss.verdict.endswith("than the others")]
    if found and not told:
        yield "no part can be told from the others at this n: whom the sample misses is not known to differ"
    for loss in told:
        yield (
            f"{loss.trait} {loss.part} {loss.verdict}: {loss.lost:,} of {loss.transactions:,}, "
            f"{100 * loss.lost / loss.transactions:.1f} % beside {100 * (loss.others or 0):.1f} %; the sample speaks less for it"
        )


def _tell_changed(context: Context, draw: Draw, digest: str) -> None:
    if digest != draw.sha256:
        context.tell(f"the source has changed since {draw.id} was drawn: this is the population of today")
