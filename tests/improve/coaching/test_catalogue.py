from qacli.improve.catalogue import Option, fitting

MADE = {
    "version": "1",
    "owner": "p_tl1",
    "from": "2026-01-01",
    "title": "t",
    "method": "m",
    "minutes": "60",
    "cost": "0",
    "source": "s",
    "book": "b",
}


def test_c12_options_for_the_criterion_come_before_those_for_its_section():
    options = [
        Option.model_validate(MADE | {"id": name, "fits": fits})
        for name, fits in (("drill", ["ph-card"]), ("hearing", ["open"]), ("buddy", ["ph-idv", "open"]))
    ]
    assert [option.id for option in fitting(options, "ph-idv", "open")] == ["buddy", "hearing"]
    assert fitting(options, "ph-own") == []
