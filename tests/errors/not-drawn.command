# Nobody stands in for what was chosen.
$ qacli sample choose weekly-routine hv283308 --reason complaint --as p_tl1 --today 2026-05-11
$ qacli sample replace t_7 --reason already-known --as p_tl1 --today 2026-05-11
