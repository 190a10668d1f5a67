from __future__ import annotations

import errno
import os
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest
from trails import state, tree, walk
from workspaces import SCALE, observed, score, workspace

from qacli.govern.redaction import Redaction
from qacli.ledger.verify import verify
from qacli.model import NO_WORDS, Change, Correction, NotRecorded, Row, Words, ref
from qacli.monitor.calibrating.calibration import Reveal
from qacli.monitor.observing.observation import Observation, Rating
from qacli.prepare.notices.notice import Acknowledgement
from qacli.workspace.commit import FixedProvenance, NewerTable
from qacli.workspace.definitions import ChangedVersion
from qacli.workspace.stamp import CardNumber, SecurityCode, UnsafeText, refuse_unsafe
from qacli.workspace.tables import TABLES, table, tables
from qacli.workspace.versions import CitedVersion
from qacli.workspace.view import NoSuchRow


@pytest.fixture
def desk(tmp_path):
    return workspace(tmp_path / "w")


def year_file(desk, table):
    return desk.folder / "records" / f"{datetime.now(UTC):%Y}" / f"{table}.csv"


def recorded(desk, actor="p_ev1"):
    """A fresh look at the folder, as the next command has it."""
    return workspace(desk.folder, actor).view()


def test_rows_come_back_as_they_were_committed(desk):
    outcome = desk.commit(score, "score")
    assert outcome.first == "o_1"
    assert [row.id for row in outcome.rows] == ["o_1", "o_1-1", "o_1-2", "o_1-3"]
    view = recorded(desk)
    assert [*view.rows(Observation), *view.rows(Rating)] == list(outcome.rows)
    (observation,) = view.rows(Observation)
    assert (observation.by, observation.provenance) == ("p_ev1", "training")
    assert {rating.observation for rating in view.rows(Rating)} == {"o_1"}
    assert walk(desk.folder) == state(desk.folder)


def test_several_heads_and_their_children_have_ids_that_name_the_entry(desk):
    for _ in range(40):
        desk.commit(score, "score")
    outcome = desk.commit(lambda _: Change([*observed(2), *observed(1)]), "score")
    # 41 = 1 x 32 + 9
    assert [row.id for row in outcome.rows] == ["o_19-1", "o_19-1-1", "o_19-1-2", "o_19-2", "o_19-2-1"]
    assert [row.id for row in recorded(desk).before(Observation, "o_19-2")][-1] == "o_18"


def test_letters_and_names_of_tables_are_unique():
    letters = [kind.LETTER for kind in tables() if kind.LETTER]
    assert sorted(set(letters)) == sorted(letters)
    # ids of findings begin as those of words do, and are never as long: w_5c, w_ and 32 hex digits
    assert [kind.TABLE for kind in tables() if kind.LETTER == "w"] == ["findings"]
    assert len({kind.TABLE for kind in tables()} | {"words"}) == len(tables()) + 1
    assert [kind.TABLE for kind in tables()] == list(TABLES)


def test_an_act_whose_tables_moved_is_run_again_and_at_last_inside_the_lock(desk):
    other, runs = workspace(desk.folder, "p_ev2"), []

    def overtaken(view):
        runs.append(len(view.rows(Observation)))
        if len(runs) < 3:
            other.commit(score, "score")
        return Change(observed(0))

    outcome = desk.commit(overtaken, "score")
    assert (runs, outcome.seq, outcome.first) == ([0, 1, 2], 3, "o_3")


def test_an_act_is_not_run_again_where_other_tables_moved(desk):
    other, runs = workspace(desk.folder, "p_ev2"), []

    def act(view):
        runs.append(len(view.rows(CitedVersion)))
        other.commit(score, "score")
        return Change(observed(0))

    assert desk.commit(act, "score").first == "o_2"
    assert runs == [0]


