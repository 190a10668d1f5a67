# A form with one answer, one that is no point of its scale, and a criterion that the card does not have.
$ qacli score --from form.yaml --as p_ev2 --today 2026-05-11
--- form.yaml
item: t_3-2
answers:
  ch-notice: met
  ch-tone: １２
  ch-idv: not_met
  ch-greeting: met
