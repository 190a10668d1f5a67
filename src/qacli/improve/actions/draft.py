"""An action as it is written: what is left out, or said vaguely, is told by the check and not by the file."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from qacli.files.schema import DATE, NUMBER, Id, Number, Strict, Text


class Metric(Strict):
    """What the action moves: a KPI in one slice, or a criterion of a scorecard."""

    kpi: Text | None = Field(default=None, description="Id of a KPI.")
    variant: Text = Field(default="", description="Its variant; left out: the leading or only one.")
    cut: Text = Field(default="all", description="By what it is cut: all, channel, team, product, reason.")
    slice: Text = Field(default="all", description="Which of these, for example birch.")
    by: Text = Field(default="", description="day, week or month; left out: as targets are looked at in qacli.yaml.")
    criterion: Text | None = Field(default=None, description="Id of a criterion, instead of a KPI.")
    channel: Text = Field(default="", description="For a criterion: only this channel.")
    team: Text = Field(default="", description="For a criterion: only this team.")


class Draft(Strict):
    """An action before it is recorded."""

    id: Id = Field(description="Short name; requests for hours and money name it: qacli resource request --for.")
    verb: Text = Field(default="", description="What is done, one verb, for example open.")
    object: Text = Field(default="", description="What it is done to.")
    scope: Text = Field(default="", description="Where it holds: channel, team, kind of contact.")
    owner: Text = Field(default="", description="The one person who sees to it.")
    metric: Metric = Field(default=Metric(), description="What moves.")
    baseline: Text = Field(default="", description="Never typed: it is worked out from the records.")
    target: Text = Field(default="", description="Where the figure is to be on the day due.")
    start: Text = Field(default="", description="First day.")
    review: Text = Field(default="", description="Day on which it is looked at on the way.")
    due: Text = Field(default="", description="Day on which it is judged.")
    decisions: dict[Id, Number] = Field(
        default_factory=dict, description="What the owner decides for it, up to how much: decisions of the matrix."
    )
    hours: Number | None = Field(default=None, ge=0, description="Hours of people that it takes; 0 for none.")
    money: Number | None = Field(default=None, ge=0, description="Money that it takes; 0 for none.")
    finding: Text = Field(default="", description="The finding w_... that it answers, if there is one.")
    why: Text = Field(default="", description="Why this type of action, in your own words.")

    @property
    def target_value(self) -> float | None:
        """The target as a number; None where it is none."""
        return float(self.target) if NUMBER.fullmatch(self.target) else None

    def day(self, name: str) -> date | None:
        """Return start, review or due as a date; None where it is none."""
        text: str = getattr(self, name)
        try:
            return date.fromisoformat(text) if DATE.fullmatch(text) else None
        except ValueError:
            return None

    @property
    def days(self) -> int | None:
        """Days from start to due; None where one of them is no date, or they are in the wrong order."""
        start, due = self.day("start"), self.day("due")
        return (due - start).days if start and due and start < due else None
