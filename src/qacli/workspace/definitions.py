"""Definitions of a folder: what people edit as YAML, and every version that a record has cited."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.files import yaml
from qacli.files.faults import Fault, FileFaults
from qacli.files.nearest import did_you_mean
from qacli.files.schema import Definition
from qacli.files.validate import validate, validate_all
from qacli.files.whole import fsync_directory, make_directories, replace_file
from qacli.model import QacliError, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date


class Kind(NamedTuple):
    """Where the definitions of a kind lie and what reads them.

    A place that ends in ``/`` holds one item per file, named after the item, with or without its version (idv.yaml,
    idv@3.yaml), so that several versions can lie side by side; else one file holds a list.
    """

    place: str
    model: str

    @property
    def apart(self) -> bool:
        """Whether each item has a file of its own."""
        return self.place.endswith("/")

    def load(self) -> type[Definition]:
        module, name = self.model.split(":")
        found: type[Definition] = getattr(import_module(module), name)
        return found


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "scorecard": Kind("scorecards/", "qacli.prepare.scorecards.scorecard:Scorecard"),
        "scale": Kind("scales/", "qacli.prepare.scorecards.scale:Scale"),
        "frame": Kind("frames/", "qacli.prepare.frames.frame:Frame"),
        "procedure": Kind("procedures/", "qacli.prepare.procedures.procedure:Procedure"),
        "profile": Kind("profiles/", "qacli.sources.profile:Profile"),
        "technique": Kind("techniques.yaml", "qacli.prepare.frames.technique:Technique"),
        "notice": Kind("notices.yaml", "qacli.prepare.notices.notice:Notice"),
        "deadline": Kind("deadlines.yaml", "qacli.govern.deadline:Deadline"),
        "retention": Kind("retention.yaml", "qacli.govern.retention:Retention"),
        "rule": Kind("rules.yaml", "qacli.prepare.scorecards.rule:Rule"),
        "opinion": Kind("opinions.yaml", "qacli.monitor.observing.opinion:Opinion"),
        "requirement": Kind("requirements.yaml", "qacli.govern.requirements.requirement:Requirement"),
        "authority": Kind("authority.yaml", "qacli.prepare.authority.matrix:Authority"),
        "kpi": Kind("kpis.yaml", "qacli.prepare.kpi:Kpi"),
        "event": Kind("events.yaml", "qacli.prepare.event:Event"),
        "template": Kind("templates.yaml", "qacli.improve.cases.template:Template"),
        "case": Kind("cases/", "qacli.improve.cases.case:Case"),
        "benchmark": Kind("benchmarks.yaml", "qacli.prepare.benchmark:Benchmark"),
        "trigger": Kind("escalations.yaml", "qacli.govern.escalating.trigger:Trigger"),
        "ladder": Kind("ladders.yaml", "qacli.govern.escalating.ladder:Ladder"),
        "cause": Kind("causes.yaml", "qacli.govern.causes.tree:CauseClass"),
        "desk": Kind("desks.yaml", "qacli.improve.resources.desk:Desk"),
        "resource": Kind("resources.yaml", "qacli.improve.resources.stated:Resource"),
        "smart": Kind("smart.yaml", "qacli.improve.actions.smart:Smart"),
        "feedback-model": Kind("feedback-models.yaml", "qacli.improve.feedback.model:FeedbackModel"),
        "person-words": Kind("person-words.yaml", "qacli.improve.feedback.model:PersonWords"),
        "instrument": Kind("instruments.yaml", "qacli.govern.voice.instrument:Instrument"),
        "theme": Kind("themes.yaml", "qacli.govern.voice.theme:Theme"),
        "sign": Kind("signs.yaml", "qacli.govern.voice.theme:Sign"),
        "audit": Kind("audits.yaml", "qacli.govern.auditing.programme:Programme"),
        "option": Kind("catalogue.yaml", "qacli.improve.catalogue:Option"),
        "portfolio": Kind("portfolio.yaml", "qacli.govern.portfolio.portfolio:Portfolio"),
        "coaching-model": Kind("coaching-models.yaml", "qacli.improve.coaching.models:CoachingModel"),
    }
)
VERSIONS = ".versions"
NO_FILE = "known: none; qacli init writes the shipped files that are not there yet, and overwrites nothing"
EMPTY_FILE = (
    "{place} holds none yet: write one there, or take the marks (#) off an example in it; its keys: qacli schema {kind}"
)


class NoSuchDefinition(QacliError):
    """Nothing of that kind and name is defined, or not on that date; ``files`` are those that definitions of it stand in."""

    def __init__(
        self,
        kind: str,
        id: str,  # noqa: A002
        known: Sequence[str],
        on: date | None = None,
        files: Sequence[Path] = (),
    ) -> None:
        day = f" in force on {on}" if on else ""
        place = f"definitions/{KINDS[kind].place}"
        none = EMPTY_FILE.format(place=place, kind=kind) if files else NO_FILE
        hint = did_you_mean(id, known, f"known: {', '.join(known)}; see {place}" if known else none)
        if id in known:
            hint = "its 'from' and 'to' say when it holds"
        super().__init__(f"no {kind} '{id}'{day}", help=hint)


class ChangedVersion(Refusal, rule="changed-version"):
    """An item that records cite was edited without a new version; ``sha256`` names the text that they cite."""

    def __init__(self, item: Item, sha256: str) -> None:
        self.sentence = f"{item.kind} {item.reference} was changed after records cited it"
        self.kept = f"definitions/{VERSIONS}/{sha256}.yaml"
        super().__init__(
            f"{self.sentence} ({item.place}).",
            help=f"raise its version, or put the old text back: it lies in {self.kept}",
        )


class Item(NamedTuple):
    """One definition with what it was read from."""

    kind: str
    model: Any
    tree: yaml.Tree
    sha256: str

    @property
    def place(self) -> str:
        """The file it stands in."""
        return self.tree.name

    @property
    def reference(self) -> str:
        return str(self.model.reference)


class Definitions:
    """The definitions of one folder, read once when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "definitions"
        self._files: dict[Path, tuple[Sequence[Item], Sequence[Fault]]] = {}
        self._known: dict[str, tuple[Sequence[Item], Sequence[Fault]]] = {}
        self._stored: dict[tuple[str, str], Item] = {}

    def items(self, kind: str) -> Sequence[Item]:
        """Return all definitions of a kind as they stand. Raises FileFaults with every fault in them."""
        return _sound(*self.readable(kind))

    def of(self, kind: str, name: str) -> Sequence[Item]:
        """Return the versions of one item as they stand, from its own files where a kind has one for each item.

        Raises FileFaults with every fault in these files.
        """
        if not KINDS[kind].apart:
            return [item for item in self.items(kind) if item.model.id == name]
        own = [path for path in self.paths(kind) if path.stem.partition("@")[0] == name]
        return _sound(*self._gathered(kind, own))

    def readable(self, kind: str) -> tuple[Sequence[Item], Sequence[Fault]]:
        """Return the definitions of a kind in the files that can be read, and what is wrong in the others."""
        if kind not in self._known:
            self._known[kind] = self._gathered(kind, self.paths(kind))
        return self._known[kind]

    def whole(self, kind: str) -> Sequence[Item]:
        """Return the definitions of a kind in the files that can be read; of the others somebody else tells."""
        return self.readable(kind)[0]

    def _gathered(self, kind: str, paths: Sequence[Path]) -> tuple[Sequence[Item], Sequence[Fault]]:
        found: list[Item] = []
        faults: list[Fault] = []
        for path in paths:
            if path not in self._files:
                try:
                    self._files[path] = self._read(kind, path), ()
                except FileFaults as wrong:
                    self._files[path] = (), wrong.faults
            found += self._files[path][0]
            faults += self._files[path][1]
        if KINDS[kind].apart:
            faults += _twins(found, [item.tree for item in found])
        return tuple(found), tuple(faults)

    def paths(self, kind: str) -> Sequence[Path]:
        """Return the files that hold definitions of a kind."""
        place = self.folder / KINDS[kind].place
        if KINDS[kind].apart:
            return sorted(path for path in place.glob("*.yaml") if not path.name.startswith("."))
        return [place] if place.exists() else []

    def _read(self, kind: str, path: Path) -> list[Item]:
        name = path.relative_to(self.folder.parent).as_posix()
        items = self.read_items(kind, yaml.read(path, name))
        if KINDS[kind].apart:
            _refuse_other_name(items[0], path.stem, name)
        return items

    @staticmethod
    def read_items(kind: str, tree: yaml.Tree) -> list[Item]:
        """Return the definitions of one file that was parsed. Raises FileFaults with everything wrong in it."""
        trees = [tree] if KINDS[kind].apart else _parts(tree, kind)
        model = KINDS[kind].load()
        items = [
            Item(kind, each, part, yaml.digest(part.data))
            for part, each in zip(trees, validate_all([(part, model) for part in trees]), strict=True)
        ]
        if not KINDS[kind].apart and (twins := _twins(items, trees)):
            raise FileFaults(twins)
        return items

    def stored(self, kind: str, sha256: str) -> Item:
        """Return a version that records have cited, from definitions/.versions."""
        if (kind, sha256) not in self._stored:
            self._stored[kind, sha256] = self._read_stored(kind, sha256)
        return self._stored[kind, sha256]

    def _read_stored(self, kind: str, sha256: str) -> Item:
        path = self.folder / VERSIONS / f"{sha256}.yaml"
        name = path.relative_to(self.folder.parent).as_posix()
        if not path.exists():
            raise QacliError(f"{name} is missing: it holds a {kind} that records cite", help="restore it from a backup")
        tree = yaml.read(path, name)
        if yaml.digest(tree.data) != sha256:
            raise QacliError(f"{name} does not hold what its name says", help="restore it from a backup")
        return Item(kind, validate(tree, KINDS[kind].load()), tree, sha256)

    @staticmethod
    def kept(sha256: str) -> str:
        """Return where a cited version lies, as messages name it."""
        return f"definitions/{VERSIONS}/{sha256}.yaml"

    def unkept(self, sha256: str) -> str:
        """Return what is wrong with the file of a cited version, nothing where it holds these very bytes. Raises OSError."""
        from qacli.files.scan import sha256_of

        try:
            held = sha256_of(self.folder / VERSIONS / f"{sha256}.yaml")
        except FileNotFoundError:
            return "the file is missing"
        return "" if held == sha256 else "the file was changed"

    def store(self, item: Item) -> Path | None:
        """Keep a cited version: canonical JSON, whose sha256 is the file's name. Written whole or not at all.

        Returns the file, or None where it was there already. Raises OSError.
        """
        path = self.folder / VERSIONS / f"{item.sha256}.yaml"
        if path.exists():
            # Whoever wrote it may have been killed before its name was durable.
            fsync_directory(path.parent)
            return None
        make_directories(path.parent, self.folder.parent)
        try:
            replace_file(path, yaml.canonical(item.tree.data))
        except BaseException:
            path.unlink(missing_ok=True)  # its name may not be durable
            raise
        return path


