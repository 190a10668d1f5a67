"""Every sentence about a plan comes from a record or a definition: changed or taken away, the sentence follows."""

from __future__ import annotations

from datetime import date

import pytest
from in_memory import Memory, follows, observe

from qacli.improve.coaching.plan import CoachingEvent, CoachingPlan
from qacli.improve.coaching.proposing import propose
from qacli.improve.coaching.stepping import book, done
from qacli.model import Words
from qacli.monitor.observing.observation import Rating
from qacli.monitor.sampling.draw import Item
from qacli.prepare.people import People, Person
from qacli.reports.plan import plan_document


@pytest.fixture
def desk():
    made = Memory()
    observe(made, {"ch-idv": "not_met | Balance first | 00:41", "ch-plain": "4"}, transaction="8c11")
    made.on("2026-05-21")
    made.commit(propose(made, colleague="p_a07", need="o_1", criterion="ch-idv", option="idv-drill"))
    made.on("2026-05-26")
    made.commit(book(made, "a_2", words="Tuesday, room 3"))
    made.on("2026-06-02")
    made.commit(done(made, "a_2", words="eight cases"))
    return made


def plain(desk):
    return plan_document(desk, "p_a07", on=date(2026, 6, 3)).replace("\\", "")


def event(kind):
    return lambda row: row.kind == kind


def any_(_):
    return True


@pytest.mark.parametrize(
    ("kind", "which", "fields", "before", "after"),
    [
        (Rating, lambda row: row.criterion == "ch-idv", {"evidence": Words("Name first")}, ": Balance first", ": Name first"),
        (Rating, lambda row: row.criterion == "ch-idv", {"offset": "02:00"}, "at 00:41; o_1", "at 02:00; o_1"),
        (Rating, lambda row: row.criterion == "ch-idv", {"answer": "met"}, "Rated: not met (", "Rated: met ("),
        (Item, any_, {"channel": "phone"}, "(chat 8c11", "(phone 8c11"),
        (CoachingPlan, any_, {"goal": Words("Asks first.")}, "- Goal: The customer passes", "- Goal: Asks first."),
        (CoachingPlan, any_, {"owner": "p_ev1"}, "Linden sees to it", "Hazel sees to it"),
        (CoachingPlan, any_, {"due": date(2026, 6, 9)}, "due 4 June 2026", "due 9 June 2026"),
        (CoachingPlan, any_, {"starts": date(2026, 5, 22)}, "Starts 21 May 2026", "Starts 22 May 2026"),
        (CoachingPlan, any_, {"review_on": date(2026, 7, 9)}, "looked at on 2 July 2026", "looked at on 9 July 2026"),
        (CoachingPlan, any_, {"baseline_n": 12, "baseline_met": 3}, "nothing was drawn by chance", "met in 3 of 12 drawn by chance"),
        (CoachingPlan, any_, {"option": "buddy@1"}, "Plays eight cases.", "Sits beside a buddy."),
        (CoachingPlan, any_, {"option": "buddy@1"}, "costs £0 for", "costs £12.50 for"),
        (CoachingPlan, any_, {"criterion": "ch-plain"}, "| Birch | ch-idv |", "| Birch | ch-plain |"),
        (CoachingEvent, event("booked"), {"words": Words("Friday")}, "26 May 2026: Tuesday, room 3", "26 May 2026: Friday"),
        (CoachingEvent, event("done"), {"words": Words("two cases")}, "Done on 2 June 2026: eight cases", "Done on 2 June 2026: two cases"),
        (CoachingEvent, event("done"), {"on": date(2026, 6, 1)}, "Done on 2 June", "Done on 1 June"),
    ],
)  # fmt: skip
def test_c12_a_changed_record_changes_its_sentence(desk, kind, which, fields, before, after):
    follows(lambda: plain(desk), lambda: desk.change(kind, which, **fields), before, after)


@pytest.mark.parametrize(
    ("kind", "which", "before", "after"),
    [
        (CoachingEvent, event("booked"), "Booked on", "Done on 2 June 2026"),
        (CoachingEvent, any_, "Done on", "- No step has been taken yet."),
        (CoachingPlan, any_, "Identity drill", "No coaching plan is recorded."),
    ],
)
def test_c12_a_record_that_is_gone_takes_its_sentence_along(desk, kind, which, before, after):
    follows(lambda: plain(desk), lambda: desk.drop(kind, which), before, after)


def test_c12_a_person_and_a_procedure_are_named_as_they_are_defined(desk):
    assert "Nothing is said before the check is passed." in plain(desk)
    desk.people = People([Person("p_a07", name="Alder"), *[line for line in desk.people if line.person != "p_a07"]])
    kinds = [kind for kind, _ in desk.made]
    place = kinds.index("procedure")
    desk.made[place] = ("procedure", desk.made[place][1].model_copy(update={"standard": "Ask first."}))
    document = plain(desk)
    assert "## a_2: Identity drill for Alder" in document
    assert "(Checking identity, idv@1): Ask first." in document
