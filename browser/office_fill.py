"""Fill in a workbook in LibreOffice, as a person would, and save it. Run by the Python that has LibreOffice's ``uno``.

    /usr/bin/python3 office_fill.py IN OUT... < '{"type": [[sheet, cell, what]], "read": [[sheet, cell]]}'

What is read after typing is written as JSON: the text of each cell as it is shown. Types a number where ``what`` is one.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8"}
PIPE = "qacli-forms"
SECONDS = 60


def desktop(home: str) -> tuple[subprocess.Popen[bytes], Any]:
    """Start LibreOffice without a window and return it with the door to it."""
    place = Path(home).as_uri()
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", f"-env:UserInstallation={place}", f"--accept=pipe,name={PIPE};urp;"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(SECONDS * 5):
        try:
            context = resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
            return office, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.2)
    raise SystemExit("LibreOffice did not start")


def option(name: str, value: object) -> PropertyValue:
    """Return an option as LibreOffice takes it."""
    return PropertyValue(Name=name, Value=value)


def main() -> None:
    """Type, read, save."""
    source, *targets = map(Path, sys.argv[1:])
    asked = json.load(sys.stdin)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        office, door = desktop(home)
        document = door.loadComponentFromURL(source.resolve().as_uri(), "_blank", 0, (option("Hidden", value=True),))
        for sheet, cell, what in asked["type"]:
            place = document.Sheets.getByName(sheet).getCellRangeByName(cell)
            if isinstance(what, str) and what.startswith("="):
                place.setFormula(what)
            elif isinstance(what, str):
                place.setString(what)
            else:
                place.setValue(what)
        document.calculateAll()
        read = [document.Sheets.getByName(sheet).getCellRangeByName(cell).getString() for sheet, cell in asked["read"]]
        for target in targets:
            document.storeToURL(target.resolve().as_uri(), (option("FilterName", FILTERS[target.suffix]),))
        document.close(True)
        door.terminate()
        office.wait(timeout=SECONDS)
    print(json.dumps(read))


main()
