"""Putting a question to chance: a fresh random spot sample of a part of the population, to confirm or dismiss a suspicion.

What raised the question cannot answer it: whatever was sampled before is left out. Each question of a frame and period
has a seed of its own, by its number, so that nobody finds picks that please by asking again in other words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from qacli.model import Change, Refusal, View, Words, ref
from qacli.monitor.sampling.draw import Draw, Occasion
from qacli.monitor.sampling.drawing import drawn_rows, refuse_undrawable, seed_of
from qacli.monitor.sampling.ranking import narrowed, question_seed
from qacli.prepare.agreeing import overrides

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.prepare.frames.frame import Frame
    from qacli.prepare.notices.notice import Span
    from qacli.prepare.period import Period
    from qacli.sources.population import Population


class NoQuestion(Refusal, rule="no-question"):
    """Whoever looks again says what for, before they see anything."""

    def __init__(self) -> None:
        super().__init__("a sample that is to confirm something says what.", help='ask it: --question "..."')


class NotOfFrame(Refusal, rule="question-outside-frame"):
    """A question is about a part of what the frame looks at."""

    def __init__(self, frame: Frame, what: str, value: str, known: Sequence[str]) -> None:
        super().__init__(f"{frame.reference} does not look at {what} {value}.", help=f"it looks at: {', '.join(known)}")


class Part(NamedTuple):
    """The part of a population that a question is about; what is empty does not narrow it."""

    channel: str = ""
    team: str = ""
    reason: str = ""
    colleague: str = ""


def confirm(
    view: View,
    frame_id: str,
    period: Period,
    size: int,
    question: str,
    part: Part,
    population: Population,
    source: str,
    opt_outs: Sequence[Span] = (),
    link: str = "",
) -> Change:
    """Draw a fresh simple sample of a part of a frame's population for a question; ``link`` names what raised it.

    Raises NoQuestion, NotOfFrame, and what draw_sample raises.
    """
    if not question.strip():
        raise NoQuestion
    frame: Frame = view.definition("frame", frame_id, on=period.first)
    for what, value in part._replace(colleague="")._asdict().items():
        if not value:
            continue
        known = getattr(frame.population, what)
        if known and value not in known:
            raise NotOfFrame(frame, what, value, known)
    cards = refuse_undrawable(view, frame, period)
    occasion = Occasion(draw="", words=Words(question.strip()), link=link, size=size, **part._asdict())
    asked = narrowed(frame, occasion)
    seed = question_seed(seed_of(frame, period), view.rows(Draw))
    rows, findings = drawn_rows(view, asked, period, seed, population, source, opt_outs)
    rows.insert(1, replace(occasion, draw=ref(rows[0])))
    return Change(rows, [*findings, *overrides(view, cards)], key=f"sample/{seed.partition('/')[2]}")
