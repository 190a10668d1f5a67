"""How the full screen looks. Colour is never the only sign: each state has a mark of its own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from rich.style import Style

BACKGROUND = "#11151a"
# Every text colour has a contrast of 7:1 or more against the background, and white against the marked row.
STYLES: Mapping[str, Style] = MappingProxyType(
    {
        "": Style(color="#e6e6e6"),
        "bold": Style(color="#ffffff", bold=True),
        "dim": Style(color="#9fa9b3"),
        "colleague": Style(color="#7fd18b", bold=True),
        "customer": Style(color="#f2b45c", bold=True),
        "done": Style(color="#7fd18b"),
        "lacks": Style(color="#ffd54f", bold=True),
        "critical": Style(color="#ff8a80", bold=True),
        "quote": Style(color="#9ecbff", italic=True),
    }
)
MARKED = Style(color="#ffffff", bgcolor="#1d4e89")
MARKED_ASIDE = Style(bgcolor="#26303a")


class Marks(NamedTuple):
    """Signs in front of rows."""

    here: str
    done: str
    lacks: str
    open: str
    quote: str
    comment: str
    found: str


# these are in the fonts of Windows consoles too (WGL4)
FULL = Marks("►", "●", "▲", "○", "»", "≡", "•")
PLAIN = Marks(">", "*", "!", "-", '"', "#", ".")

CSS = """
Screen { layout: vertical; background: #11151a; color: #e6e6e6; }
#head { height: 1; background: #1c232b; color: #ffffff; padding: 0 1; }
#panes { height: 1fr; }
#talk { width: 60%; }
#list { width: 1fr; }
#guide { height: auto; max-height: 40%; min-height: 6; }
#said { height: auto; min-height: 1; max-height: 2; padding: 0 1; color: #ffd54f; }
#keys { height: 1; background: #1c232b; color: #e6e6e6; padding: 0 1; }
Rows { height: 1fr; background: #11151a; border: round #5b6875; padding: 0 0;
       border-title-color: #e6e6e6; border-title-style: bold; scrollbar-size: 0 1; overflow-x: hidden;
       scrollbar-color: #5b6875; scrollbar-color-hover: #9fa9b3; scrollbar-color-active: #9fa9b3;
       scrollbar-background: #1c232b; scrollbar-background-hover: #1c232b; scrollbar-background-active: #1c232b; }
Rows:focus { border: round #9ecbff; border-title-color: #9ecbff; }
.narrow #panes { layout: vertical; }
.narrow #talk { width: 100%; height: 1fr; }
.narrow #list { width: 100%; height: 1fr; }
.narrow #guide { max-height: 30%; min-height: 5; }
.narrow Rows { border: none; border-top: solid #5b6875; }
.narrow Rows:focus { border: none; border-top: solid #9ecbff; }
.plain Rows { scrollbar-size: 0 0; }
.plain Rows, .plain Rows:focus, .plain #box { border: ascii #9fa9b3; }
Asked, Told { align: center middle; background: #11151a 60%; }
#box { width: 90%; max-width: 100; height: auto; max-height: 90%; background: #1c232b; border: round #9ecbff; padding: 0 1;
       border-title-color: #9ecbff; border-title-style: bold; }
#box Rows { height: auto; max-height: 100%; border: none; background: #1c232b; }
#why { height: auto; color: #ffd54f; }
#hint { height: auto; color: #9fa9b3; }
Input { border: tall #5b6875; background: #11151a; color: #ffffff; }
"""
