"""The designs by the names that frames give them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from qacli.model import Command, Hint, Refusal
from qacli.monitor.sampling.designs.design import Design
from qacli.monitor.sampling.designs.risk import RISK_WEIGHTED
from qacli.monitor.sampling.designs.stratified import QUOTA, SIMPLE, STRATIFIED
from qacli.monitor.sampling.designs.systematic import SYSTEMATIC
from qacli.monitor.sampling.designs.two_stage import TWO_STAGE
from qacli.prepare.frames.frame import Frame

DESIGNS: Mapping[str, Design] = MappingProxyType(
    {
        "simple": SIMPLE,
        "systematic": SYSTEMATIC,
        "stratified": STRATIFIED,
        "proportional": STRATIFIED,
        "quota": QUOTA,
        "two-stage": TWO_STAGE,
        "risk-weighted": RISK_WEIGHTED,
    }
)
"""Designs by chance. ``judgement`` is none of them: a person chooses."""


class NotByChance(Refusal, rule="not-by-chance"):
    """Where a person chooses there is nothing to draw."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            f"{frame.reference} is of design {frame.design}: a person chooses its transactions, none is drawn by chance.",
            help=f"for a figure of all transactions write a design by chance into the frame: {', '.join(DESIGNS)}",
        )


class DrawsTimes(Refusal, rule="frame-draws-times"):
    """A frame of unannounced checks asks nothing of an export."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            f"{frame.reference} draws times of unannounced checks, not transactions of an export.",
            help=Hint("its checks: ", Command("spot list --all")),
        )


def design_of(frame: Frame) -> Design:
    """Return the design of a frame. Raises DrawsTimes, NotByChance."""
    if frame.design == "times":
        raise DrawsTimes(frame)
    if frame.design not in DESIGNS:
        raise NotByChance(frame)
    return DESIGNS[frame.design]
