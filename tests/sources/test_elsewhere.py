from __future__ import annotations

import pytest

from qacli.sources.elsewhere import OfFilesOnly, refuse_of_files
from qacli.sources.profile import Profile


def profile(seconds, **more):
    columns = {
        "transaction": {"column": "id"},
        "started_at": {"column": "start", "dates": more.pop("dates", "y-m-d")},
        "seconds": {"column": "talk", **seconds},
    }
    fixed = {"id": "calls", "version": "1", "owner": "p_tl1", "from": "2026-01-01"}
    return Profile.model_validate({**fixed, "columns": columns, **more})


@pytest.mark.parametrize(
    ("seconds", "more", "told"),
    [
        ({"unit": "clock"}, {}, "unit: clock"),
        ({"unit": "day-fraction"}, {"dates": "sheet-days"}, "dates: sheet-days, unit: day-fraction"),
        ({"unit_column": "unit"}, {}, "unit_column: unit"),
        ({"unit": "minutes"}, {"decimal": ","}, "decimal: ','"),
    ],
)
def test_what_only_a_file_needs_is_refused_of_a_table(seconds, more, told):
    with pytest.raises(
        OfFilesOnly, match=f"profile calls says {told}, which is read in files only, and calls is a table"
    ):
        refuse_of_files("calls", profile(seconds, **more))


@pytest.mark.parametrize("unit", ["seconds", "minutes", "milliseconds", "hh:mm:ss"])
def test_what_a_table_can_hold_passes(unit):
    refuse_of_files("calls", profile({"unit": unit}))
