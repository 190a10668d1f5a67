"""The reliability campaign: every part, or those that are named, and the page that tells the figures.

python reliability/run.py [PART ...] [--steps WORDS] [--quick] [--page]

A part keeps its figures in reliability/figures/, so that one part can be run again alone, on any copy of the project; the
page is made of all. --steps plays only the steps of the story with these words in their name, and keeps the figures of the
others. --page writes only the page.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import crash_states
import inclusion
import injection
import limits
import loaders
import story
import tampering
import writers
from page import PAGE, Figure, before, keep, page

WORKERS = int(os.environ.get("WORKERS", "2"))
ONLY: list[str] = []
"""Words of which one stands in the name of every step that is to be played; all are where there are none."""


def kills(place: Path, quick: bool) -> Iterator[Figure]:
    yield from _injected("kills", place, "kill", 80 if quick else 120)


def errors(place: Path, quick: bool) -> Iterator[Figure]:
    yield from _injected("errors", place, "rotate" if quick else "errors", 120)


def unread(place: Path, quick: bool) -> Iterator[Figure]:
    yield from _injected("unread", place, "read", 12 if quick else 0)


def _injected(part: str, place: Path, faults: str, most: int) -> Iterator[Figure]:
    """Yield a figure for each step of the story; one that was tried with all the code that it loads is not tried again."""
    hows = {
        "kill": f"SIGKILL by strace at the system calls between lock and exit; of more than {most} calls those that "
        "change nothing are thinned out",
        "errors": f"{', '.join(injection.ERRORS)}, each at every call that changes the folder or writes the output",
        "read": "EIO at the first call of each kind that reads a file of the folder, or asks for it, from the start"
        f"{f'; at most {most}' if most else ''}",
        "rotate": f"one of {', '.join(injection.ERRORS)} in turn at every call that changes the folder or writes",
    }
    how = hows[faults]
    known = {figure.test: figure for figure in before(part) if figure.how == how}
    every = []
    (place / "scenes").mkdir()
    # the one that makes a folder has by far the most calls: last, so that a run that is broken off has all others
    for scene in sorted(story.scenes(place / "scenes"), key=lambda scene: scene.step.command == "init"):
        name = f"`{scene.step.command}`"
        if ONLY and not any(words in name for words in ONLY):
            every += [known[name]] if name in known else []
            continue
        code = injection.digest(scene, place / "digest" / "desk")
        if name not in known or known[name].code != code:
            tried = injection.campaign([scene], place, faults, most, WORKERS)
            known[name] = _tried(name, how, tried, faults != "kill")._replace(code=code)
        every.append(known[name])
        yield every[-1]
    points, wrong, missed = (sum(_count(each, word) for each in every) for word in ("points", "wrong", "not hit"))
    figure = f"{points} points, {wrong} wrong" + (f", {missed} not hit" if missed else "")
    yield Figure("all together", how, figure, not wrong and all(each.good for each in every))


def forked(place: Path, quick: bool) -> Iterator[Figure]:
    """Compare what a fork writes with what a process of its own writes: the faults are injected into forks."""
    (place / "scenes").mkdir()
    steps, calls, other = 0, 0, list[str]()
    for scene in story.scenes(place / "scenes")[:: 20 if quick else 1]:
        work = place / "work" / "desk"
        injection.good(scene, work)
        seen = [
            [point.call for point in injection.points(scene, work, player) if point.changes and point.call != "close"]
            for player in (injection.play, injection.alone)
        ]
        steps, calls = steps + 1, calls + len(seen[0])
        if seen[0] != seen[1]:
            other.append(scene.step.command)
            print(f"  {scene.step.command}: {seen}", file=sys.stderr)
    how = "calls that change the folder or write the output, their names in order, but for close"
    figure = f"{steps} commands, {calls} calls, {len(other)} commands differ"
    yield Figure("a fork beside a process of its own", how, figure, bool(calls) and not other)


def _tried(name: str, how: str, results: Sequence[injection.Result], coded: bool) -> Figure:
    """Return what came of one step, with its exit codes if ``coded``; where a fault did harm, that is told at once."""
    mine = [result for result in results if not result.missed]
    wrong = [result for result in mine if result.wrong]
    missed = len(results) - len(mine)
    codes = ", ".join(f"{number} x exit {code}" for code, number in sorted(Counter(r.code for r in mine).items()))
    said = f"{len(mine)} points, {len(wrong)} wrong" + (f", {missed} not hit" if missed else "")
    for result in wrong:
        where = f"{result.point.call} {result.point.number} {result.point.text[:160]}"
        print(f"  {name}, {result.fault} at {where}: {result.wrong}", file=sys.stderr, flush=True)
    return Figure(name, how, said + (f" ({codes})" if coded else ""), bool(mine) and not wrong)


def _count(figure: Figure, word: str) -> int:
    found = re.search(rf"(\d+) {word}", figure.figure)
    return int(found[1]) if found else 0


def limited(place: Path, quick: bool) -> Iterator[Figure]:
    for test, how, tried in (
        (
            "file size limit",
            "`prlimit --fsize`: short writes, then EFBIG",
            limits.file_sizes(place, 8 if quick else 60),
        ),
        ("full disk", "a tmpfs with so many kB free, down to none", limits.full_disk(place)),
        ("read-only folder", "no write permission, all capabilities dropped", limits.read_only(place)),
    ):
        wrong = [each for each in tried if each.wrong]
        codes = ", ".join(f"{number} x exit {code}" for code, number in sorted(Counter(r.code for r in tried).items()))
        for each in wrong:
            print(f"  {test} {each.limit}: {each.wrong}", file=sys.stderr)
        yield Figure(test, how, f"{len(tried)} tried, {len(wrong)} wrong ({codes})", bool(tried) and not wrong)


def crashes(place: Path, quick: bool) -> Iterator[Figure]:
    how = "each unsynced piece present, absent, half or zeros, after every recorded call of append and recovery"
    found = crash_states.explore(place / "real")
    yield Figure("crash states", how, f"{found.states} states, {len(found.bad)} bad", not found.bad)
    for number, (name, plan) in enumerate(crash_states.FAULTS.items()):
        planted = crash_states.explore(place / str(number), plan, most=64 if quick else crash_states.MOST)
        figure = f"{len(planted.bad)} of {planted.states} states bad: caught"
        yield Figure(f"planted: {name}", how, figure if planted.bad else "not caught", bool(planted.bad))


def together(place: Path, quick: bool) -> Iterator[Figure]:
    count = (625, 20) if not quick else (100, 5)
    for name, found in (
        ("entries", writers.entries(place / "entries", 16, count[0])),
        ("whole commits", writers.commits(place / "commits" / "desk", 16, count[1])),
    ):
        figure = f"{found.expected} in {found.seconds:.1f} s, {found.lost} lost, {found.twice} twice"
        yield Figure(
            f"16 processes, {name}", "one folder, at the same time; then verified", figure, found[1:4] == (0,) * 3
        )


def overlapping(place: Path, quick: bool) -> Iterator[Figure]:
    found = writers.runs(place / "desk", 4 if quick else 16)
    how = "each a process of its own; what one run alone records: samples, items, unannounced checks, reminders"
    figure = f"{found.expected} records due, {found.lost} lost, {found.twice} twice, in {found.seconds:.1f} s"
    yield Figure(f"{4 if quick else 16} runs at once, twice", how, figure, found[1:4] == (0,) * 3)


def entered(place: Path, quick: bool) -> Iterator[Figure]:
    import random

    import entering

    scene, most = entering.scene(place), 6 if quick else 0
    for name, how, tried in (
        (
            "full screen, each key seen to work",
            "17 criteria: answers, quotations, comments being typed, entries taken back; SIGKILL, then started again",
            lambda new: entering.seen(new, entering.on_screen(new.new), tui=True, most=most),
        ),
        (
            "full screen, at once",
            f"SIGKILL at random within {1000 * entering.LATEST:.0f} ms of the key, then later, until the key is in the draft",
            lambda new: entering.at_once(new, entering.on_screen(new.new), random.Random(1), most),
        ),
        (
            "line prompts, each line seen to work",
            "17 criteria: answers and quotations; SIGKILL at the next prompt, then started again",
            lambda new: entering.seen(new, entering.in_lines(new.new), tui=False, most=most),
        ),
    ):
        found = tried(entering.fresh(scene, place / name.replace(" ", "-")))
        for wrong in found.wrong:
            print(f"  {name}: {wrong}", file=sys.stderr)
        yield Figure(name, how, f"{found.kills} kills, {found.kept} entries, {len(found.wrong)} lost", not found.wrong)


def tampered(place: Path, quick: bool) -> Iterator[Figure]:
    for name, how, found in (
        ("flipped bytes", "every byte of a small trail, masks 01, 80, FF", tampering.flips(place / "flips")),
        ("cut files", "every file at every length", tampering.cuts(place / "cuts")),
        ("moved lines", "every line dropped, doubled, swapped, put in", tampering.moves(place / "moves")),
        ("last journal line", "every byte flipped: a writer refuses, bytes left", tampering.last_line(place / "last")),
    ):
        yield Figure(name, how, f"{found.tried} tried, {len(found.missed)} missed", not found.missed)


def fuzzed(place: Path, quick: bool) -> Iterator[Figure]:
    for found in loaders.fuzz(place, seconds=5 if quick else 600):
        figure = f"{found.runs:,} runs, {len(found.undeclared)} undeclared errors"
        yield Figure(found.loader, f"random changes of good files, {found.seconds:.0f} s", figure, not found.undeclared)


def machine(place: Path, quick: bool) -> Iterator[Figure]:
    import state_machine

    steps = state_machine.run(examples=20 if quick else 400, steps=25)
    how = "hypothesis: append, correct, redact, crash with torn tail, dry run, reopen, verify after each"
    yield Figure("state machine", how, f"{steps:,} steps, 0 failures", True)


def included(place: Path, quick: bool) -> Iterator[Figure]:
    draws = 1_000 if quick else 10_000
    how = (
        f"{draws:,} draws, each with another seed; a count may lie {inclusion.bound():.2f} standard errors from the recorded "
        f"chance, which with {100 * inclusion.CONFIDENCE:g} % none of all the counts does by chance (Bonferroni)"
    )
    for name, frame in inclusion.frames().items():
        found = inclusion.tried(name, frame, draws)
        figure = f"{len(found.chances)} transactions, the furthest {found.furthest:.2f} standard errors off"
        yield Figure(name, how, figure, found.good)
    yield from _covered(quick)
    planted = inclusion.tried("rounded", inclusion.frames()["systematic by colleague"], draws, inclusion.rounded)
    figure = f"{inclusion.UNITS - len(planted.drawn)} transactions never drawn: {'not ' if planted.good else ''}caught"
    yield Figure("planted: a rounded interval", how, figure, not planted.good)


def _covered(quick: bool) -> Iterator[Figure]:
    draws = 400 if quick else 4_000
    for n, units, most in ((20, 120, 0.12), (60, 400, 0.08), (200, 2_000, 0.065)):
        share = inclusion.missed(n, units, draws)
        how = f"{draws:,} Pareto draws, scores that rise with the risk; what may be missed is 5 %, more with few"
        yield Figure(f"95 % limits, {n} of {units:,}", how, f"missed {100 * share:.1f} %", share <= most)


def mutated(place: Path, quick: bool) -> Iterator[Figure]:
    import mutation

    yield from told(mutation.judge(), mutation.explained())


def told(verdicts: dict[str, str], explained: dict[str, str]) -> Iterator[Figure]:
    """Tell by module how many mutants were noticed, in all and of those that could be; then every survivor."""
    how = "one small fault at a time; the tests that pass its line"
    alive = [name for name, verdict in verdicts.items() if verdict == "survived"]
    modules = dict.fromkeys(re.match(r"\w+\.\w+", name)[0] for name in verdicts)
    for module in (*modules, "all together"):
        names = [name for name in verdicts if module == "all together" or name.startswith(f"{module}.")]
        left = [name for name in names if name in alive]
        open_ = [name for name in left if name not in explained]
        noticed = len(names) - len(left)
        share = 100 * noticed / (noticed + len(open_))
        figure = f"{noticed} of {len(names)} noticed, {len(left) - len(open_)} explained: {share:.1f} % of the others"
        yield Figure(module, how, figure, share >= 95)
    for name in alive:
        yield Figure(f"`{name}`", explained.get(name, "not explained"), "not noticed", name in explained)


PARTS: dict[str, Callable[[Path, bool], Iterator[Figure]]] = {
    "kills": kills,
    "errors": errors,
    "unread": unread,
    "forked": forked,
    "limits": limited,
    "crashes": crashes,
    "together": together,
    "overlapping": overlapping,
    "entering": entered,
    "tampered": tampered,
    "machine": machine,
    "fuzzed": fuzzed,
    "mutated": mutated,
    "included": included,
}


def play(name: str, quick: bool) -> bool:
    begin, figures, earlier = time.perf_counter(), list[Figure](), before(name)
    # on a disk, not in memory: a sync has to mean something
    with TemporaryDirectory(dir=story.ROOT / "reliability") as place:
        for figure in PARTS[name](Path(place), quick):
            figures.append(figure)
            print(f"{'ok  ' if figure.good else 'BAD '} {name}: {figure.test}: {figure.figure}", flush=True)
            if name in ("kills", "errors", "unread"):
                done = {each.test for each in figures}
                left = [each for each in earlier if each.test not in done and each.how == figure.how]
                figures_now = [*left, *figures] if figure.test == "all together" else [*figures, *left]
                keep(name, quick, figures_now, time.perf_counter() - begin)
    if name not in ("kills", "errors", "unread"):
        keep(name, quick, figures, time.perf_counter() - begin)
    return all(figure.good for figure in figures)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all if left out")
    parser.add_argument(
        "--steps", default="", metavar="WORDS", help="such as 'privacy,ledger redact': only these steps"
    )
    parser.add_argument("--quick", action="store_true", help="fewer points, shorter runs")
    parser.add_argument("--page", action="store_true", help="only write the page, from the figures that there are")
    options = parser.parse_args()
    if options.page:
        PAGE.write_text(page(), "utf-8")
        return 0
    if absent := story.missing():
        print(f"these commands write and are no part of the story: {', '.join(sorted(absent))}", file=sys.stderr)
        return 1
    ONLY[:] = [words.strip() for words in options.steps.split(",") if words.strip()]
    good = [play(name, options.quick) for name in options.parts or PARTS]
    PAGE.write_text(page(), "utf-8")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
