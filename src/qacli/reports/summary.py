"""A summary as a document: its sentence, its table with every n, its notes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qacli.reports.environment import BANNERS, render, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd


class NoCount(ValueError):
    """No number is printed without its n."""

    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__(f"a summary needs a column n, this one has {', '.join(columns)}")


def summary_document(title: str, frame: pd.DataFrame, notes: Sequence[str], statement: str, *,
                     organisation: str = "", provenance: str = "live", decimals: int = 1) -> str:
    """Return a summary as Markdown; fractions with so many decimals, what is not defined as ``not known``.

    Raises NoCount where no column is ``n`` or begins with ``n_``.
    """
    columns = [str(column) for column in frame.columns]
    if not any(column == "n" or column.startswith("n_") for column in columns):
        raise NoCount(columns)
    return render("summary.md.j2", {
        "title": title,
        "banner": BANNERS[provenance],
        "organisation": organisation,
        "statement": statement,
        "columns": [column.replace("_", " ") for column in columns],
        "sides": ["---:" if _numeric(frame.dtypes.iloc[place]) else "---" for place in range(len(columns))],
        "rows": [[_cell(value, decimals) for value in row] for row in frame.itertuples(index=False, name=None)],
        "notes": notes,
        "provenance": provenance,
    })


def _numeric(dtype: Any) -> bool:
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    return bool(is_numeric_dtype(dtype)) and not bool(is_bool_dtype(dtype))


def _cell(value: Any, decimals: int) -> object:
    from pandas import isna

    if isna(value):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (float, Decimal)):
        return rounded(Decimal(str(value)), decimals)
    return value
