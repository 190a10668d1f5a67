# Notices and opt-outs hold for what is chosen by name too; all that is wrong is told at once.
$ qacli sample choose weekly-routine hv283308 hv0 hv283302 --reason complaint --as p_tl1 --today 2026-05-11
