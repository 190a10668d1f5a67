# What was not delivered cannot be acknowledged.
$ qacli feedback prepare o_6-3 --for p_a20 --on 2026-05-12 --as p_tl1 --today 2026-05-12
$ qacli feedback ack f_7 --as p_a20 --today 2026-05-12
