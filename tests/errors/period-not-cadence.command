# A weekly frame, and days chosen at will: whoever chooses the days can choose what is picked.
$ qacli sample draw weekly-routine --period 2026-05-06..2026-05-13 --as p_tl1 --today 2026-05-18