def test_what_the_act_saw_is_what_it_is_recorded_on(desk):
    """A query by SQL counts as opening the tables that it names."""
    other, runs = workspace(desk.folder, "p_ev2"), []

    def act(view):
        runs.append(int(view.sql('SELECT count(*) AS n FROM "observations"').n[0]))
        if len(runs) == 1:
            other.commit(score, "score")
        return Change(observed(0))

    desk.commit(act, "score")
    assert runs == [0, 1]


def test_a_dry_run_writes_nothing_and_shows_what_would_be(desk):
    before = tree(desk.folder)
    outcome = desk.commit(score, "score", dry_run=True)
    assert (outcome.seq, outcome.first) == (None, "o_1")
    assert tree(desk.folder) == before
    assert not (desk.folder / "records").exists()


def test_an_act_that_asks_for_nothing_records_nothing(desk):
    before = tree(desk.folder)
    assert desk.commit(lambda _: Change(findings=["nothing is due"]), "score").findings == ["nothing is due"]
    assert tree(desk.folder) == before


def test_a_dry_run_is_refused_where_the_run_would_be(desk):
    desk.commit(score, "score")
    (desk.folder / "qacli.yaml").write_text((desk.folder / "qacli.yaml").read_text().replace("training", "live"))
    with pytest.raises(FixedProvenance):
        workspace(desk.folder, "p_ev1").commit(score, "score", dry_run=True)


def test_the_first_entry_fixes_the_provenance(desk):
    desk.commit(score, "score")
    (desk.folder / "qacli.yaml").write_text((desk.folder / "qacli.yaml").read_text().replace("training", "live"))
    before = tree(desk.folder)
    with pytest.raises(FixedProvenance, match=r"are 'training', but qacli\.yaml now says 'live'") as refused:
        workspace(desk.folder, "p_ev1").commit(score, "score")
    assert refused.value.exit_code == 1
    assert tree(desk.folder) == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("4111 1111 1111 1111", "card number"),
        ("card 4111-1111-1111-1111, expiry 01/30", "card number"),
        ("said her security code is 1111 and waited", "security code"),
        ("two\nlines", "U\\+000A"),
        ("\x1b[2J", "U\\+001B"),
        ("a\u202eb", "RIGHT-TO-LEFT OVERRIDE"),
        ("a\ud800b", "surrogate"),
        ("4111 1111 1111 1111 \u202e", "U\\+202E"),
        ("x\u2028y", "LINE SEPARATOR"),
    ],
)
def test_text_that_must_not_enter_is_refused_at_the_door(desk, text, says):
    desk.commit(score, "score")
    before = tree(desk.folder)
    with pytest.raises((UnsafeText, CardNumber, SecurityCode), match=says) as refused:
        desk.commit(lambda _: Change(observed(1, text)), "score")
    assert tree(desk.folder) == before
    assert "1111" not in str(refused.value)
    assert "\u202e" not in str(refused.value)
    str(refused.value).encode("utf-8")


def test_every_column_that_people_type_is_judged_and_the_ids_of_sources_are_not(desk):
    told = Acknowledgement(person="p_ev1", notice="n-1@1", on=date(2026, 5, 1), means="card 4111 1111 1111 1111")
    with pytest.raises(CardNumber):
        desk.commit(lambda _: Change([told]), "notice ack")
    with pytest.raises(SecurityCode):
        desk.commit(lambda _: Change([replace(told, means="CVV 123")]), "notice ack")
    refuse_unsafe([replace(told, means="", notice="n-1@1"), CitedVersion("frame", "f", "1", "4111111111111111")])


def test_a_key_is_judged_like_any_text(desk):
    with pytest.raises(UnsafeText):
        desk.commit(lambda _: Change(observed(0), key="draw/\n"), "score")
    assert not (desk.folder / "journal.csv").exists()


def test_words_lie_apart_under_the_hash_of_nonce_and_text(desk):
    from hashlib import sha256

    desk.commit(lambda _: Change(observed(2, "the same words, twice")), "score")
    lines = year_file(desk, "words").read_text("utf-8").splitlines()
    assert lines[0] == "id,nonce,text"
    cells = [line.split(",", 2) for line in lines[1:]]
    assert len({nonce for _, nonce, _ in cells}) == 2
    for id, nonce, text in cells:  # noqa: A001
        assert len(bytes.fromhex(nonce)) == 16
        assert id == "w_" + sha256((nonce + text.strip('"')).encode()).hexdigest()[:32]
    assert "the same words" not in year_file(desk, "ratings").read_text("utf-8")


