from __future__ import annotations

import re

from command_line import run, snapshot
from desk import AGENTS, DRAWN, FRAME, done, items, write
from trails import mended


def test_a_sample_drawn_again_from_the_same_source_is_the_same(drawn):
    result = run("sample verify", drawn)
    assert (result.code, result.out) == (0, "d_5: drawn again, 6 of 6 the same\n")


def test_weights_are_what_one_item_stands_for(drawn):
    table = (drawn / "records/2026/items.csv").read_text("utf-8").splitlines()
    columns = table[0].split(",")
    for line in table[1:]:
        cells = dict(zip(columns, line.split(","), strict=True))
        # three conversations of each colleague were eligible, two drawn: N/n
        assert (float(cells["weight"]), round(float(cells["probability"]), 6)) == (1.5, 0.666667)


def test_c04_five_rows_swapped_by_hand_are_found(drawn):
    path = drawn / "records/2026/items.csv"
    text = path.read_text("utf-8")
    picked = [item["transaction"] for item in items(drawn)]
    swapped = picked[:5]
    # five easy calls of another week take their places, one of them the one that the draw would have given next
    easy = [f"{agent}-0{day}" for agent in AGENTS for day in (5, 6)][:5]
    for old, new in zip(swapped, easy, strict=True):
        text = re.sub(rf"(?m)^(t_[^,]*,[^,]*,[^,]*,[^,]*,d_5,){re.escape(old)},", rf"\g<1>{new},", text)
    path.write_text(text, "utf-8")

    result = run("sample verify", drawn)
    assert result.code == 1
    recorded = set(re.findall(r"\((\S+)\) is recorded, but the draw does not give it", result.out))
    given = set(re.findall(r"the draw gives (\S+), but it is not recorded", result.out))
    assert (recorded, given) == (set(easy), set(swapped))
    assert len(result.out.splitlines()) == 10
    assert run("ledger verify", drawn).code == 1


def test_a_changed_source_is_told_from_a_changed_sample(drawn):
    export = drawn / "exports/may.csv"
    export.write_text(export.read_text("utf-8").replace(",300", ",301"), "utf-8")
    result = run("sample verify", drawn)
    assert result.code == 1
    assert result.out == "d_5: the source has changed since d_5 was drawn: another export, or edited\n"


def test_after_an_erasure_it_says_why_it_cannot_be_drawn_again(drawn):
    people = drawn / "people.csv"
    people.write_text(
        "".join(line for line in people.read_text("utf-8").splitlines(keepends=True) if "p_a09" not in line), "utf-8"
    )
    result = run("sample verify", drawn)
    assert (result.code, result.out) == (1, "d_5: cannot be re-drawn: 1 person erased from people.csv\n")


def test_an_opt_out_list_that_grew_is_named_as_the_cause(drawn):
    write(drawn, {"exports/optouts.csv": "customer_ref,from\nK20A07,2026-05-01\n"})
    result = run("sample verify", drawn)
    assert result.code == 1
    assert "left out for other reasons than at the draw: opt-out 0 then and 1 now" in result.out


def test_an_earlier_draw_is_proved_although_more_was_drawn_and_acknowledged_since(drawn):
    write(
        drawn,
        {
            "definitions/frames/monthly.yaml": FRAME.replace("id: weekly", "id: monthly").replace(
                "cadence: week", "cadence: month"
            )
        },
    )
    done(run("frame agree monthly", drawn, "p_mgr1", "2026-06-01"))
    done(run("sample draw monthly --period 2026-05", drawn, "p_tl1", "2026-06-01"))
    result = run("sample verify", drawn)
    assert (result.code, result.out) == (0, "d_5: drawn again, 6 of 6 the same\nd_7: drawn again, 6 of 6 the same\n")


def swap(folder, pairs):
    """Write other transactions into the rows of items, as an editor would."""
    path = folder / "records/2026/items.csv"
    text = path.read_text("utf-8")
    for old, new in pairs:
        text = re.sub(rf"(?m)^(t_[^,]*,[^,]*,[^,]*,[^,]*,d_5,){re.escape(old)},", rf"\g<1>{new},", text)
    path.write_text(text, "utf-8")


def test_c04_five_rows_swapped_by_somebody_who_mended_the_journal_are_found_all_the_same(drawn):
    picked = [item["transaction"] for item in items(drawn)]
    easy = [f"{agent}-0{day}" for agent in AGENTS for day in (5, 6)][:4]
    pairs = list(zip(picked[:4], easy, strict=True))
    # the fifth is of the same week and colleague, and the draw would have given it next
    pairs.append((picked[4], f"{picked[4][:3]}c19"))
    swap(drawn, pairs)
    mended(drawn)
    assert done(run("ledger verify", drawn)).out == ""

    result = run("sample verify", drawn)
    assert result.code == 1
    told = dict(re.findall(r"\((\S+)\) is recorded, but the draw does not give it: (.*)", result.out))
    assert set(told) == {new for _, new in pairs}
    assert told.pop(pairs[4][1]) == "it might have been drawn, but its number was not among the smallest"
    assert set(told.values()) == {"it is not of 2026-W21, or not in the population of weekly@1"}
    assert set(re.findall(r"the draw gives (\S+), but", result.out)) == {old for old, _ in pairs}


def test_what_an_item_says_of_itself_is_held_against_the_source_and_the_draw(drawn):
    path = drawn / "records/2026/items.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    lines[1] = lines[1].replace(",1.5,", ",9.5,")
    lines[2] = lines[2].replace(",phone,", ",email,", 1)
    path.write_text("".join(lines), "utf-8")
    mended(drawn)
    found = run("sample verify", drawn)
    assert found.code == 1
    assert re.search(r"t_5-1 \(\S+\) is recorded with weight 9\.5, and should have 1\.5\n", found.out)
    assert re.search(r"t_5-2 \(\S+\) is recorded with channel email, and should have phone\n", found.out)
    assert len(found.out.splitlines()) == 2


def test_a_row_of_an_unknown_draw_and_one_that_stands_twice_are_told(drawn):
    path = drawn / "records/2026/items.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    lines[1] = lines[1].replace(",d_5,", ",d_4,")
    lines[2] = lines[3].replace("t_5-3", "t_5-2")
    path.write_text("".join(lines), "utf-8")
    found = run("sample verify", drawn)
    assert found.code == 1
    assert re.search(
        r"^d_4: \S+ \(\S+\) is recorded as drawn by it, and there is no such draw$", found.out, re.MULTILINE
    )
    assert "is recorded, but the draw does not give it: recorded twice" in found.out


def test_a_seed_that_was_looked_for_is_not_that_of_the_frame(drawn):
    path = drawn / "records/2026/draws.2.csv"
    path.write_text(path.read_text("utf-8").replace("desk 2026/", "desk 2027/"), "utf-8")
    mended(drawn)
    found = run("sample verify", drawn)
    assert found.code == 1
    assert "drawn with the seed 'desk 2027/weekly/2026-W21', but its frame and period give 'desk 2026/" in found.out


def test_drawing_again_without_cause_changes_nothing(drawn):
    before = snapshot(drawn)
    again = run("sample draw weekly --period 2026-W21", drawn, "p_tl1", DRAWN)
    assert again.code == 0
    assert "was drawn on 25 May 2026 as d_5: nothing to do" in again.err
    assert snapshot(drawn) == before
