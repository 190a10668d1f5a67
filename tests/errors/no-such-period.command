# A period in words that nobody taught qacli.
$ qacli sample draw weekly-routine --period May --as p_tl1 --today 2026-05-18
