# A dispute comes while people remember.
$ qacli dispute raise o_6-3 --criterion ch-own=5 --words "I said when I would ring back." --as p_a20 --today 2026-05-26
