# Only a hold in force can be released.
$ qacli privacy hold feedback --release --reason 'settled' --as p_tl1 --today 2026-06-10