def test_empty_words_are_no_words(desk):
    desk.commit(lambda _: Change(observed(1, "")), "score")
    assert not year_file(desk, "words").exists()
    assert recorded(desk).rows(Rating)[0].evidence == NO_WORDS


def test_a_row_lies_in_the_year_of_its_own_time_in_utc(tmp_path):
    folder = tmp_path / "w"
    workspace(folder)
    text = (folder / "qacli.yaml").read_text().replace("Europe/London", "America/New_York")
    (folder / "qacli.yaml").write_text(text)
    desk = workspace(folder, today=datetime(2026, 12, 31, 22, 0))
    desk.commit(score, "score")
    rows = (folder / "records/2027/observations.csv").read_text().splitlines()
    assert rows[1].startswith("o_1,2027-01-01T03:00:00Z,")


# -- citations ---------------------------------------------------------------------------------------------------------


def scale(desk, version="1", title="Met or not met", id="binary"):  # noqa: A002
    path = desk.folder / "definitions/scales" / f"{id}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SCALE.format(id=id, version=version, title=title), "utf-8")
    return workspace(desk.folder)


def score_by(id="binary"):  # noqa: A002
    def act(view):
        view.definition("scale", id)
        return Change(observed(0))

    return act


def kept(desk):
    return sorted(path.name for path in (desk.folder / "definitions/.versions").glob("*"))


def test_the_first_citation_keeps_the_version_under_its_hash(desk):
    from hashlib import sha256

    desk = scale(desk, title="'Ünïcode: \"quoted\" \\ and ''more'' 🙂'")
    outcome = desk.commit(score_by(), "score")
    assert [type(row) for row in outcome.rows] == [Observation]
    (cited,) = recorded(desk).rows(CitedVersion)
    assert (cited.id, cited.kind, cited.reference) == ("v_1", "scale", "binary@1")
    (name,) = kept(desk)
    path = desk.folder / "definitions/.versions" / name
    assert name == f"{cited.sha256}.yaml" == f"{sha256(path.read_bytes()).hexdigest()}.yaml"
    workspace(desk.folder).commit(score_by(), "score")
    assert len(recorded(desk).rows(CitedVersion)) == 1


def test_an_edit_without_a_new_version_is_refused(desk):
    desk = scale(desk)
    desk.commit(score_by(), "score")
    desk = scale(scale(desk, id="other"), title="Edited")
    before = tree(desk.folder)
    with pytest.raises(ChangedVersion, match="binary@1 was changed after records cited it") as refused:
        desk.commit(score_by(), "score")
    assert "refused[changed-version]" in str(refused.value)
    # the help names the file that holds the old text
    (name,) = kept(desk)
    assert f"it lies in definitions/.versions/{name}" in str(refused.value)
    assert tree(desk.folder) == before
    # the other scale is not to blame
    workspace(desk.folder).commit(score_by("other"), "score")


def test_readers_see_an_edited_definition_as_it_was_cited_and_are_told_once(desk, capsys):
    desk = scale(desk)
    desk.commit(score_by(), "score")
    desk = scale(desk, title="Edited")
    for reference in ("binary", "binary@1", "binary@1"):
        assert desk.view().definition("scale", reference).title == "Met or not met"
    (name,) = kept(desk)
    assert capsys.readouterr().err == (
        "warning: scale binary@1 was changed after records cited it (definitions/scales/binary.yaml); "
        f"read here as it was cited, from definitions/.versions/{name}\n"
    )
    with pytest.raises(ChangedVersion):
        desk.view(writing=True).definition("scale", "binary@1")


