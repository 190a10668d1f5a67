"""The next of the stratum takes a place, nobody's choice; whoever writes another one is found."""

from __future__ import annotations

import re

import pytest
from command_line import run, snapshot
from desk import DRAWN, done, form, items, write

from qacli.model import Change, Correction, Words, ref
from qacli.monitor.sampling.draw import Item, Replacement
from qacli.monitor.sampling.replacement import CAUSES
from qacli.monitor.sampling.replacement import replaced as replaced_row
from qacli.workspace import Workspace

LOST = '--reason "recording lost" --words "deleted after 30 days"'


def replaced(folder, item="t_5-1", more=LOST, actor="p_ev1"):
    return run(f"sample replace {item} {more}", folder, actor, DRAWN)


def table(folder, name):
    view = Workspace.find(folder, "p_tl1").view()
    return view.rows(name)


def test_the_next_of_the_stratum_takes_the_place_and_verify_proves_it(drawn):
    before = {row["item"]: row for row in items(drawn)}
    told = done(replaced(drawn))
    after = {row["item"]: row for row in items(drawn)}
    (new,) = after.keys() - before.keys()
    # of three conversations of p_a07 that week two were drawn: the third is next, a chat
    assert told.out == f"t_5-1 is replaced, recording-lost; {new} (A07c19) takes its place, for p_ev1\n"
    assert before.keys() - after.keys() == {"t_5-1"}
    assert (after[new]["stratum"], after[new]["purpose"]) == ("p_a07", "routine")
    (row,) = table(drawn, Replacement)
    assert (row.item, row.new, row.cause, row.evaluator, row.watched, row.by) == (
        "t_5-1",
        new,
        "recording-lost",
        before["t_5-1"]["evaluator"],
        False,
        "p_ev1",
    )
    (item,) = [each for each in table(drawn, Item) if each.id == new]
    assert item.weight == 1.5
    verified = done(run("sample verify", drawn))
    assert verified.out == "d_5: drawn again, 6 of 6 the same; 1 that joined later were next in their strata\n"
    listed = run("sample list --replaced --format json", drawn).rows
    assert [(each["item"], each["in its place"], each["words"]) for each in listed] == [
        ("t_5-1", new, "deleted after 30 days")
    ]


def test_where_nothing_is_left_the_item_is_closed_and_that_is_said(drawn):
    done(replaced(drawn))
    told = done(replaced(drawn, "t_5-2"))
    assert told.out == "t_5-2 is replaced, recording-lost\n"
    assert "no other transaction of its stratum takes the place of t_5-2" in told.err
    assert done(run("sample verify", drawn)).code == 0


@pytest.mark.parametrize(
    ("more", "code", "told"),
    [
        ('--reason "recordings lost"', 2, "did you mean 'recording-lost'?"),
        ("--reason boring", 2, f"one of: {', '.join(CAUSES)}"),
        ("--reason other", 1, "refused[replacement-words]: 'other' alone is no reason."),
    ],
)
def test_a_reason_comes_from_the_list_or_is_said_in_words(drawn, more, code, told):
    before = snapshot(drawn)
    found = replaced(drawn, more=more)
    assert found.code == code
    assert told in found.err
    assert snapshot(drawn) == before


def test_what_was_scored_stays_and_a_replaced_item_is_not_replaced_twice(drawn):
    done(run(f"score --from {form(drawn, 't_5-1')}", drawn, "p_ev1", DRAWN))
    assert "refused[replacement-scored]: t_5-1 has been scored as o_6" in replaced(drawn).err
    done(replaced(drawn, "t_5-3"))
    again = replaced(drawn, "t_5-3")
    assert again.code == 1
    assert "t_5-3" in again.err


def test_what_was_watched_is_withdrawn_and_the_record_says_so(drawn):
    write(drawn, {"notes.csv": "criterion,offset,polarity,fact\nidv,00:41,+,asked for the postcode\n"})
    done(run(f"record t_5-2 --technique recording --notes {drawn / 'notes.csv'}", drawn, "p_ev1", DRAWN))
    told = done(replaced(drawn, "t_5-2"))
    assert "t_5-2 had been watched already" in told.err
    (row,) = table(drawn, Replacement)
    assert row.watched


def by_hand(folder, old, transaction, correct=True, told=True):
    """Commit an item that somebody made up, with a journal that holds."""

    def act(view):
        item = next(each for each in view.rows(Item) if each.id == old)
        other = Item(
            **{
                **{
                    name: getattr(item, name) for name in Item.columns() if name not in {"id", "at", "by", "provenance"}
                },
                "transaction": transaction,
            }
        )
        rows = [other]
        if told:
            rows.append(replaced_row(item, other, "recording-lost", watched=False, words=Words("lost")))
        if correct:
            rows.append(Correction(kind="item", old=old, new=ref(other), reason=Words("lost"), authority="p_ev1"))
        return Change(rows)

    Workspace.find(folder, "p_ev1").commit(act, "sample replace")


def test_c04_a_place_taken_by_another_than_the_next_is_found(drawn):
    by_hand(drawn, "t_5-1", "A07-05")
    assert done(run("ledger verify", drawn)).out == ""
    found = run("sample verify", drawn)
    assert found.code == 1
    assert re.search(
        r"\(A07-05\) is recorded, but the draw does not give it: it takes the place of t_5-1, but A07c19 was next in p_a07",
        found.out,
    )


def test_c04_an_item_that_joined_without_a_reason_is_found(drawn):
    by_hand(drawn, "t_5-1", "A07c19", correct=False)
    found = run("sample verify", drawn)
    assert found.code == 1
    assert "it joined later, and takes the place of nothing" in found.out


def test_c04_a_replacement_that_the_audit_would_not_count_is_found(drawn):
    by_hand(drawn, "t_5-1", "A07c19", told=False)
    found = run("sample verify", drawn)
    assert found.code == 1
    assert "it takes the place of t_5-1, and no cause is recorded" in found.out
