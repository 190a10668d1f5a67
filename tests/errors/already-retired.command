# A card is retired twice.
$ qacli scorecard retire chat --reason 'replaced by chat 2' --as p_mgr1 --today 2026-05-18
$ qacli scorecard retire chat --on 2026-06-30 --reason 'not yet' --as p_mgr1 --today 2026-05-18
