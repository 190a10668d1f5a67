"""The audit of replacements: whose items are put aside, how often and why, beside those of the others."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from qacli.monitor.sampling.draw import Item, Replacement
from qacli.stats import count_test

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qacli.model import View

By = Literal["evaluator", "colleague"]


class Audited(NamedTuple):
    """The replacements among the items of one evaluator, or of one colleague's work.

    ``watched`` were replaced after somebody had begun to observe them, ``by_others`` by another than their evaluator,
    ``left_open`` without another in their place. ``chance`` is the probability of so many or more if every item of a
    draw were as likely to be replaced; None where nobody else's items lie beside them.
    """

    name: str
    items: int
    replaced: int
    causes: Mapping[str, int]
    watched: int
    by_others: int
    left_open: int
    chance: float | None
    verdict: str


def audit(view: View, by: By, draws: Sequence[str], confidence: float) -> list[Audited]:
    """Return the replacements of some draws by evaluator or colleague, in order of their ids.

    Fisher's exact test within each draw; with several people the level is shared among them (Bonferroni). Where not even
    the most extreme count could be told from chance, the verdict says so.
    """
    items = [item for item in view.rows(Item) if item.draw in draws and item.weight is not None]
    found = {row.item: row for row in view.rows(Replacement)}
    people: dict[str, list[Item]] = {}
    for item in items:
        people.setdefault(getattr(item, by), []).append(item)
    units, marked = Counter(item.draw for item in items), Counter(item.draw for item in items if item.id in found)
    level = (1 - confidence) / max(1, len(people))
    return [_audited(name, people[name], found, units, marked, level) for name in sorted(people)]


def _audited(
    name: str,
    items: Sequence[Item],
    found: Mapping[str, Replacement],
    units: Mapping[str, int],
    marked: Mapping[str, int],
    level: float,
) -> Audited:
    ours = [found[item.id] for item in items if item.id in found]
    taken = Counter(item.draw for item in items)
    groups = [(units[draw], marked[draw], n) for draw, n in taken.items() if n < units[draw]]
    compared = [item for item in items if taken[item.draw] < units[item.draw]]
    count = sum(item.id in found for item in compared)
    chance = count_test(groups, count).high if groups else None
    return Audited(
        name,
        len(items),
        len(ours),
        dict(sorted(Counter(row.cause for row in ours).items())),
        sum(row.watched for row in ours),
        sum(row.by != row.evaluator for row in ours),
        sum(not row.new for row in ours),
        chance,
        _verdict(groups, chance, level),
    )


def _verdict(groups: Sequence[tuple[int, int, int]], chance: float | None, level: float) -> str:
    if chance is None:
        return "nobody else's to compare with"
    if chance < level:
        return "more than the others"
    most = sum(min(marked, taken) for _, marked, taken in groups)
    if not most:
        return "nothing was replaced"
    if count_test(groups, most).high >= level:
        return "cannot tell at this n"
    return "cannot be told from the others"
