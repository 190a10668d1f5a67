"""The starter registers: every rule has its source and its days, versions follow each other without a gap."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from qacli.files import yaml
from qacli.files.validate import validate_all
from qacli.govern.escalating.trigger import Trigger
from qacli.govern.requirements.citing import unknown
from qacli.govern.requirements.requirement import Requirement
from qacli.prepare.kpi import Kpi
from qacli.prepare.procedures.procedure import Procedure
from qacli.prepare.scorecards.scorecard import Scorecard

SHIPPED = Path(__file__).parents[3] / "scorecards"
REGISTERS = sorted(path.stem for path in (SHIPPED / "registers").glob("*.yaml"))


def listed(path, model):
    tree = yaml.read(path)
    return validate_all((tree.part((place,)), model) for place in range(len(tree.data)))


def rules(register):
    return listed(SHIPPED / "registers" / f"{register}.yaml", Requirement)


@pytest.fixture(scope="module")
def known():
    apart = {
        kind: [yaml.read(path).data["id"] for path in (SHIPPED / place).glob("*.yaml")]
        for kind, place in (("procedure", "procedures"),)
    }
    cards = validate_all((yaml.read(path), Scorecard) for path in sorted((SHIPPED / "scorecards").glob("*.yaml")))
    return {
        "procedure": dict.fromkeys(apart["procedure"], Procedure),
        "notice": {},
        "trigger": {trigger.id: trigger for trigger in listed(SHIPPED / "escalations.yaml", Trigger)},
        "scorecard": {card.id: card for card in cards},
        "kpi": {kpi.id: kpi for kpi in listed(SHIPPED / "kpis.yaml", Kpi)},
    }


@pytest.mark.parametrize("register", REGISTERS)
def test_what_a_register_names_is_shipped(register, known):
    assert list(unknown(rules(register), known)) == []


@pytest.mark.parametrize("register", REGISTERS)
def test_versions_follow_each_other_day_by_day(register):
    every = {rule.reference: rule for rule in rules(register)}
    assert {rule.id.partition("-")[0] for rule in every.values()} <= {register} | {
        "interception", "monitoring", "data", "equal", "card"
    }  # fmt: skip
    for rule in every.values():
        if rule.supersedes:
            before = every[rule.supersedes]
            assert before.to is not None
            assert before.to + timedelta(days=1) == rule.from_, rule.reference


def test_rules_that_moved_are_there_in_both_versions():
    moved = {rule.id: rule.from_.isoformat() for name in REGISTERS for rule in rules(name) if rule.supersedes}
    # PSD2: Ombudsman News 143; Ofcom: wired-gov.net of 9 July 2025; ICO: mondaq.com 1382926; SI 2018/356 and 2018/940
    assert moved == {
        "fca-payment": "2018-01-13",
        "fca-acknowledgement": "2026-06-01",
        "interception": "2018-12-27",
        "monitoring-workers": "2023-10-03",
        "ofcom-complaint": "2026-04-08",
    }
