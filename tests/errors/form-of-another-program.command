# A form that is no text.
$ printf '\xff\xfe\x00form' > form.json
$ qacli score --from form.json --as p_ev2 --today 2026-05-11
