# Nobody scores a chat of their own.
$ qacli score --from form.yaml --as p_a09 --today 2026-05-11
--- form.yaml
item: t_3-2
answers: {ch-notice: met}
