# A list of who read what, with days as a spreadsheet shows them.
$ qacli procedure ack --from read-in-may.csv --as p_tl1
--- read-in-may.csv
person,procedure,on,means
p_ev1,idv,4.5.2026,e-learning
p_ev2,idv,2026-05-04,e-learning
p_ev3,idv,5/4/26,e-learning
