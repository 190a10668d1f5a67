# What was sealed is shown to nobody before all are in.
$ qacli calibrate open --items t_3-1,t_3-3,t_3-5,t_3-7,t_3-12,t_3-17,t_3-18,t_3-20,t_3-25,t_3-27 --evaluators p_ev1,p_ev2 --expert p_qm1 --as p_tl1 --today 2026-05-12
$ qacli calibrate score k_7 --from forms.json --as p_ev1 --today 2026-05-12
$ qacli calibrate report k_7 --as p_ev2
