# An archive is not opened.
$ mv exports/transactions-2026-05.csv ..
$ printf 'PK\003\004' > exports/transactions-2026-05.csv
$ qacli source check
