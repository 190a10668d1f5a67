# Nobody replies in another person's place.
$ qacli feedback prepare o_6-3 --for p_a20 --on 2026-05-12 --as p_tl1 --today 2026-05-12
$ qacli feedback deliver f_7 --on 2026-05-13 --as p_tl1 --today 2026-05-13
$ qacli feedback reply f_7 --words "fine" --as p_tl1 --today 2026-05-13
