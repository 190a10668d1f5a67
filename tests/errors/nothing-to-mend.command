# Coaching needs a criterion that failed.
$ qacli plan propose --for p_a20 --need o_6-3 --criterion ch-notice --option buddy-listening --as p_tl1 --today 2026-05-12
