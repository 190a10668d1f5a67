# What was sealed is shown to nobody before all are in.
$ qacli calibrate open --items t_3-1,t_3-5,t_3-6,t_3-10,t_3-13,t_3-16,t_3-19,t_3-21,t_3-26,t_3-28 --evaluators p_ev1,p_ev2 --expert p_qm1 --as p_tl1 --today 2026-05-12
$ qacli calibrate score k_7 --from forms.json --as p_ev1 --today 2026-05-12
$ qacli calibrate report k_7 --as p_ev2
