"""How a comparison of designs is told: a row for each, then in words what the chosen number can and cannot tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from qacli.commands.context import Context
    from qacli.model import View
    from qacli.monitor.sampling.comparison import Compared, Question
    from qacli.monitor.sampling.rehearsal import Stage
    from qacli.prepare.frames.frame import Frame
    from qacli.prepare.period import Period
    from qacli.workspace.populations import Opened


class Asked(NamedTuple):
    """What was typed: per cent are numbers of per cent."""

    period: str
    designs: str
    size: int | None
    fault: float
    alike: float
    fewer: int


class _Result(NamedTuple):
    frame: Frame
    period: Period
    stage: Stage
    question: Question
    found: Sequence[Compared]
    left_out: Sequence[str]


def compare_designs(context: Context, frame_id: str, asked: Asked) -> None:
    """Compare designs on a population, and show it. Raises UsageError, EmptyPopulation, NothingEligible."""
    from qacli.monitor.sampling.sizing import newest_whole
    from qacli.prepare.period import parse_period
    from qacli.workspace.populations import open_transactions

    view, zone = context.workspace.view(), context.workspace.zone
    frame: Frame = view.item("frame", frame_id).model
    with open_transactions(context.workspace) as opened:
        period = parse_period(asked.period) if asked.period else newest_whole(opened.population, frame.cadence)
        result = _compare(view, frame, period, opened, asked, zone)
    columns, rows = _short(result) if context.for_people else _whole(result)
    title = f"{frame.reference} on {period.describe()}: {result.stage.eligible:,} eligible transactions"
    context.show("frame-compare", columns, rows, title if context.for_people else "")
    for words in _in_words(result):
        context.tell(words)


def _compare(view: View, frame: Frame, period: Period, opened: Opened, asked: Asked, zone: ZoneInfo) -> _Result:
    from qacli.monitor.sampling import candidates
    from qacli.monitor.sampling.comparison import Question, compared
    from qacli.monitor.sampling.designs.aims import settled
    from qacli.monitor.sampling.drawing import seed_of, whole_period
    from qacli.monitor.sampling.rehearsal import staged
    from qacli.monitor.sampling.sizing import ground_now, refuse_empty, require_share

    require_share("--fault", asked.fault / 100)
    thresholds, period = view.settings.thresholds, whole_period(frame, period)
    known = candidates.with_spread(view, frame, thresholds.minimum_n)
    names, mine = candidates.chosen(asked.designs), candidates.own(known)
    first = [*([mine] if mine in candidates.CANDIDATES else []), *names]
    every, lacking = candidates.candidates(known, list(dict.fromkeys(first)))
    seed, ground = seed_of(frame, period), ground_now(view, frame, period, opened.source, opened.opt_outs)
    stage = staged(opened.population, every, period, ground, zone, seed)
    if not stage.eligible:
        refuse_empty(opened.population, frame, period, ground)
    n = asked.size or candidates.asked(known, stage)
    colleagues = len(set(stage.groups["colleague"]))
    wanted = candidates.candidates(known, names, n, colleagues)[0]
    if mine in wanted and not asked.size:
        wanted[mine] = settled(known, stage.held[mine]).frame
    frames, refused = candidates.drawable(wanted, stage)
    question = Question(
        thresholds.confidence / 100, asked.fault / 100, asked.alike / 100, asked.fewer, candidates.side_of(frame)
    )
    return _Result(frame, period, stage, question, compared(stage, frames, seed, question), [*lacking, *refused])


def _name(result: _Result, each: Compared) -> str:
    from qacli.monitor.sampling.candidates import own

    return f"{each.design} *" if each.design == own(result.frame) else each.design


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _short(result: _Result) -> tuple[list[str], list[list[Any]]]:
    """Return what fits 80 columns."""
    from qacli.prepare.frames.workload import hours

    columns = ["design", "n", "hours", "±", "worst", "miss", "person", "off", "few"]
    return columns, [
        [
            _name(result, each),
            round(each.n),
            hours(result.frame, each.n),
            *map(_percent, (each.margin, each.worst, each.missed, each.missed_people, each.largest)),
            round(each.thin),
        ]
        for each in result.found
    ]


def _whole(result: _Result) -> tuple[list[str], list[list[Any]]]:
    """Return everything that was found out."""
    from qacli.monitor.sampling.candidates import own
    from qacli.monitor.sampling.comparison import BALANCED
    from qacli.prepare.frames.workload import capacity, hours

    ask, room = result.question, capacity(result.frame)
    share = f"{100 * ask.fault:g} %"
    columns = ["design", "as agreed", "n", "hours", "hours there are", f"± points at {100 * ask.confidence:g} %", f"worst {ask.side}",
               "± points there", f"% chance to miss a {share} fault", f"% chance to miss a fault of {share} of colleagues",
               "largest difference", *(f"difference by {side}" for side in BALANCED), "colleagues",
               f"colleagues under {ask.fewer}", "colleagues unseen", "draws on paper"]  # fmt: skip
    return columns, [
        [
            each.design,
            each.design == own(result.frame),
            each.n,
            hours(result.frame, each.n),
            None if room is None else hours(result.frame, room),
            _percent(each.margin),
            each.group,
            *map(_percent, (each.worst, each.missed, each.missed_people, each.largest)),
            *(_percent(each.balance[side]) for side in BALANCED),
            each.colleagues,
            each.thin,
            each.unseen,
            result.stage.times,
        ]
        for each in result.found
    ]


def _in_words(result: _Result) -> list[str]:
    from qacli.monitor.sampling.candidates import own
    from qacli.monitor.sampling.meaning import meaning
    from qacli.monitor.sampling.sizing import as_many_alike
    from qacli.prepare.frames.workload import workload

    ask, stage = result.question, result.stage
    said = [*_legend(result), *result.left_out]
    chosen = next((each for each in result.found if each.design == own(result.frame)), result.found[0])
    n = round(chosen.n)
    said.append(workload(result.frame, n))
    alike = None if chosen.margin is None else as_many_alike(chosen.margin, stage.eligible, ask.confidence)
    cadence = result.frame.cadence
    return said + meaning(n, stage.eligible, chosen.margin, chosen.colleagues, cadence, ask.confidence, alike)


def _legend(result: _Result) -> list[str]:
    """Return what the columns mean."""
    ask, stage = result.question, result.stage
    some = f", of {len(stage.ids):,} that stand for all," if len(stage.ids) < stage.eligible else ""
    fault = f"{100 * ask.fault:g} %"
    exact = f"±: a share of the whole, to within so many points at {100 * ask.confidence:g} %"
    model = f"{100 * ask.alike:g} % of what varies lies between colleagues, as much between days (--alike)"
    off = "off: largest difference in points between the weighted sample and the population"
    sides = "channel, team, reason, weekday, hour, duration"
    few = f"few: colleagues, of {result.found[0].colleagues}, seen fewer than {ask.fewer} times (--fewer)"
    return [
        f"mean of {stage.times} draws on paper{some} for each design; * is the frame's own",
        f"{exact}; worst: of the {ask.side} told least exactly; {model}",
        f"miss: % chance to miss a fault that {fault} of all have; person: one that {fault} of colleagues always make",
        f"{off} by {sides}; {few}",
    ]
