# Faults of a form are told like those of a definition.
$ qacli score --from form.yaml --as p_ev2 --today 2026-05-11
--- form.yaml
item: ../../etc/passwd
answer:
  ch-notice: met
