import pytest

from qacli.prepare.frames.frame import Frame

WEEKLY = """
id: weekly
version: 2
owner: p_tl1
from: 2026-01-01
title: Weekly
purpose: routine
cadence: week
population: {channel: [phone, chat]}
scorecards: {phone: phone@1.0, any: chat@1.0}
design: proportional
stratify_by: channel
size: 30
seed: spring
technique: recording
because: {phone: nobody is disturbed, chat: it is all there}
evaluators: [p_ev1, p_ev2]
minutes_per_evaluation: 22
"""
OLD = "design: proportional\nstratify_by: channel\nsize: 30"
NEYMAN = "design: stratified\nstratify_by: channel\nallocation: neyman\nexpected: {any: 80}\nsize: "
TWO_STAGE = "design: two-stage\nper_cluster: 5\n"
EQUAL = "design: stratified\nstratify_by: channel\nallocation: equal\nsize: 40"


def test_each_channel_finds_its_card(read):
    frame = read(Frame, WEEKLY)
    assert [frame.card_for(channel) for channel in ("phone", "chat")] == ["phone@1.0", "chat@1.0"]
    assert frame.floor == 2
    assert read(Frame, WEEKLY.replace(", any:", ", chat:")).card_for("email") is None


def test_each_channel_finds_its_technique(read, wrong):
    assert read(Frame, WEEKLY).technique_for("chat") == "recording"
    frame = read(Frame, WEEKLY.replace("technique: recording", "technique: {phone: recording@1, any: transcript}"))
    assert [frame.technique_for(channel) for channel in ("phone", "chat")] == ["recording@1", "transcript"]
    # where no channels are asked for, those of the scorecards count
    everything = WEEKLY.replace("population: {channel: [phone, chat]}\n", "")
    assert "scorecards.any" in wrong(Frame, everything.replace("technique: recording", "technique: {phone: recording}"))


def test_the_work_of_a_sample_is_added_up(read):
    assert read(Frame, WEEKLY).work() == "11 h of evaluators' time"
    quota = WEEKLY.replace("design: proportional\nstratify_by: channel\nsize: 30", "design: quota\nper_colleague: 3")
    assert read(Frame, quota).work() == "1 h 6 min of evaluators' time per colleague"


@pytest.mark.parametrize(
    ("new", "asked"),
    [
        (
            EQUAL.replace("40", "{margin: 5}"),
            "as many as it takes for a margin of 5 points at 95 % for a share near 50 %",
        ),
        (NEYMAN + "{margin: 5}", "as many as it takes for a margin of 5 points at 95 % for shares as expected"),
        (
            TWO_STAGE + "size: {drop: 10}\nalike: 10",
            "5 of each of as many colleagues as it takes for a drop by 10 points from 90 % seen in two periods with 80 %",
        ),
        (
            "design: quota\nsize: {fault: 2}",
            "of each colleague as many as it takes for finding a fault that 2 % have with 95 %",
        ),
    ],
)
def test_c04_an_aim_counts_where_a_formula_is_known(read, new, asked):
    frame = read(Frame, WEEKLY.replace(OLD, new))
    assert frame.size_in_words() == asked
    assert frame.work() == "22 min of evaluators' time for each"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("size: 30", "per_colleague: 2", "design"),
        ("size: 30", "size: 30\nper_colleague: 2", "per_colleague"),
        ("stratify_by: channel", "stratify_by: none", "design"),
        ("design: proportional", "design: simple", "stratify_by"),
        ("design: proportional", "design: quota", "stratify_by"),
        ("design: proportional\nstratify_by: channel", "design: simple\nfloor: 3", "floor"),
        (", any: chat@1.0", "", "population.channel.1"),
        (", any: chat@1.0", ", chat: chat@1.0, email: chat@1.0", "scorecards.email"),
        ("technique: recording", "technique: {phone: recording}", "population.channel.1"),
        ("technique: recording", "technique: {any: recording, email: transcript}", "technique.email"),
        ("{phone: nobody is disturbed,", "{email: nobody is disturbed,", "because.email"),
        ("technique: recording", "technique: re cording", "technique.any"),
        ("[p_ev1, p_ev2]", "[p_ev1, p_ev1]", "evaluators.1"),
        ("size: 30", "size: 0", "size.n"),
        ("size: 30", "size: thirty", "size.n"),
        ("size: 30", "size: 100001", "size.n"),
        ("size: 30", "size: {margin: 5, aql: 1}", "size"),
        ("size: 30", "size: {confidence: 95}", "size"),
        ("size: 30", "size: {margin: 5, power: 80}", "size.power"),
        ("size: 30", "size: {margin: 5, share: 90, sd: 8}", "size.share"),
        ("size: 30", "size: {drop: 95}", "size.drop"),
        ("size: 30", "size: {acceptable: 2}", "size.acceptable"),
        ("size: 30", "size: {acceptable: 2, rejectable: 2.01}", "size.rejectable"),
        ("size: 30", "size: {aql: 3}", "size.aql"),
        ("size: 30", "size: {aql: 1}", "size"),
        ("design: proportional", "design: stratified\nallocation: neyman", "allocation"),
        ("design: proportional", "design: stratified\nallocation: equal\nspread: {any: 8}", "spread"),
        ("design: proportional", "design: stratified\nallocation: neyman\nspread: {chat: 0}", "spread.chat"),
        ("design: proportional", "design: stratified\nallocation: neyman\nexpected: {chat: 100}", "expected.chat"),
        ("size: 30", "size: {margin: 5}\nallocation: equal", "allocation"),
        (OLD, EQUAL.replace("40", "{aql: 1}"), "size"),
        (OLD, NEYMAN + "{margin: 5, share: 90}", "size.share"),
        (OLD, TWO_STAGE + "size: {margin: 5}", "size"),  # no alike
        (OLD, TWO_STAGE + "size: {fault: 5}\nalike: 10", "size"),
        (OLD, TWO_STAGE + "size: 30", "size"),
        (OLD, TWO_STAGE + "size: {margin: 5}\nalike: 10\nclusters: 4", "clusters"),
        (OLD, "design: quota\nsize: {aql: 1}", "size"),
        (OLD, "design: quota\nsize: {margin: 5}\nper_colleague: 2", "per_colleague"),
        (OLD, "design: quota\nsize: {fraction: 5}", "size"),
        (OLD, "design: simple\nsize: 30\nalike: 10", "alike"),
        ("size: 30", "size: 30\ncap: 1", "cap"),
    ],
)
def test_c04_a_frame_that_cannot_be_drawn_is_refused_at_its_place(wrong, old, new, place):
    assert old in WEEKLY
    assert place in wrong(Frame, WEEKLY.replace(old, new))
