# A frame for what a person chooses is to be drawn.
$ qacli frame agree chosen --as p_mgr1 --today 2026-06-02
$ qacli sample draw chosen --period 2026-05 --as p_tl1 --today 2026-06-02
--- definitions/frames/chosen.yaml
id: chosen
version: 1
owner: p_tl1
from: 2026-03-30
title: Conversations that a manager asks about
purpose: targeted
cadence: month
scorecards: {phone: phone@1.0, chat: chat@1.0}
design: judgement
technique: {phone: recording, chat: transcript}
because: a manager asks about them
evaluators: [p_ev1]
minutes_per_evaluation: 22
