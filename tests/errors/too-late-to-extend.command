# People hear of an extension before the first deadline has passed.
$ qacli privacy access p_a01 --received 2026-05-01 --as p_tl1 --today 2026-06-10
$ qacli privacy access p_a01 --extend --words 'many recordings' --as p_tl1 --today 2026-06-10
