# Talk times that are no numbers, of the kinds that a careless program takes for some.
$ perl -pi -e '@a = split /,/; @n = ("\xef\xbc\x91\xef\xbc\x92", "1_000", "nan", "1e400"); $a[13] = $n[$. - 2] if $. > 1 && $. < 6; $_ = join ",", @a' exports/transactions-2026-05.csv
$ qacli source check
