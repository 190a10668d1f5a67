# A figure of part of a period would be taken for the whole.
$ qacli kpi compute --period 2026-06-10 --as p_tl1 --today 2026-06-10
