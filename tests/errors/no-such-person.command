# Someone who is not in people.csv.
$ qacli frame agree weekly-routine --as p_boss
