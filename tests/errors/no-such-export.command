# An export that is not there.
$ qacli source add exports/june.csv --name june --as p_tl1
