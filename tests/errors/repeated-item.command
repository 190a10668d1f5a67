# One run scores an item once.
$ qacli score --from forms.yaml --as p_ev2 --today 2026-05-11
--- forms.yaml
- item: t_3-2
  answers: {ch-notice: met}
- item: t_3-2
  answers: {ch-notice: not_met}
