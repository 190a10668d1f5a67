# Without figures there is nothing to propose a target from.
$ qacli target propose csat --as p_tl1 --today 2026-06-10
