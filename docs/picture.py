"""Take the picture of the full screen that docs/entering.md shows: python docs/picture.py

The people and the conversation are invented; the card is the one that `qacli init` copies.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src")]

from qacli.commands.tui.app import Scoring  # noqa: E402
from qacli.files.yaml import parse  # noqa: E402
from qacli.model import Words  # noqa: E402
from qacli.monitor.observing.observation import Note  # noqa: E402
from qacli.monitor.observing.sheet import Sheet  # noqa: E402
from qacli.monitor.suggesting.suggestion import Suggestion  # noqa: E402
from qacli.prepare.scorecards.scale import Scale  # noqa: E402
from qacli.prepare.scorecards.scorecard import Scorecard  # noqa: E402
from qacli.sources.transcripts.turns import Turn  # noqa: E402

PICTURE = HERE / "entering.svg"
SHIPPED = HERE.parent / "scorecards"
SAID = """\
00 colleague: Harbour & Vale Bank, good morning, this is Birch. This call may be recorded. What can I do for you?
09 customer: Good morning. My standing order went out twice this month, and now my rent may bounce. I am rather worried.
21 colleague: Twice in one month? I am sorry, that is a shock. Before I look I have to be sure who you are.
33 customer: Of course.
35 colleague: Which are the third and the sixth letter of your password?
44 customer: That is R and L.
47 colleague: Thank you. I can see both payments: one on the 3rd, one on the 4th.
58 customer: So which of them is wrong?
61 colleague: The one of the 4th. It was entered again when the order moved to your new account [IBAN removed].
75 customer: And when do I have it back?
79 colleague: It is in your account tomorrow before noon. I ring you at two to be sure.
93 customer: That helps. And the rent?
97 colleague: It leaves on Friday, so there is time. If not, we bear the charge. Is that all you rang for?
109 customer: Yes, thank you very much."""
# the notice as suggested; the check with the line of its question; degrees, N/A with its reason; and back to look
KEYS = ("s", "y", "]", "]", "]", "]", "e", "4", "4", "a", "]", "e", "y", "]", "]", "]", "e", "up")
HEADING = ("phone@1.0 - phone hv283101, birch, 14 May 10:02, 2 min 4 s",)


def sheet() -> Sheet:
    """Return a call and its card, with a note taken while listening and what a rule suggests."""
    card = Scorecard.model_validate(parse((SHIPPED / "scorecards" / "phone.yaml").read_text("utf-8"), "card").data)
    files = {name: SHIPPED / "scales" / f"{name.partition('@')[0]}.yaml" for name in {c.scale for c in card.criteria()}}
    scales = {name: Scale.model_validate(parse(path.read_text("utf-8"), "scale").data) for name, path in files.items()}
    lines = [re.fullmatch(r"(\d+) (\w+): (.+)", line) for line in SAID.splitlines()]
    turns = [Turn(number, int(each[1]), each[2], each[3]) for number, each in enumerate(lines, 1) if each]
    note = Note(
        session="s_1", criterion="ph-correct", offset="01:01", polarity="+", fact=Words("names the cause at once")
    )
    suggested = [Suggestion("ph-notice", "met", "notice-said@1", 1, "This call may be recorded")]
    return Sheet(card, scales, turns=turns, notes=[note], suggested=suggested).begun()


def nowhere(_: Sheet) -> None:
    """Keep no draft."""


async def taken() -> str:
    """Return the picture as SVG, without the fonts that it would load from elsewhere."""
    app = Scoring(sheet(), nowhere, HEADING)
    async with app.run_test(size=(104, 32)) as pilot:
        await pilot.press(*KEYS)
        await pilot.pause()
        found = app.export_screenshot(title="qacli score --tui")
    found = re.sub(r"@font-face \{.*?\}\s*", "", found, flags=re.DOTALL)
    found = re.sub(r"font-family: [^;]*;", 'font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace;', found)
    found = re.sub(r"<!--.*?-->", "", found, flags=re.DOTALL)
    return re.sub(r"\n\s*", "\n", found)


def words(svg: str) -> list[str]:
    """Return the words of a picture."""
    from html import unescape

    return unescape(" ".join(re.findall(r"<text[^>]*>(.*?)</text>", svg))).replace("\xa0", " ").split()


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(taken()), "utf-8")
    print(f"wrote {PICTURE.name}, {PICTURE.stat().st_size:,} bytes")
