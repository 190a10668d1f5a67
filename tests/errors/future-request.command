# A request is recorded when it has come.
$ qacli privacy access p_a01 --received 2026-06-11 --as p_tl1 --today 2026-06-10
