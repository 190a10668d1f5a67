"""What Excel takes for a spoiled workbook, or turns into something else, is in no workbook of ours, whatever a card says.

Limits: Microsoft support, "Excel specifications and limits"; ECMA-376 part 1 (data validations, 18.3.1.32); XML 1.0.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest
from blank_forms import ITEM, blank
from in_memory import POINT5

from qacli.files.yaml import parse
from qacli.interchange.spreadsheet import Sheet as Table
from qacli.interchange.spreadsheet import cut, workbook
from qacli.monitor.observing.blank import Blank
from qacli.monitor.observing.sheet import Sheet
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard
from qacli.reports.forms.book import forms_book
from qacli.sources.transcripts.turns import Turn

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EMOJI, HEAD = "😀" * 2000, "version: 1, owner: p_tl1, from: 2026-01-01"
LABEL = "A label of thirty letters that"
POINTS = ", ".join(f"{{point: point-number-{n}-of-7, value: {n}, label: {LABEL[:-1]}{n}}}" for n in range(1, 8))
SEVEN = f"{{id: seven, {HEAD}, title: Seven, kind: ordinal, met_at: point-number-4-of-7, points: [{POINTS}]}}"
DATES = f"""{{id: dates, {HEAD}, title: Dates, kind: ordinal, met_at: may-1, points: [{{point: 1-2, value: 0, label: "1/2"}},
 {{point: "007", value: 1, label: TRUE}}, {{point: 1e3, value: 2, label: N/A}}, {{point: may-1, value: 3, label: May 1}},
 {{point: apart, value: 4, label: n/a}}]}}"""
NARROW = f"{{id: narrow, {HEAD}, title: Fine, kind: number, met_at: 1, range: {{from: 0, to: 1000, step: 0.000001}}}}"
ENDS = "{point-number-1-of-7: %s, point-number-7-of-7: %s}"
FUNCTIONS = {"IF", "IFERROR", "INDEX", "AND", "OR", "NOT", "N", "ISNUMBER", "SUMPRODUCT", "ROWS", "COUNTIF", "COUNTA"}
LONG_ID = "a" * 40


def criterion(name, scale, anchors, *, after="", answers=""):
    opened = f"only_if: {{criterion: {after}, answers: [{answers}]}}, " if after else ""
    return (
        f'      - {{id: {name}, observable: "{EMOJI} it is said", scale: {scale}@1, weight: 1, {opened}anchors: {anchors},\n'
        "         not_applicable: 'Nothing, to \"say\".', procedure: need@1, promise: safe}\n"
    )


CARD = (
    f"""\
id: hard
{HEAD.replace(", ", chr(10))}
title: "A card: of [all] * kinds? / of = names"
scoring: {{mode: points}}
channels: [phone]
promises: {{safe: Your money is safe with us.}}
sections:
  - id: open
    title: Opening
    criteria:
"""
    + criterion(LONG_ID, "seven", ENDS % (f'"{EMOJI}"', f'"{EMOJI}"'))
    + criterion("dates", "dates", "{1-2: It is, may-1: It is, apart: It is}")
    + criterion("narrow", "narrow", "{0: It is, 1000: It is}")
    + "".join(
        criterion(
            f"c{n}",
            "seven",
            ENDS % ("No", "Yes"),
            after=f"c{n - 1}" if n else LONG_ID,
            answers=", ".join(f"point-number-{p}-of-7" for p in range(1, 7)),
        )
        for n in range(80)
    )
)
TURNS = (
    Turn(1, 0, "customer", "<r>a & b</r>"),
    Turn(2, 60, "customer", "\x00\x08\x1b \ufffe \uffff _x0041_ \u2028"),
    Turn(3, 120, "colleague", EMOJI * 20),
    Turn(4, 180, "colleague", "'; =1+1"),
)


@pytest.fixture(scope="module")
def book():
    card = Scorecard.model_validate(parse(CARD, "card.yaml").data)
    scales = (Scale.model_validate(parse(text, "scale.yaml").data) for text in (SEVEN, DATES, NARROW, POINT5))
    sheet = Sheet(card, {f"{scale.id}@1": scale for scale in scales}, turns=TURNS, suggested=())
    return opened(
        forms_book([Blank(ITEM, sheet, "p_ev1"), replace(blank(), item=replace(ITEM, id="t_5-2"))], UTC, "live")
    )


def opened(content):
    """Return the parts of a workbook, each read as strictly as XML is."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {
            name: ET.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith((".xml", "rels"))
        }


def sheets(book):
    return {name: root for name, root in book.items() if name.startswith("xl/worksheets/sheet")}


def units(text):
    """Return how long a text is for Excel, which counts units of UTF-16."""
    return len((text or "").encode("utf-16-le")) // 2


def every(book, tag):
    return [node for root in sheets(book).values() for node in root.iter(f"{MAIN}{tag}")]


def strings(book):
    return ["".join(node.itertext()) for node in book["xl/sharedStrings.xml"].iter(f"{MAIN}si")]


