"""Setting targets: proposed with the test of history, agreed by a second person, in force from a day to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from qacli.files.numbers import plain
from qacli.model import NO_WORDS, Change, Command, Hint, QacliError, Refusal, View, Words
from qacli.prepare.period import in_words, parse_period, period_of
from qacli.understand.kpis.verdict import BREACH, judge
from qacli.understand.targets.assessing import Assessment, assess_place
from qacli.understand.targets.reach import OUT_OF_REACH
from qacli.understand.targets.target import AGREED, DECLINED, PROPOSED, Place, TargetChange, agreed, in_force, place_of

if TYPE_CHECKING:
    from qacli.prepare.kpi import Kpi

DAY = timedelta(days=1)


class BackDatedTarget(Refusal, rule="target-back-dated"):
    """Who may move a target backwards can turn every miss into a hit."""

    def __init__(self, effective: date, today: date) -> None:
        super().__init__(
            f"a target cannot take effect on {in_words(effective)}: that day is over, and its figures keep the target of "
            "their day.",
            help=f"name a day to come: --from {today + DAY}",
        )


class EasingInBreach(Refusal, rule="target-eased-in-breach"):
    """A target is not eased because it is missed."""

    def __init__(self, place: Place, old: TargetChange, new: float, period: str) -> None:
        super().__init__(
            f"{place.in_words()} was in breach of {plain(old.new)} in {period}, and {plain(new)} would be easier.",
            help='say what changed, if something did: --because "the identity check takes 40 seconds more since 5 May"',
        )


class Loosened(Refusal, rule="target-below-standard"):
    """A rule that has to be kept is no matter of agreement."""

    def __init__(self, limit: str, source: str, new: float) -> None:
        super().__init__(
            f"{plain(new)} would be looser than {limit} ({source}).",
            help="a target may be stricter than a standard, never looser",
        )


class OwnTarget(Refusal, rule="own-target"):
    """Agreeing takes two."""

    def __init__(self, row: TargetChange) -> None:
        super().__init__(
            f"{row.by} proposed {plain(row.new)} for {place_of(row).in_words()} and cannot agree it as well.",
            help=Hint("another person runs: ", Command(f"target agree {row.id}", "PERSON")),
        )


class WrongTargetRole(Refusal, rule="target-role"):
    """The workspace says whose agreement a target needs."""

    def __init__(self, actor: str, role: str) -> None:
        super().__init__(
            f"targets are agreed by a {role}, and {actor} does not hold that role.",
            help="see roles and agreement in qacli.yaml",
        )


class NothingProposed(QacliError):
    """There is no open proposal of that name."""

    def __init__(self, name: str, open_: Sequence[TargetChange]) -> None:
        known = ", ".join(f"{row.id} ({place_of(row).in_words()})" for row in open_) or "none"
        super().__init__(
            f"no target of {name} waits for agreement",
            help=Hint(f"waiting: {known}; propose one: ", Command(f"target propose {name}")),
        )


class SeveralProposed(QacliError):
    """Two proposals of one KPI are open."""

    def __init__(self, name: str, open_: Sequence[TargetChange]) -> None:
        known = ", ".join(f"{row.id} ({plain(row.new)} for {place_of(row).in_words()})" for row in open_)
        super().__init__(f"{name} has {len(open_)} open proposals", help=f"name one: {known}")


class NoHistory(Refusal, rule="target-without-history"):
    """A figure out of the air is no proposal."""

    def __init__(self, place: Place, found: Assessment) -> None:
        super().__init__(
            f"history suggests no target for {place.in_words()}: {found.tested.periods} periods are recorded.",
            help=Hint(
                "compute more of them: ", Command("kpi compute --period 2026-Q2"), "; or say the figure: --value"
            ),
        )


def propose(
    view: View,
    kpi: Kpi,
    place: Place,
    value: float | None = None,
    effective: date | None = None,
    tolerance: float | None = None,
    because: str = "",
) -> Change:
    """Propose a target; without a value the one that history suggests, from the first day of the next period on.

    The tolerance stays as it is where none is given. Raises BackDatedTarget, EasingInBreach, Loosened, NoHistory.
    """
    today = view.now.date()
    start = effective or next_start(view)
    if start < today:
        raise BackDatedTarget(start, today)
    old = in_force(agreed(view), place, start)
    found = assess_place(view, kpi, place, value if value is not None else old.new if old else None)
    new = value if value is not None else found.suggestion
    if new is None:
        raise NoHistory(place, found)
    _refuse_looser_than_rules(view, kpi, place, new)
    by_history = value is None and found.tested.verdict == OUT_OF_REACH  # its evidence is the cause
    if old and _easier(new, old.new, kpi) and not because.strip() and not by_history:
        _refuse_in_breach(kpi, place, old, new, found)
    row = TargetChange(
        kpi=place.kpi,
        variant=place.variant,
        cut=place.cut,
        slice=place.slice,
        old=old.new if old else None,
        new=float(new),
        tolerance=float(tolerance if tolerance is not None else old.tolerance if old else 0.0),
        effective=start,
        status=PROPOSED,
        proposal="",
        evidence=found.in_words(),
        reason=Words(because.strip()) if because.strip() else NO_WORDS,
    )
    same = [each for each in waiting(view) if _says_the_same(each, row)]
    if same:
        return Change(findings=[f"{same[0].id} proposes the same and waits for agreement: nothing to do"])
    return Change([row], [found.in_words()] if found.tested.periods else [])


def decide(view: View, name: str, decision: Literal["agreed", "declined"] = AGREED, comment: str = "") -> Change:
    """Agree, or decline, what another person proposed; ``name`` is the proposal or the KPI.

    Raises NothingProposed, SeveralProposed, OwnTarget, WrongTargetRole, BackDatedTarget.
    """
    row = _proposal(view, name)
    if view.actor == row.by:
        raise OwnTarget(row)
    role = view.settings.agreement.get("target")
    if role and role not in view.settings.roles_of(view.actor):
        raise WrongTargetRole(view.actor, role)
    if decision == AGREED and row.effective < view.now.date():
        raise BackDatedTarget(row.effective, view.now.date())
    old = in_force(agreed(view), place_of(row), row.effective)
    words = Words(comment.strip()) if comment.strip() else row.reason
    decided = replace(
        row,
        id="",
        at=None,
        by="",
        provenance="",
        old=old.new if old else None,
        status=decision,
        proposal=row.id,
        reason=words,
    )
    return Change([replace(decided, reason=Words(words.text) if words else NO_WORDS)])


def waiting(view: View) -> list[TargetChange]:
    """Return the proposals that nobody has decided, oldest first."""
    rows = view.current(TargetChange)
    decided = {row.proposal for row in rows if row.status in {AGREED, DECLINED}}
    return [row for row in rows if row.status == PROPOSED and row.id not in decided]


def next_start(view: View) -> date:
    """Return the first day of the next period of the kind by which targets are looked at."""
    kind, today = view.settings.targets.by, view.now.date()
    period = parse_period(str(today)) if kind == "day" else period_of(kind, today)
    return period.last + DAY


def _proposal(view: View, name: str) -> TargetChange:
    open_ = waiting(view)
    found = [row for row in open_ if name in {row.id, row.kpi}]
    if not found:
        raise NothingProposed(name, open_)
    if len(found) > 1:
        raise SeveralProposed(name, found)
    return found[0]


def _easier(new: float, old: float, kpi: Kpi) -> bool:
    return new < old if kpi.better == "higher" else new > old


def _refuse_looser_than_rules(view: View, kpi: Kpi, place: Place, new: float) -> None:
    today = view.now.date()
    for benchmark in view.definitions("benchmark"):
        if benchmark.kind != "standard" or not benchmark.in_force(today) or benchmark.has_expired(today):
            continue
        limit = benchmark.value
        if limit is not None and (benchmark.kpi, benchmark.variant) == place[:2] and _easier(new, float(limit), kpi):
            raise Loosened(f"{plain(limit)}, the standard {benchmark.reference}", benchmark.source, new)
    for rule in view.definitions("requirement"):
        if rule.is_outside and rule.in_force(today) and rule.holds_in(view.settings.nation):
            for bound in rule.bounds:
                same = (bound.kind, bound.name, bound.variant or place.variant) == ("kpi", place.kpi, place.variant)
                if same and bound.better == kpi.better and _easier(new, float(bound.bound), kpi):
                    raise Loosened(f"{bound.text}, the rule {rule.reference}", rule.cited, new)


def _refuse_in_breach(kpi: Kpi, place: Place, old: TargetChange, new: float, found: Assessment) -> None:
    last = found.values[-1] if found.values else None
    if last and judge(last.limits, old.new, kpi.better, old.tolerance) == BREACH:
        raise EasingInBreach(place, old, new, last.period)


def _says_the_same(one: TargetChange, other: TargetChange) -> bool:
    fields = ("kpi", "variant", "cut", "slice", "new", "tolerance", "effective")
    return all(getattr(one, name) == getattr(other, name) for name in fields)
