"""What the system forbids: files over a size, a full disk, a folder without write permission."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import injection
import story

COMMANDS = ("score", "sample draw", "feedback prepare", "plan propose")
"""Commands of several tables are enough: all write through one door."""
FREE = (0, 4, 8, 12, 16, 20, 24, 32, 40, 48, 64)
"""kB that are left on the small disk."""


class Tried(NamedTuple):
    limit: str
    code: int
    wrong: str


def file_sizes(place: Path, limits: int) -> list[Tried]:
    """Forbid files over so many bytes, from none to more than the journal needs."""
    tried = []
    for scene in _scenes(place / "sizes"):
        work = place / "sizes-work" / "desk"
        work.parent.mkdir(exist_ok=True)
        good = injection.good(scene, work)
        most = (work / "journal.csv").stat().st_size + 100
        for number in range(limits):
            limit = most * number // (limits - 1)
            done = injection.alone(scene, work, ["prlimit", f"--fsize={limit}"])
            tried.append(_judged(scene, work, good, done, f"{scene.step.command}, {limit} bytes"))
    return tried


def full_disk(place: Path) -> list[Tried]:
    """Play on a tmpfs of its own with little room; the mount is seen by this part alone, and ends with it."""
    unshare = ["unshare", "--map-root-user", "--mount"] if os.geteuid() else ["unshare", "--mount"]
    words = [*unshare, sys.executable, __file__, str(place / "full")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        return [Tried("no tmpfs could be mounted here", done.returncode, done.stderr.strip()[-300:])]
    return [Tried(*each) for each in json.loads(done.stdout.splitlines()[-1])]


def read_only(place: Path) -> list[Tried]:
    """Take away write permission, and the capabilities that would write all the same."""
    tried = []
    for scene in _scenes(place / "read-only"):
        work = place / "read-only-work" / "desk"
        work.parent.mkdir(exist_ok=True)
        good = injection.good(scene, work)
        injection.fresh(scene, work)
        _permit(work, 0o500, 0o400)
        done = subprocess.run(
            ["setpriv", "--bounding-set=-all", "--inh-caps=-all", *injection.command(scene, work)],
            cwd=work,
            env=injection.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        _permit(work, 0o700, 0o600)
        tried.append(_judged(scene, work, good, done, scene.step.command))
    return tried


def _permit(folder: Path, directory: int, file: int) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(directory if path.is_dir() else file)


def _scenes(place: Path) -> list[story.Scene]:
    place.mkdir(parents=True, exist_ok=True)
    return story.scenes(place, COMMANDS)


def _judged(scene, work: Path, good, done, limit: str) -> Tried:
    if "Traceback" in done.stderr:
        return Tried(limit, done.returncode, f"traceback: {done.stderr[-300:]}")
    try:
        return Tried(limit, done.returncode, injection.after_error(scene, work, good, done.returncode))
    except Exception as error:  # noqa: BLE001
        return Tried(limit, done.returncode, f"afterwards: {error!r}")


def _on_small_disk(place: Path) -> list[Tried]:
    tried = []
    disk = place / "disk"
    scenes = _scenes(place / "scenes")
    disk.mkdir()
    for scene in scenes:
        good = injection.good(scene, place / "good" / "desk")
        for free in FREE:
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(disk)], check=True)
            work = disk / "desk"
            injection.fresh(scene, work)
            _fill(disk / "filler", free)
            done = subprocess.run(
                injection.command(scene, work), cwd=work, env=injection.environment(), capture_output=True, text=True,
                check=False,
            )  # fmt: skip
            (disk / "filler").unlink()
            tried.append(_judged(scene, work, good, done, f"{scene.step.command}, {free} kB free"))
            subprocess.run(["umount", str(disk)], check=True)
    return tried


def _fill(path: Path, leave: int) -> None:
    """Fill a disk but for so many kB."""
    disk = os.statvfs(path.parent)
    with path.open("wb") as file:
        file.write(bytes(disk.f_bavail * disk.f_frsize - leave * 1024))


if __name__ == "__main__":
    target = Path(sys.argv[1])
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    (target / "good").mkdir()
    print(json.dumps(_on_small_disk(target)))
