# What was scored stays in the sample.
$ qacli sample replace t_3-1 --reason recording-lost --as p_tl1 --today 2026-05-11
