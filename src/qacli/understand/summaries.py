"""The summaries by their name, as commands and reports ask for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from qacli.model import UsageError, View
from qacli.monitor.sampling.draw import Item
from qacli.prepare.agreeing import overrides
from qacli.prepare.approval import Override
from qacli.understand.criteria import by_criterion
from qacli.understand.deviations import by_deviation
from qacli.understand.evaluators import by_evaluator
from qacli.understand.facts import Selection, refuse_unknown
from qacli.understand.overruled import by_rule
from qacli.understand.patterns.coverage import by_coverage
from qacli.understand.patterns.pareto import by_fault
from qacli.understand.patterns.trends import trend
from qacli.understand.summary import Summary, by_channel, by_colleague, by_reason, by_team, desk

SUMMARIES: Mapping[str, Callable[[View, Selection], Summary]] = MappingProxyType(
    {
        "colleague": by_colleague,
        "team": by_team,
        "channel": by_channel,
        "reason": by_reason,
        "criterion": by_criterion,
        "deviation": by_deviation,
        "fault": by_fault,
        "rule": by_rule,
        "evaluators": by_evaluator,
        "desk": desk,
        "trend": trend,
        "coverage": by_coverage,
    }
)


def summarised(view: View, by: str, selection: Selection) -> Summary:
    """Return the summary of that name. Raises NothingOfThatName, and UsageError where there is no such summary."""
    if by not in SUMMARIES:
        raise UsageError(f"there is no summary by '{by}'", help=f"one of: {', '.join(SUMMARIES)}")
    refuse_unknown(view, selection)
    found = SUMMARIES[by](view, selection)
    return found._replace(notes=[*found.notes, *_against_rules(view)])


def _against_rules(view: View) -> list[str]:
    """Return what was approved against a rule among the cards of all items and their scales."""
    if not view.current(Override):
        return []
    names = sorted({item.scorecard for item in view.current(Item)})
    return overrides(view, [view.definition("scorecard", name) for name in names])


def share_columns(columns: Sequence[str]) -> list[str]:
    """Return the columns that hold 0 to 1: ``share`` and ``x_share``, each with its ``low`` and ``high`` if there."""
    shares = [name for name in columns if name == "share" or name.endswith("_share")]
    named = [name.removesuffix("share") + part for name in shares for part in ("share", "low", "high")]
    return [name for name in named if name in columns]


def in_percent(found: Summary) -> Summary:
    """Return a summary with its shares, and their limits, as per cent: what people read."""
    frame = found.frame.copy()
    shares = share_columns(list(frame.columns))
    for name in shares:
        frame[name] = frame[name] * 100
    return found._replace(frame=frame.rename(columns={name: name.replace("share", "percent") for name in shares}))
