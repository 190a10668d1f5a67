# The six weeks of Ofcom are applied to a case that came in before they began.
$ qacli require add --register ofcom --as p_tl1 --today 2026-05-11
$ qacli require check ofcom-complaint@2 --received 2026-02-10 --as p_tl1 --today 2026-05-11
