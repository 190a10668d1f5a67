# Agreeing takes two, also where it is only a number.
$ qacli target propose csat --value 80 --as p_tl1 --today 2026-06-10
$ qacli target agree csat --as p_tl1 --today 2026-06-10
