# A browser that fetched a file a second time: one fault, not one for each row.
$ cp exports/transactions-2026-05.csv "exports/transactions-2026-05 (1).csv"
$ qacli source check
