"""What must hold before a scale, a scorecard or a frame is approved, and before anything is drawn or scored with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from qacli.model import Change, Command, Hint, Refusal, Row, View, Words, ref
from qacli.prepare import approval
from qacli.prepare.approval import AGREED, DECLINED, Override
from qacli.prepare.frames.choice import refuse_unexplained
from qacli.prepare.period import in_words
from qacli.prepare.scorecards import trial
from qacli.prepare.scorecards.lint import Finding, lint
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scale_lint import lint_scale
from qacli.prepare.scorecards.scorecard import Scorecard

Decision = Literal["agreed", "declined"]


class Faulty(Refusal, rule="definition-faults"):
    """What has faults is mended before anybody approves it."""

    def __init__(self, kind: str, item: Scale | Scorecard, found: Sequence[Finding]) -> None:
        listed = "".join(f"\n  {each.code}: {each.message}" for each in found)
        super().__init__(
            f"{kind} {item.reference} cannot be approved with {_count(found)}:{listed}",
            help=Hint("see where they stand: ", Command(f"{kind} lint {item.id}")),
        )


class NoTrial(Refusal, rule="no-trial"):
    """Whether people read a scale alike is tried before it is used."""

    def __init__(self, scales: Sequence[Scale]) -> None:
        names = " and ".join(scale.reference for scale in scales)
        super().__init__(
            f"scale {names} has not been tried: nobody knows yet whether two people read it alike."
            if len(scales) == 1
            else f"scales {names} have not been tried: nobody knows yet whether two people read them alike.",
            help=Hint(
                "let two people rate the same transactions, then: ",
                Command(f"scale trial {' '.join(scale.id for scale in scales)} --from FILE"),
            ),
        )


class TrialAgreement(Refusal, rule="trial-agreement"):
    """A scale on which people differ too much measures the rater."""

    def __init__(self, scale: Scale, found: trial.Tested, threshold: object) -> None:
        unsure = " The interval holds the threshold: the trial cannot tell." if "cannot tell" in found.verdict else ""
        said = "does not show agreement" if found.verdict == trial.UNDEFINED else f"stays below {threshold}"
        super().__init__(
            f"the last trial of scale {scale.reference} {said}: {trial.in_words(found)}.{unsure}",
            help=(
                Hint(
                    "see where they differ: ",
                    Command(f"scale show {scale.id} --ratings"),
                    "; mend the anchors, then try again. Only whom qacli.yaml names may go against it: --override REASON",
                )
            ),
        )


class NotApproved(Refusal, rule="card-not-approved"):
    """What is scored with has been approved by a second person before."""

    def __init__(self, cards: Sequence[Scorecard], scales: Sequence[Scale]) -> None:
        named = [f"scorecard {card.reference}" for card in cards] + [f"scale {scale.reference}" for scale in scales]
        steps = [f"scorecard approve {card.id} --with-scales" for card in cards]
        steps = steps or [f"scale approve {' '.join(scale.id for scale in scales)}"]
        owners = " or ".join(sorted({item.owner for item in (*cards, *scales)}))
        super().__init__(
            f"not approved by a second person as {'it stands' if len(named) == 1 else 'they stand'}: "
            f"{', '.join(named)}.",
            help=Hint(
                f"someone other than {owners} runs: ",
                *(part for n, step in enumerate(steps) for part in ("; " * (n > 0), Command(step, "PERSON"))),
            ),
        )


class ScaleNotApproved(NotApproved, rule="scale-not-approved"):
    """The card is approved, a scale of it is not."""


class CardRetired(Refusal, rule="card-retired"):
    """A retired card is not used for transactions after its last day."""

    def __init__(self, card: Scorecard, last: date) -> None:
        super().__init__(
            f"scorecard {card.reference} is retired: its last day was {in_words(last)}.",
            help=Hint("name its successor in the frame, under a new version: ", Command("scorecard list")),
        )


def refuse_retired(view: View, card: Scorecard, day: date) -> None:
    """Refuse a card for transactions of a day after its last. Raises CardRetired."""
    last = approval.last_day(view, "scorecard", card)
    if last and day > last:
        raise CardRetired(card, last)


def refuse_unapproved(view: View, cards: Iterable[Scorecard]) -> None:
    """Refuse cards that were not approved by now, or whose scales were not. Raises NotApproved, ScaleNotApproved."""
    known = {card.reference: card for card in cards}
    names = sorted({criterion.scale for card in known.values() for criterion in card.criteria()})
    scales: list[Scale] = [view.definition("scale", name) for name in names]
    raw = [known[name] for name in sorted(known) if not approval.approval(view, "scorecard", known[name])]
    rough = [scale for scale in scales if not approval.approval(view, "scale", scale)]
    if raw:
        raise NotApproved(raw, rough)
    if rough:
        raise ScaleNotApproved([], rough)


def agree_frame(view: View, frame_id: str, comment: str = "", decision: Decision = AGREED) -> Change:
    """Record the actor's decision on a frame as it stands; what cannot be seen, or does not say why, is not agreed to.

    Raises TechniqueBlind, TechniqueUnexplained and what approval.approve raises.
    """
    change = approval.approve(view, "frame", frame_id, comment, decision)
    if change.rows and decision == AGREED:
        refuse_unexplained(view, approval.standing(view, "frame", frame_id))
    return change


def approve_scales(
    view: View, ids: Sequence[str], comment: str = "", decision: Decision = AGREED, override: str = ""
) -> Change:
    """Record the actor's decision on scales; their trials decide whether they may be approved.

    ``override`` is the reason for which an authority lets one pass against its trial. Raises Faulty, NoTrial,
    TrialAgreement, NoAuthority and what approval.approve raises.
    """
    scales: list[Scale] = [approval.standing(view, "scale", each) for each in ids]
    untried = [scale for scale in scales if scale.judged and not trial.trials_of(view, scale)]
    if untried and decision == AGREED and not override.strip():
        raise NoTrial(untried)
    change = Change()
    for scale in scales:
        change = _joined(change, _approve_scale(view, scale, comment, decision, override))
    return change


def _approve_scale(view: View, scale: Scale, comment: str, decision: Decision, override: str) -> Change:
    row = approval.decide(view, "scale", scale, comment, decision)
    if not row:
        return Change(findings=[approval.nothing_to_do(view, "scale", scale)])
    if decision == DECLINED:
        return Change([row])
    if faults := lint_scale(scale):
        raise Faulty("scale", scale, faults)
    found = trial.latest(view, scale)
    against = _against(view, scale, found)
    if against and not override.strip():
        raise against
    rows: list[Row] = [row]
    threshold = view.settings.thresholds.trial_agreement
    findings = [trial.with_verdict(found, threshold)] if found else []
    if against:
        approval.require_authority(view)
        rows.append(Override(approval=ref(row), rule=against.rule, reason=Words(override.strip())))
        findings.append(f"{scale.reference}: {against.rule} overridden by {view.actor}; every draw will say so")
    return Change(rows, findings)


def _against(view: View, scale: Scale, found: trial.Tested | None) -> NoTrial | TrialAgreement | None:
    if not scale.judged or (found and found.verdict in {trial.REACHED, trial.REACHED_PERHAPS}):
        return None
    if not found:
        return NoTrial([scale])
    return TrialAgreement(scale, found, view.settings.thresholds.trial_agreement)


def approve_card(
    view: View,
    id: str,  # noqa: A002
    comment: str = "",
    decision: Decision = AGREED,
    with_scales: bool = False,
    override: str = "",
) -> Change:
    """Record the actor's decision on a scorecard; ``with_scales`` on those of its scales that stand unapproved, too.

    Raises Faulty, ScaleNotApproved, what approval.approve raises and, with_scales, what approve_scales raises.
    """
    card: Scorecard = approval.standing(view, "scorecard", id)
    row = approval.decide(view, "scorecard", card, comment, decision)
    if not row:
        return Change(findings=[approval.nothing_to_do(view, "scorecard", card)])
    if decision == DECLINED:
        return Change([row])
    if faults := lint(card, view.definitions("scale")):
        raise Faulty("scorecard", card, faults)
    names = sorted({criterion.scale for criterion in card.criteria()})
    scales: list[Scale] = [view.definition("scale", name) for name in names]
    rough = [scale for scale in scales if not approval.approval(view, "scale", scale)]
    if rough and not with_scales:
        raise ScaleNotApproved([], rough)
    change = approve_scales(view, [scale.reference for scale in rough], comment, AGREED, override)
    return _joined(change, Change([row], _uncovered(card)))


def _uncovered(card: Scorecard) -> list[str]:
    without = [criterion.id for criterion in card.criteria() if not criterion.kpis]
    return [f"no KPI is named for {', '.join(without)}: nothing will show whether they matter"] if without else []


def overrides(view: View, cards: Iterable[Scorecard]) -> list[str]:
    """Return one sentence for each card or scale in use that was approved against a rule."""
    items: list[tuple[str, Scorecard | Scale]] = []
    for card in cards:
        items.append(("scorecard", card))
        items += [("scale", view.definition("scale", name)) for name in {each.scale for each in card.criteria()}]
    found = {
        f"{item.reference} was approved against {passed.rule} by {row.by}: {passed.reason}"
        for kind, item in items
        if (row := approval.approval(view, kind, item)) and (passed := approval.override_of(view, row))
    }
    return [f"approved against a rule: {len(found)}", *sorted(found)] if found else []


def _joined(one: Change, other: Change) -> Change:
    return Change([*one.rows, *other.rows], [*one.findings, *other.findings])


def _count(found: Sequence[Finding]) -> str:
    return f"{len(found)} fault{'s' * (len(found) != 1)}"
