# The result file of a page that was made for somebody else, on a card that was changed since.
$ qacli score --from t_3-2.score.json --as p_ev2 --today 2026-05-11
--- t_3-2.score.json
{"schema": "qacli.score/1", "item": "t_3-2",
 "form": {"evaluator": "p_ev1", "card": "chat@1.0", "card_hash": "0123456789abcdef"},
 "answers": {"ch-notice": {"answer": "met", "lines": [1]}}}
