# A frame that is not defined.
$ qacli sample draw weekly-rutine --period 2026-W20 --as p_tl1 --today 2026-05-18
