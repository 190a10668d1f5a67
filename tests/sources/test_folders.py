from __future__ import annotations

import os

import pytest

from qacli.files.layout import NoSuchSource
from qacli.sources.folders import MixedKinds, find


@pytest.fixture
def folder(tmp_path):
    def lay(*names):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("id\n")
        return tmp_path

    return lay


def names(folder, pattern):
    found = find(folder, pattern)
    return [path.relative_to(folder).as_posix() for path in found.paths], dict(found.left_out)


@pytest.mark.parametrize("pattern", ["exports", "exports/", "exports/*"])
def test_a_folder_is_the_tables_that_lie_in_it_in_order_of_name(folder, pattern):
    lay = folder("exports/2026-06.csv", "exports/2026-05.csv.gz", "exports/old/2026-01.csv", "other.csv")
    assert names(lay, pattern) == (["exports/2026-05.csv.gz", "exports/2026-06.csv"], {})


def test_two_stars_are_any_depth(folder):
    lay = folder("exports/b/2.parquet", "exports/a/1.parquet", "exports/3.parquet")
    assert names(lay, "exports/**")[0] == ["exports/3.parquet", "exports/a/1.parquet", "exports/b/2.parquet"]
    assert names(lay, "exports/**/1.*")[0] == ["exports/a/1.parquet"]


def test_what_is_unfinished_hidden_or_no_table_is_left_out_and_named(folder):
    lay = folder(
        "exports/may.xlsx",
        "exports/~$may.xlsx",
        "exports/june.xlsx.crdownload",
        "exports/july.xlsx.part",
        "exports/README.md",
        "exports/.june.xlsx",
        "exports/.DS_Store",
        "exports/.~lock.may.xlsx#",
    )
    assert names(lay, "exports/") == (
        ["exports/may.xlsx"],
        {
            "exports/~$may.xlsx": "somebody has the spreadsheet open",
            "exports/.~lock.may.xlsx#": "somebody has the spreadsheet open",
            "exports/.june.xlsx": "hidden",
            "exports/june.xlsx.crdownload": "still being written",
            "exports/july.xlsx.part": "still being written",
            "exports/README.md": "no CSV, Parquet or spreadsheet by its name",
        },
    )


def test_files_of_several_kinds_may_hold_the_same_transactions_twice(folder):
    lay = folder("exports/may.csv", "exports/may.parquet", "exports/june.csv.gz")
    with pytest.raises(MixedKinds) as caught:
        find(lay, "exports/")
    assert "2 CSV (june.csv.gz, may.csv); 1 Parquet (may.parquet)" in str(caught.value)
    assert names(lay, "exports/*.csv*")[0] == ["exports/june.csv.gz", "exports/may.csv"]


def test_what_is_named_in_full_is_taken_as_it_is(folder):
    lay = folder("exports/dump.part", "exports/may [1].csv", "exports/may 1.csv")
    assert names(lay, "exports/dump.part") == (["exports/dump.part"], {})
    assert names(lay, "exports/may [[]1].csv")[0] == ["exports/may [1].csv"]
    assert names(lay, str(lay / "exports/may 1.csv"))[0] == ["exports/may 1.csv"]
    assert names(lay, "exports/none.csv") == ([], {})


def test_a_link_that_leads_round_and_round_gives_each_file_once(folder):
    lay = folder("exports/may.csv", "exports/june.csv")
    (lay / "exports/again").symlink_to(lay / "exports")
    (lay / "exports/newest.csv").symlink_to("june.csv")
    paths, left_out = names(lay, "exports/**")
    assert paths == ["exports/june.csv", "exports/may.csv"]
    linked = {"a link to exports/june.csv", "a link to exports/may.csv"}
    assert {why.partition(", as ")[0] for why in left_out.values()} == linked


def test_links_to_files_elsewhere_are_read(folder):
    lay = folder("far/may.csv", "exports/june.csv")
    (lay / "exports/may.csv").symlink_to(lay / "far/may.csv")
    assert names(lay, "exports/") == (["exports/june.csv", "exports/may.csv"], {})


def test_a_pipe_is_no_file_to_read_twice(folder):
    lay = folder("exports/june.csv")
    os.mkfifo(lay / "exports/now.csv")
    with pytest.raises(NoSuchSource, match="it is a pipe or a device"):
        find(lay, "exports/now.csv")
    assert names(lay, "exports/")[0] == ["exports/june.csv"]
