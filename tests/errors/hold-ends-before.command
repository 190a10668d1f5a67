# A hold that has ended holds nothing.
$ qacli privacy hold observations --reason 'an audit' --until 2026-06-01 --as p_tl1 --today 2026-06-10
