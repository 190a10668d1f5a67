"""What a requirement is tested by: a criterion, a KPI or a clock with its bound, written as one line that people read."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from qacli.govern.clock import UNITS, Clock

ID = r"[a-z][a-z0-9-]{0,39}"
LINE = re.compile(
    rf"criterion (?P<criterion>{ID}) at least (?P<share>[0-9]{{1,3}}(\.[0-9]{{1,3}})?)"
    rf"|kpi (?P<kpi>{ID})(/(?P<variant>{ID}))? at (?P<way>least|most) (?P<value>-?[0-9]{{1,9}}(\.[0-9]{{1,6}})?)"
    rf"|clock (?P<clock>{ID}) within (?P<count>[1-9][0-9]{{0,2}}) (?P<unit>hours?|business days?|days?|weeks?|months?)"
    rf"(?P<inclusive> beginning on receipt)?"
)
EXAMPLES = "clock answer within 8 weeks; criterion co-clock at least 98; kpi answered-on-time at least 95"
Kind = Literal["criterion", "kpi", "clock"]


class Bound(NamedTuple):
    """One line, read. ``bound`` is in per cent for a criterion, in the unit of the KPI for a KPI, None for a clock."""

    text: str
    kind: Kind
    name: str
    variant: str
    better: Literal["higher", "lower"]
    bound: Decimal | None
    clock: Clock | None
    inclusive: bool  # the day of receipt is the first that counts

    @property
    def in_words(self) -> str:
        """What is measured, without its bound: criterion co-clock."""
        return f"{self.kind} {self.name}" + (f"/{self.variant}" if self.variant else "")

    def due(self, received: date, nation: str) -> date:
        """Return the last day in time for a case received on a day. Raises TypeError for what is no clock."""
        if self.clock is None:
            raise TypeError(f"{self.text} is no clock")
        return self.clock.last_day(received - timedelta(days=self.inclusive), nation)


@lru_cache(maxsize=512)
def read(text: str) -> Bound | None:
    """Return a line as a bound; None where it is none."""
    found = LINE.fullmatch(text)
    if not found:
        return None
    if name := found["criterion"]:
        share = Decimal(found["share"])
        return Bound(text, "criterion", name, "", "higher", share, None, False) if share <= 100 else None
    if name := found["kpi"]:
        better: Literal["higher", "lower"] = "higher" if found["way"] == "least" else "lower"
        return Bound(text, "kpi", name, found["variant"] or "", better, Decimal(found["value"]), None, False)
    unit = next(each for each in UNITS if each.startswith(found["unit"].removesuffix("s").replace(" ", "_")))
    inclusive = bool(found["inclusive"])
    if inclusive and unit not in {"days", "weeks"}:
        return None
    return Bound(text, "clock", found["clock"], "", "lower", None, Clock(**{unit: int(found["count"])}), inclusive)


def _bound(text: str) -> str:
    if read(text) is None:
        raise PydanticCustomError(
            "not-a-test", "'{text}' tests nothing: write {examples}", {"text": text, "examples": EXAMPLES}
        )
    return text


BoundText = Annotated[
    str, AfterValidator(_bound), WithJsonSchema({"type": "string", "pattern": "^(criterion|kpi|clock) "})
]
"""One test as it stands in requirements.yaml."""
