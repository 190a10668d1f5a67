import csv
import io
from datetime import date

import pytest

from qacli.prepare.people import Person, parse_people

PEOPLE = """\
person,source,source_id,from,to,name,login
p_a01,telephony,A01,2024-01-01,2026-05-17,Nora Whitlock,nwhitlock
p_a25,telephony,A01,2026-05-18,,Piotr Lane,plane
p_a01,telephony,A91,2026-05-18,,,
p_ev1,,,,,Ines Marlow,imarlow
"""
MAY_17, MAY_18 = date(2026, 5, 17), date(2026, 5, 18)


def parse(text):
    return parse_people((number, row) for number, row in enumerate(csv.DictReader(io.StringIO(text)), start=2))


def test_a_login_stands_for_the_person_who_had_it_that_day():
    people, faults = parse(PEOPLE)
    assert faults == []
    assert people.by_login("plane", MAY_17) is None
    assert people.by_login("plane", MAY_18) == "p_a25"
    assert people.by_login("", MAY_18) is None


def test_a_person_without_a_line_is_called_by_the_id():
    people, _ = parse(PEOPLE)
    assert people.get("p_a01").name == "Nora Whitlock"
    assert people.get("p_gone") == Person("p_gone", name="p_gone")
    assert "p_gone" not in people
    assert people.ids() == ("p_a01", "p_a25", "p_ev1")


def test_everything_wrong_in_the_file_is_told_with_its_line():
    _, faults = parse("""\
person,source,source_id,from,to,name,login
A01,telephony,A01,,,Nora,
p_a02,telephony,A02,1/5/2026,,Piotr,
p_a03,telephony,A03,2026-05-02,2026-05-01,Ana,
p_a04,telephony,A04,,2026-05-18,Rui,ruil
p_a05,telephony,A04,2026-05-18,,Tom,ruil
""")
    assert [(fault.code, fault.line) for fault in faults] == [
        ("person-id", 2),
        ("date", 3),
        ("ends-before-start", 4),
        ("shared-id", 6),
        ("shared-id", 6),
    ]
    assert faults[3].message == "agent id A04 stands for p_a04 and p_a05 on the same days"


@pytest.mark.parametrize(
    ("name", "source_id", "called"),
    [
        ("Gwen Pryce", "A07", ("Gwen Pryce",)),
        ("", "Lea Klein", ("Lea Klein",)),
        ("", "lea.klein@nord.example", ("lea.klein@nord.example",)),
        ("", "lea", ()),  # one word would be found within words: please
        ("", "Desk 7", ()),
        ("", "", ()),
    ],
)
def test_a_person_is_called_by_name_and_by_what_a_source_writes_as_a_name(name, source_id, called):
    assert Person("p_c005", "telephony", source_id, name=name).called == called
