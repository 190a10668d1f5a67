# A week of which the export holds nothing.
$ qacli sample draw weekly-routine --period 2026-W25 --as p_tl1 --today 2026-06-22
