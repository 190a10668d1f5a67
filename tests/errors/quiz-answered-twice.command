# Which of the two answers was meant?
$ qacli procedure quiz --from mine.csv --as p_a01
--- mine.csv
person,procedure,question,answer
p_a01,hold,q1,c
p_a01,hold,q1,b
