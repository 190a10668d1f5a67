"""The seal: the head of a trail in four lines, to be kept where the record-keepers cannot write.

Whatever was altered before the last seal that somebody still holds is found; after it, only accidents are.
A seal may be signed with ``ssh-keygen -Y sign``, namespace ``qacli-head``.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

from qacli.files.temporary import private_folder
from qacli.ledger import journal
from qacli.ledger.head import read_head
from qacli.ledger.trail import system_time
from qacli.model import MalformedFile, Misconfigured, QacliError

FORM = "qacli-head/1"
NAMESPACE = "qacli-head"
SIGNATURE = "-----BEGIN SSH SIGNATURE-----"
LINES = re.compile(
    rf"{FORM}\nfolder ([0-9a-f]{{64}})\nentries ([0-9]{{1,12}})\nhead ([0-9a-f]{{64}})\ntime (\S{{20}})\n"
)


class NothingToSeal(QacliError):
    """A trail without entries has no head."""

    def __init__(self) -> None:
        super().__init__(
            "nothing has been recorded yet: there is nothing to seal", help="seal it after the first record"
        )


class NotASeal(MalformedFile):
    """A file that is no seal."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is not a seal", help="a seal is what qacli ledger seal printed without --format, unchanged"
        )


class Seal(NamedTuple):
    """A head: ``folder`` is the hash of the folder's first entry, which no other folder has."""

    folder: str
    entries: int
    head: str
    time: str
    signature: str = ""

    def __str__(self) -> str:
        return f"{FORM}\nfolder {self.folder}\nentries {self.entries}\nhead {self.head}\ntime {self.time}\n"


def seal(folder: Path) -> Seal:
    """Return the seal of a folder as it stands. Raises NothingToSeal, BrokenTail."""
    head = read_head(folder)
    first = next(journal.entries(folder / journal.NAME), None)
    if first is None:
        raise NothingToSeal
    return Seal(first.hash, head.seq, head.hash, system_time())


def parse(text: str, name: str) -> Seal:
    """Return the seal in a text, with its signature if there is one. Raises NotASeal."""
    body, mark, rest = text.replace("\r\n", "\n").partition(SIGNATURE)
    match = LINES.fullmatch(body)
    if not match:
        raise NotASeal(name)
    return Seal(match[1], int(match[2]), match[3], match[4], mark + rest)


def sign(found: Seal, key: Path) -> Seal:
    """Return the seal with a signature by an SSH key. Raises Misconfigured where ssh-keygen is missing or fails."""
    return found._replace(signature=signature_of(str(found), key, NAMESPACE))


def signature_of(text: str, key: Path, namespace: str) -> str:
    """Return the detached signature of a text by an SSH key. Raises Misconfigured where ssh-keygen is missing or fails."""
    return _keygen(["-Y", "sign", "-n", namespace, "-f", str(key)], text)


def signed_by(found: Seal, signers: Path) -> str | None:
    """Return the name in an allowed-signers file whose key signed the seal; None where none did."""
    return signer_of(str(found), found.signature, signers, NAMESPACE)


def signer_of(text: str, armoured: str, signers: Path, namespace: str) -> str | None:
    """Return the name in an allowed-signers file whose key signed a text; None where none did."""
    with private_folder() as private:
        signature = private / "seal.sig"
        signature.write_text(armoured, "utf-8")
        try:
            names = _keygen(["-Y", "find-principals", "-f", str(signers), "-s", str(signature)], "")
            for name in names.split():
                _keygen(["-Y", "verify", "-n", namespace, "-f", str(signers), "-I", name, "-s", str(signature)], text)
                return name
        except Misconfigured:
            return None
    return None


def _keygen(arguments: list[str], text: str) -> str:
    try:
        done = subprocess.run(["ssh-keygen", *arguments], input=text, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise Misconfigured("ssh-keygen is not installed", help="it comes with OpenSSH") from None
    if done.returncode:
        raise Misconfigured(f"ssh-keygen: {done.stderr.strip() or 'failed'}", help="check the key file")
    return done.stdout


class Comparison(NamedTuple):
    """What comparing a trail with a seal found; ``problem`` is empty where the trail contains what was sealed."""

    seal: Seal
    problem: str


def compare(folder: Path, found: Seal) -> Comparison:
    """Return whether the trail still has, at its place, the head that was sealed."""
    for entry in journal.entries(folder / journal.NAME):
        if entry.seq == 1 and entry.hash != found.folder:
            return Comparison(
                found, "the seal belongs to another folder, or the trail was written anew from its first entry"
            )
        if entry.seq == found.entries:
            if entry.hash == found.head:
                return Comparison(found, "")
            return Comparison(
                found,
                f"entry {entry.seq} is not the one that was sealed on {found.time}: the trail was rewritten before it",
            )
    return Comparison(
        found, f"the trail ends before entry {found.entries}, which was sealed on {found.time}: its end was cut off"
    )
