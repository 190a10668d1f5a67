# A card that leaves it open what is seen or heard is approved.
$ perl -pi -e 's/^version: 1.0/version: 1.1/; s/The words fit the mood in which the customer writes/Is professional/' definitions/scorecards/chat.yaml
$ qacli scorecard approve chat --as p_mgr1 --today 2026-05-18
