"""Cells that say yes or no, or count something, as SQL that every engine has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qacli.engine.connection import literal, quoted
from qacli.sources.profile import COUNTS, YES_NO

if TYPE_CHECKING:
    from qacli.sources.profile import Column

YES = ("yes", "y", "true", "t", "1")
NO = ("no", "n", "false", "f", "0")
SQL_TYPE: Mapping[str, str] = {**dict.fromkeys(YES_NO, "BOOLEAN"), **dict.fromkeys(COUNTS, "DOUBLE")}
HELP = "say what the cells mean with values:, for example {done: yes, open: no}; name under missing: what means neither"


def yes_no_sql(text: str) -> str:
    """Return the SQL of the yes or no in a text, NULL where it is neither."""
    yes, no = (", ".join(map(literal, words)) for words in (YES, NO))
    return f"CASE WHEN lower({text}) IN ({yes}) THEN TRUE WHEN lower({text}) IN ({no}) THEN FALSE END"


def given_sql(text: str) -> str:
    """Return the SQL of whether a text, the id of something or a yes, says that there is such a thing."""
    return f"({text} IS NOT NULL AND lower({text}) NOT IN ({', '.join(map(literal, NO))}))"


def count_sql(text: str) -> str:
    """Return the SQL of the whole number in a text, NULL where it is none or none that counts at least one."""
    return f"CASE WHEN regexp_full_match({text}, '[1-9][0-9]{{0,3}}') THEN CAST({text} AS DOUBLE) END"


def answer_sql(field: str) -> str:
    """Return the SQL of the value of a field that is yes or no, or a count, from its text t_<field>."""
    text = quoted("t_" + field)
    return yes_no_sql(text) if field in YES_NO else count_sql(text)


def unreadable(field: str, column: Column) -> tuple[str, str, str]:
    """Return the code of a cell that is no such value, what to say of it, and what to do."""
    if field in YES_NO:
        return "not-yes-or-no", "is neither yes nor no", HELP
    return ("bad-count", "is no whole number from 1", f"mend the cell of '{column.named}', or name it under missing:")
