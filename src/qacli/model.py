"""The words every floor shares: Row, Change, View, and how qacli says no."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from decimal import Decimal
    from typing import Self


class Exit(IntEnum):
    """What a caller learns from the exit code. Any code not named here means failure."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    MALFORMED = 65
    BUG = 70
    NOT_RECORDED = 74
    BUSY = 75
    PERMISSION = 77
    CONFIGURATION = 78
    INTERRUPTED = 130


class Command(NamedTuple):
    """A command line to go on with, without ``qacli``; in the name of ``person``, of whoever reads it where that is empty."""

    line: str
    person: str = ""

    def __str__(self) -> str:
        return f"qacli {self.line}{f' --as {self.person}' if self.person else ''}"


class Hint(str):
    """Words that name commands to go on with. Who shows it completes them: only they know how they were called."""

    __slots__ = ("parts",)
    parts: tuple[str | Command, ...]

    def __new__(cls, *parts: str | Command) -> Self:
        made = super().__new__(cls, "".join(map(str, parts)))
        made.parts = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Hint) else (part,)))
        return made

    def completed(self, end: Callable[[str], str]) -> str:
        """Return the words with ``end(person)`` behind each command, in the place of the person alone."""
        return "".join(
            f"qacli {part.line}{end(part.person)}" if isinstance(part, Command) else part for part in self.parts
        )


class QacliError(Exception):
    """An expected failure: says what is wrong and, in ``help``, what to do. Never shown as a traceback."""

    exit_code: ClassVar[Exit] = Exit.FINDINGS
    label: ClassVar[str] = "error"

    def __init__(self, message: str, *, help: str = "") -> None:  # noqa: A002 - the word users see
        super().__init__(message)
        self.message = message
        self.help = help

    def __str__(self) -> str:
        lines = [f"{self.label}: {self.message}"]
        if self.help:
            lines.append(f"  = help: {self.help}")
        return "\n".join(lines)


class UsageError(QacliError):
    """The command line itself cannot be acted on."""

    exit_code = Exit.USAGE


class MalformedFile(QacliError):
    """A file cannot be read as what it should be, or a trail is too broken to write to."""

    exit_code = Exit.MALFORMED


class NotRecorded(QacliError):
    """Writing failed before the commit: nothing was recorded."""

    exit_code = Exit.NOT_RECORDED


class Busy(QacliError):
    """Another qacli holds the lock."""

    exit_code = Exit.BUSY


class NotPermitted(QacliError):
    """The operating system, or the one-writing-host rule, does not let us write here."""

    exit_code = Exit.PERMISSION


class Misconfigured(QacliError):
    """No workspace, a missing extra, or records of a newer qacli."""

    exit_code = Exit.CONFIGURATION


class Refusal(QacliError):
    """A rule says no, and nothing is recorded. Each subclass carries its stable rule id."""

    rule: ClassVar[str] = ""

    def __init_subclass__(cls, rule: str = "", **more: Any) -> None:
        super().__init_subclass__(**more)
        cls.rule = rule or cls.rule
        cls.label = f"refused[{cls.rule}]"


@dataclass(frozen=True)
class Words:
    """Free text of a record. It lies apart from the row (words.csv), so that it can be redacted.

    ``id`` is empty until the words are committed.
    """

    text: str
    id: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


