from __future__ import annotations

import multiprocessing

import pytest
from workspaces import observed, score, workspace

from qacli.ledger.verify import verify
from qacli.model import Change, QacliError
from qacli.monitor.observing.observation import Observation, Rating

READS, WRITERS, COMMITS = 260, 8, 30
CONTEXT = multiprocessing.get_context("fork")


def write_at_each_sign(folder, sign, begun, stop):
    writer = workspace(folder)
    writer.commit(lambda _: Change(observed(1)), "score")
    begun.set()
    while True:
        sign.acquire()
        if stop.is_set():
            return
        writer.commit(lambda _: Change(observed(1)), "score")


def seen_by_rows(view):
    observations, ratings = view.rows(Observation), view.rows(Rating)
    assert all(str(rating.evidence) == "Asked twice, and waited." for rating in ratings)
    complete = {rating.observation for rating in ratings}
    assert complete == {observation.id for observation in observations}
    return len(observations), len(ratings)


def seen_by_sql(view):
    frame = view.sql(
        "SELECT (SELECT count(*) FROM observations) AS observations, count(*) AS ratings, "
        "count(evidence) AS texts, count(DISTINCT observation) AS complete FROM ratings"
    )
    observations, ratings, texts, complete = map(int, frame.iloc[0])
    assert (texts, complete) == (ratings, observations)
    return observations, ratings


def test_a_reader_beside_a_busy_writer_sees_whole_entries_only(tmp_path):
    """Each read starts as the writer starts on an entry of four files; every twentieth read is by SQL."""
    sign, begun, stop = CONTEXT.Semaphore(0), CONTEXT.Event(), CONTEXT.Event()
    writer = CONTEXT.Process(target=write_at_each_sign, args=(tmp_path / "w", sign, begun, stop))
    reader = workspace(tmp_path / "w")
    writer.start()
    begun.wait(20)
    found = []
    try:
        for number in range(READS * 10):
            if number >= READS and len(set(found)) > READS / 10:
                break  # on a machine with other work the writer gets its turn later
            sign.release()
            view = reader.view()
            seen = seen_by_sql(view) if number % 20 == 0 else seen_by_rows(view)
            assert seen == (view.head.seq, view.head.seq)
            found.append(view.head.seq)
    finally:
        stop.set()
        sign.release()
        writer.join(20)
    assert writer.exitcode == 0
    assert found == sorted(found)
    assert len(set(found)) > READS / 10, "the writer was not busy"


def write_many(folder, number):
    desk = workspace(folder, actor=f"p_ev{number % 2 + 1}")
    for turn in range(COMMITS):
        desk.commit(lambda view, turn=turn: Change([*observed(1, f"process {number} turn {turn}")]), "score")


def test_many_writers_lose_and_double_nothing(tmp_path):
    folder = tmp_path / "w"
    workspace(folder)
    writers = [CONTEXT.Process(target=write_many, args=(folder, number)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    view = workspace(folder).view()
    texts = sorted(str(rating.evidence) for rating in view.rows(Rating))
    assert texts == sorted(f"process {number} turn {turn}" for number in range(WRITERS) for turn in range(COMMITS))
    assert view.head.seq == WRITERS * COMMITS == len({row.id for row in view.rows(Observation)})
    assert list(verify(folder)) == []


def test_acts_that_count_what_is_there_agree_in_the_end(tmp_path):
    """Each act writes the number of observations that it saw: with no lost update, every number comes once."""
    folder = tmp_path / "w"
    workspace(folder)
    writers = [CONTEXT.Process(target=count_up, args=(folder,)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    seen = [row.customer for row in workspace(folder).view().rows(Observation)]
    assert seen == list(range(4 * 25))


def count_up(folder):
    from dataclasses import replace

    desk = workspace(folder)
    for _ in range(25):
        desk.commit(lambda view: Change([replace(observed(0)[0], customer=len(view.rows(Observation)))]), "score")


def test_a_query_that_fails_says_so_in_words(tmp_path):
    desk = workspace(tmp_path / "w")
    desk.commit(score, "score")
    path = desk.folder / "records" / f"{desk.clock():%Y}" / "ratings.csv"
    data = path.read_bytes()
    path.write_bytes(data.replace(b",50,", b",5o,"))
    with pytest.raises(QacliError, match="5o") as refused:
        desk.view().sql("SELECT sum(weight) FROM ratings")
    assert refused.value.exit_code == 65
