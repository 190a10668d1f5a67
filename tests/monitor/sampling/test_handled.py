"""Who handled how much, when told, and on days of which a sample was drawn."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import populations

from qacli.engine.connection import connect
from qacli.monitor.sampling.handled import Handled, handled
from qacli.sources.population import open_population

ROWS = """\
c1,2026-05-04 10:00:00,A07,phone,K1,300
c2,2026-05-12 11:00:00,A07,phone,K2,300
c3,2026-05-13 10:00:00,A07,phone,K3,300
c4,2026-05-19 10:00:00,A07,phone,K4,300
"""


def day(number):
    return date(2026, 5, number)


def test_days_of_which_a_sample_was_drawn_count_once_and_others_are_not_open(tmp_path):
    path = tmp_path / "may.csv"
    path.write_text(populations.HEADER + ROWS, "utf-8")
    staff = [("A07", "all", "p_a07", False, day(1), day(12)), ("A07", "all", "p_a07", True, day(13), day(31))]
    with (
        connect() as connection,
        open_population(connection, [path], populations.PROFILE, ZoneInfo("Europe/London")) as whole,
    ):

        def of(*sampled):
            return handled(whole, SimpleNamespace(staff=lambda _: staff), day(1), day(31), sampled)

        # a week, and a stretch that begins in it
        assert of((day(11), day(17)), (day(13), day(18))) == [Handled("p_a07", "phone", 4, 2, day(4), day(19), 1)]
        assert of() == [Handled("p_a07", "phone", 4, 2, day(4), day(19), 0)]
