from datetime import date

from qacli.govern.subject import mentions
from qacli.understand.kpis.computing import recorded
from qacli.understand.kpis.value import KpiValue, Series, series, span_kind


def value(**more):
    given = {
        "kpi": "aht@1", "variant": "standard", "cut": "all", "slice": "all", "period": "2026-W20",
        "first": date(2026, 5, 11), "last": date(2026, 5, 17), "num": 3600.0, "den": 10.0, "n": 10, "value": 360.0,
        "low": 350.0, "high": 370.0, "se": 5.0, "asked": None, "held_back": 0, "complete": None, "method": "t 95%",
        "origin": "transactions", "sha256": "9f3c" * 16,
    }  # fmt: skip
    return KpiValue(**given | more)


class Records:
    def __init__(self, *rows):
        self.given = rows

    def current(self, kind):
        return [row for row in self.given if type(row) is kind]


def test_a_figure_of_one_colleague_is_found_when_that_colleague_asks_for_their_data():
    mine = value(id="kv_1", cut="colleague", slice="p_a07")
    found = mentions(Records(mine, value(id="kv_2")), [KpiValue], "p_a07")
    assert [(each.row.id, each.about) for each in found[KpiValue]] == [("kv_1", True)]


def test_c14_a_series_is_of_one_variant_slice_and_kind_of_period():
    weeks = [value(period=f"2026-W{at}", first=date(2026, 5, at), last=date(2026, 5, at + 6)) for at in (18, 11)]
    others = [value(variant="p90"), value(cut="team", slice="ash"), value(period="2026-05")]
    found = series([*weeks, *others], Series("aht", "standard", by="week"))
    assert [each.period for each in found] == ["2026-W11", "2026-W18"]
    assert series(weeks, Series("aht", "standard", by="week"), date(2026, 5, 12)) == weeks[:1]


def test_the_spelling_of_a_period_says_what_kind_it_is():
    kinds = {
        key: span_kind(value(period=key))
        for key in ("2026-05-11", "2026-W20", "2026-05", "2026-Q2", "2026-05-01..2026-05-07")
    }
    assert list(kinds.values()) == ["day", "week", "month", "quarter", ""]


def test_c14_a_figure_that_another_system_counts_is_left_alone_and_changed_data_corrects():
    records = Records(value(id="kv_1", origin="ki_1"), value(id="kv_2", variant="p90"))
    records.actor = "p_tl1"
    rows, told = recorded(
        records, [value(value=400.0), value(variant="p90", value=400.0), value(variant="p90", slice="x")]
    )
    assert [type(row).__name__ for row in rows] == ["KpiValue", "Correction", "KpiValue"]
    assert (rows[1].old, rows[1].new, str(rows[1].reason)) == ("kv_2", rows[0], "another export: 360.0 became 400.0")
    assert told == [
        "1 figure recorded",
        "1 left alone: another system counts them, and a figure has one source",
        "1 changed since they were recorded: the earlier ones are kept, and corrected",
    ]
