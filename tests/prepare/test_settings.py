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
