# A mystery shop names only colleagues who were told of it beforehand.
$ qacli record t_3-1 --technique mystery-shop --as p_ev1 --today 2026-05-11
