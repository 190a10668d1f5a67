# Whoever is to talk about their work has had its evidence before, 24 hours unless qacli.yaml says otherwise.
$ qacli feedback prepare o_6-3 --for p_a20 --on 2026-05-13T09:00 --place "meeting room 2" --as p_tl1 --today 2026-05-12
$ qacli feedback deliver f_7 --as p_tl1 --today 2026-05-13T09:00
