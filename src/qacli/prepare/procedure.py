"""Procedures: what colleagues have to do, in the version that was in force on the day."""

from __future__ import annotations

from pydantic import Field

from qacli.files.schema import Definition, Text


class Procedure(Definition):
    """One procedure, short enough to be read before rating by it."""

    title: Text = Field(description="Name shown to people.")
    standard: Text = Field(description="One sentence: what has to be done. It is quoted in feedback.")
    text: Text = Field(description="The procedure itself, at most a page.")
