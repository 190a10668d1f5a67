# Two variants of one measure give different figures, and none of these is said to lead.
$ qacli kpi chart vulnerability-gap --as p_tl1 --today 2026-06-10
