# A change is put in force over the heads of those who do the work.
$ qacli require add --register ofcom --as p_tl1 --today 2026-05-11
$ qacli require implement ofcom-complaint --live-on 2026-06-01 --procedure complaint-clock@1 --as p_mgr1 --today 2026-05-11
