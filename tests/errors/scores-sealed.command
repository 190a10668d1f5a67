# The colleague's own view comes before the scores.
$ qacli feedback prepare o_6-3 --for p_a20 --on 2026-05-13 --place "meeting room 2" --as p_tl1 --today 2026-05-12
$ qacli report feedback f_7 --as p_a20 --today 2026-05-12
