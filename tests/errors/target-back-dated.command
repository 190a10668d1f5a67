# Results keep the target of their day.
$ qacli target propose csat --value 80 --from 2026-05-01 --as p_tl1 --today 2026-06-10
