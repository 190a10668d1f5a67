# A plan says why it looks at transactions in this way and no other.
$ qacli frame agree no-reason --as p_mgr1 --today 2026-05-11
--- definitions/frames/no-reason.yaml
id: no-reason
version: 1
owner: p_tl1
from: 2026-01-01
title: Calls heard again
purpose: routine
cadence: week
population: {channel: [phone]}
scorecards: {phone: phone@1.0}
design: simple
size: 10
seed: no reason
technique: recording
evaluators: [p_ev1]
minutes_per_evaluation: 20
