# A minute names a stranger, a criterion and a point that are not there, and no reading.
$ qacli calibrate open --items t_3-1,t_3-3,t_3-5,t_3-7,t_3-12,t_3-17,t_3-18,t_3-20,t_3-25,t_3-27 --evaluators p_ev1,p_ev2 --expert p_qm1 --as p_tl1 --today 2026-05-12
$ qacli calibrate score k_7 --from forms.json --as p_ev1 --today 2026-05-12
$ qacli calibrate reveal k_7 --partial "p_ev2 is on leave" --as p_tl1 --today 2026-05-12
$ qacli calibrate minute k_7 --agreed p_ev1,p_tl1 --from minute.csv --as p_tl1 --today 2026-05-12
--- minute.csv
item,criterion,answer,reading
t_3-1,ch-idv,met,The postcode comes before any detail.
t_3-1,ch-idw,met,The same.
t_3-5,ch-own,7,
t_3-9,ch-own,4,Says what happens next.
