"""What a document says of one rating: what was seen, where, by which standard, and what it means."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from qacli.improve.points import Seen, item_of
from qacli.monitor.observing.observation import Observation
from qacli.monitor.scoring.effects import effect_in_words
from qacli.prepare.procedures.currency import governing
from qacli.prepare.scorecards.scale import plain
from qacli.reports.environment import Inert, inert

if TYPE_CHECKING:
    from qacli.model import View
    from qacli.monitor.sampling.draw import Item
    from qacli.prepare.procedures.procedure import Procedure
    from qacli.prepare.scorecards.scale import Scale
    from qacli.prepare.scorecards.scorecard import Criterion, Scorecard

HARM = {
    "customer": "Critical: it harms the customer",
    "business": "Critical: it harms the business",
    "compliance": "Critical: it breaks a rule that has to be kept",
}
EFFECT = {
    "apart": "It is counted apart from the score.",
    "zero": "It sets the score of this transaction to 0.",
    "zero_section": "It sets its section of the card to 0.",
}


def meeting(scale: Scale, criterion: Criterion) -> str:
    """Return how the card describes meeting the standard; empty where it does not.

    That is the point from which the standard is met; of a number that is described at both ends, its best.
    """
    return scale.described(scale.met_at, criterion.anchors) or scale.described(scale.top, criterion.anchors)


class Shown(NamedTuple):
    """One rating with everything that explains it."""

    seen: Seen
    item: Item
    card: Scorecard
    scale: Scale
    procedure: Procedure

    @property
    def criterion(self) -> Criterion:
        """The criterion that was judged."""
        return self.seen.criterion

    @property
    def fact(self) -> str:
        """What was seen or heard; empty where no evidence was recorded."""
        return self.seen.rating.evidence.text

    @property
    def comment(self) -> str:
        """What the evaluator added; mostly empty."""
        return self.seen.rating.comment.text

    @property
    def where(self) -> Inert:
        """The place in the transaction, and which transaction it was."""
        place = f"at {self.seen.rating.offset}" if self.seen.rating.offset else "place not recorded"
        transaction = inert(f"{self.item.channel} {self.item.transaction}, {place}")
        return Inert(f"{transaction}; {inert(self.seen.rating.observation)}")

    @property
    def label(self) -> str:
        """What the point given is called."""
        return label_of(self.scale, self.seen.rating.answer)

    @property
    def described(self) -> str:
        """How the card describes the point given; empty where it does not."""
        return self.scale.described(self.seen.rating.answer, self.criterion.anchors)

    @property
    def standard(self) -> str:
        """How the card describes meeting the standard; empty where it does not."""
        return meeting(self.scale, self.criterion)

    @property
    def promise(self) -> str:
        """The promise to customers that the criterion serves."""
        return self.card.promises[self.criterion.promise]

    @property
    def impact(self) -> str:
        """What failing means: whom it harms, or what it cost of the criterion's weight."""
        rating = self.seen.rating
        earned = f"It earned {plain(rating.weight * (rating.value or Decimal(0)) / 100)} of its weight of {plain(rating.weight)}."
        if not self.seen.critical:
            return earned
        effect = self.card.scoring.critical.of(self.criterion.critical)
        does = EFFECT[effect] if isinstance(effect, str) else f"It {effect_in_words(effect)}."
        if rating.weight:
            does = earned if effect == "apart" else f"{does} {earned}"
        return f"{HARM[self.criterion.critical]}. {does}"


def label_of(scale: Scale, answer: str) -> str:
    """Return what a recorded answer is called; one that the scale does not have, as it was recorded."""
    return scale.label(answer) if scale.has(answer) else answer


def shown(view: View, seen: Seen) -> Shown:
    """Return a rating with its transaction, card, scale and procedure, of the versions that governed it."""
    observation = next(iter(view.rows(Observation, id=seen.rating.observation)))
    item = item_of(view, observation)
    return Shown(
        seen,
        item,
        view.definition("scorecard", observation.scorecard),
        view.definition("scale", seen.criterion.scale),
        governing(view, seen.criterion.procedure, item.day),
    )
