# Somebody remembers a rule, but not where it stands nor since when.
$ qacli require add five-days --title 'Acknowledge in five days' --says 'Five days.' --as p_tl1 --today 2026-05-11
