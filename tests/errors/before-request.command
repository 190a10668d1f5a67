# The clock cannot be stopped before the request came.
$ qacli privacy access p_a01 --received 2026-06-08 --channel letter --as p_tl1 --today 2026-06-10
$ qacli privacy access p_a01 --stop-clock --on 2026-06-05 --as p_tl1 --today 2026-06-10
