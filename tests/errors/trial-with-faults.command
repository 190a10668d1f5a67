# The ratings of a trial hold a name, a point of another scale, a typing error and a rating twice.
$ qacli scale trial binary point5 --from trial-2.csv --as p_tl1 --today 2026-05-11
--- trial-2.csv
transaction,scorer,criterion,point
t1,Ruth Calder,ch-idv,met
t1,p_ev2,ch-own,met
t2,p_ev1,ch-idw,met
t2,p_ev2,ch-idv,met
t2,p_ev2,ch-idv,not_met
