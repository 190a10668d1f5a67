# A hold is on a person or on a class of records.
$ qacli privacy hold ratings --reason 'an audit' --as p_tl1 --today 2026-06-10
