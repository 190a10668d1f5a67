# A dispute comes while people remember.
$ qacli dispute raise o_6-3 --criterion ch-idv=met --words "I asked for the postcode first." --as p_a10 --today 2026-05-26
