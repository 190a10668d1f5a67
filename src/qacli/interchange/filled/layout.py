"""What stands where in a workbook of forms: written by one program, saved by another, read by this one."""

from __future__ import annotations

START = "Start"
"""The first sheet: what there is to do, how far it is."""
HIDDEN = "_qacli"
"""The sheet that nobody sees: which form each sheet is."""
SCHEMA = "qacli.forms/1"
WORDS = " words"
"""What follows the name of an item in the name of the sheet with its conversation."""

CRITERION, ASKED, ANSWER, LINE, SAID, TIME, EVIDENCE, COMMENT, NEEDED, SUGGESTED, ANCHORS = (
    "Criterion",
    "What is asked",
    "Answer",
    "Line",
    "Words of that line",
    "At",
    "What was seen or heard",
    "Comment",
    "Still needed",
    "Suggested or noted",
    "What each answer means",
)
COLUMNS = (CRITERION, ASKED, ANCHORS, ANSWER, LINE, SAID, TIME, EVIDENCE, COMMENT, NEEDED, SUGGESTED)
TO_FILL = (ANSWER, LINE, TIME, EVIDENCE, COMMENT)
"""What people fill in; everything else is locked."""
NA = "N/A"
