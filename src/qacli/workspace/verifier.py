"""The small independent verifier of packs, as it travels with qacli: what a pack brings along may have been replaced."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from qacli.files.disk import of_the_disk
from qacli.govern.portfolio.signing import NAMESPACE
from qacli.ledger.seal import compare, parse, signer_of
from qacli.ledger.verify import verify
from qacli.model import MalformedFile, UsageError
from qacli.workspace.shipped import shipped

NAME = "verify_portfolio.py"


class DamagedTrail(MalformedFile):
    """Records that are not as recorded prove nothing."""

    def __init__(self, first: str, count: int) -> None:
        more = f", and {count - 1} more" if count > 1 else ""
        super().__init__(f"the records are not as they were recorded: {first}{more}", help="run: qacli ledger verify")


def refuse_damaged(folder: Path) -> None:
    """Verify the records of a folder. Raises DamagedTrail, Busy."""
    damage = [each for each in verify(folder) if not each.note]
    if damage:
        raise DamagedTrail(str(damage[0]).removeprefix("broken: "), len(damage))


class Verifier(NamedTuple):
    """Its two functions: what is wrong in a pack, and the rows behind one criterion."""

    problems: Callable[[Path], list[str]]
    trace: Callable[[Path, str], list[str]]


def verifier() -> Verifier:
    """Return the verifier. Raises Misconfigured where the installation lacks it."""
    made = runpy.run_path(str(shipped("examples") / NAME))
    return Verifier(made["problems"], made["trace"])


def sealed_otherwise(pack: Path, seal: Path) -> str:
    """Return how the journal of a pack differs from a seal of its folder; empty where it holds what was sealed.

    Raises NotASeal, UsageError.
    """
    try:
        sealed = parse(seal.read_text("utf-8"), str(seal))
    except OSError as wrong:
        if of_the_disk(wrong):
            raise
        raise UsageError(f"{seal}: {wrong.strerror}", help="name the file that qacli ledger seal wrote") from None
    return compare(pack / "ledger", sealed).problem


def signed_in(pack: Path, signers: Path) -> Iterator[tuple[str, bool]]:
    """Yield for each statement in a pack, in words, whose SSH key signed it, and whether any did."""
    for path in sorted((pack / "signatures").glob("*.txt")):
        signature = path.with_name(f"{path.name}.sig")
        if not signature.exists():
            yield f"{path.name}: no SSH signature", True
            continue
        who = signer_of(path.read_text("utf-8"), signature.read_text("utf-8"), signers, NAMESPACE)
        yield (
            f"{path.name}: {f'signed by the key of {who}' if who else 'not signed by any key of that file'}",
            bool(who),
        )