def test_comments_and_layout_are_no_edit(desk):
    desk = scale(desk)
    desk.commit(score_by(), "score")
    path = desk.folder / "definitions/scales/binary.yaml"
    text = path.read_text().replace("title: Met or not met", 'title:   "Met or not met"')
    path.write_text("# agreed in May\n" + text)
    workspace(desk.folder).commit(score_by(), "score")


def test_an_old_version_stays_beside_the_new_one(desk):
    scale(desk).commit(score_by(), "score")
    desk = scale(desk, version="2", title="Met, not met or nearly")
    desk.commit(score_by(), "score")
    view = recorded(desk)
    assert [row.reference for row in view.rows(CitedVersion)] == ["binary@1", "binary@2"]
    assert view.definition("scale", "binary@1").title == "Met or not met"
    assert view.definition("scale", "binary@2").title == view.definition("scale", "binary").title
    assert len(kept(desk)) == 2


@pytest.mark.parametrize("how", ["gone", "changed"])
def test_a_kept_version_that_was_lost_is_said(desk, how):
    scale(desk).commit(score_by(), "score")
    (name,) = kept(desk)
    path = desk.folder / "definitions/.versions" / name
    path.unlink() if how == "gone" else path.write_text(path.read_text().replace("Met", "Mat"))
    view = scale(desk, version="2").view()
    with pytest.raises(Exception, match="is missing" if how == "gone" else "does not hold what its name says") as said:
        view.definition("scale", "binary@1")
    assert "backup" in str(said.value)


@pytest.mark.parametrize("name", ["write", "fsync", "replace", "open"])
def test_an_entry_that_fails_keeps_no_version_and_changes_no_byte(desk, monkeypatch, name):
    desk = scale(desk)
    before = tree(desk.folder)
    desk.commit(score_by(), "score", dry_run=True)  # reads what it needs before anything fails
    real = getattr(os, name)
    for at in range(1, 40):
        calls = []

        def failing(*arguments, calls=calls, at=at, **more):
            calls.append(1)
            if len(calls) == at:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(*arguments, **more)

        with monkeypatch.context() as patch:
            patch.setattr(os, name, failing)
            try:
                desk.commit(score_by(), "score")
            except (NotRecorded, OSError):
                pass
            else:
                assert at > 1
                return
        assert tree(desk.folder) == before, f"call {at} of os.{name}"
    raise AssertionError("the calls never ended")


# -- corrections -------------------------------------------------------------------------------------------------------


def correct(old, *, replace=True):
    def act(view):
        found = view.one(Observation, old)
        rows = observed(1, "on second thoughts") if replace else []
        return Change(
            [
                *rows,
                Correction(
                    kind="observation",
                    old=found.id,
                    new=ref(rows[0]) if rows else "",
                    reason=Words("scored the wrong call"),
                    authority="p_tl1",
                ),
            ]
        )

    return act


def in_force(view):
    by_rows = [row.id for row in view.current(Observation)], [row.id for row in view.current(Rating)]
    by_sql = tuple(list(view.sql(f"SELECT id FROM {table}").id) for table in ("observations", "ratings"))
    assert by_rows == by_sql
    return by_rows


def test_a_replaced_head_leaves_with_its_children(desk):
    for _ in range(2):
        desk.commit(lambda _: Change(observed(2)), "score")
    desk.commit(correct("o_1"), "score")
    assert in_force(recorded(desk)) == (["o_2", "o_3"], ["o_2-1", "o_2-2", "o_3-1"])
    (correction,) = recorded(desk).rows(Correction)
    assert (correction.id, correction.old, correction.new) == ("c_3", "o_1", "o_3")
    assert str(correction.reason) == "scored the wrong call"
    assert len(recorded(desk).rows(Observation)) == 3


def test_a_withdrawn_head_leaves_with_its_children(desk):
    desk.commit(lambda _: Change([*observed(1), *observed(1)]), "score")
    desk.commit(correct("o_1-1", replace=False), "score")
    assert in_force(recorded(desk)) == (["o_1-2"], ["o_1-2-1"])


