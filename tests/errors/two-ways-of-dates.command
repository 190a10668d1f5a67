# A day that two of the declared ways of writing dates read differently.
$ printf 'id,start\nT1,13/5/2026\nT2,4/5/2026\nT3,5/14/2026\n' > exports/june.csv
$ qacli source add exports/june.csv --name june --dates d/m/y,m/d/y --column transaction=id --column started_at=start --as p_tl1
