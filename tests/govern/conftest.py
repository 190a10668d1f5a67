from __future__ import annotations

from types import SimpleNamespace

import in_memory
import pytest

from qacli.files.yaml import parse
from qacli.govern.deadline import Deadline
from qacli.govern.retention import Retention

DEADLINES = """
- {id: access, version: 1, owner: p_tl1, from: 2018-05-25, months: 1, extension: 2, source: act, checked_on: 2026-01-05}
- {id: erasure, version: 1, owner: p_tl1, from: 2018-05-25, months: 1, source: act, checked_on: 2026-01-05}
- {id: complaint, version: 1, owner: p_tl1, from: 2026-06-19, days: 30, source: act, checked_on: 2026-01-05}
"""
RETENTION = """
- {id: obs, version: 1, owner: p_tl1, from: 2026-01-01, class: observations, months: 24, reason: disputes,
   source: schedule, checked_on: 2026-01-05}
- {id: obs, version: 2, owner: p_tl1, from: 2027-01-01, class: observations, months: 12, reason: disputes,
   source: schedule, checked_on: 2027-01-05}
"""


@pytest.fixture
def desk():
    made = in_memory.Memory()
    made.settings = SimpleNamespace(
        nation="england-wales", roles_of=lambda _: (), organisation="Harbour", feedback=made.settings.feedback
    )
    for kind, model, text in (("deadline", Deadline, DEADLINES), ("retention", Retention, RETENTION)):
        made.made += [(kind, model.model_validate(item)) for item in parse(text, "test.yaml").data]
    return made
