from __future__ import annotations

from typing import get_args

from qacli.govern.duties.duty import Work
from qacli.govern.excusing import EXCUSABLE


def test_of_every_kind_of_work_it_is_said_whether_it_may_be_left_undone():
    assert set(EXCUSABLE) == set(get_args(Work))
