# Somebody helps out who has read nothing yet.
$ qacli score --from form.yaml --as p_qm1 --today 2026-05-11
--- form.yaml
item: t_3-2
answers: {ch-notice: met}
