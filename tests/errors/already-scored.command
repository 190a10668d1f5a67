# An item has one observation; a second one is a correction, and says why.
$ qacli score --from forms.json --as p_ev1 --today 2026-05-11
