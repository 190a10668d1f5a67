"""Why this technique here: the reason on record for each channel of a frame, and what the technique misses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qacli.model import Change, Command, Hint, Refusal, Row, View, Words
from qacli.prepare.frames.visibility import Planned, refuse_blind

if TYPE_CHECKING:
    from qacli.prepare.frames.frame import Frame


@dataclass(frozen=True, kw_only=True)
class TechniqueChoice(Row, table="technique_choices", letter="tc"):
    """One person's reason (``by``) for the technique of one channel of a plan."""

    plan: str  # frame, id@version
    channel: str
    technique: str  # id@version
    complement: str  # id@version of the technique that shows what this one misses; empty for none
    reason: Words


class TechniqueUnexplained(Refusal, rule="technique-unexplained"):
    """A plan says why it looks at transactions in this way and no other."""

    def __init__(self, frame: Frame, plan: Sequence[Planned]) -> None:
        named = ", ".join(f"{each.technique.id} on {each.channel}" for each in plan)
        super().__init__(
            f"{frame.reference} does not say why it uses {named}.",
            help=Hint(
                "write because: ... into the frame, or run: ", Command(f'technique justify {frame.id} --because "..."')
            ),
        )


class OtherChannel(Refusal, rule="other-channel"):
    """A reason is given for a channel that is looked at."""

    def __init__(self, frame: Frame, channel: str, plan: Sequence[Planned]) -> None:
        super().__init__(
            f"{frame.reference} does not look at {channel}.",
            help=f"its channels: {', '.join(each.channel for each in plan)}",
        )


def justify(view: View, frame_id: str, because: str = "", channel: str = "") -> Change:
    """Record why a frame looks at each channel as it does: ``because``, or the frame's own words where that is empty.

    ``channel`` narrows it to one. A reason that the actor has on record already is a finding and makes no row.
    Raises NoSuchDefinition, TechniqueBlind, OtherChannel, TechniqueUnexplained.
    """
    frame: Frame = view.definition("frame", frame_id)
    plan = refuse_blind(view, frame, view.definition)
    if channel and channel not in {each.channel for each in plan}:
        raise OtherChannel(frame, channel, plan)
    asked = [each._replace(because=because.strip() or each.because) for each in plan if channel in {"", each.channel}]
    if silent := [each for each in asked if not each.because]:
        raise TechniqueUnexplained(frame, silent)
    rows, findings = [], []
    for row in (_choice(frame, each) for each in asked):
        if any(_same(row, other) and other.by == view.actor for other in view.current(TechniqueChoice)):
            findings.append(f"{view.actor} gave this reason for {row.channel} of {row.plan} already: nothing to do")
        else:
            rows.append(row)
    return Change(rows, findings)


def _choice(frame: Frame, planned: Planned) -> TechniqueChoice:
    return TechniqueChoice(
        plan=frame.reference,
        channel=planned.channel,
        technique=planned.technique.reference,
        complement=planned.complement.reference if planned.complement else "",
        reason=Words(planned.because),
    )


def _same(one: TechniqueChoice, other: TechniqueChoice) -> bool:
    return (one.plan, one.channel, one.technique, one.complement, one.reason.text) == (
        other.plan,
        other.channel,
        other.technique,
        other.complement,
        other.reason.text,
    )


def choices(view: View, frame: Frame) -> dict[str, TechniqueChoice]:
    """Return the latest reason on record for each channel of a frame as it stands."""
    return {row.channel: row for row in view.current(TechniqueChoice) if row.plan == frame.reference}


def refuse_unexplained(view: View, frame: Frame) -> None:
    """Raise TechniqueBlind or TechniqueUnexplained unless a frame can be carried out and says, or has on record, why."""
    plan, recorded = refuse_blind(view, frame, view.look_up), choices(view, frame)
    if silent := [each for each in plan if not each.because and each.channel not in recorded]:
        raise TechniqueUnexplained(frame, silent)
