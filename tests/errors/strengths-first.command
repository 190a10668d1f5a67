# What went well is heard first; and a word about the person is told with what to write instead.
$ qacli feedback prepare o_6-3 --for p_a20 --on 2026-05-13 --place "meeting room 2" --as p_tl1 --today 2026-05-12
$ qacli feedback deliver f_7 --items items.yaml --as p_tl1 --today 2026-05-13
--- items.yaml
model: sbi
items:
  - kind: development
    observation: o_6-3
    criterion: ch-check
    situation: the chat at 00:41
    behaviour: you were too lazy to say it back
    impact: he had to say it twice
    next: say it back
  - kind: strength
    observation: o_6-3
    criterion: ch-tone
    situation: the chat at 02:10
    behaviour: you named what had happened to him
    impact: he stayed
