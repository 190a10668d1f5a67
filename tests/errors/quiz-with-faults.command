# A quiz is judged as a whole: a question was left out, and one has no such answer.
$ qacli procedure quiz --from mine.csv --as p_a01
--- mine.csv
person,procedure,question,answer
p_a01,hold,q1,z
p_a01,hold,q2,a
p_a01,hold,q9,a
