# Everything in a list of answers that names nobody and nothing is told in one run, with its cell.
$ qacli procedure quiz --from list.csv --as p_a01
--- list.csv
person,procedure,question,answer
p_a01,hold,q1,a
p_a0x,hold,q1,a
p_a01,hodl,q1,a