def _sound(items: Sequence[Item], faults: Sequence[Fault]) -> Sequence[Item]:
    if faults:
        raise FileFaults(faults)
    return items


def _parts(tree: yaml.Tree, kind: str) -> list[yaml.Tree]:
    """Return the items of a file that holds a list. Raises FileFaults for anything else."""
    if not isinstance(tree.data, list):
        raise FileFaults(
            [
                tree.document.fault(
                    "not-a-list",
                    f"this file holds a list of {kind}s",
                    tree.place(()),
                    "begin each item with a dash: - id: ...",
                )
            ]
        )
    return [tree.part((number,)) for number in range(len(tree.data))]


def _refuse_other_name(item: Item, stem: str, name: str) -> None:
    """Refuse a file that is not named after its item: whoever looks for it would not find it."""
    if stem not in {item.model.id, item.reference}:
        called = item.reference if "@" in stem else f"'{item.model.id}'"
        beside = "" if "@" in stem else f", or to {item.reference}.yaml beside another version"
        raise FileFaults(
            [
                Fault(
                    "file-name",
                    f"the {item.kind} in this file is called {called}",
                    name,
                    1,
                    1,
                    help=f"rename the file to {item.reference if '@' in stem else item.model.id}.yaml{beside}",
                )
            ]
        )


def _twins(items: Sequence[Item], trees: Sequence[yaml.Tree]) -> list[Fault]:
    """Return a fault for each version that stands twice: nobody could say which one is meant."""
    seen: set[str] = set()
    faults = []
    for item, tree in zip(items, trees, strict=True):
        if item.reference in seen:
            faults.append(
                tree.document.fault(
                    "repeated-item",
                    f"{item.kind} {item.reference} stands twice",
                    tree.place(("id",)),
                    "give one of them another id or version",
                )
            )
        seen.add(item.reference)
    return faults
