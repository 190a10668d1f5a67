# Names leave the folder for a stated purpose, and the access log tells of it.
$ qacli export items --names -o items.csv --as p_tl1 --today 2026-06-10
