# Nobody is erased while a legal hold lasts.
$ qacli privacy hold p_a01 --reason 'claim before the employment tribunal' --until 2026-12-31 --as p_tl1 --today 2026-06-10
$ qacli privacy erase p_a01 --reason 'left in May' --as p_tl1 --today 2026-06-10
