"""Duties of monitoring: what is drawn and not scored, not visited, not calibrated, not decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from qacli.govern.duties.duty import Duty
from qacli.model import View
from qacli.monitor.calibrating.calibration import standings
from qacli.monitor.disputing.dispute import disputes
from qacli.monitor.disputing.reviewers import reviewer
from qacli.monitor.observing.excuse import scoring_of
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.sharing import held
from qacli.monitor.sampling.spot import visits
from qacli.prepare.period import in_words, parse_period


def observations(view: View, _: date) -> Iterator[Duty]:
    """Each item drawn and not scored within the days that qacli.yaml allows."""
    allowed = timedelta(days=view.settings.thresholds.score_within)
    scored = {observation.item for observation in view.current(Observation)}
    for item in held(view):
        if item.id not in scored and item.at:
            due = item.at.astimezone(view.now.tzinfo).date() + allowed
            words, how = f"{item.id} of {item.day} is to be scored", f"score {item.id}"
            yield Duty(scoring_of(item.id), due, "score", item.id, item.evaluator, words, how)


def checks(view: View, _: date) -> Iterator[Duty]:
    """Each unannounced check that is not closed. Of one that is to come, others learn the period, and neither time nor whom."""
    for each in visits(view):
        check = each.check
        if each.event:
            continue
        key, how = f"spot/{check.id}", f"spot done {check.id}"
        starts, ends = check.starts.astimezone(view.now.tzinfo), check.ends.astimezone(view.now.tzinfo)
        if each.hidden_from(view):
            last, words = parse_period(each.period).last, f"an unannounced check in {each.period} is to be made"
            yield Duty(key, last, "spot", check.id, check.evaluator, words)
        else:
            words = (
                f"unannounced check of {check.block} from {starts:%H:%M} to {ends:%H:%M} on {in_words(starts.date())}"
            )
            other = f"spot miss {check.id}"
            yield Duty(key, ends.date(), "spot", check.id, check.evaluator, words, how, otherwise=other)


def calibrations(view: View, _: date) -> Iterator[Duty]:
    """Each set of items that somebody is still to score in a calibration that has not been revealed."""
    for each in standings(view):
        for person in each.missing if each.state == "sealed" else ():
            session, due = each.calibration.id, each.calibration.due
            words, how = f"{session} is to be scored", f"calibrate score {session}"
            yield Duty(f"calibration/{session}/{person}", due, "calibration", session, person, words, how)


def open_disputes(view: View, _: date) -> Iterator[Duty]:
    """Each dispute that nobody has decided, for who may decide it."""
    for each in disputes(view):
        if not each.decision:
            name, observation = each.dispute.id, each.observation.id
            words, how = f"{name} on {observation} is to be decided", f"dispute decide {name}"
            yield Duty(f"dispute/{name}", each.dispute.decide_by, "dispute", name, reviewer(view, each), words, how)
