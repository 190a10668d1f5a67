# A colleague is told before the watching begins, not after.
$ qacli record t_3-2 --technique side-by-side --told-at 2026-05-05T10:30 --started 2026-05-05T10:00 --ended 2026-05-05T09:00 --as p_ev2 --today 2026-05-11
