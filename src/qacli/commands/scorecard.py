"""``qacli scorecard``: scorecards as files, and as forms of other systems."""

from __future__ import annotations

from qacli.commands import scorecard_forms
from qacli.commands.context import new_app

app = new_app("Write scorecards as forms of other systems, and read them in.")
scorecard_forms.join(app)
