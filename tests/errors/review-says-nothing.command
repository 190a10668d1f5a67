# A review of which nobody says a word.
$ qacli frame review weekly-routine --note " " --again 2027-01-11 --as p_tl1