def test_an_id_that_begins_like_a_withdrawn_one_stays(desk):
    for _ in range(33):
        desk.commit(lambda _: Change(observed(1)), "score")
    desk.commit(correct("o_1", replace=False), "score")
    heads, children = in_force(recorded(desk))
    assert "o_1" not in heads
    assert {"o_10", "o_11"} <= set(heads)
    assert {"o_10-1", "o_11-1"} <= set(children)


def test_a_correction_has_one_winner(desk):
    desk.commit(score, "score")
    first, second, overtaken = workspace(desk.folder, "p_ev1"), workspace(desk.folder, "p_ev2"), []

    def late(view):
        change = correct("o_1")(view)
        if not overtaken:
            overtaken.append(first.commit(correct("o_1"), "score"))
        return change

    with pytest.raises(NoSuchRow, match="o_1 was corrected and is no longer in force"):
        second.commit(late, "score")
    assert len(recorded(desk).rows(Correction)) == 1
    with pytest.raises(NoSuchRow, match="there is no o_7"):
        recorded(desk).one(Observation, "o_7")


# -- newer and older records -------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class First(Row, table="visits", letter="x"):
    place: str
    minutes: int
    remark: Words


@dataclass(frozen=True, kw_only=True)
class Second(Row, table="visits", letter="x", version=2, formerly={"site": "place"}):
    site: str
    minutes: int
    remark: Words
    kind: str = "planned's"
    length: int | None = None
    announced: bool = True


@pytest.fixture
def known(monkeypatch):
    """Make a Row class the one that stands in the registry."""

    def stand(*kinds):
        ours = {kind.TABLE: kind for kind in kinds}
        for module in ("sql", "tables"):
            monkeypatch.setattr(f"qacli.workspace.{module}.TABLES", {**TABLES, **dict.fromkeys(ours, "")})
            monkeypatch.setattr(f"qacli.workspace.{module}.table", lambda name: ours.get(name) or table(name))

    return stand


def test_an_older_version_is_read_and_continued_in_a_file_of_its_own(desk, known):
    known(First)
    desk.commit(lambda _: Change([First(place="desk 4", minutes=12, remark=Words("calm"))]), "visit")
    header = year_file(desk, "visits").read_bytes()
    known(Second)
    desk = workspace(desk.folder)
    desk.commit(
        lambda view: Change(
            [Second(site=view.rows(Second)[0].site, minutes=3, remark=NO_WORDS, kind="spot", length=7, announced=False)]
        ),
        "visit",
    )
    assert year_file(desk, "visits").read_bytes() == header
    assert year_file(desk, "visits.2").read_text().splitlines()[0] == (
        "id,at,by,provenance,site,minutes,remark,kind,length,announced"
    )
    view = recorded(desk)
    assert [
        (row.id, row.site, row.minutes, str(row.remark), row.kind, row.length, row.announced)
        for row in view.rows(Second)
    ] == [("x_1", "desk 4", 12, "calm", "planned's", None, True), ("x_2", "desk 4", 3, "", "spot", 7, False)]
    frame = view.sql("SELECT id, site, minutes, remark, kind, length, announced FROM visits ORDER BY id")
    assert frame.astype(object).where(frame.notna(), None).values.tolist() == [
        ["x_1", "desk 4", 12, "calm", "planned's", None, True],
        ["x_2", "desk 4", 3, None, "spot", 7, False],
    ]
    assert list(verify(desk.folder)) == []


def test_a_newer_table_is_read_with_one_warning_and_nothing_is_written(desk, known, capsys):
    known(Second)
    desk.commit(lambda _: Change([Second(site="desk 4", minutes=12, remark=Words("calm"))]), "visit")
    known(First)
    desk, before = workspace(desk.folder), tree(desk.folder)
    view = desk.view()
    desk.view().sql("SELECT * FROM visits")
    assert [row.minutes for row in view.rows(First)] == [12]
    warned = capsys.readouterr()
    assert warned.out == ""
    assert warned.err.count("visits.2.csv was written by a newer qacli") == 1
    for act in (lambda _: Change([First(place="x", minutes=1, remark=NO_WORDS)]), score):
        with pytest.raises(NewerTable, match=r"visits\.2\.csv was written by a newer qacli") as refused:
            desk.commit(act, "visit")
        assert refused.value.exit_code == 78
    assert tree(desk.folder) == before


