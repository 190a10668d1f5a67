"""How a document leaves a command: Markdown or a page, where -o says or below out/ as a private file whose path is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qacli.model import UsageError

if TYPE_CHECKING:
    from qacli.commands.context import Context

PAGES = (".html",)
"""Endings of files that a command which writes documents writes itself, for ``@command(app, forms=PAGES)``."""
HTML = Annotated[bool, typer.Option("--html", help="As a page to print or save as PDF; else as Markdown.")]


def write_document(context: Context, name: str, text: str, *, html: bool = False) -> None:
    """Write one document, given as Markdown: as a page with ``html`` or where the file of -o ends in .html.

    ``name`` is its place below out/, without an ending. Raises UsageError for a form that is none of the two, NotWritten.
    """
    if context.asked not in {None, "md"}:
        raise UsageError(
            f"a document is Markdown or a page, not {context.asked}",
            help="end the name of its file in .md or .html; for the figures alone: qacli summarise",
        )
    paged = html or bool(context.output and context.output.suffix in PAGES)
    if paged and context.asked:
        raise UsageError("--html asks for a page, and -o or --format for Markdown", help="leave one of them out")
    if paged:
        from qacli.reports.printed import printed

        text = printed(text, context.workspace.view().provenance)
    write_file(context, f"{name}{'.html' if paged else '.md'}", text)


def write_file(context: Context, name: str, text: str) -> None:
    """Write one text where -o says, or below out/ as a private file whose path is told. Raises NotWritten."""
    from qacli.commands.output import NotWritten, from_here
    from qacli.files.whole import make_directories, replace_file

    if context.output:
        context.say(text)
        return
    target = context.workspace.folder / "out" / name
    try:
        make_directories(target.parent, context.workspace.folder)
        replace_file(target, text)
    except OSError as wrong:
        raise NotWritten(from_here(target), wrong) from None
    context.say(str(from_here(target)))
