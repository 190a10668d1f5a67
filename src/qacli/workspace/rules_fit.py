"""Whether rules suggest answers that their criteria can have, from measures that something gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qacli.files.faults import Fault

if TYPE_CHECKING:
    from qacli.workspace import Workspace
    from qacli.workspace.definitions import Item


def rules_fit(workspace: Workspace) -> Iterator[Fault]:
    """What a rule suggests is an answer that its criterion can have, on some card."""
    from qacli.monitor.suggesting.suggestion import fits

    rules, cards, scales = (workspace.definitions.whole(kind) for kind in ("rule", "scorecard", "scale"))
    known_scales = {item.reference: item.model for item in scales}
    yield from _unmeasured(workspace, rules, cards)
    asked: dict[str, list[str]] = {}
    for card in cards:
        for criterion in card.model.criteria():
            asked.setdefault(criterion.id, []).append(criterion.scale)
    for item in rules:
        rule = item.model
        if rule.criterion not in asked:
            message = f"no scorecard has a criterion {rule.criterion}"
            yield item.tree.document.fault(
                "unknown-criterion", message, item.tree.place(("criterion",)), "correct the id"
            )
            continue
        known = [known_scales[name] for name in asked[rule.criterion] if name in known_scales]
        for setting in ("found", "missing"):
            answer = getattr(rule, setting)
            if answer and known and not any(fits(answer, scale) for scale in known):
                message = f"{answer} is no answer to {rule.criterion}, which is rated on {known[-1].reference}"
                hint = f"one of: {', '.join(known[-1].answers)}" if known[-1].points else f"one of {known[-1].in_words}"
                yield item.tree.document.fault("unknown-point", message, item.tree.place((setting,)), hint)


def _unmeasured(workspace: Workspace, rules: Sequence[Item], cards: Sequence[Item]) -> Iterator[Fault]:
    """Yield the rules whose measure nothing gives, and those that measure something else than their criterion names."""
    from qacli.monitor.suggesting.measures import MEASURES
    from qacli.workspace.measured import mapped

    known = sorted({*MEASURES, *mapped(workspace)}) if rules else []
    names: dict[str, set[str]] = {}
    for card in cards:
        for criterion in card.model.criteria():
            names.setdefault(criterion.id, set()).update({criterion.filled_from} - {None})
    for item in rules:
        measure, place = item.model.measure, item.tree.place(("measure",))
        if measure and measure not in known:
            message = f"nothing measures {measure}: no transcript gives it, and no profile of the export names it"
            yield item.tree.document.fault("no-such-measure", message, place, f"one of: {', '.join(known)}")
        named = names.get(item.model.criterion, set())
        if measure and named and measure not in named:
            message = f"{item.model.criterion} is filled from {', '.join(sorted(named))}, not from {measure}"
            yield item.tree.document.fault("other-measure", message, place, "name the same in the rule and on the card")