NO_WORDS = Words("")
REDACTED = "(redacted)"
"""What readers see in place of a redacted text."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of one table. A subclass is a frozen dataclass whose fields are the table's further columns.

    Class keywords: ``table`` (file name), ``letter`` (of the ids, one or two; empty for children, whose ids are
    ``<parent>-<n>``), ``parent`` (the field that holds the parent's id), ``version`` (rises when the fields
    change) and ``formerly`` ({field: its old column name}).

    Until the commit, a field that names another row of the same change may hold that Row itself; it is
    recorded as its id. ``id``, ``at``, ``by`` and ``provenance`` are stamped at the commit.
    """

    TABLE: ClassVar[str] = ""
    LETTER: ClassVar[str] = ""
    PARENT: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1
    FORMERLY: ClassVar[dict[str, str]] = {}

    id: str = ""
    at: datetime | None = None
    by: str = ""
    provenance: str = ""

    def __init_subclass__(
        cls,
        table: str = "",
        letter: str = "",
        parent: str = "",
        version: int = 1,
        formerly: dict[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init_subclass__(**more)
        cls.TABLE, cls.LETTER, cls.PARENT, cls.VERSION = table, letter, parent, version
        cls.FORMERLY = dict(formerly or {})

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """Return the header of the table: the four stamps, then the fields in the order written."""
        return tuple(f.name for f in fields(cls))


R = TypeVar("R", bound=Row)


def altered(row: R, values: Mapping[str, object]) -> R:
    """Return a copy of a row with other values in some fields.

    As dataclasses.replace, which reads and sets each field of its own: five times as long, for the thousands of a draw.
    """
    copy = object.__new__(type(row))
    vars(copy).update(vars(row), **values)
    return copy


STAMPS = ("id", "at", "by", "provenance")

Cell = str | int | bool | float | date | datetime | None
"""What a field of a Row may hold, besides Decimal, Words and, before the commit, another Row."""


@dataclass(frozen=True)
class Change:
    """What an act asks to be recorded: rows in order, findings to tell the user, the natural key of a duty.

    ``redacts`` names words whose text is to be overwritten, ``retires`` (table, year) that are to go, once the rows
    that say so are recorded.
    """

    rows: Sequence[Row] = ()
    findings: Sequence[str] = ()
    key: str = ""
    redacts: Sequence[str] = ()
    retires: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True)
class Correction(Row, table="corrections", letter="c"):
    """Replaces the head ``old`` by the head ``new`` with its children; an empty ``new`` withdraws it."""

    kind: str
    old: str
    new: str
    reason: Words
    authority: str


class View(Protocol):
    """Everything an act may see: records, definitions, the clock and the actor. It opens no file itself."""

    @property
    def now(self) -> datetime:
        """The command's clock, aware, in the time zone of the workspace."""

    @property
    def actor(self) -> str:
        """The person id in whose name the command runs."""

    @property
    def provenance(self) -> str:
        """live, training or example."""

    @property
    def settings(self) -> Any:
        """The Settings of qacli.yaml."""

    def rows(self, kind: type[R], /, **cells: str | Collection[str]) -> Sequence[R]:
        """Return every committed row of a table, oldest first, corrected ones included; with ``cells`` those that have them.

        A cell is the text in a column, or one of some: ``view.rows(Rating, observation="o_5")``. From a big table few
        rows are had like that in a fiftieth of the time.
        """

    def current(self, kind: type[R], /, **cells: str | Collection[str]) -> Sequence[R]:
        """Return the rows in force: heads without a correction, and their children; with ``cells`` those that have them."""

    def before(self, kind: type[R], id: str) -> Sequence[R]:  # noqa: A002
        """Return the rows that had been committed before the entry that made ``id``, corrected ones included."""

    def one(self, kind: type[R], id: str) -> R:  # noqa: A002
        """Return the row in force with this id. Raises NoSuchRow."""

    def definition(self, kind: str, id: str, on: date | None = None) -> Any:  # noqa: A002
        """Return the definition ``id`` or ``id@version`` of a kind, in force on a date (default: now).

        Whatever an act asks for here governs its rows and is cited with them. Raises NoSuchDefinition.
        """

    def look_up(self, kind: str, id: str, on: date | None = None) -> Any:  # noqa: A002
        """Return a definition as ``definition`` does, without citing it. Raises NoSuchDefinition."""

    def definitions(self, kind: str) -> Sequence[Any]:
        """Return every definition of a kind as it stands in the folder, without citing any."""

    def sha256(self, kind: str, reference: str) -> str:
        """Return the hash of the text of one definition, as approvals are bound to it. Raises NoSuchDefinition."""

    def sql(self, query: str, parameters: Sequence[object] = (), *, words: bool = True) -> Any:
        """Run SQL over the tables in force and return a pandas DataFrame.

        Free text stands in its columns; without ``words`` its ids do, which spares a join where nobody reads it.
        """

    @property
    def people(self) -> Any:
        """The People of people.csv; ``people.get(id).name`` is the id itself where the line has gone."""


def ref(row: Row) -> str:
    """Return a stand-in for the id that a row of the same change will get at the commit."""
    return row  # type: ignore[return-value]


def text_of(value: Cell | Decimal) -> str:
    """Return a value as records spell it: UTC times of one width, plain decimals, yes or no, empty for None."""
    from datetime import UTC

    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return repr(value)
    return str(value)
