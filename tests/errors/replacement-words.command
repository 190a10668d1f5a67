# A reason that is not on the list is said in words.
$ qacli sample replace t_3-2 --reason other --as p_tl1 --today 2026-05-11
