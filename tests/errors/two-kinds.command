# The same transactions may lie there twice, once in each kind.
$ qacli source add exports --name may --as p_tl1
--- exports/may.parquet
PAR1
