# Whoever scored it does not decide whether it was scored rightly.
$ qacli dispute raise o_6-3 --criterion ch-own=5 --words "I said when I would ring back." --as p_a20 --today 2026-05-12
$ qacli dispute decide x_7 --outcome rejected --words "I heard it again." --as p_ev1 --today 2026-05-12
