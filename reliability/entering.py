"""Killed at every key: what was entered on the full screen, or line by line, is there again, and goes on where it was."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import NamedTuple

import story  # noqa: F401 - first: it puts src and tests on the path
from command_line import run
from terminal import Terminal, terminal

from qacli.monitor.observing.evaluation import card_of, scales_of
from qacli.monitor.observing.observation import Observation
from qacli.monitor.observing.sheet import Sheet
from qacli.monitor.sampling.draw import Item
from qacli.workspace import Workspace
from qacli.workspace.conversations import transcripts_of
from qacli.workspace.drafts import Draft

LATEST = 0.15
"""Seconds after a key within which the first kill at random comes; the second within twice as many, and so on."""
PATIENCE = 60


class Key(NamedTuple):
    """What is typed at once, and the sheet that it makes."""

    typed: str
    sheet: Sheet


@dataclass
class Findings:
    """How many kills there were, of how many of them the key was in the draft, and what was wrong."""

    kills: int = 0
    kept: int = 0
    wrong: list[str] = field(default_factory=list)


class Scene(NamedTuple):
    """An item of the example bank that is scored once more, with the sheet as it is when nothing is entered."""

    folder: Path
    words: list[str]
    draft: Draft
    new: Sheet


def scene(place: Path) -> Scene:
    """Return an item with a transcript and a card of 17 criteria."""
    made = run(["demo", str(place / "bank")])
    assert made.code == 0, made.err
    folder = place / "bank"
    view = Workspace.find(folder).view()
    transcripts = transcripts_of(Workspace.find(folder))
    assert transcripts
    for scored in view.current(Observation):
        item = view.one(Item, scored.item)
        found, card = transcripts.read(item.transaction), card_of(view, item)
        if found and len(found.turns) > 10 and len(card.criteria()) == 17:
            words = ["score", item.id, "--correct", "once more", "--as", scored.by]
            sheet = Sheet(card, scales_of(view, card), turns=found.turns).begun()
            return Scene(folder, words, Draft(folder, item.id, scored.by), sheet)
    raise LookupError("no item of the example bank has a transcript and 17 criteria")


def on_screen(sheet: Sheet) -> Iterator[Key]:
    """Yield the keys that fill a sheet on the full screen: answers, quotations, comments, entries taken back."""
    line = 0
    while sheet.missing:
        number = sheet.place
        if sheet.answer.answer:
            line = line % len(sheet.turns) + 1
            quoted = sheet.quoted(sheet.turns[line - 1].number)
            yield Key("e" if line == 1 else "]e", sheet := quoted.onward())
        else:
            typed, point = _answer(sheet, number)
            answered = sheet.answered(point)
            sheet = answered.onward() if answered.done(answered.criterion) else answered
            yield Key(typed, sheet)
        if number % 5 == 1 and not sheet.answer.comment and not sheet.answer.answer:
            yield Key("ck", sheet := sheet.typed("comment", "k"))
            yield Key("\r", sheet := sheet.commented("k"))
        if number % 6 == 5 and not sheet.answer.answer and not sheet.answer.evidence:
            yield Key("u", sheet.undone())
            yield from _again(sheet.undone(), sheet)


def _again(taken_back: Sheet, sheet: Sheet) -> Iterator[Key]:
    """Yield the keys that enter once more what was taken back."""
    now, was = sheet.answers[taken_back.at], taken_back.answer
    if now.comment != was.comment:
        yield Key("ck", taken_back.typed("comment", now.comment))
        yield Key("\r", sheet)
    elif now.evidence != was.evidence:
        yield Key("e", sheet)
    else:
        keys = {point: key for key, point in taken_back.keys().items()}
        yield Key(keys.get(now.answer, f"{now.answer}\r"), sheet)


def _answer(sheet: Sheet, number: int) -> tuple[str, str]:
    """Return what is typed for a criterion, and the point that it stands for."""
    if sheet.scale.range_:
        return f"{sheet.scale.top}\r", sheet.scale.top
    keys = sheet.keys()
    key = ("y" if number % 2 else "n") if "y" in keys else ("4", "2", "4", "5")[number % 4]
    return key, keys[key]


def in_lines(sheet: Sheet) -> Iterator[Key]:
    """Yield the lines that fill a sheet at the prompts."""
    while sheet.missing:
        typed, point = _answer(sheet, sheet.place)
        answered = sheet.answered(point)
        yield Key(f"{typed.strip()}\n", answered if not answered.done(answered.criterion) else _next(answered))
        if not answered.done(answered.criterion):
            number = sheet.turns[sheet.place % len(sheet.turns)].number
            # the kill came at the question of evidence: the answer is asked again, an empty line keeps it
            yield Key(f"\ne {number}\n", _next(answered.quoted(number)))
        sheet = _next(answered.quoted(number)) if not answered.done(answered.criterion) else _next(answered)


def _next(sheet: Sheet) -> Sheet:
    return sheet.onward() if sheet.place + 1 == len(sheet.asked) else sheet.by(1)


def seen(scene: Scene, keys: Iterator[Key], tui: bool, most: int = 0) -> Findings:
    """Kill the program after each key, once the key can be seen to have worked; start it again for the next."""
    found = Findings()
    for key in keys:
        with _Started(scene, tui) as screen:
            screen.type(key.typed)
            late = time.monotonic() + PATIENCE
            while not _same(scene, key.sheet) and time.monotonic() < late:
                screen.until("", 0.05)
            screen.kill()
        found.kills += 1
        if _same(scene, key.sheet):
            found.kept += 1
        else:
            found.wrong.append(_told(scene, key))
            break
        if found.kills == most:
            break
    return found


def at_once(scene: Scene, keys: Iterator[Key], chance: random.Random, most: int = 0) -> Findings:
    """Kill the program at a random moment after each key: the draft is as before it or as after it, never anything else.

    What the screen had shown before the kill has to be in the draft.
    """
    found, before = Findings(), scene.new
    for key in keys:
        # on a busy computer a box takes longer to open: later kills come later
        for attempt in count(1):
            with _Started(scene, tui=True) as screen:
                screen.type(key.typed)
                shown = screen.until("", chance.uniform(0, LATEST * attempt))
                screen.kill()
            found.kills += 1
            if _same(scene, key.sheet):
                found.kept += 1
                break
            if not _same(scene, before) or (_done(before) != _done(key.sheet) and f"{_done(key.sheet)} of 17" in shown):
                found.wrong.append(_told(scene, key))
                return found
        before = key.sheet
        if most and found.kills >= most:
            break
    return found


class _Started:
    """The program on a terminal, ready for a key."""

    def __init__(self, scene: Scene, tui: bool) -> None:
        words = [*scene.words, "--tui" if tui else "--lines"]
        self._running = terminal(scene.folder, words, "xterm-256color" if tui else "dumb")
        self._ready = "keep draft" if tui else "> "

    def __enter__(self) -> Terminal:
        screen = self._running.__enter__()
        screen.until(self._ready, PATIENCE)
        screen.until("", 0.3)
        return screen

    def __exit__(self, *ended: object) -> None:
        self._running.__exit__(None, None, None)


def _told(scene: Scene, key: Key) -> str:
    """Return what the draft held instead of what it should hold, in short."""
    held, wanted = _held(scene), key.sheet
    differ = {name for name in {*held.answers, *wanted.answers} if held.answers.get(name) != wanted.answers.get(name)}
    return (
        f"{key.typed!r}: at {held.at} instead of {wanted.at}, typing {held.typing} instead of {wanted.typing}, "
        f"{[(name, held.answers.get(name), wanted.answers.get(name)) for name in sorted(differ)]}"
    )


def _done(sheet: Sheet) -> int:
    return sum(map(sheet.done, sheet.asked))


def _held(scene: Scene) -> Sheet:
    return scene.draft.resume(scene.new)


def _same(scene: Scene, sheet: Sheet) -> bool:
    held = _held(scene)
    return (dict(held.answers), held.typing) == (dict(sheet.answers), sheet.typing) and (
        held.at == sheet.at or not sheet.answers
    )


def fresh(scene: Scene, place: Path) -> Scene:
    """Return a copy of a scene with nothing entered."""
    shutil.copytree(scene.folder, place)
    return scene._replace(folder=place, draft=Draft(place, scene.draft.item, scene.draft.evaluator))
