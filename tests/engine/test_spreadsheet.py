from __future__ import annotations

import hashlib
import sys
import zipfile
from datetime import datetime

import pytest
import xlsxwriter

from qacli.engine.connection import connect
from qacli.engine.source import open_source
from qacli.engine.spreadsheet import NoSpreadsheets
from qacli.files.faults import FileFaults

HEADER = ["id", "start", "talk"]
DAY = datetime(2026, 5, 18, 10, 2)


@pytest.fixture(scope="module")
def connection():
    with connect() as connection:
        yield connection


@pytest.fixture
def book(tmp_path):
    """Write a workbook: each sheet is {row from 0: cells}, a cell may be (number or time, its number format)."""

    def write(sheets, name="calls.xlsx", hide=(), merge=""):
        path = tmp_path / name
        with xlsxwriter.Workbook(path) as made:
            for sheet, rows in sheets.items():
                page = made.add_worksheet(sheet)
                for row, cells in rows.items():
                    for column, cell in enumerate(cells):
                        if isinstance(cell, tuple):
                            page.write(row, column, cell[0], made.add_format({"num_format": cell[1]}))
                        elif cell is not None:
                            page.write(row, column, cell)
                if merge:
                    page.merge_range(merge, "Report of May")
                if sheet in hide:
                    page.very_hidden() if sheet == "very" else page.hide()
        return path

    return write


def cells(connection, path, sheet=None):
    with open_source(connection, [path], sheet=sheet) as source:
        source.check(source.header)
        return source.header, connection.execute(source.select(source.header)).fetchall()


def refused(connection, path, sheet=None):
    with pytest.raises(FileFaults) as caught:
        cells(connection, path, sheet)
    return [(fault.code, fault.cell, fault.message) for fault in caught.value.faults]


def test_cells_are_read_by_what_they_are_not_by_how_they_look(connection, book):
    shown = [
        ("007", (DAY, "dd/mm/yyyy hh:mm"), (143 / 86400, "h:mm:ss AM/PM")),  # looks like 12:02:23 AM
        (12345, (datetime(2026, 5, 18), "mmm d"), (1.5, "[h]:mm:ss")),
        (True, "18/5/2026", (-0.25 / 86400, "0.00")),
        (2.5, None, 0.38400462962963),
    ]
    header, rows = cells(connection, book({"Calls": {0: HEADER, **dict(enumerate(shown, 1))}}))
    assert header == ("id", "start", "talk")
    assert rows == [
        ("007", "2026-05-18 10:02:00", "00:02:23"),
        ("12345", "2026-05-18", "36:00:00"),
        ("true", "18/5/2026", "-0.00000289351851851852"),
        ("2.5", None, "0.38400462962963"),
    ]


def test_formulas_count_as_the_values_that_were_saved_with_them(connection, tmp_path):
    path = tmp_path / "sums.xlsx"
    with xlsxwriter.Workbook(path) as made:
        page = made.add_worksheet("Calls")
        page.write_row(0, 0, ["id", "talk"])
        page.write_formula(1, 0, '="T"&1', None, "T1")
        page.write_formula(1, 1, "=60+2", None, 62)
    assert cells(connection, path)[1] == [("T1", "62")]


def test_faults_name_the_cell_as_the_spreadsheet_shows_it(connection, book):
    path = book({"May calls": {3: [None, *HEADER], 4: [None, "T1", DAY_TEXT, 1], 7: [None, "T2", "a\nb", "c\x7f"]}})
    assert refused(connection, path) == [
        ("unsafe-character", "'May calls'!C8", "column 'start' holds U+000A control character"),
        ("unsafe-character", "'May calls'!D8", "column 'talk' holds U+007F control character"),
    ]


DAY_TEXT = "18/5/2026"


def test_cells_without_a_name_above_them_are_left_out_and_named(connection, book):
    path = book({"Calls": {0: ["id", None, "talk"], 1: ["T1", "sum", 5, None, 4711], 2: [None], 3: ["T2", None, 6]}})
    with open_source(connection, [path]) as source:
        assert (source.header, source.files[0].sheet.unnamed) == (("id", "talk"), ["B", "E"])
        assert source.check(["id", "talk"]).records == 2
        assert source.lines is None
        assert source.digest == hashlib.sha256(path.read_bytes()).hexdigest()
        copy = source.files[0].readable
        assert (copy.stat().st_mode & 0o777, copy.parent.stat().st_mode & 0o777) == (0o600, 0o700)
        assert [each.name for each in copy.parent.glob("[!.]*")] == [copy.name]  # and the lock
    assert not copy.parent.exists()


