# Feedback about somebody else's chat.
$ qacli feedback prepare o_6-1 --for p_a22 --as p_tl1 --today 2026-05-12
