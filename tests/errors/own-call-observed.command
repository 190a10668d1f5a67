# Whoever handled a scored transaction does not take the score back by calling it personal.
$ qacli score t_3-1 --personal-call --as p_a12 --today 2026-05-11
