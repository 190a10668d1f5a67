# What is done differently for a colleague is recorded, never why.
$ qacli notice adjust p_a07 --needs "dyslexia: reads long texts from paper" --as p_tl1 --today 2026-06-01
