"""A larger sample contains the smaller; its weights are those of the new size, and all of it is proved."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from command_line import run, snapshot
from desk import AGENTS, DRAWN, done, items
from trails import mended

from qacli.model import Refusal
from qacli.monitor.sampling.extending import extend
from qacli.monitor.sampling.growth import grown
from qacli.monitor.sampling.ranking import resized
from qacli.prepare.frames.frame import Frame


def extended(folder, size=3, more=""):
    return run(f"sample extend d_5 --to {size} {more}", folder, "p_tl1", DRAWN)


def test_the_larger_sample_contains_the_smaller_and_verify_proves_both(drawn):
    before = {row["item"]: row for row in items(drawn)}
    told = done(extended(drawn, more="--reason 'too few for a mean'"))
    after = {row["item"]: row for row in items(drawn)}
    assert before.items() <= after.items()
    # three conversations of each colleague were eligible: the census of all nine
    assert {after[each]["transaction"] for each in after.keys() - before.keys()} == {f"{a}c19" for a in AGENTS}
    assert told.out.splitlines() == ["stratum,asked,drawn,weight", *(f"p_{a.lower()},3,3,1" for a in AGENTS)]
    verified = done(run("sample verify", drawn))
    assert verified.out == "d_5: drawn again, 6 of 6 the same; 3 that joined later were next in their strata\n"
    assert "extended   to 3 on 25 May 2026, when 0 items had been scored" in run("sample show d_5", drawn).err


@pytest.mark.parametrize(
    ("size", "rule"), [(2, "refused[extension-size]"), (1, "refused[extension-size]"), (0, "--to")]
)
def test_a_sample_does_not_shrink(drawn, size, rule):
    before = snapshot(drawn)
    found = extended(drawn, size)
    assert (found.code, snapshot(drawn)) == (2 if size == 0 else 1, before)
    assert rule in found.err


def test_where_all_is_drawn_nothing_is_added(drawn):
    done(extended(drawn))
    assert "refused[extension-exhausted]" in extended(drawn, 4).err


def test_what_cannot_be_drawn_again_is_not_extended(drawn):
    export = drawn / "exports/may.csv"
    export.write_text(export.read_text("utf-8").replace(",300", ",301"), "utf-8")
    assert "refused[extension-not-proved]" in extended(drawn).err


def test_a_row_of_an_extension_that_was_swapped_is_found(drawn):
    done(extended(drawn))
    path = drawn / "records/2026/items.csv"
    path.write_text(path.read_text("utf-8").replace(",A09c19,", ",A09-05,"), "utf-8")
    sizes = drawn / "records/2026/extensions.csv"
    sizes.write_text(sizes.read_text("utf-8").replace(",p_a12,3,3,3,1.0,1.0,", ",p_a12,3,3,3,1.0,1.9,"), "utf-8")
    mended(drawn)
    found = run("sample verify", drawn)
    assert found.code == 1
    assert "(A09-05) is recorded, but the draw does not give it" in found.out
    assert "the draw gives A09c19, but it is not recorded" in found.out
    assert "stratum p_a12 is recorded as extended to 3 with the weight 1.9, and the source gives 3" in found.out


@pytest.mark.parametrize(
    ("design", "told"),
    [
        ("systematic", "d_5 is systematic: a larger sample of that design does not contain the smaller one"),
        ("two-stage", "d_5 is two-stage: a larger sample of that design"),
        ("judgement", "d_5 was chosen by p_tl1, not drawn by chance"),
    ],
)
def test_only_a_nested_design_is_extended_and_that_is_said(design, told):
    draw = SimpleNamespace(id="d_5", design=design, by="p_tl1")
    with pytest.raises(Refusal, match=told):
        extend(SimpleNamespace(one=lambda kind, id_: draw), "d_5", 9, None, "telephony")


def test_a_stratum_may_shrink_by_largest_remainders():
    # the Alabama paradox (Balinski & Young 1982) at its smallest: 6, 6 and 2 share 10 as 4, 4, 2 and 11 as 5, 5, 1
    frame = Frame.model_construct(
        design="proportional", stratify_by="channel", floor=0, cap=None, allocation="proportional"
    )
    eligible = {"a": 6, "b": 6, "c": 2}
    ten = grown(resized(frame, 10), eligible, 10)
    assert ten.drawn == {"a": 4, "b": 4, "c": 2}
    assert grown(frame, eligible, 11).fewer(ten.drawn) == ["c"]
    assert grown(frame, eligible, 11).more(ten.drawn) == {"a": 1, "b": 1}
