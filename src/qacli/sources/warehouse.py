"""A table of another engine under a profile: its cells become typed columns there, and only counts come back.

Cells mean what they mean in an export: text first, then times, numbers and ids by the same rules. There are no lines
to name, so a fault names the transaction.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.engine.connection import literal, quoted
from qacli.engine.ranks import BLANKS
from qacli.engine.remote import SOURCE, Remote
from qacli.files.faults import Fault, FileFaults
from qacli.model import QacliError
from qacli.sources.answers import SQL_TYPE, answer_sql, unreadable
from qacli.sources.dates import is_utc
from qacli.sources.elsewhere import refuse_of_files
from qacli.sources.portable import number_levels, time_levels
from qacli.sources.profile import AS_SAID, DATES, IN_SECONDS, MADE, Column, Profile, fields_of
from qacli.sources.several_dates import SANE, in_words
from qacli.sources.zones import to_local_sql, to_utc_sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

MOST_FAULTS = 20
LONGEST = 65_536
IDS = ("transaction", "customer", "colleague", "team", "channel", "reason", "queue")
# control characters, and those that turn the direction of writing; as they are, because engines spell escapes their way
UNSAFE = "".join(
    f"{chr(first)}-{chr(last)}"
    for first, last in (
        (0x01, 0x1F),
        (0x7F, 0x9F),
        (0x61C, 0x61C),
        (0x200E, 0x200F),
        (0x2028, 0x202E),
        (0x2066, 0x2069),
    )
)
DIGEST = "qacli/table/1"
DIGITS = 15  # 60 bits: hexadecimal digits that fit a signed 64-bit number


class NoOrder(QacliError):
    """A grain counts on the order of rows, and a table has none."""

    def __init__(self, name: str, profile: Profile) -> None:
        super().__init__(
            f"profile {profile.id} keeps the {profile.grain.keep if profile.grain else ''} row of a transaction, and "
            f"the rows of {name} have no order",
            help="choose one row for each transaction in the query, and leave grain out of a profile for it",
        )


class Read(NamedTuple):
    """What one pass over a table found: rows, those with an id, different ids, those with a start, its digest."""

    records: int
    ids: int
    distinct: int
    dated: int
    digest: str
    years: tuple[int, int]


class Table:
    """The SQL of one remote table under one profile, every mapped cell of which has been read once.

    ``name`` is what messages call it. Raises FileFaults where a cell cannot be read or a column is missing, NoOrder.
    """

    def __init__(self, remote: Remote, name: str, profile: Profile, zone: ZoneInfo) -> None:
        if profile.grain:
            raise NoOrder(name, profile)
        refuse_of_files(name, profile)
        self.remote, self.name, self.profile = remote, name, profile
        self.zone, self.home = profile.zone(zone), zone
        mapped = profile.columns.values()
        self.columns = list(dict.fromkeys(name for column in mapped for name in (column.column, column.time) if name))
        self._require_columns()
        self.dated = [field for field in profile.columns if field in DATES]
        self.orders = {field: self._order(profile.columns[field]) for field in self.dated}
        self.utc = {field: is_utc(self.orders[field], self._example(field)) for field in self.dated}
        self.read = self._read()

    @property
    def left_out(self) -> tuple[str, ...]:
        """The columns that the profile does not map."""
        return tuple(heading.name for heading in self.remote.headings if heading.name not in self.columns)

    @property
    def id(self) -> str:
        """The column of ``texts`` that tells one row from another."""
        return "t_transaction" if "transaction" in self.profile.columns else "t_customer"

    def texts(self) -> str:
        """Return the SQL of the mapped cells as text, NULL where missing: t_<field> for each field."""
        kinds = {heading.name: heading.kind for heading in self.remote.headings}
        cells = ", ".join(
            f"CAST({quoted(name)} AS VARCHAR){self._mark(kinds[name])} AS c{index}"
            for index, name in enumerate(self.columns)
        )
        fields = self.profile.columns.items()
        levels = [
            [f"{self._bare(field, column)} AS {quoted('b_' + field)}" for field, column in fields],
            [f"nfc_normalize({quoted('b_' + field)}) AS {quoted('n_' + field)}" for field in self._ids()],
            [f"{self._text(field, column)} AS {quoted('t_' + field)}" for field, column in fields],
        ]
        return self._nested(f"SELECT {cells} FROM {SOURCE}", levels)

    def parsed(self) -> str:
        """Return the SQL that adds p_<field>, the time or number in a text, NULL where it cannot be read."""
        levels: list[Sequence[str]] = []
        for field, column in self.profile.columns.items():
            if field in DATES:
                levels += time_levels(field, self.orders[field], self.utc[field])
            elif field in SQL_TYPE:
                levels.append([f"{answer_sql(field)} AS {quoted('v_' + field)}"])
            elif field in IN_SECONDS:
                levels += number_levels(field, column.unit or "seconds")
        sane = [
            f"pinned(CASE WHEN v_{field} {SANE} THEN v_{field} END) AS {quoted('p_' + field)}" for field in self.dated
        ]
        sane += [
            f"{quoted('v_' + field)} AS {quoted('p_' + field)}" for field in self._made() if field not in self.dated
        ]
        return self._nested(self.texts(), [*levels, sane])

    def final(self) -> str:
        """Return the SQL of all fields of this kind of source, typed, times in UTC with their local date."""
        times: list[str] = []
        days: list[str] = []
        for field in self.dated:
            time, utc = quoted("p_" + field), quoted("u_" + field)
            local = not (self.utc[field] or self.orders[field].startswith("epoch"))
            times.append(f"{to_utc_sql(time, self.zone, *self.read.years) if local else time} AS {utc}")
            same = local and self.zone == self.home
            days.append(
                f"CAST({time if same else to_local_sql(utc, self.home, *self.read.years)} AS DATE) AS {quoted('l_' + field)}"
            )
        selected = [each for field in fields_of(self.profile) for each in self._selected(field)]
        return f"SELECT {', '.join(selected)} FROM ({self._nested(self.parsed(), [times, days])}) AS q"

    def refuse(self, code: str, field: str, where: str, say: str, help: str) -> None:  # noqa: A002
        """Raise FileFaults with the first cells of a field that a condition on ``parsed`` finds."""
        id_ = self.id
        text, named = quoted("t_" + field), self.profile.columns[field].named
        rows = self.remote.execute(
            f"SELECT {id_}, {text} FROM ({self.parsed()}) AS q WHERE {where} ORDER BY 1, 2 LIMIT {MOST_FAULTS}"
        ).fetchall()
        raise FileFaults(
            [
                Fault(code, f"'{cell}' in column '{named}' {say}", f"{self.name}, {id_[2:]} {key}", help=help)
                for key, cell in rows
            ]
        )

    def _require_columns(self) -> None:
        known = [heading.name for heading in self.remote.headings]
        faults = [
            Fault(
                "no-such-column", f"there is no column '{name}'", self.name, help=f"the columns are: {', '.join(known)}"
            )
            for name in self.columns
            if name not in known
        ]
        if faults:
            raise FileFaults(faults)

    def _order(self, column: Column) -> str:
        """Return how dates are written; a column of dates or times reads as ISO whatever the profile says."""
        kinds = {heading.name: heading.kind for heading in self.remote.headings}
        return "y-m-d" if kinds[column.column] and not column.time else in_words(column)

    def _example(self, field: str) -> str:
        text = quoted("t_" + field)
        row = self.remote.execute(
            f"SELECT {text} FROM ({self.texts()}) AS q WHERE {text} IS NOT NULL LIMIT 1"
        ).fetchone()
        return str(row[0]) if row else ""

    def _mark(self, kind: str) -> str:
        """Return what an instant in UTC lacks when it is written out."""
        return " || 'Z'" if kind == "utc" else ""

    def _ids(self) -> list[str]:
        return [field for field in self.profile.columns if field in IDS]

    def _bare(self, field: str, column: Column) -> str:
        cell = f"c{self.columns.index(column.column)}"
        return f"trim({cell}, {literal(BLANKS)})" if field in IDS else f"trim({cell})"

    def _text(self, field: str, column: Column) -> str:
        text = quoted(("n_" if field in IDS else "b_") + field)
        missing = ", ".join(literal(word.strip()) for word in sorted({*self.profile.missing, ""}))
        if column.time:
            time = f"trim(c{self.columns.index(column.time)})"
            # a time without its date is nothing, a date without its time is still a day
            time = f"CASE WHEN {time} IN ({missing}) THEN NULL ELSE {time} END"
            return f"CASE WHEN coalesce({text}, '') IN ({missing}) THEN NULL ELSE concat_ws(' ', {text}, {time}) END"
        values = "".join(f" WHEN {literal(raw)} THEN {literal(ours)}" for raw, ours in column.renamed.items())
        kept = f"CASE {text}{values} ELSE {text} END" if values and field not in AS_SAID else text
        return f"CASE WHEN {text} IN ({missing}) THEN NULL ELSE {kept} END"

    def _nested(self, inner: str, levels: Sequence[Sequence[str]]) -> str:
        for columns in levels:
            if columns:
                inner = f"SELECT *, {', '.join(columns)} FROM ({inner}) AS q{self.remote.dialect.fence}"
        return inner

    def _selected(self, field: str) -> Iterator[str]:
        name, mapped = quoted(field), field in self.profile.columns
        if field == "transaction":
            yield "t_transaction AS id"
        elif field in MADE and field not in DATES:
            kind = SQL_TYPE.get(field, "DOUBLE")
            yield f"{quoted('p_' + field) if mapped else f'CAST(NULL AS {kind})'} AS {name}"
        elif field == "colleague" and not mapped and self.profile.kind_of_source == "transactions":
            yield "'' AS colleague"  # nobody in particular, which is not the same as a blank cell
        elif field not in DATES:
            yield f"{quoted('t_' + field) if mapped else 'CAST(NULL AS VARCHAR)'} AS {name}"
        elif self.profile.kind_of_source == "opt_outs":
            yield f"{quoted('l_' + field) if mapped else 'CAST(NULL AS DATE)'} AS {name}"
        else:
            yield f"{quoted('u_' + field) if mapped else 'CAST(NULL AS TIMESTAMP)'} AS {name}"
            if field == "started_at":
                yield "l_started_at AS local_date"

    def _read(self) -> Read:
        """Read every mapped cell once. Raises FileFaults for cells that no export may hold either."""
        cells = [f"c{index}" for index in range(len(self.columns))]
        row = " || ".join(f"coalesce(CAST(length({cell}) AS VARCHAR) || ':' || {cell}, '-')" for cell in cells)
        lengths = [f"coalesce(length({cell}), 0)" for cell in cells]
        longest = f"greatest({', '.join(lengths)})" if len(lengths) > 1 else lengths[0]
        levels = [[f"{row} AS whole", f"{longest} AS longest"], ["sha256(whole) AS hash"]]
        parts = [f"('0x' || substr(hash, {start}, {DIGITS}))::BIGINT" for start in (1, 1 + DIGITS)]
        bad = [
            (field, f"{quoted('t_' + field)} IS NOT NULL AND {quoted('p_' + field)} IS NULL") for field in self._made()
        ]
        asked = [
            "count(*)",
            f"count({self.id})",
            f"count(DISTINCT {self.id})",
            "count(p_started_at)" if "started_at" in self.dated else "0",
            *(f"sum(CAST({part} AS DECIMAL(20, 0)))" for part in parts),
            f"count(*) FILTER (WHERE regexp_matches(whole, {literal(f'[{UNSAFE}]')}))",
            "max(longest)",
            *(f"{end}(p_{field})" for field in self.dated for end in ("min", "max")),
            *(f"count(*) FILTER (WHERE {where})" for _, where in bad),
        ]
        found = self.remote.execute(f"SELECT {', '.join(asked)} FROM ({self._nested(self.parsed(), levels)}) AS q")
        row = found.fetchone()
        records, ids, distinct, dated, *sums, unsafe, long_ = row[:8]
        times, counts = row[8 : 8 + 2 * len(self.dated)], row[8 + 2 * len(self.dated) :]
        self._refuse_cells(unsafe, long_ or 0)
        for (field, where), count in zip(bad, counts, strict=True):
            if count:
                self._refuse_unreadable(field, where)
        known = [time.year for time in times if time is not None] or [2000]
        return Read(records, ids, distinct, dated, self._digest(records, sums), (min(known), max(known)))

    def _made(self) -> list[str]:
        return [field for field in self.profile.columns if field in MADE]

    def _digest(self, records: int, sums: Sequence[Any]) -> str:
        """Return what stands for the sha256 of a file: the same for the same rows of the mapped columns in any order.

        Two sums of 60 bits each of sha256 of each row tell an edit from none; unlike sha256 itself they are no
        proof against someone who computes rows that cancel out.
        """
        whole = [DIGEST, *self.columns, str(records), *(str(int(each or 0)) for each in sums)]
        return hashlib.sha256("\n".join(whole).encode()).hexdigest()

    def _refuse_cells(self, unsafe: int, longest: int) -> None:
        help_ = "take it out in the query, for example with regexp_replace"
        faults = []
        if unsafe:
            what = f"{unsafe:,} row{'s' * (unsafe != 1)} with a control character or one that turns text around"
            faults.append(Fault("unsafe-character", f"{what} in a mapped column", self.name, help=help_))
        if longest > LONGEST:
            what = f"a cell of a mapped column has {longest:,} characters"
            faults.append(Fault("cell-too-long", f"{what}; the longest that is read has {LONGEST:,}", self.name))
        if faults:
            raise FileFaults(faults)

    def _refuse_unreadable(self, field: str, where: str) -> None:
        column = self.profile.columns[field]
        if field in SQL_TYPE:
            code, say, help_ = unreadable(field, column)
            self.refuse(code, field, where, say, help_)
        if field in IN_SECONDS:
            self.refuse("bad-duration", field, where, f"is no duration in {column.unit}", "change unit:, or the query")
        mend = "a column has one way of writing dates: cast it in the query, name the cell under missing:, or change dates:"
        self.refuse("bad-date", field, where, f"is no date written {self.orders[field]}", mend)
