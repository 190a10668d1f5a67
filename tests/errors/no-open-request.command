# Only a request that waits for its answer has a clock.
$ qacli privacy access p_a01 --stop-clock --as p_tl1 --today 2026-06-10