def test_cells_hold_what_excel_reads_and_nothing_is_a_mark_of_the_file(book):
    texts = strings(book)
    assert max(map(units, texts)) <= 32_767
    assert any(units(each) > 32_000 for each in texts)
    assert "<r>a & b</r> " in texts
    assert "\\x00\\x08\\x1b \\ufffe \\uffff _x005F_x0041_ \\u2028" in texts  # ECMA-376 22.9.2.19: _x005F_ is read as _
    assert not [each for each in texts if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", each)]


def test_names_of_sheets_are_those_that_excel_takes_each_once(book):
    names = [node.get("name") for node in book["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    assert len({name.casefold() for name in names}) == len(names) == 6
    assert not [
        name for name in names if len(name) > 31 or re.search(r"[\[\]:*?/\\]|^'|'$|^history$", name, re.IGNORECASE)
    ]
    defined = [
        (node.get("name"), node.get("localSheetId")) for node in book["xl/workbook.xml"].iter(f"{MAIN}definedName")
    ]
    assert len(set(defined)) == len(defined)
    assert {name for name, _ in defined} == {"_xlnm.Print_Titles"}


def test_lists_hints_and_rules_stay_within_what_excel_takes(book):
    found = every(book, "dataValidation")
    limits = {"promptTitle": 32, "prompt": 255, "errorTitle": 32, "error": 255}
    assert not [
        (name, node.get(name)) for node in found for name, most in limits.items() if units(node.get(name)) > most
    ]
    assert any(units(node.get("prompt")) > 240 for node in found)
    rules = [node.text for tag in ("formula1", "formula2") for node in every(book, tag)]
    assert max(map(units, rules)) <= 255
    lists = [node.find(f"{MAIN}formula1").text for node in found if node.get("type") == "list"]
    assert len(lists) == 82 + 4  # a rule that is too long is left out by the library, and every answer would do
    assert {len(each[1:-1].split(",")) for each in lists if "point-number" in each or "A label" in each} == {8}
    assert all(each.startswith('"') and each.endswith('"') and '"' not in each[1:-1] for each in lists)


def test_formulas_are_written_as_files_spell_them(book):
    """English names, commas, no more than 8,192 characters, 64 levels and 255 characters of text."""
    found = [node.text for tag in ("f", "formula") for node in every(book, tag)]
    assert found
    for each in found:
        depth = deepest = 0
        bare = re.sub(r'"(?:[^"]|"")*"', "", each)
        for sign in bare:
            depth += (sign == "(") - (sign == ")")
            deepest = max(deepest, depth)
        assert depth == 0
        assert deepest <= 64
        assert len(each) <= 8192
        assert ";" not in bare
        assert max(map(len, re.findall(r'"((?:[^"]|"")*)"', each)), default=0) <= 255
        assert set(re.findall(r"[A-Z]+(?=\()", bare)) <= FUNCTIONS


def test_an_answer_that_excel_would_take_for_a_day_a_number_or_a_truth_stays_as_it_is(book):
    """1-2 would become a day, 007 the number 7, 1e3 1000; the cell is text. May 1 would be read as another answer's."""
    sheet = book["xl/worksheets/sheet2.xml"]
    codes = {node.get("numFmtId"): node.get("formatCode") for node in book["xl/styles.xml"].iter(f"{MAIN}numFmt")}
    formats = [codes.get(node.get("numFmtId")) for node in book["xl/styles.xml"].find(f"{MAIN}cellXfs")]
    style = {node.get("r"): formats[int(node.get("s", 0))] for node in sheet.iter(f"{MAIN}c")}
    assert [style[cell] for cell in ("D6", "D7", "D8")] == ["@", "@", None]
    lists = [node.find(f"{MAIN}formula1").text for node in sheet.iter(f"{MAIN}dataValidation")]
    assert '"1-2,007,1e3,may-1,apart,N/A"' in lists


def test_heights_widths_dates_and_protection(book):
    assert all(float(node.get("ht")) <= 409 for node in every(book, "row") if node.get("ht"))
    assert all(float(node.get("width")) <= 255 for node in every(book, "col"))
    assert all(root.find(f"{MAIN}sheetProtection") is not None for root in sheets(book).values())
    assert not [node for node in every(book, "sheetProtection") if node.get("password")]
    assert not every(book, "tablePart")


def test_a_table_in_a_workbook_says_old_days_in_words_and_keeps_long_texts_whole():
    rows = [[date(1850, 1, 2), "<r>a & b</r>"], [datetime(1900, 1, 1, tzinfo=UTC), EMOJI * 9]]
    book = opened(workbook([Table("x" * 40, ["day", "text"], rows)], UTC))
    texts = strings(book)
    assert {"1850-01-02", "<r>a & b</r> "} <= set(texts)
    assert any(each.startswith("1900-01-01") for each in texts)
    assert max(map(units, texts)) <= 32_767
    assert [node.get("name") for node in book["xl/workbook.xml"].iter(f"{MAIN}sheet")] == ["x" * 31]


@pytest.mark.parametrize(
    ("text", "longest", "shown"),
    [
        ("abc", 3, "abc"),
        ("abcdefgh", 7, "abc ..."),
        ("😀😀", 4, "😀😀"),
        ("😀😀😀", 5, " ..."),
        ("ab cd efg", 8, "ab ..."),
    ],
)
def test_a_text_is_cut_by_the_units_that_excel_counts(text, longest, shown):
    assert cut(text, longest) == shown
    assert units(shown) <= longest
