# Whoever scored it does not decide whether it was scored rightly.
$ qacli dispute raise o_6-3 --criterion ch-idv=met --words "I asked for the postcode first." --as p_a10 --today 2026-05-12
$ qacli dispute decide x_7 --outcome rejected --words "I heard it again." --as p_ev1 --today 2026-05-12
