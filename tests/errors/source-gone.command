# The export was moved.
$ mv exports/transactions-2026-05.csv ..
$ qacli sample draw weekly-routine --period 2026-W20 --as p_tl1 --today 2026-05-18
