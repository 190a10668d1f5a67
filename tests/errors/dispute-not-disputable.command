# What is contested stands on the card, and deserves another answer than it has.
$ qacli dispute raise o_6-3 --criterion ch-idw=met --criterion ch-notice=met --criterion ch-own=9 --words "No." --as p_a20 --today 2026-05-12
