"""What a loss of power can leave: a model of a disk over the real append and recovery.

The calls that the ledger makes are recorded while it works on a real folder. A piece (a write, a cut, a name made or
taken away) is certain once its file, or the directory of its name, was synced; before that each piece may be there or
not, and a write also by half or as zeros, whatever came later. Every such state after every call is laid out as a
folder; then the next writer comes. See Pillai et al., All File Systems Are Not Created Equal, OSDI 2014.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import story  # noqa: F401  (puts src and tests on the path)
from trails import WHO, block, table, write

from qacli.ledger import journal
from qacli.ledger.trail import writing
from qacli.ledger.verify import verify

MOST = 512
"""States of one moment that are tried; where there are more, so many by chance."""


class Call(NamedTuple):
    """One recorded call. ``file`` numbers what is called so now: a name may be given to a new file later."""

    kind: str
    path: str
    file: int = 0
    at: int = 0
    data: bytes = b""


class Recorder:
    """Stands before the functions of ``os`` and writes down what changes a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls: list[Call] = []
        self._names: dict[int, str] = {}
        self._files: dict[str, int] = {}
        self._real = {name: getattr(os, name) for name in ("open", "write", "fsync", "ftruncate", "unlink", "mkdir")}

    @contextmanager
    def recording(self) -> Iterator[None]:
        with ExitStack() as stack:
            for name in self._real:
                stack.enter_context(mock.patch.object(os, name, getattr(self, name)))
            yield

    def number(self, path: str, *, new: bool = False) -> int:
        if new or path not in self._files:
            self._files[path] = len(self._files) + len(self.calls) + 1
        return self._files[path]

    def _add(self, kind: str, path: str, at: int = 0, data: bytes = b"", *, new: bool = False) -> None:
        if Path(path).name != ".lock":
            self.calls.append(Call(kind, path, self.number(path, new=new), at, data))

    def _relative(self, path: Any) -> str:
        return Path(path).relative_to(self.folder).as_posix()

    def open(self, path: Any, flags: int, mode: int = 0o777, **more: Any) -> int:
        inside = Path(path).is_relative_to(self.folder)
        new = inside and flags & os.O_CREAT and not Path(path).exists()
        descriptor = self._real["open"](path, flags, mode, **more)
        if inside:
            self._names[descriptor] = self._relative(path)
            if new:
                self._add("create", self._names[descriptor], new=True)
        else:
            self._names.pop(descriptor, None)
        return descriptor

    def write(self, descriptor: int, data: Any) -> int:
        if descriptor in self._names:
            self._add("write", self._names[descriptor], os.fstat(descriptor).st_size, bytes(data))
        return self._real["write"](descriptor, data)

    def fsync(self, descriptor: int) -> None:
        self._real["fsync"](descriptor)
        if descriptor in self._names:
            self._add("sync", self._names[descriptor])

    def ftruncate(self, descriptor: int, length: int) -> None:
        self._real["ftruncate"](descriptor, length)
        self._add("cut", self._names[descriptor], length)

    def unlink(self, path: Any, **more: Any) -> None:
        self._real["unlink"](path, **more)
        self._add("unlink", self._relative(path))

    def mkdir(self, path: Any, mode: int = 0o777, **more: Any) -> None:
        self._real["mkdir"](path, mode, **more)
        self._add("mkdir", self._relative(path), new=True)

    def acknowledged(self) -> None:
        self.calls.append(Call("acknowledged", ""))


class Disk:
    """What is certainly on the disk, and the pieces that may be."""

    def __init__(self, folder: Path, numbers: Callable[[str], int]) -> None:
        self.names: dict[str, int] = {}
        self.data: dict[int, bytes | None] = {}
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.name != ".lock":
                self.names[name] = numbers(name)
                self.data[numbers(name)] = None if path.is_dir() else path.read_bytes()
        self.pending: list[Call] = []

    def play(self, call: Call) -> None:
        if call.kind == "sync":
            certain = [each for each in self.pending if _synced(each, call)]
            self.pending = [each for each in self.pending if each not in certain]
            for each in certain:
                apply(each, "present", self.names, self.data)
        elif call.kind != "acknowledged":
            self.pending.append(call)

    def states(self, chance: random.Random, most: int) -> Iterator[Sequence[str]]:
        """Yield for each state what became of every pending piece."""
        ways = [("present", "absent", "half", "zeros") if c.kind == "write" else ("present", "absent")
                for c in self.pending]  # fmt: skip
        count = 1
        for each in ways:
            count *= len(each)
        if count <= most:
            yield from product(*ways)
        else:
            for _ in range(most):
                yield tuple(chance.choice(each) for each in ways)

    def lay_out(self, fates: Sequence[str], folder: Path) -> None:
        """Write a state as a folder. A name whose directory is not there is not there either."""
        names, data = dict(self.names), dict(self.data)
        for call, fate in zip(self.pending, fates, strict=True):
            apply(call, fate, names, data)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        for name, number in sorted(names.items()):
            path = folder / name
            if not path.parent.is_dir():
                continue
            held = data.get(number, b"")
            if held is None:
                path.mkdir(mode=0o700)
            else:
                path.write_bytes(held)


def _synced(piece: Call, sync: Call) -> bool:
    if piece.kind in {"write", "cut"}:
        return piece.file == sync.file
    return (Path(piece.path).parent.as_posix()) == sync.path


