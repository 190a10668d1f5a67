from __future__ import annotations

import pytest
from command_line import run
from desk import HEADER, SETTINGS, done, make, write


@pytest.fixture
def empty(tmp_path):
    """A desk that has not been connected to any export."""
    folder = make(tmp_path / "desk")
    for name in (
        "exports/may.csv",
        "exports/optouts.csv",
        "definitions/profiles/telephony.yaml",
        "definitions/profiles/optouts.yaml",
    ):
        (folder / name).unlink()
    write(
        folder,
        {
            "qacli.yaml": SETTINGS.split("sources:")[0],
            "people.csv": "person,source,source_id,from,to,name,login\np_tl1,,,,,,\n",
        },
    )
    return folder


def add(folder, text, name="may.csv", more=""):
    path = folder / "exports" / name
    path.write_text(text, "utf-8")
    return run(["source", "add", str(path), *more.split()], folder, "p_tl1", "2026-05-25")


EXPORT = f"{HEADER}\nT1,05/05/2026 10:00,A07,phone,K1,60\nT2,19/05/2026 10:00,A09,chat,K2,60\n"


def test_a_first_export_gives_a_profile_a_source_and_people_to_fill_in(empty):
    result = done(add(empty, EXPORT))
    assert "d/m/y decided by 1 of 2 cells" in result.out
    assert "wrote definitions/profiles/telephony.yaml" in result.out
    assert "wrote 2 new lines in people.csv (p_a07 to p_a09)" in result.out
    assert "  transactions: {path: exports/may.csv, profile: telephony}" in (empty / "qacli.yaml").read_text("utf-8")
    assert done(run("source check", empty)).out.startswith("read 2 records")
    # a second time it is there already, and nothing changes
    again = run("source add exports/may.csv", empty)
    assert again.code == 2


def test_where_no_cell_decides_the_order_of_dates_nothing_is_guessed(empty):
    text = f"{HEADER}\nT1,05/05/2026 10:00,A07,phone,K1,60\nT2,06/07/2026 10:00,A09,chat,K2,60\n"
    result = add(empty, text)
    assert result.code == 65
    assert "none of the 2 dates in 'started_at' tells whether the day or the month comes first" in result.err
    assert "--dates d/m/y or --dates m/d/y" in result.err
    assert not list((empty / "definitions/profiles").glob("*.yaml"))
    done(add(empty, text, more="--dates m/d/y"))
    # the profile says it from now on, and the check says that no cell bears it out
    checked = run("source check", empty)
    assert (checked.code, checked.err) == (
        1,
        "started_at: m/d/y as the profile says; none of 2 cells tells it from another order\n",
    )


def test_a_settled_source_is_not_replaced(empty):
    done(add(empty, EXPORT))
    before = (empty / "qacli.yaml").read_text("utf-8")
    result = done(add(empty, EXPORT, "june.csv", "--name other"))
    assert "qacli.yaml has a source already" in result.err
    assert "transactions: {path: exports/june.csv, profile: other}" in result.err
    assert (empty / "qacli.yaml").read_text("utf-8") == before


@pytest.mark.parametrize("name", ["may [1].csv", "ma?y.csv", "it's.csv", 'a"b.csv', "Ä b.csv", "*.csv", "x: y.csv"])
def test_an_export_may_have_any_name(empty, name):
    done(add(empty, EXPORT, name))
    write(empty, {"exports/may 1.csv": "not,meant\n"})
    assert done(run("source check", empty)).out.startswith("read 2 records")


def test_the_folder_of_the_workspace_may_look_like_a_pattern(empty, tmp_path):
    odd = tmp_path / "desk [2026]"
    empty.rename(odd)
    done(add(odd, EXPORT))
    assert done(run("source check", odd)).out.startswith("read 2 records")


def test_agent_ids_that_may_be_names_are_numbered(empty):
    done(
        add(
            empty,
            f'{HEADER}\nT1,05/05/2026 10:00,"Pryce, Gwen",phone,K1,60\nT2,19/05/2026 10:00,gwen@bank.example,phone,K1,60\n',
        )
    )
    people = (empty / "people.csv").read_text("utf-8")
    assert 'p_c001,telephony,"Pryce, Gwen",,,,\np_c002,telephony,gwen@bank.example,,,,\n' in people


def test_a_source_that_is_gone_is_named(empty):
    done(add(empty, EXPORT))
    (empty / "exports/may.csv").unlink()
    result = run("source check", empty)
    assert (result.code, "no file matches exports/may.csv, the path of source 'transactions'" in result.err) == (
        1,
        True,
    )
    assert run("sample verify", empty).code == 0  # nothing was drawn, so nothing is read
