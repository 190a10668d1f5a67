# A record was edited by hand: verify names the rows, the entry, the time and the person.
$ perl -pi -e 's/,4,yes,75,/,5,yes,75,/ if $. == 6' records/2026/ratings.csv
$ qacli ledger verify
