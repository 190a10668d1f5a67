"""Where else a text still lies: in each kind of file as that kind spells it."""

from __future__ import annotations

import json

import pytest

from qacli.files.text import markdown
from qacli.interchange.spreadsheet import csv_for_people
from qacli.model import Words
from qacli.reports.charts.markup import el
from qacli.workspace.copies import copies, pattern

TYPED = [
    'Mrs O\'Brien said "it is *my* card" & left',
    "it stood in C:\\Users\\zoë <under Zoë's name>",
    '[a note] he typed &amp; and "" himself',
    "\u00e9t\u00e9: rung at http://harbour.example",
]
SPELLED = {
    "sheet.md": markdown,
    "page.html": lambda text: str(el("p", text)),
    "tooltip.html": lambda text: str(el("rect", title=text)),
    "draft.json": lambda text: json.dumps({"evidence": text}),
    "plain.json": lambda text: json.dumps({"evidence": text}, ensure_ascii=False),
    "table.csv": lambda text: csv_for_people(("evidence",), [(Words(text),)]),
}


@pytest.mark.parametrize("text", TYPED)
@pytest.mark.parametrize("name", SPELLED)
def test_a_text_is_found_however_a_file_spells_it(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(SPELLED[name](text), "utf-8")
    assert [each.where for each in copies(tmp_path, [path], pattern([text]), "holds it")][:1] == [name]


def test_a_part_of_a_word_is_no_copy(tmp_path):
    path = tmp_path / "sheet.md"
    path.write_text("Marshall &amp; Sons", "utf-8")
    assert [each for each in copies(tmp_path, [path], pattern(["Marsh"]), "holds it") if each.where == path.name] == []
