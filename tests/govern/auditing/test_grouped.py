"""What happened once does not drown in what happened always."""

from __future__ import annotations

from qacli.govern.auditing.audit import AuditException, grouped
from qacli.model import Words


def against(rule, number):
    return AuditException(result="aw_1", rule=rule, subject=f"C{number}", words=Words("x"))


def test_the_rarest_rule_comes_first_and_of_many_only_a_few_are_shown():
    found = grouped([*(against("not-acknowledged", n) for n in range(320)), against("split", 1), against("split", 2)])
    assert [(each.rule, len(each.shown), each.more) for each in found] == [
        ("split", 2, 0),
        ("not-acknowledged", 5, 315),
    ]
    assert [row.subject for row in found[1].shown] == ["C0", "C1", "C2", "C3", "C4"]