def test_a_table_that_is_not_known_here_stops_writing(desk, known):
    known(First)
    desk.commit(lambda _: Change([First(place="desk 4", minutes=12, remark=NO_WORDS)]), "visit")
    known()
    with pytest.raises(NewerTable, match="visits"):
        workspace(desk.folder).commit(score, "score")


def test_a_column_that_is_not_known_here_stops_writing(desk, known):
    @dataclass(frozen=True, kw_only=True)
    class Wider(Row, table="visits", letter="x"):
        place: str
        minutes: int
        remark: Words
        weather: str = ""

    known(Wider)
    desk.commit(lambda _: Change([Wider(place="desk 4", minutes=12, remark=NO_WORDS, weather="wet")]), "visit")
    known(First)
    before = tree(desk.folder)
    with pytest.raises(NewerTable):
        workspace(desk.folder).commit(lambda _: Change([First(place="x", minutes=1, remark=NO_WORDS)]), "visit")
    assert tree(desk.folder) == before


def test_a_newer_journal_is_read_with_a_warning(desk, capsys):
    from hashlib import sha256

    desk.commit(score, "score")
    path = desk.folder / "journal.csv"
    header, line, _ = path.read_bytes().split(b"\n")
    body = line.rpartition(b",")[0].rsplit(b",", 1)
    body = body[0] + b",mars," + body[1]
    path.write_bytes(
        header.replace(b"prev", b"planet,prev") + b"\n" + body + b"," + sha256(body).hexdigest().encode() + b"\n"
    )
    view = recorded(desk)
    assert len(view.rows(Rating)) == 3
    assert "does not know its columns planet" in capsys.readouterr().err
    with pytest.raises(Exception, match="newer qacli") as refused:
        workspace(desk.folder).commit(score, "score")
    assert refused.value.exit_code == 78


def test_damaged_rows_are_refused_when_they_are_read(desk):
    desk.commit(score, "score")
    path = year_file(desk, "ratings")
    whole = path.read_bytes()
    for old, new in (
        (b",yes,", b",y,s,"),
        (b"ph-1", b"ph\xff1"),
        (b"02:15", b'02"15'),
        (b",yes,", b",yas,"),
        (b",criterion,", b",criterium"),
        (b"ratings", b"ratings"),
    ):
        path.write_bytes(whole.replace(old, new))
        if old == new:
            recorded(desk).rows(Rating)
            return
        with pytest.raises(Exception, match="ratings") as refused:
            recorded(desk).rows(Rating)
        assert refused.value.exit_code == 65
        assert "qacli ledger verify" in str(refused.value)


def test_notebooks_read_tables_as_data_frames(desk):
    import qacli

    desk.commit(score, "score")
    desk.commit(correct("o_1"), "score")
    frame = qacli.open(desk.folder).table("ratings")
    assert list(frame.columns) == list(Rating.columns())
    assert list(frame.evidence) == ["on second thoughts"]
    assert frame.weight.sum() == 50
    with pytest.raises(qacli.model.QacliError, match="no table 'rating'") as said:
        qacli.open(desk.folder).table("rating")
    assert "did you mean 'ratings'?" in str(said.value)


def test_an_id_of_words_is_no_card_number_whatever_its_digits(desk):
    # 4111 1111 1111 1111, the number that card schemes give for tests, amid the digits of an id
    gone = Redaction(words="w_" + "4111111111111111" * 2, reason=Words("customer named"))
    assert desk.commit(lambda _: Change([gone]), "ledger redact").rows
    told = Reveal(
        calibration="k_1",
        scorer="p_ev1",
        seal="ks_1",
        salt="4111111111111111" * 2,
        sealed=True,
        complete=True,
        reason=Words(""),
    )
    assert desk.commit(lambda _: Change([told]), "calibrate reveal").rows
