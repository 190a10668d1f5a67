from __future__ import annotations

import re

from command_line import run
from desk import AGENTS, FRAME, done, items, write


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
