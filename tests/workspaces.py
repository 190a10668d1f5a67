"""A small workspace for tests: settings, people, two scorecards; and a commit of one observation with its ratings."""

from __future__ import annotations

from decimal import Decimal

from qacli.model import NO_WORDS, Change, Words, ref
from qacli.monitor.observing.observation import Observation, Rating
from qacli.workspace import Workspace

SETTINGS = """\
organisation: Harbour
sector: private
provenance: {provenance}
time_zone: Europe/London
purpose: improve the quality of service
lawful_basis: legitimate interests, assessed on 2 March 2026
dpia: DPIA-1
roles:
  team-leader: [p_tl1]
"""
PEOPLE = """\
person,source,source_id,from,to,name,login
p_tl1,,,,,Tess Leader,
p_ev1,,,,,Eve Valuator,
p_ev2,,,,,Evan Valuator,
"""
SCALE = """\
id: {id}
version: {version}
owner: p_tl1
from: 2026-01-01
title: {title}
kind: binary
points:
  - {{point: not_met, label: Not met, value: 0}}
  - {{point: met, label: Met, value: 1}}
met_at: met
"""


def workspace(folder, actor="p_ev1", provenance="training", today=None):
    """A new folder, or the one that is there, seen afresh."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if not (folder / "qacli.yaml").exists():
        for name, text in (("qacli.yaml", SETTINGS.format(provenance=provenance)), ("people.csv", PEOPLE)):
            (folder / name).write_text(text, "utf-8")
            (folder / name).chmod(0o600)
    return Workspace.find(folder, actor, today)


def observed(count=3, text="Asked twice, and waited."):
    """The rows of one observation with some ratings."""
    observation = Observation(
        item="t_1",
        session="",
        scorecard="phone@1.0",
        score=Decimal("66.7"),
        applicable_weight=Decimal(100),
        customer=0,
        business=0,
        compliance=0,
        entered="file",
    )
    return [
        observation,
        *(
            Rating(
                observation=ref(observation),
                criterion=f"ph-{number}",
                answer="met",
                met=True,
                value=Decimal(100),
                weight=Decimal(50),
                evidence=Words(text) if text else NO_WORDS,
                offset="02:15",
                comment=NO_WORDS,
            )
            for number in range(count)
        ),
    ]


def score(view):
    """An act that records one observation."""
    return Change(observed())
