# A figure says who counted it, and how.
$ qacli kpi import figures.csv --source 'switch, report 7' --as p_tl1 --today 2026-06-10
--- figures.csv
kpi,variant,period,num,den
service-level,sl3,2026-05,810,1000
