# A sample is drawn by a frame whose card was retired before the end of the period.
$ qacli scorecard retire chat --reason 'replaced by chat 2' --as p_mgr1 --today 2026-05-18
$ qacli sample draw weekly-routine --period 2026-W21 --as p_tl1 --today 2026-05-26
