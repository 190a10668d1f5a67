# Figures of another system come in all together or not at all, and each cell that cannot be is named.
$ qacli kpi import figures.csv --source 'switch, report 7' --method 'all calls' --as p_tl1 --today 2026-06-10
--- figures.csv
kpi,variant,period,num,den,value,asked
servicelevel,sl3,2026-05,810,1000,,
service-level,,2026-05,810,1000,,
service-level,sl3,2026-05,1010,1000,,
csat,top2,2026-05,420,500,,
occupancy,standard,2026-05,,,104,
abandonment,all,2026-05,90,1000,7.5,
