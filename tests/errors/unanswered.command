# Nobody signs in silence.
$ qacli feedback prepare o_6-3 --for p_a20 --on 2026-05-13 --place "meeting room 2" --as p_tl1 --today 2026-05-12
$ qacli feedback deliver f_7 --as p_tl1 --today 2026-05-13
$ qacli feedback ack f_7 --as p_a20 --today 2026-05-13
