# Nothing is overwritten.
$ qacli source add exports/transactions-2026-05.csv --name telephony --as p_tl1