def apply(call: Call, fate: str, names: dict[str, int], data: dict[int, bytes | None]) -> None:
    """Let one piece reach the disk, or not."""
    if fate == "absent":
        return
    if call.kind in {"create", "mkdir"}:
        names[call.path] = call.file
        data.setdefault(call.file, b"" if call.kind == "create" else None)
    elif call.kind == "unlink":
        names.pop(call.path, None)
    elif call.kind == "cut":
        data[call.file] = (data.get(call.file) or b"")[: call.at]
    else:
        held = data.get(call.file) or b""
        piece = call.data[: len(call.data) // 2] if fate == "half" else call.data
        piece = bytes(len(piece)) if fate == "zeros" else piece
        held = held.ljust(call.at, b"\0")
        data[call.file] = held[: call.at] + piece + held[call.at + len(piece) :]


# ---- what is played ------------------------------------------------------------------------------------------------


def row(number: int, name: str = "ratings", year: str = "2026") -> Any:
    return block(f"o_{number},2026-05-18T11:00:00Z,p_ev1,training,met\n".encode(), table(name, year))


def first_entries(folder: Path, recorder: Recorder) -> None:
    """The first entry of a folder, one more, and one that opens a new year."""
    for blocks in ([row(1, "observations"), row(1)], [row(2)], [row(3), row(3, year="2027")]):
        write(folder, *blocks)
        recorder.acknowledged()


def after_a_crash(folder: Path, recorder: Recorder) -> None:
    """A recovery of torn bytes in a table, in the journal and in a file without entry, and the entry behind it."""
    write(folder, row(9), row(9, "observations"))
    recorder.acknowledged()


def torn(folder: Path) -> None:
    write(folder, row(1, "observations"), row(1))
    for name in (table(), "journal.csv"):
        with (folder / name).open("ab") as file:
            file.write(b"o_2,2026-05-18T11:0")
    (folder / table("notes")).write_bytes(b"id,at,by")


WORK: tuple[tuple[Callable[[Path], object], Callable[[Path, Recorder], None]], ...] = (
    (lambda folder: None, first_entries),
    (torn, after_a_crash),
)


def _is_record(call: Call) -> bool:
    return call.path.startswith("records/") and call.path.endswith(".csv")


def _is_directory(call: Call) -> bool:
    return not call.path.endswith(".csv")


def _journal_first(calls: Sequence[Call]) -> list[Call]:
    """Let each journal line be written, and synced, before the tables of its entry."""
    done: list[Call] = []
    entry: list[Call] = []
    for call in calls:
        if call.kind == "acknowledged":
            done += [*sorted(entry, key=lambda each: each.path != journal.NAME), call]
            entry = []
        else:
            entry.append(call)
    return done + entry


Plan = Callable[[Sequence[Call]], list[Call]]
FAULTS: dict[str, Plan] = {
    "sync of record files left out": lambda calls: [c for c in calls if not (c.kind == "sync" and _is_record(c))],
    "journal written before the tables": _journal_first,
    "sync of directories left out": lambda calls: [c for c in calls if not (c.kind == "sync" and _is_directory(c))],
    "sync of the journal left out": lambda calls: [
        c for c in calls if not (c.kind == "sync" and c.path == journal.NAME)
    ],
}


class Findings(NamedTuple):
    states: int
    bad: list[str]


def explore(
    place: Path, plan: Plan = list, work: Sequence[Any] = WORK, most: int = MOST, seed: int = 1, enough: int = 0
) -> Findings:
    """Play all work, lay out every state, let the next writer come; return how many states, and what was wrong.

    ``enough`` bad states end it early; 0 looks at all.
    """
    states, bad, chance = 0, [], random.Random(seed)
    for number, (prepare, act) in enumerate(work):
        folder = place / f"real-{number}"
        folder.mkdir(parents=True)
        prepare(folder)
        recorder = Recorder(folder)
        disk = Disk(folder, recorder.number)
        acknowledged = [_hashes(folder)]
        with recorder.recording():
            act(folder, _counting(recorder, folder, acknowledged))
        seen: set[Any] = set()
        at = 0
        for call in [Call("sync", "."), *plan(recorder.calls)]:
            disk.play(call)
            at += call.kind == "acknowledged"
            for fates in disk.states(chance, most):
                key = (at, tuple(disk.pending), fates, len(disk.names))
                if key in seen:
                    continue
                seen.add(key)
                states += 1
                disk.lay_out(fates, place / "state")
                if wrong := judge(place / "state", acknowledged[at]):
                    bad.append(f"after {call.kind} {call.path}, {fates}: {wrong}")
                if enough and len(bad) >= enough:
                    return Findings(states, bad)
    return Findings(states, bad)


def _counting(recorder: Recorder, folder: Path, acknowledged: list[list[str]]) -> Recorder:
    first = recorder.acknowledged

    def counted() -> None:
        first()
        acknowledged.append(_hashes(folder))

    recorder.acknowledged = counted  # type: ignore[method-assign]
    return recorder


def _hashes(folder: Path) -> list[str]:
    """Return the hashes of all entries but recoveries, which nobody was told of."""
    return [entry.hash for entry in journal.entries(folder / journal.NAME) if entry.command != "recovery"]


def judge(folder: Path, acknowledged: Sequence[str]) -> str:
    """Let the next writer come and verify; return what is wrong."""
    try:
        # nobody cuts the power now: without waiting for the disk
        with mock.patch.object(os, "fsync", return_value=None), writing(folder, WHO) as trail:
            trail.append([row(7)])
    except Exception as error:  # noqa: BLE001
        return f"the next writer is refused: {error}"
    damage = [str(each) for each in verify(folder) if not each.note]
    if damage:
        return damage[0]
    lost = set(acknowledged) - set(_hashes(folder))
    return f"{len(lost)} acknowledged entries are lost" if lost else ""
