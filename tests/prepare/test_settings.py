import pytest

from qacli.prepare.settings import Settings

HARBOUR = """
organisation: Harbour
sector: private
provenance: live
purpose:
lawful_basis: legitimate interests
roles: {manager: [p_mgr1], leader: [p_tl1, p_mgr1]}
agreement: {frame: manager}
sources:
  opt_outs: {path: exports/optouts.csv, profile: optouts}
  transcripts: {path: "transcripts/{transaction}.*", roles: {A: colleague, C: customer}}
"""


def test_what_is_not_stated_is_named_in_the_words_of_check(read):
    unstated = read(Settings, HARBOUR).unstated()
    assert [entry.setting for entry in unstated] == ["purpose", "dpia"]
    assert unstated[0].message == "purpose of monitoring is not stated"


def test_roles_of_a_person(read):
    settings = read(Settings, HARBOUR)
    assert settings.roles_of("p_mgr1") == ("manager", "leader")
    assert settings.roles_of("p_a01") == ()
    assert (settings.thresholds.minimum_n, settings.thresholds.confidence) == (5, 95)
    assert settings.time_zone == "Europe/London"


def test_a_misspelled_time_zone_is_refused(wrong):
    assert "time_zone" in wrong(Settings, HARBOUR + "time_zone: Europe/Lundon\n")
    assert "time_zone" in wrong(Settings, HARBOUR + "time_zone: ../etc/passwd\n")


def test_agreement_by_a_role_that_nobody_holds_is_refused(wrong):
    faults = wrong(Settings, HARBOUR.replace("frame: manager", "frame: director"))
    assert faults == {"agreement.frame": "nobody holds the role director: name them in roles"}


@pytest.mark.parametrize(
    "source",
    [
        "{path: exports/may.csv}",
        "{engine: postgresql, connection: QA_WAREHOUSE, table: telephony.calls}",
        "{engine: postgresql, connection: QA_WAREHOUSE, query: SELECT * FROM calls}",
        "{engine: spark, master: 'spark://head:7077', path: 's3a://lake/calls'}",
        "{engine: spark, master: 'local[2]', query: SELECT * FROM calls}",
    ],
)
def test_a_source_lies_in_files_or_on_an_engine(read, source):
    settings = read(Settings, HARBOUR + f"  transactions: {source}\n")
    assert (settings.sources["transactions"].engine is None) == ("path: exports" in source)


@pytest.mark.parametrize(
    ("name", "source", "place", "words"),
    [
        ("transactions", "{profile: p}", "sources.transactions", "a source of files has a path"),
        ("transactions", "{path: a.csv, table: calls}", "sources.transactions.table", "also needs engine"),
        ("transactions", "{engine: postgresql, table: calls}", "sources.transactions.engine", "also needs connection"),
        ("transactions", "{engine: postgresql, connection: A, path: x}", "sources.transactions.path", "table, query"),
        ("transactions", "{engine: postgresql, connection: A, table: 'a; DROP b'}", "sources.transactions.table", ""),
        (
            "transactions",
            "{engine: postgresql, connection: 'host=db', table: a}",
            "sources.transactions.connection",
            "may hold a password",
        ),
        ("transactions", "{engine: spark, master: m, path: a.csv.gz}", "sources.transactions.path", "Parquet"),
        ("transactions", "{engine: spark, master: m, table: a, query: b}", "sources.transactions.query", "one only"),
        ("transactions", "{path: a.csv, master: m}", "sources.transactions.master", "has no master"),
        ("surveys", "{engine: spark, master: m, table: a}", "sources.surveys.engine", "are read from files"),
    ],
)
def test_a_source_that_lies_nowhere_is_refused_where_it_says_so(wrong, name, source, place, words):
    faults = wrong(Settings, HARBOUR + f"  {name}: {source}\n")
    assert [(at, words in said) for at, said in faults.items()] == [(place, True)]
