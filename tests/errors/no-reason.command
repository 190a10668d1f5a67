# What is kept beyond its time is kept for a reason.
$ qacli privacy hold observations --as p_tl1 --today 2026-06-10
