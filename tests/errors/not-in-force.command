# A week before the frame came into force.
$ qacli sample draw weekly-routine --period 2026-W01 --as p_tl1 --today 2026-05-18
