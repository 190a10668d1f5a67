from qacli.sources.measure_names import NAMES, offered
from qacli.sources.profile import AS_SAID, KPI_FIELDS


def test_c14_columns_left_out_are_offered_for_the_profile():
    found = offered(("Wait Time", "acw_s", "Talk minutes", "notes", "csat"), {"wait", "after_work", "satisfaction"})
    assert found == {
        "wait": "wait: {column: Wait Time, unit: seconds|minutes|hh:mm:ss}",
        "after_work": "after_work: {column: acw_s, unit: seconds}",
        "satisfaction": "satisfaction: {column: csat, lowest: 1, highest: 5}",
    }


def test_every_field_of_a_measure_has_names():
    assert set(NAMES) == {*KPI_FIELDS, *AS_SAID}
