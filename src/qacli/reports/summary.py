"""A summary as a document: its sentence, its table with every n, its notes."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any

from qacli.monitor.scoring.telling import rounded
from qacli.reports.environment import BANNERS, Inert, render
from qacli.understand.summaries import share_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd


def summary_document(
    title: str,
    frame: pd.DataFrame,
    notes: Sequence[str],
    statement: str,
    *,
    organisation: str = "",
    provenance: str = "live",
    decimals: int = 1,
) -> str:
    """Return a summary as Markdown; what is not defined stands as ``not known``.

    Fractions get so many decimals. A column ``share`` or ``x_share`` and its ``low`` and ``high`` hold 0 to 1 and are
    printed in per cent. Raises ValueError where no column is ``n`` or begins with ``n_``: no number without its n.
    """
    columns = [str(column) for column in frame.columns]
    if not any(column == "n" or column.startswith("n_") for column in columns):
        raise ValueError(f"a summary needs a column n, this one has {', '.join(columns)}")
    shares = share_columns(columns)
    scales = [100 if column in shares else 1 for column in columns]
    return render(
        "summary.md.j2",
        {
            "title": title,
            "banner": BANNERS[provenance],
            "organisation": organisation,
            "statement": statement,
            "columns": [column.replace("_", " ") for column in columns],
            "sides": [Inert("---:" if _numeric(dtype) else "---") for dtype in frame.dtypes],
            "rows": [
                [_cell(value, scale, decimals) for value, scale in zip(row, scales, strict=True)]
                for row in frame.itertuples(index=False, name=None)
            ],
            "notes": notes,
            "provenance": provenance,
        },
    )


def _numeric(dtype: Any) -> bool:
    return dtype.kind in "iuf"


def _cell(value: Any, scale: int, decimals: int) -> object:
    from pandas import isna

    if isna(value) or (isinstance(value, float) and not isfinite(value)):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (float, Decimal)):
        return Inert(rounded(Decimal(str(value)) * scale, decimals) + (" %" if scale > 1 else ""))
    return value
