"""The page on forms, typed in the example bank; between its lines somebody fills in the first item of the workbook.

python tests/docs/test_forms_page.py DIR    type it in DIR, which is to be there not yet, and write what it prints into the page
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests"))

from blank_forms import typed  # noqa: E402
from test_readme import BLOCK, Walk, fits, steps  # noqa: E402

from qacli.reports.forms.book import LETTER, TOP  # noqa: E402
from qacli.workspace import Workspace  # noqa: E402

PAGE = ROOT / "docs" / "forms.md"


def fill(folder: Path) -> None:
    """Fill in the first item: each criterion its best answer, with the third line as evidence."""
    workspace = Workspace(folder)
    view = workspace.view()
    card = view.definition("scorecard", "chat@1.0")
    cells: dict[str, object] = {}
    for row, criterion in enumerate(card.criteria(), start=TOP + 2):
        top = view.definition("scale", criterion.scale).top
        cells[f"{LETTER['Answer']}{row}"] = float(top) if top.isdigit() else top
        cells[f"{LETTER['Line']}{row}"] = 3
    (folder / "filled.xlsx").write_bytes(typed((folder / "out/forms/p_ev1.xlsx").read_bytes(), cells))


def typing(folder: Path):
    """Type the page; yield each line, what it shows, and what is seen."""
    walk = Walk(folder)
    for kind, block in BLOCK.findall(PAGE.read_text("utf-8")):
        for line, shown in steps(block) if kind == "console" else ():
            if "--from" in line:
                fill(folder)
            yield line, shown, walk.type(line)


def test_the_page_shows_what_is_printed(tmp_path, demo_once):
    told = list(typing(shutil.copytree(demo_once[0], tmp_path / "harbour")))
    assert len(told) == 4
    for line, shown, seen in told:
        assert fits(seen, shown), f"$ {line}\n{seen}\nbut the page shows\n{shown}"


def rewrite(folder: Path) -> None:
    text = PAGE.read_text("utf-8")
    for line, shown, seen in typing(folder):
        text = text.replace(f"$ {line}\n{shown}", f"$ {line}\n{seen}")
    PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    rewrite(Path(sys.argv[1]))
