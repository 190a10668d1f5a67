# What cannot be perceived cannot be judged: the voice is not in a transcript.
$ qacli frame agree by-transcript --as p_mgr1 --today 2026-05-11
--- definitions/scorecards/manner.yaml
id: manner
version: 1.0
owner: p_tl1
from: 2026-01-01
title: Manner on the phone
channels: [phone]
promises: {fitted: We fit our service to what you need.}
sections:
  - id: care
    title: Care
    criteria:
      - {id: feeling, observable: A feeling that is voiced is answered in a fitting tone., scale: point5@1, weight: 60,
         anchors: {1: Ignored., 4: Named and answered., 5: As 4 and asked about.}, not_applicable: No feeling is voiced.,
         procedure: communication@1, promise: fitted, needs: [words, voice]}
      - {id: wait, observable: The caller waits no longer than was announced., scale: point5@1, weight: 40,
         anchors: {1: Twice as long., 4: As announced., 5: Shorter.}, not_applicable: never,
         procedure: communication@1, promise: fitted, needs: [queue]}
--- definitions/frames/by-transcript.yaml
id: by-transcript
version: 1
owner: p_tl1
from: 2026-01-01
title: Calls read in transcript
purpose: routine
cadence: week
population: {channel: [phone]}
scorecards: {phone: manner@1.0}
design: simple
size: 10
seed: by transcript
technique: transcript
because: it is quick
evaluators: [p_ev1]
minutes_per_evaluation: 15
