"""How often people answered otherwise than a rule suggested: a rule that is often overruled suggests nothing worth showing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.stats import wilson
from qacli.understand.facts import Selection, ratings, sample
from qacli.understand.notes import NOTHING, notes_of
from qacli.understand.summary import Summary, framed, policy_of

if TYPE_CHECKING:
    from qacli.model import View

COLUMNS = ("rule", "kind", "criterion", "answer", "n", "overruled", "share", "low", "high", "note")
SHOWN = """
SELECT observation, criterion, source AS rule, answer AS suggested,
       CASE WHEN coalesce(measured, '') = '' THEN 'words' ELSE 'measure' END AS kind
FROM suggestions
"""


def by_rule(view: View, selection: Selection) -> Summary:
    """Return per rule and suggested answer how often the evaluator answered otherwise, with Wilson's interval.

    ``kind`` is words, or measure where the system measured and the evaluator confirmed or overruled it.

    ``n`` counts the answers before which the suggestion was shown. They are of the observations as they are.
    """
    found = sample(view, selection)
    policy = policy_of(view, found)
    given, shown = ratings(view, selection), view.sql(SHOWN)
    joined = given.merge(shown, on=["observation", "criterion"])
    rows = []
    for (rule, kind, criterion, answer), group in joined.groupby(["rule", "kind", "criterion", "suggested"], sort=True):
        n, overruled = len(group), int((group["answer"] != group["suggested"]).sum())
        share = wilson(overruled, n, policy.confidence)
        few = "too few" if n < policy.minimum_n else ""
        cells = {"share": share.estimate, "low": share.low, "high": share.high}
        rows.append(
            {
                "rule": rule,
                "kind": kind,
                "criterion": criterion,
                "answer": answer,
                "n": n,
                "overruled": overruled,
                **cells,
                "note": few,
            }
        )
    frame = framed(rows, COLUMNS, ("n", "overruled"), ("rule", "kind", "criterion", "answer", "note"))
    notes = [
        *notes_of(found, policy),
        "n: answers before which the rule had suggested one, or that were measured; people may follow what is suggested",
    ]
    total, against = int(frame["n"].sum()), int(frame["overruled"].sum())
    nothing = NOTHING if given.empty else "no rule suggested an answer in these observations"
    statement = f"{against} of {total} suggestions overruled" if total else nothing
    return Summary("Suggestions overruled", frame, notes, "qacli.summary-rule/1", statement)
