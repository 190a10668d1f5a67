import pytest

from qacli.prepare.kpi import Kpi, unpaired

FCR = """
id: fcr
version: 1
owner: p_tl1
from: 2026-01-01
title: First contact resolution
purpose: see how often one contact is enough
variants: {repeat-7: contacts without another one within 7 days / contacts x 100}
unit: percent
better: higher
gaming: giving the second contact another reason code
counter: csat
source: contact records
"""


def test_c14_a_kpi_names_its_variants_and_what_shows_it_being_gamed(read):
    kpi = read(Kpi, FCR)
    assert (list(kpi.variants), kpi.better, kpi.counter, kpi.promise) == (["repeat-7"], "higher", "csat", None)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("{repeat-7: contacts without another one within 7 days / contacts x 100}", "{}", "variants"),
        ("variants: {repeat-7: contacts without another one within 7 days / contacts x 100}\n", "", ""),
        ("counter: csat", "counter: fcr", "counter"),
        ("better: higher", "better: more", "better"),
        ("gaming: giving the second contact another reason code\n", "", ""),
    ],
)
def test_c14_a_kpi_without_variant_or_counter_is_refused_at_its_place(wrong, old, new, place):
    assert old in FCR
    assert [where for where in wrong(Kpi, FCR.replace(old, new)) if where.endswith(place)]


def test_c14_a_counter_that_nobody_defines_is_found(read):
    fcr = read(Kpi, FCR)
    csat = read(Kpi, FCR.replace("id: fcr", "id: csat").replace("counter: csat", "counter: fcrr"))
    [(place, message, hint)] = unpaired([fcr, csat])
    assert (place, hint) == (1, "did you mean 'fcr'?")
    assert message == "csat is to be read together with fcrr, which is not defined"
    assert (
        list(unpaired([fcr, read(Kpi, FCR.replace("id: fcr", "id: csat").replace("counter: csat", "counter: fcr"))]))
        == []
    )
