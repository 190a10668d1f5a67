from qacli.understand.targets.reach import OUT_OF_REACH, SOUND, TOO_EASY, TOO_FEW, Band, Peer, assess, history

WEEKS = [352, 348, 355, 351, 346, 358, 350, 349, 353, 347, 356, 351, 349]


def test_c21_hit_rates_outside_the_band_are_too_easy_or_out_of_reach():
    hard, easy, sound = (assess(WEEKS, target, "lower") for target in (330, 360, 351))
    assert (hard.hits, hard.verdict, hard.propose) == (0, OUT_OF_REACH, 351)
    assert hard.process == "not reachable without changing the process"
    assert (easy.hits, easy.verdict, easy.propose) == (13, TOO_EASY, 349)
    assert (sound.hits, sound.verdict, sound.propose) == (8, SOUND, None)
    # XmR: mean ± 2.66 times the mean moving range, 57 / 12
    assert (round(hard.natural_low, 1), round(hard.natural_high, 1)) == (336.3, 366.0)


def test_c21_the_band_is_a_setting_and_few_periods_tell_nothing():
    assert assess(WEEKS, 351, "lower", Band(70, 90)).verdict == OUT_OF_REACH
    assert assess(WEEKS[:7], 330, "lower").verdict == TOO_FEW
    assert assess([None] * 13, 330, "lower").periods == 0
    assert history(WEEKS[:7], "lower") == {}


def test_c21_peers_are_compared_by_shrunk_means():
    peers = [
        Peer(name, mean, 100.0, n) for name, mean, n in (("a", 80, 400), ("b", 84, 400), ("c", 82, 400), ("d", 95, 2))
    ]
    found = assess([81, 82, 83, 82, 81, 83, 82, 81, 82], 82, "higher", peers=peers)
    assert found.best.name == "b"  # two contacts of d are drawn towards the others
    assert 82 < found.alternatives["best quarter of peers"] < 84.5
