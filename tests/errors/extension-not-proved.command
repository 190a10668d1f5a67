# What cannot be drawn again cannot be drawn on.
$ echo >> exports/transactions-2026-05.csv
$ qacli sample extend d_3 --to 40 --as p_tl1 --today 2026-05-11
