# A card is retired from a day that is over.
$ qacli scorecard retire chat --on 2026-05-17 --reason 'replaced by chat 2' --as p_mgr1 --today 2026-05-18
