# A result file that names a line which the conversation does not have.
$ qacli score --from own.yaml --as p_ev2 --today 2026-05-11
--- own.yaml
item: t_3-2
answers:
  ch-notice: {answer: met, lines: [1, 999]}
