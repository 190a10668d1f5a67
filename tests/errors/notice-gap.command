# The notice of chat turned out to have ended before the day of the chat.
$ perl -pi -e 's/to: 2026-05-10/to: 2026-05-04/; s/^  version: 1/  version: 2/' definitions/notices.yaml
$ qacli score --from form.yaml --as p_ev2 --today 2026-05-11
--- form.yaml
item: t_3-2
answers: {ch-notice: met}