def test_a_sheet_is_named_where_several_can_be_seen(connection, book):
    one, two = {0: ["id"], 1: ["T1"]}, {0: ["id"], 1: ["T2"]}
    path = book({"Calls": one, "Old": two, "very": two}, hide=("Old", "very"))
    assert cells(connection, path)[1] == [("T1",)]
    assert cells(connection, path, "very")[1] == [("T2",)]
    path = book({"Calls": one, "Chats": two})
    assert refused(connection, path) == [("which-sheet", "", "2 sheets can be read: Calls, Chats")]
    assert refused(connection, path, "calls") == [("no-such-sheet", "", "there is no sheet 'calls'")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({}, ("empty-file", "", "sheet 'Calls' is empty: not even a header")),
        ({0: ["id", "id"], 1: ["T1"]}, ("header-twice", "Calls!B1", "two columns are called 'id': A and B")),
        (
            {0: ["id", "a\nb"], 1: ["T1"]},
            ("unsafe-character", "Calls!B1", "the name of column B holds U+000A control character"),
        ),
    ],
)
def test_a_first_row_names_each_column_once(connection, book, rows, expected):
    assert refused(connection, book({"Calls": rows})) == [expected]


def test_a_title_over_the_names_is_refused_with_its_cells(connection, book):
    path = book({"Calls": {1: ["id", "start"], 2: ["T1", DAY_TEXT]}}, merge="A1:C1")
    what = "'Report of May' stands over several columns in the first row, which is to name each column"
    assert refused(connection, path) == [("merged-header", "Calls!A1:C1", what)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"id,start\n", "not-a-spreadsheet"),
        (b"PK\x03\x04 cut off", "not-a-spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "spreadsheet-locked"),
    ],
)
def test_what_is_no_spreadsheet_is_said(connection, tmp_path, content, code):
    path = tmp_path / "calls.xlsx"
    path.write_bytes(content)
    assert [found[0] for found in refused(connection, path)] == [code]


def test_an_archive_whose_names_are_forged_is_no_spreadsheet(connection, book):
    path = book({"Calls": {0: HEADER}})
    with zipfile.ZipFile(path, "a") as made:
        made.writestr("ö", b"")
    path.write_bytes(path.read_bytes().replace("ö".encode(), b"\xff\xff"))
    assert [found[0] for found in refused(connection, path)] == ["not-a-spreadsheet"]


def test_an_archive_that_would_fill_the_memory_is_not_unpacked(connection, tmp_path, monkeypatch):
    monkeypatch.setattr("qacli.engine.spreadsheet.MOST_BYTES", 1 << 20)
    path = tmp_path / "calls.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/sheet1.xml", bytes(3 << 20))
    assert refused(connection, path) == [("spreadsheet-too-big", "", "this unpacks to 3 MB")]


@pytest.mark.parametrize(
    ("cells", "reach"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "XFD1048576"),
        ("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>", "XFD1048576"),
        ('<row r="1048576">' + "<c><v>1</v></c>" * 100 + "</row>", "CV1048576"),
        ('<row r="4000000000"><c r="A4000000000"><v>1</v></c></row>', "A4000000000"),
    ],
    ids=["the last corner", "single quotes", "cells without a place", "below all rows"],
)
def test_a_cell_far_from_the_table_is_named_and_not_made_room_for(connection, book, cells, reach):
    path = with_cells(book, cells)
    assert refused(connection, path) == [("spreadsheet-too-big", "", f"its cells reach to {reach}: too far to be read")]


def test_empty_cells_far_away_that_only_have_a_form_do_no_harm(connection, book):
    path = with_cells(book, '<row r="1048576"><c r="XFD1048576" s="0"/></row>')
    assert cells(connection, path) == (("id",), [("T1",)])


def with_cells(book, cells):
    """Return a workbook of one record with further cells below, as its file spells them."""
    plain = book({"Calls": {0: ["id"], 1: ["T1"]}}, "plain.xlsx")
    path = plain.with_name("calls.xlsx")
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            made.writestr(name, source.read(name).replace(b"</sheetData>", f"{cells}</sheetData>".encode()))
    return path


def test_where_the_library_is_missing_the_extra_is_named(connection, book, monkeypatch):
    path = book({"Calls": {0: ["id"], 1: ["T1"]}})
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(NoSpreadsheets) as caught:
        cells(connection, path)
    assert "pip install 'qacli[xlsx]'" in caught.value.help


# The least that makes an OpenDocument sheet (OASIS ODF 1.3, part 3): typed cells of a table
ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Calls">
<table:table-row><table:table-cell office:value-type="string"><text:p>id</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>start</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>talk</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2026-05-18T10:02:00"><text:p>18/05/26</text:p></table:table-cell>
<table:table-cell office:value-type="time" office:time-value="PT00H02M23S"><text:p>12:02:23 AM</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def test_an_open_document_sheet_is_read_as_well(connection, tmp_path):
    path = tmp_path / "calls.ods"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", ODS.replace(">\n", ">"))
        made.writestr("META-INF/manifest.xml", "<manifest/>")
    assert cells(connection, path)[1] == [("7", "2026-05-18 10:02:00", "00:02:23")]
