"""Rules that hold between a card and its scoring policy: weights, criticals, bonus, and no setting without a use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from qacli.files.schema import wrong_at

if TYPE_CHECKING:
    from qacli.prepare.scorecards.scorecard import Criterion, Scorecard, Section

Place = tuple[str | int, ...]


def weights_add_up(card: Scorecard) -> Iterator[PydanticCustomError]:
    """Percentages make 100, over the card or within each section, so that each can be read as a share."""
    if card.scoring.mode == "points":
        if not _total(card.criteria()):
            yield wrong_at(("sections",), "nothing-counts", "every criterion is bonus or weighs 0: there is no score")
    elif card.scoring.section_weights == "share":
        for s, section in enumerate(card.sections):
            if _total(section.criteria):
                yield from _not_100(list(_placed(s, section)), f"weights in section {section.id}")
    else:
        yield from _not_100(list(card.placed()), "weights")


def _not_100(placed: list[tuple[Place, Criterion]], what: str) -> Iterator[PydanticCustomError]:
    total = _total(criterion for _, criterion in placed)
    if total != 100:
        scored = [place for place, criterion in placed if criterion.weight and not criterion.bonus]
        where = (scored or [place for place, _ in placed])[-1]
        yield wrong_at((*where, "weight"), "weights", f"{what} add up to {total}, not 100")


def sections_weigh(card: Scorecard) -> Iterator[PydanticCustomError]:
    """Sections have a weight where the policy uses it, and only there; as percentages they make 100."""
    policy = card.scoring.section_weights
    for s, section in enumerate(card.sections):
        counts = bool(_total(section.criteria))
        if section.weight is not None and policy == "none":
            yield wrong_at(
                ("sections", s, "weight"),
                "unused-section-weight",
                f"{section.id} has a weight, but scoring.section_weights does not say share or multiply",
            )
        elif section.weight is None and counts and policy != "none":
            yield wrong_at(
                ("sections", s, "id"),
                "no-section-weight",
                f"section {section.id} has no weight, which scoring.section_weights: {policy} needs",
            )
        elif policy != "none" and not counts and (section.weight is not None or any(c.bonus for c in section.criteria)):
            yield wrong_at(
                ("sections", s, "weight" if section.weight is not None else "id"),
                "idle-section",
                f"nothing in section {section.id} counts but criticals of no weight or bonus: it has no share to give",
            )
    weights = [(s, section.weight) for s, section in enumerate(card.sections) if section.weight is not None]
    if policy == "share" and weights and (total := sum((weight for _, weight in weights), Decimal(0))) != 100:
        yield wrong_at(
            ("sections", weights[-1][0], "weight"), "section-weights", f"section weights add up to {total}, not 100"
        )


def criticals_weigh_nothing(card: Scorecard) -> Iterator[PydanticCustomError]:
    """A critical criterion has a share in the score only where the card says so; an ordinary one needs a share."""
    for place, criterion in card.placed():
        if criterion.critical != "none" and criterion.weight and card.scoring.critical_weight == "none":
            yield wrong_at(
                (*place, "weight"),
                "critical-weight",
                f"{criterion.id} is critical and told apart from the score: its weight must be 0, "
                "or critical_weight: counted under scoring",
            )
        elif criterion.critical == "none" and not criterion.weight:
            yield wrong_at(
                (*place, "weight"), "no-weight", f"{criterion.id} is not critical and weighs 0: it would never count"
            )


def criticals_and_bonus_are_apart(card: Scorecard) -> Iterator[PydanticCustomError]:
    """A bonus cannot fail a transaction, and only a critical criterion has answers that fail it."""
    for place, criterion in card.placed():
        if criterion.bonus and criterion.critical != "none":
            yield wrong_at(
                (*place, "bonus"), "critical-bonus", f"{criterion.id} is critical: a bonus only adds and never fails"
            )
        if criterion.fails_on and criterion.critical == "none":
            yield wrong_at(
                (*place, "fails_on"),
                "fails-nothing",
                f"{criterion.id} is not critical: say whom a failure harms, for example critical: compliance",
            )


def section_can_be_zeroed(card: Scorecard) -> Iterator[PydanticCustomError]:
    """zero_section needs a section with weight to take away."""
    idle: dict[str, str] = {}
    for section in card.sections:
        for criterion in section.criteria:
            if criterion.critical != "none" and not sum(each.weight for each in section.criteria):
                idle.setdefault(criterion.critical, f"{criterion.id} stands in section {section.id}, where nothing")
    for kind, found in idle.items():
        if card.scoring.critical.of(kind) == "zero_section":
            yield wrong_at(
                ("scoring", "critical", kind),
                "idle-zero-section",
                f"{found} has a weight: zero_section would take nothing away",
            )


def settings_have_a_use(card: Scorecard) -> Iterator[PydanticCustomError]:
    """A setting that was written by hand, and not taken from a profile, changes something on this card."""
    policy, criteria = card.scoring, card.criteria()
    critical = any(criterion.critical != "none" for criterion in criteria)
    bonus = any(criterion.bonus for criterion in criteria)
    unused = (
        ("cap", policy.cap == "none" and not bonus and not policy.baseline, "bonus or baseline"),
        ("critical_weight", policy.critical_weight == "counted" and not critical, "critical criterion"),
        ("critical_below", policy.critical_below != "standard" and not critical, "critical criterion"),
    )
    if policy.profile is None:
        for setting, without, needed in unused:
            if without:
                yield wrong_at(("scoring", setting), "no-use", f"{setting} does nothing here: the card has no {needed}")


def _total(criteria: Iterable[Criterion]) -> Decimal:
    """Return the sum of the weights that a full score is made of: without bonus."""
    return sum((criterion.weight for criterion in criteria if not criterion.bonus), Decimal(0))


def _placed(s: int, section: Section) -> Iterator[tuple[Place, Criterion]]:
    for c, criterion in enumerate(section.criteria):
        yield ("sections", s, "criteria", c), criterion


SCORING_RULES: tuple[Callable[[Scorecard], Iterator[PydanticCustomError]], ...] = (
    weights_add_up,
    sections_weigh,
    criticals_weigh_nothing,
    criticals_and_bonus_are_apart,
    section_can_be_zeroed,
    settings_have_a_use,
)
