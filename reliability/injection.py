"""Faults injected with strace at the system calls of real commands: a kill, or an error of the disk.

Points are the calls on files and descriptors that the main thread makes between the lock and the exit. Where there are
very many, all that change the folder are taken, and the others at even distances: they change nothing.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from forked import Done, Waiting
from story import ROOT, Scene

CALLS = re.compile(r"^(\d+) +(\w+)\((.*)$")
CHANGING = {
    *("open", "openat", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "truncate", "flock", "close"),
    *("mkdir", "mkdirat", "unlink", "unlinkat", "rename", "renameat", "renameat2", "rmdir", "chmod", "fchmod"),
}
READING = {"open", "openat", "read", "pread64", "getdents64", "stat", "lstat", "newfstatat", "statx"}
ERRORS = ("ENOSPC", "EIO", "EDQUOT", "EROFS", "EINTR")
KILLED = {-9, 137}
TRIES = 5
"""The engine has threads, so that now and then a call has another number; then the fault has not happened."""


class Point(NamedTuple):
    """One system call of a command: its name, and the how-manieth of that name it is since the program began."""

    call: str
    number: int
    text: str
    changes: bool
    """Whether it can change the folder, or writes the output."""


class Result(NamedTuple):
    """What one injected fault led to; ``wrong`` is empty where all is as promised."""

    scene: Scene
    point: Point
    fault: str
    code: int
    wrong: str
    missed: bool = False
    """Whether the call did not come under its number, in so many tries."""


class Good(NamedTuple):
    """What the command leaves behind when nothing is in its way."""

    entry: Sequence[tuple[str, int]]
    """Record files of its entry, with the number of bytes appended to each."""
    files: frozenset[str]


def command(scene: Scene, folder: Path) -> list[str]:
    return [sys.executable, "-X", "frozen_modules=on", "-m", "qacli", *scene.line(folder)]


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QACLI_")}
    # one order of sets and no bytecode written: the same calls in every run
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}


def alone(scene: Scene, folder: Path, before: Sequence[str] = ()) -> Done:
    """Play a scene in a fresh copy of its folder as a process of its own, behind the words of another program."""
    fresh(scene, folder)
    done = subprocess.run(
        [*before, *command(scene, folder)], cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr)


def play(scene: Scene, folder: Path, before: Sequence[str] = (), learn: bool = False) -> Done:
    """Play a scene in a fresh copy of its folder as a fork of a process that waits, watched by a tracer."""
    fresh(scene, folder)
    return _waiting().run(scene.line(folder), folder, before, learn)


@cache
def _waiting() -> Waiting:
    """Return the one process of this process that waits to be forked. It ends when this one does."""
    return Waiting(environment())


def fresh(scene: Scene, folder: Path) -> None:
    for place in (folder, folder.parent / "begun"):
        shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(scene.folder, folder)


def written(scene: Scene, folder: Path) -> Path:
    """Return the folder that the scene writes to."""
    return folder.parent / "begun" if scene.step.command == "init" else folder


def points(
    scene: Scene, folder: Path, player: Callable[[Scene, Path, Sequence[str]], Done] = play, whole: bool = False
) -> list[Point]:
    """Trace the scene once and return its points, from the lock on; with ``whole`` from the start of the program on."""
    log = folder.parent / f"{folder.name}.log"
    trace = ["strace", "-f", "-y", "-qq", "-s", "64", "-o", str(log), "-e", "trace=%file,%desc,fsync,flock"]
    done = player(scene, folder, trace)
    if done.returncode:
        raise RuntimeError(f"{scene.words} ended with {done.returncode} under strace: {done.stderr}")
    found, count, begun, place = [], Counter[str](), whole or not scene.step.entry, str(written(scene, folder))
    main = log.read_text("utf-8", "replace").split(maxsplit=1)[0]
    for line in log.read_text("utf-8", "replace").splitlines():
        match = CALLS.match(line)
        if not match or match[1] != main:
            continue
        count[match[2]] += 1
        begun = begun or (match[2] == "flock" and place in match[3])
        if begun:
            found.append(Point(match[2], count[match[2]], match[3], _changes(match[2], match[3], place)))
    if not (whole or scene.step.entry):
        first = next(number for number, point in enumerate(found) if point.changes)
        return found[first:]
    return found


def _changes(call: str, text: str, place: str) -> bool:
    if call in {"open", "openat"} and not re.search("O_CREAT|O_WRONLY|O_RDWR", text):
        return False
    output = call == "write" and text.startswith(("1<", "2<"))
    return call in CHANGING and (output or place in re.sub(r"AT_FDCWD<[^>]*>", "", text))


def reads(scene: Scene, folder: Path, most: int = 0) -> list[Point]:
    """Return the first call of each kind that reads each file of the folder, or asks for it; ``most`` at even distances."""
    first: dict[tuple[str, str], Point] = {}
    for point in points(scene, folder, whole=True):
        if point.call in READING and not point.changes and (file := _file(point.text)):
            first.setdefault((point.call, file), point)
    found = list(first.values())
    return [found[len(found) * number // most] for number in range(most)] if most and most < len(found) else found


def good(scene: Scene, folder: Path) -> Good:
    done = play(scene, folder, learn=True)
    if done.returncode:
        raise RuntimeError(f"{scene.words} ended with {done.returncode}: {done.stderr}")
    return Good(entry_of(folder, scene), _names(written(scene, folder)))


def entry_of(folder: Path, scene: Scene) -> Sequence[tuple[str, int]]:
    """Return what the entries since the scene began appended: file and bytes."""
    if not scene.step.entry:
        return ()
    return [(part.file, part.length) for entry in _new(folder, scene) for part in entry.ranges]


def _new(folder: Path, scene: Scene):
    from qacli.ledger import journal

    before = sum(1 for _ in journal.entries(scene.folder / journal.NAME))
    return list(journal.entries(folder / journal.NAME))[before:]


def digest(scene: Scene, folder: Path) -> str:
    """Return a digest of all that the figures of a scene hang on: its line, the modules it loads, and what tries it."""
    fresh(scene, folder)
    first, *words = command(scene, folder)
    done = subprocess.run(
        [first, "-X", "importtime", *words], cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )
    names = re.findall(r"^import time:.*\| +(qacli[\w.]*)$", done.stderr, re.MULTILINE)
    paths = [ROOT / "src" / name.replace(".", "/") for name in sorted(set(names))]
    files = [path / "__init__.py" if path.is_dir() else path.with_suffix(".py") for path in paths]
    kept = sha256(repr((scene.step, ERRORS, TRIES)).encode())
    for path in (*files, Path(__file__), Path(__file__).with_name("forked.py")):
        kept.update(path.read_bytes())
    return kept.hexdigest()[:16]


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file with its bytes; the lock left out. An empty directory holds nothing and may stay."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.name != ".lock" and not path.is_dir()
    }


def _names(folder: Path) -> frozenset[str]:
    """Return the names of all files, without the time and the hash of what was set aside."""
    return frozenset(re.sub(r"(?<=\.csv)\.[^/]*", "", name) for name in tree(folder))


def after_kill(scene: Scene, folder: Path, expected: Good, out: str) -> str:
    """Let the next writer come; return what is wrong then: lost, half there, or not verified."""
    place = written(scene, folder)
    if not scene.step.entry:
        return _again(scene, folder, expected)
    _next_writer(folder)
    if wrong := _unproved(scene, folder):
        return wrong
    entries = [entry for entry in _new(place, scene) if entry.command not in {"recovery", "after"}]
    found = [(part.file, part.length) for entry in entries for part in entry.ranges]
    if out and not entries:
        return "acknowledged, but not recorded"
    if entries and found != expected.entry:
        return f"half an entry: {found}"
    return _missing(scene, folder, expected) if entries else ""


def _next_writer(folder: Path) -> None:
    from qacli.ledger.trail import Signature, writing

    with writing(folder, Signature("p_tl1", "p_tl1", "after"), any_host=True) as trail:
        trail.append(())


def _missing(scene: Scene, folder: Path, expected: Good) -> str:
    """Return which files are not there after an entry. Those that are written after it are so when it is typed again."""
    gone = expected.files - _names(folder)
    if gone and all(name.startswith("out/") or "/" not in name for name in gone):
        _waiting().run(scene.line(folder), folder)
        gone -= _names(folder)
    return f"files are missing: {sorted(gone)}" if gone else _unproved(scene, folder)


def _again(scene: Scene, folder: Path, expected: Good) -> str:
    """A command that writes files only is typed again: it finishes, or says that they are there already."""
    done = _waiting().run(scene.line(folder), folder)
    if done.returncode not in {0, 2} or "Traceback" in done.stderr:
        return f"typed again it ended with {done.returncode}: {done.stderr[-200:]}"
    found = tree(written(scene, folder))
    gone = {name for name in expected.files - set(found) if not Path(name).name.startswith(".")}
    empty = [name for name, data in found.items() if name in expected.files and not data and "." in Path(name).name]
    return f"typed again, there are still missing {sorted(gone)}, empty {empty}" if gone or empty else ""


def _unproved(scene: Scene, folder: Path) -> str:
    from qacli.ledger.verify import verify

    damage = [str(each) for each in verify(folder) if not each.note]
    if damage:
        return f"not verified: {damage[0]}"
    now = tree(folder)
    retired = {part.file for entry in _new(folder, scene) for part in entry.ranges if part.retires}
    for name, data in _recorded(scene.folder).items():
        if name not in retired and not _holds(now.get(name, b""), data, name):
            return f"recorded before, and changed: {name}"
    return ""


def _recorded(folder: Path) -> dict[str, bytes]:
    """Return what every record file and the journal hold, up to their last entry."""
    from qacli.ledger import journal
    from qacli.ledger.head import read_head

    head = read_head(folder)
    committed = {**head.sizes, journal.NAME: head.journal}
    return {name: (folder / name).read_bytes()[:size] for name, size in committed.items() if size}


def _holds(now: bytes, before: bytes, name: str) -> bool:
    """Whether a file begins as before; texts may have been redacted since, and only they: their ids still commit."""
    if name.endswith("/words.csv"):
        return len(now) >= len(before) and all(b in (a, ord("x")) for a, b in zip(before, now, strict=False))
    return now.startswith(before)


def after_error(scene: Scene, folder: Path, expected: Good, code: int) -> str:
    """Return what is wrong after an error: neither refused with every byte as before, nor recorded and verified."""
    if not scene.step.entry:
        return _again(scene, folder, expected) if code in {0, 74} else f"exit {code}"
    if code == 74:
        return _unchanged(scene, folder)
    if code:
        return f"exit {code}"
    if entry_of(folder, scene) != expected.entry:
        return "exit 0, but not recorded"
    _next_writer(folder)
    return _missing(scene, folder, expected)


def _unchanged(scene: Scene, folder: Path) -> str:
    """Return what an exit 74 changed. Where bytes lay past the end, setting them aside may have come first."""
    before, now = tree(scene.folder), tree(folder)
    other = {name for name in {*before, *now} if before.get(name) != now.get(name)}
    if not other:
        return "" if before != {**before, **_recorded(scene.folder)} else _unproved(scene, folder)
    entries = {entry.command for entry in _new(folder, scene)}
    if before == {**before, **_recorded(scene.folder)} or entries - {"recovery"}:
        return f"exit 74, but changed: {sorted(other)}"
    _next_writer(folder)
    return _unproved(scene, folder)


def inject(scene: Scene, point: Point, fault: str, folder: Path, expected: Good) -> Result:
    """Play a scene with one fault and judge what it left."""
    what = "signal=KILL" if fault == "KILL" else f"error={fault}"
    log = folder.parent / f"{folder.name}.inject"
    strace = ["strace", "-f", "-y", "-qq", "-s", "64", "-o", str(log), "-e", f"trace={point.call}"]
    for _ in range(TRIES):
        done = play(scene, folder, [*strace, "-e", f"inject={point.call}:{what}:when={point.number}"])
        if done.returncode in KILLED or _hit(point, log):
            break
    else:
        return Result(scene, point, fault, done.returncode, "", missed=True)
    if "Traceback" in done.stderr:
        return Result(scene, point, fault, done.returncode, f"traceback: {done.stderr[-300:]}")
    try:
        if fault == "KILL":
            wrong = after_kill(scene, folder, expected, done.stdout)
        else:
            wrong = after_error(scene, folder, expected, done.returncode)
    except Exception as error:  # noqa: BLE001
        wrong = f"afterwards: {error!r}"
    return Result(scene, point, fault, done.returncode, wrong)


def _hit(point: Point, log: Path) -> bool:
    """Whether the error came at the file of a point: now and then another file is read before it, or one is not."""
    lines = [line for line in log.read_text("utf-8", "replace").splitlines() if "(INJECTED)" in line]
    return any(_file(line.partition("(")[2]) == _file(point.text) for line in lines)


def _file(text: str) -> str:
    """Return which file of the folder a traced call is about, without what differs between two runs."""
    named = re.search(r"/(?:desk|begun)([^>\"]*)", re.sub(r"AT_FDCWD<[^>]*>", "", text))
    return re.sub(r"\d+(?=\.tmp)", "", named[1]) if named else ""


def sampled(found: Sequence[Point], most: int) -> list[Point]:
    """Return all calls that change something and, up to a number, the others at even distances."""
    changing = [point for point in found if point.changes]
    others = [point for point in found if not point.changes]
    room = min(max(0, most - len(changing)), len(others))
    chosen = [others[len(others) * number // room] for number in range(room)]
    return sorted([*changing, *chosen], key=found.index)


def campaign(scenes: Iterable[Scene], place: Path, faults: str, most: int = 120, workers: int = 2) -> list[Result]:
    """Inject into every scene: ``kill`` at every point, ``errors`` at every changing one, ``rotate`` one error each,
    ``read`` EIO where a file is read.
    """
    jobs = []
    for scene in scenes:
        work = place / f"trace-{scene.folder.name}" / "desk"
        expected = good(scene, work)
        if faults == "read":
            jobs += [(scene, point, "EIO", expected) for point in reads(scene, work, most)]
            continue
        found = points(scene, work)
        if faults == "kill":
            jobs += [(scene, point, "KILL", expected) for point in sampled(found, most)]
            continue
        for number, point in enumerate(point for point in found if point.changes):
            chosen = ERRORS if faults == "errors" else (ERRORS[number % len(ERRORS)],)
            jobs += [(scene, point, error, expected) for error in chosen]
    folders = [place / f"worker-{share}" / "desk" for share in range(workers)]
    shares = [(jobs[share::workers], folder) for share, folder in enumerate(folders)]
    return [result for part in _pool(workers).map(_share, shares) for result in part]


Job = tuple[Scene, Point, str, Good]


def _share(work: tuple[Sequence[Job], Path]) -> list[Result]:
    """Return what came of the jobs of one worker, done in a folder of its own."""
    jobs, folder = work
    folder.parent.mkdir(parents=True, exist_ok=True)
    for scene in {job[0].folder: job[0] for job in jobs}.values():
        good(scene, folder)  # so that what it imports is there before it is counted
    return [inject(scene, point, fault, folder, expected) for scene, point, fault, expected in jobs]


@cache
def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, get_context("spawn"))


assert all(hasattr(errno, name) for name in ERRORS)
