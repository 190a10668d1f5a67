"""What customers say, as a document: who answered and who did not, satisfaction of surveys alone, themes by kind, loops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.govern.voice.coding import agreement
from qacli.govern.voice.feedback import heard
from qacli.govern.voice.figures import disagreements, loop, surveys, themed
from qacli.reports.environment import BANNERS, Inert, render

if TYPE_CHECKING:
    from datetime import date

    from qacli.model import View
    from qacli.stats import Agreement, Interval


def voice_document(view: View, first: date | None, last: date | None) -> str:
    """Return the report on the words of customers over some days as Markdown."""
    found = heard(view, first, last)
    themes = themed(view, found)
    return render(
        "voice.md.j2",
        {
            "banner": BANNERS[view.provenance],
            "organisation": view.settings.organisation,
            "first": first,
            "last": last,
            "surveys": surveys(view, first, last),
            "remarks": found,
            "themes": themes,
            "disagreements": list(disagreements(themes)),
            "agreement": agreement(found, view.settings.thresholds.confidence / 100),
            "loop": loop(found),
            "share": share,
            "percent": percent,
            "coefficient": coefficient,
        },
    )


def share(found: Interval) -> str:
    """Return a share with its interval in per cent, or that it is not known."""
    if found.estimate is None or found.low is None or found.high is None:
        return "not known"
    return Inert(f"{100 * found.estimate:.1f} % ({100 * found.low:.1f} to {100 * found.high:.1f})")


def percent(value: float) -> str:
    """Return a share in per cent."""
    return Inert(f"{100 * value:.1f} %")


def coefficient(found: Agreement | Interval) -> str:
    """Return a coefficient of agreement with its interval, or why there is none."""
    if found.estimate is None:
        return found.method
    limits = "" if found.low is None or found.high is None else f" ({found.low:.2f} to {found.high:.2f})"
    return Inert(f"{found.estimate:.2f}{limits}")
