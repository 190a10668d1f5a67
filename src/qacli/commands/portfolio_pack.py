"""``qacli portfolio pack`` and ``verify``: what leaves for an assessor, and how anybody checks it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from qacli.commands.context import Context, TodayInLive, command
from qacli.commands.portfolio_found import packed_of
from qacli.model import UsageError

CANDIDATE = Annotated[str, typer.Option("--for", metavar="PERSON", help="Whose portfolio, if not your own.")]
PACK = Annotated[Path, typer.Argument(metavar="PACK", help="The folder of a pack, or its .zip.")]


def join(app: typer.Typer) -> None:
    """Add the commands to those of ``qacli portfolio``."""
    command(app, "pack", slow=True)(pack)
    command(app, "verify")(verify)


def pack(context: Context, for_: CANDIDATE = "") -> None:
    """Write the pack for the assessor to out/portfolio/: evidence, grid, own words, proof. Live rows only."""
    from qacli.commands.output import from_here
    from qacli.govern.portfolio.packing import refuse_unfit
    from qacli.interchange.packed import write_pack
    from qacli.reports.portfolio.pack import is_signed, name_of, pack_files
    from qacli.workspace.added import file_now
    from qacli.workspace.verifier import refuse_damaged

    workspace = context.workspace
    if context.today and workspace.settings.provenance == "live":
        raise TodayInLive
    view = workspace.view()
    made_of = packed_of(workspace, view, for_)
    refuse_unfit(*made_of[1:], partial(file_now, workspace.folder))
    refuse_damaged(workspace.folder)
    files = pack_files(made_of)
    place = workspace.folder / "out" / "portfolio" / made_of.portfolio.id
    packed = write_pack(place, files, workspace.folder)
    context.say(f"wrote {from_here(place / 'README.md')} and {len(files) - 1} files; {from_here(packed)}")
    context.say(f"manifest sha256 {name_of(files)}")
    if not is_signed(made_of, files):
        context.tell(
            f"not signed as it stands, so verify will say so: qacli portfolio sign --role candidate "
            f"--as {made_of.found.candidate}, then pack again"
        )
    context.tell(f"check it where it goes: qacli portfolio verify {from_here(packed)}, or python3 verify.py . in it")


def verify(
    context: Context,
    pack: PACK,
    cell: Annotated[str, typer.Option(help="Trace this criterion to the journal: mon-p9.")] = "",
    signers: Annotated[Path | None, typer.Option(help="Allowed-signers file, to check SSH signatures.")] = None,
    against: Annotated[Path | None, typer.Option(help="A seal of the folder that somebody outside kept.")] = None,
) -> int:
    """Verify a pack from itself alone; no workspace is needed. Silent and 0 where all is as it was packed."""
    from qacli.interchange.packed import opened
    from qacli.workspace.verifier import sealed_otherwise, signed_in, verifier

    tool = verifier()
    with opened(pack) as folder:
        wrong = tool.problems(folder)
        for line in wrong:
            context.say(line)
        if cell and not wrong:
            lines = tool.trace(folder, cell)
            if not lines:
                raise UsageError(f"the pack has no criterion '{cell}'", help="its ids stand in coverage.csv")
            for line in lines:
                context.say(line)
        if against and (problem := sealed_otherwise(folder, against)):
            context.say(f"ledger/journal.csv: {problem}")
            wrong = [*wrong, problem]
        unsigned = 0
        for line, good in signed_in(folder, signers) if signers and not wrong else ():
            context.say(line)
            unsigned += not good
    return int(bool(wrong or unsigned))
