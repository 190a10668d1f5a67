# Only people.csv says who is behind an id; customers are not in it.
$ qacli privacy erase 'Mrs Example' --reason 'asked for it' --as p_tl1 --today 2026-06-10
