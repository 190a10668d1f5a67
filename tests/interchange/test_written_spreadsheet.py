"""Exports for people: what a spreadsheet makes of them."""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from qacli.interchange.spreadsheet import NoWorkbooks, Sheet, csv_for_people, csv_for_programs, workbook
from qacli.model import Words

COLUMNS = ("id", "words", "points", "met", "on", "at")
ROW = (
    "o_1",
    Words('=HYPERLINK("http://x","y")'),
    Decimal(-2),
    True,
    date(2026, 5, 1),
    datetime(2026, 5, 1, 9, tzinfo=UTC),
)


def test_csv_for_people_opens_in_a_spreadsheet_and_holds_no_formula():
    text = csv_for_people(COLUMNS, [ROW, ("o_2", Words("£ ✓, – 2"), None, None, None, None)])
    assert text.startswith("\ufeffid,words")
    assert text.count("\r\n") == text.count("\n") == 3
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert rows[1] == ["o_1", '\'=HYPERLINK("http://x","y")', "-2", "yes", "2026-05-01", "2026-05-01T09:00:00Z"]
    assert rows[2] == ["o_2", "£ ✓, – 2", "", "", "", ""]


def test_csv_for_programs_is_spelled_as_the_records_are():
    assert csv_for_programs(COLUMNS[:2], [ROW[:2]]) == 'id,words\no_1,"=HYPERLINK(""http://x"",""y"")"\n'


def test_a_workbook_holds_text_numbers_and_local_times_but_no_formula():
    made = zipfile.ZipFile(io.BytesIO(workbook([Sheet("ratings", COLUMNS, [ROW])], ZoneInfo("Europe/London"))))
    sheet = made.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "=HYPERLINK(" in made.read("xl/sharedStrings.xml").decode()
    numbers = re.findall(r'<c r="([C-F]2)"(?: s="\d+")?><v>([^<]+)</v>', sheet)
    # Excel counts days from 30 December 1899: 1 May 2026 is day 46143, and 10 o'clock British Summer Time 10/24 more.
    assert [cell for cell, _ in numbers] == ["C2", "E2", "F2"]
    assert [float(value) for _, value in numbers] == pytest.approx([-2, 46143, 46143 + 10 / 24])


def test_without_its_library_a_workbook_is_refused_with_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(NoWorkbooks) as refused:
        workbook([], ZoneInfo("Europe/London"))
    assert "pip install 'qacli[xlsx]'" in str(refused.value)
    assert refused.value.exit_code == 78
